"""An article as its page shows it, and a quote with its evidence.

In: a store. Out: records and plain values. A quote that a reviewer rejected is given, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quotes.defaults import MIN_CONFIDENCE
from quotes.errors import StoreError
from quotes.output.dates import iso_text
from quotes.pipeline import shown_by_default
from quotes.records import Document, Quote, SaidOn, Span, text_of_spans
from quotes.store import Store, article_queries, quote_search
from quotes.store.quote_table import QuoteTable
from quotes.store.rows import quote_of
from quotes.web.errors import Refused
from quotes.web.highlights import blocks

MAX_CONTEXT_CHARS = 600  # of the article on each side of a quote
SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”\"’')])|(?=\n))\s+")  # or the end of a line
WORD_END = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote with its row of the store: the speaker across articles, and its reviews."""

    quote: Quote
    row: Mapping[str, Any]

    @property
    def review(self) -> str | None:
        """accepted, changed, added or rejected, None where nobody reviewed it."""
        found: str | None = self.row["review"]
        return found


@dataclass(frozen=True, slots=True)
class Article:
    """An article and its quotes in text order, with rejected ones."""

    document: Document
    quotes: tuple[ShownQuote, ...]
    revision: int

    def find(self, name: str) -> ShownQuote | None:
        """Return the quote of an id."""
        return next((shown for shown in self.quotes if shown.quote.id == name), None)

    @property
    def highlighted(self) -> tuple[Quote, ...]:
        """The quotes that are reviewed and not rejected, or statements of enough confidence."""
        return tuple(
            s.quote
            for s in self.quotes
            if s.review != "rejected" and (s.review or shown_by_default((s.quote,), MIN_CONFIDENCE))
        )


def article_of(store: Store, quote_table: QuoteTable, name: str) -> Article:
    """Return the article of an id as it is now.

    Raises:
        Refused: There is none.
    """
    found: Article = quote_table.cached_of_document(name, ("article",), lambda: _read(store, name))
    return found


def _read(store: Store, name: str) -> Article:
    try:
        document = store.document(name)
    except StoreError as error:
        raise Refused(
            404, f"no article {name[:200]!r} in this collection: it may have been removed"
        ) from error
    rows = article_queries.quotes_of_document(store, name)
    quotes = sorted(
        (ShownQuote(quote_of(row), row) for row in rows),
        key=lambda s: (s.quote.content[0].start, -s.quote.content[-1].end, s.quote.id),
    )
    return Article(document, tuple(quotes), store.revision(name))


def original_of(store: Store, quote_table: QuoteTable, name: str) -> str | None:
    """Return the id of the article of which one is a near copy, None where it is none."""
    copies: dict[str, str] = quote_table.cached_across_reviews(
        ("copies",), lambda: article_queries.copies(store)
    )
    return copies.get(name)


def quote_in(
    store: Store, quote_table: QuoteTable, name: str, *, document: str | None = None
) -> tuple[Article, ShownQuote]:
    """Return the quote of an id, with its article.

    Args:
        store: The store.
        quote_table: Its table of quotes in memory.
        name: The id of the quote.
        document: The id of the article, looked up if None.

    Raises:
        Refused: There is none.
    """
    document = document or quote_search.document_of(quote_table, name)
    if document is None:  # rejected, or the table in memory is a moment behind
        document = article_queries.document_of_reviewed(store, name)
    article = article_of(store, quote_table, document) if document is not None else None
    shown = article.find(name) if article else None
    if article is None or shown is None:
        raise Refused(
            404,
            f"no quote {name[:60]!r}: its article may have been removed, or revised, when a quote "
            "may have a new address",
        )
    return article, shown


def context_span(document: Document, quote: Quote) -> Span:
    """Return the part of an article around a quote: its paragraphs and the next, cut if long."""
    places = (*quote.content, *quote.cue, *quote.source)
    start, end = min(p.start for p in places), max(p.end for p in places)
    near = [
        b
        for b in blocks(document.text)
        if b.end > start - MAX_CONTEXT_CHARS and b.start < end + MAX_CONTEXT_CHARS
    ]
    own = [at for at, block in enumerate(near) if block.start < end and block.end > start]
    first, last = near[max(0, own[0] - 1)], near[min(len(near) - 1, own[-1] + 1)]
    begin = (
        first.start
        if start - first.start <= MAX_CONTEXT_CHARS
        else _begin(document.text, start - MAX_CONTEXT_CHARS, start)
    )
    stop = (
        last.end
        if last.end - end <= MAX_CONTEXT_CHARS
        else _stop(document.text, end, end + MAX_CONTEXT_CHARS)
    )
    return Span(begin, stop)


def _begin(text: str, start: int, end: int) -> int:
    """Return where the first line or sentence of a part of a text begins, else the first word."""
    found = SENTENCE_END.search(text, start, end) or WORD_END.search(text, start, end)
    return found.end() if found else start


def _stop(text: str, start: int, end: int) -> int:
    """Return where the last line or sentence of a part of a text ends, else the last word."""
    ends = [found.start() for found in SENTENCE_END.finditer(text, start, end)] or [
        f.start() for f in WORD_END.finditer(text, start, end)
    ]
    return ends[-1] if ends else end


def said_on_text(said_on: SaidOn | None) -> str:
    """Return a day as a form shows it: 2023-10-27, 2023-10, 2023 or 2023-W43."""
    return iso_text(said_on) if said_on else ""


def evidence(article: Article, shown: ShownQuote) -> dict[str, Any]:
    """Return why a quote was found and how its speaker was resolved, with all offsets."""
    quote, row, text = shown.quote, shown.row, article.document.text

    def words(span: Span) -> dict[str, Any]:
        return {"start": span.start, "end": span.end, "text": span.of(text)}

    return {
        "id": quote.id,
        "document": quote.document,
        "title": article.document.title,
        "outlet": article.document.outlet,
        "published": article.document.published,
        "words": row["words"],
        "content_text": text_of_spans(text, quote.content),
        "said_on_text": said_on_text(quote.said_on),
        "content": [words(span) for span in quote.content],
        "cue": [words(span) for span in quote.cue],
        "source": [words(span) for span in quote.source],
        "addressee": row["addressee"],
        "speaker": quote.speaker,
        "speaker_id": row["speaker_id"],
        "speaker_name": row["speaker_name"],
        "kind": quote.kind,
        "role": quote.role,
        "type": quote.type,
        "factuality": quote.factuality,
        "act": quote.act,
        "reported_by": list(quote.reported_by),
        "said_on": row["said_on"],
        "said_precision": row["said_precision"],
        "when_text": row["when_text"],
        "confidence": round(quote.confidence, 4),
        "speaker_confidence": round(quote.speaker_confidence, 4),
        "probability": round(quote.probability, 4),
        "rule": quote.rule,
        "path": quote.path,
        "resolved_by": quote.resolved_by,
        "nested_in": quote.nested_in,
        "review": shown.review,
        "reviewed_by": row["reviewed_by"],
        "reviews": list(row["reviews"] or ()),
    }
