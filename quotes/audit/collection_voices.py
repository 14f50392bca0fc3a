"""The voices of a store, and of articles that are not stored.

In: a store, or processed documents. Out: utterances and mentions for `voices.audit`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quotes.audit.voices import Article, Mention, Utterance
from quotes.audit.withheld import reason_withheld
from quotes.defaults import MIN_CONFIDENCE
from quotes.language import Language
from quotes.pipeline import Processed, shown_by_default
from quotes.records import Document, Span, text_of_spans
from quotes.store import Selection, Store
from quotes.store import audit as queries
from quotes.text.folding import fold_word

NOT_IDENTIFIED = "not identified"


@dataclass(frozen=True)
class Voices:
    """What is counted of a collection."""

    utterances: tuple[Utterance, ...]
    mentions: tuple[Mention, ...]


def voices_of_store(store: Store, selection: Selection | None = None) -> Voices:
    """Return the voices of a store: quotes that are shown by default, near copies once."""
    rows = store.find_quotes(selection or Selection()).to_pylist()
    articles = {row["id"]: _stored_article(row) for row in queries.articles(store)}
    texts = _texts(store, rows)
    utterances = tuple(
        _stored_utterance(row, articles[row["document"]], texts, store.language)
        for row in rows
        if row["document"] in articles
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


def _stored_article(row: Mapping[str, Any]) -> Article:
    document = Document(id=row["id"], text="", author=row["author"])
    return Article(
        id=row["id"],
        title=row["title"],
        outlet=row["outlet"],
        authors=document.authors,
        published=row["published"],
    )


def _texts(store: Store, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the texts of articles with unnamed sources."""
    wanted = dict.fromkeys(row["document"] for row in rows if row["kind"] == "unnamed")
    return {id: store.document(id).text for id in wanted}


def _stored_utterance(
    row: Mapping[str, Any], article: Article, texts: Mapping[str, str], language: Language
) -> Utterance:
    spans = row["source_spans"] or ()
    text = texts.get(article.id)
    reason = None
    if text and spans:
        first, last = spans[0], spans[-1]
        reason = reason_withheld(text, Span(_start(first), _end(last)), language)
    return Utterance(
        article=article,
        voice=row["speaker_id"],
        name=row["speaker_name"] or row["source"] or NOT_IDENTIFIED,
        kind=row["kind"],
        role=row["role"],
        type=row["type"],
        words=len(row["words"].split()),
        withheld=reason,
    )


def _start(span: Any) -> int:
    return int(span["start"] if isinstance(span, Mapping) else span[0])


def _end(span: Any) -> int:
    return int(span["end"] if isinstance(span, Mapping) else span[1])


def voices_of_documents(processed: Iterable[Processed], language: Language) -> Voices:
    """Return the voices of articles that are not stored: one name is one voice."""
    utterances, mentions = list[Utterance](), list[Mention]()
    for each in processed:
        document = each.document
        article = Article(
            id=document.id,
            title=document.title,
            outlet=document.outlet,
            authors=document.authors,
            published=document.published,
        )
        for quote in shown_by_default(each.quotes, MIN_CONFIDENCE):
            source = text_of_spans(document.text, quote.source)
            reason = None
            if quote.kind == "unnamed" and quote.source:
                span = Span(quote.source[0].start, quote.source[-1].end)
                reason = reason_withheld(document.text, span, language)
            utterances.append(
                Utterance(
                    article=article,
                    voice=_voice(quote.speaker if quote.kind != "unnamed" else None),
                    name=quote.speaker or source or NOT_IDENTIFIED,
                    kind=quote.kind,
                    role=quote.role,
                    type=quote.type,
                    words=len(quote.words.split()),
                    withheld=reason,
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
