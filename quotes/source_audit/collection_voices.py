"""The voices of a store, and of articles that are not stored.

In: a store, or processed documents. Out: utterances and mentions for `voices.audit`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quotes.defaults import MIN_CONFIDENCE
from quotes.language import Language
from quotes.pipeline import Processed, shown_by_default
from quotes.records import Document, Kind, Span, Spans, text_of_spans
from quotes.source_audit.voices import Article, Mention, Utterance
from quotes.source_audit.withheld import reason_withheld
from quotes.store import Selection, Store
from quotes.store import audit as queries
from quotes.store.rows import spans
from quotes.text.folding import fold_word

NOT_IDENTIFIED = "not identified"


@dataclass(frozen=True)
class Voices:
    """What is counted of a collection."""

    utterances: tuple[Utterance, ...]
    mentions: tuple[Mention, ...]


def voices_of_store(store: Store, selection: Selection | None = None) -> Voices:
    """Return the voices of a store: quotes that are shown by default, near copies once."""
    articles = {row["id"]: _article(Document(text="", **row)) for row in queries.articles(store)}
    found = store.find_quotes(selection or Selection()).to_pylist()
    rows = [row for row in found if row["document"] in articles]
    texts = queries.texts(store, {row["document"] for row in rows if row["kind"] == "unnamed"})
    utterances = tuple(
        _stored_utterance(
            row, articles[row["document"]], texts.get(row["document"], ""), store.language
        )
        for row in rows
    )
    named = [row for row in queries.named(store) if row["document"] in articles]
    ids = store.speaker_ids_by_name(row["name"] for row in named)
    mentions = tuple(
        Mention(
            article=articles[row["document"]],
            voice=min(ids[row["name"]], default=row["name"]),
            name=row["name"],
            kind=row["kind"],
        )
        for row in named
    )
    return Voices(utterances, mentions)


def _article(document: Document) -> Article:
    return Article(
        id=document.id,
        title=document.title,
        outlet=document.outlet,
        authors=document.authors,
        published=document.published,
    )


def _stored_utterance(
    row: Mapping[str, Any], article: Article, text: str, language: Language
) -> Utterance:
    return Utterance(
        article=article,
        voice=row["speaker_id"],
        name=row["speaker_name"] or row["source"] or NOT_IDENTIFIED,
        kind=row["kind"],
        role=row["role"],
        type=row["type"],
        words=len(row["words"].split()),
        withheld=_reason(row["kind"], text, spans(row["source_spans"]), language),
    )


def _reason(kind: Kind | None, text: str, source: Spans, language: Language) -> str | None:
    """Return why an article withholds the name of an unnamed source."""
    if kind != "unnamed" or not source:
        return None
    return reason_withheld(text, Span(source[0].start, source[-1].end), language)


def voices_of_documents(processed: Iterable[Processed], language: Language) -> Voices:
    """Return the voices of articles that are not stored: one name is one voice."""
    utterances, mentions = list[Utterance](), list[Mention]()
    for each in processed:
        document = each.document
        article = _article(document)
        for quote in shown_by_default(each.quotes, MIN_CONFIDENCE):
            source = text_of_spans(document.text, quote.source)
            utterances.append(
                Utterance(
                    article=article,
                    voice=_voice(quote.speaker if quote.kind != "unnamed" else None),
                    name=quote.speaker or source or NOT_IDENTIFIED,
                    kind=quote.kind,
                    role=quote.role,
                    type=quote.type,
                    words=len(quote.words.split()),
                    withheld=_reason(quote.kind, document.text, quote.source, language),
                )
            )
        for entity in each.entities:
            mentions.append(
                Mention(
                    article=article,
                    voice=fold_word(entity.name),
                    name=entity.name,
                    kind=entity.kind,
                )
            )
    return Voices(tuple(utterances), tuple(mentions))


def _voice(name: str | None) -> str | None:
    return fold_word(name) if name else None
