"""One article as its page shows it, and one quote with everything that speaks for it.

In: a store. Out: plain values, and paragraphs of pieces. A quote that a person rejected is given, too, marked so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quotes.defaults import MIN_CONFIDENCE
from quotes.errors import StoreError
from quotes.records import Document, Quote, Span
from quotes.store import Store, article_queries, quote_search
from quotes.store.quote_table import QuoteTable
from quotes.store.rows import quote_of
from quotes.web.errors import Refused
from quotes.web.highlights import blocks

AROUND = 600  # characters of the article shown on each side of a quote, at most
ENDED = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?][”\"’')])|(?=\n))\s+"
)  # the space behind a sentence, the end of a line
BETWEEN = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote with what the store says beside it: who the speaker is over all articles, and what people decided."""

    quote: Quote
    row: Mapping[str, Any]

    @property
    def review(self) -> str | None:
        found: str | None = self.row["review"]
        return found


@dataclass(frozen=True, slots=True)
class Article:
    """An article and its quotes in text order, rejected ones among them."""

    document: Document
    quotes: tuple[Shown, ...]
    revision: int

    def find(self, name: str) -> Shown | None:
        return next((shown for shown in self.quotes if shown.quote.id == name), None)

    @property
    def sure(self) -> tuple[Quote, ...]:
        """The quotes that count: somebody accepted, changed or added them, or the program is sure enough."""
        return tuple(
            s.quote
            for s in self.quotes
            if s.review != "rejected" and (s.review or s.quote.confidence >= MIN_CONFIDENCE)
        )


def article_of(store: Store, shelf: QuoteTable, name: str) -> Article:
    """The article of an id as it is now. Raises Refused."""
    found: Article = shelf.cached_of_document(name, ("article",), lambda: _read(store, name))
    return found


def _read(store: Store, name: str) -> Article:
    try:
        document = store.document(name)
    except StoreError as error:
        raise Refused(
            404, f"there is no article {name[:200]!r} in this collection: it may have been removed"
        ) from error
    rows = article_queries.quotes_of_document(store, name)
    quotes = sorted(
        (Shown(quote_of(row), row) for row in rows),
        key=lambda s: (s.quote.content[0].start, -s.quote.content[-1].end, s.quote.id),
    )
    return Article(document, tuple(quotes), store.revision(name))


def quote_in(store: Store, shelf: QuoteTable, name: str) -> tuple[Article, Shown]:
    """A quote of an id, with its article. Raises Refused."""
    document = quote_search.document_of(shelf, name)
    if document is None:  # rejected, or the table in memory is a moment behind
        document = article_queries.document_of_reviewed(store, name)
    article = article_of(store, shelf, document) if document is not None else None
    shown = article.find(name) if article else None
    if article is None or shown is None:
        raise Refused(
            404,
            f"there is no quote {name[:60]!r}: with a new revision of its article a quote may have a new address",
        )
    return article, shown


def around(document: Document, quote: Quote) -> Span:
    """The stretch of the article in which a quote can be judged: its paragraphs and those beside them, cut where they are long."""
    places = (*quote.content, *quote.cue, *quote.source)
    start, end = min(p.start for p in places), max(p.end for p in places)
    near = [b for b in blocks(document.text) if b.end > start - AROUND and b.start < end + AROUND]
    own = [at for at, block in enumerate(near) if block.start < end and block.end > start]
    first, last = near[max(0, own[0] - 1)], near[min(len(near) - 1, own[-1] + 1)]
    begin = (
        first.start
        if start - first.start <= AROUND
        else _begin(document.text, start - AROUND, start)
    )
    stop = last.end if last.end - end <= AROUND else _stop(document.text, end, end + AROUND)
    return Span(begin, stop)


def _begin(text: str, start: int, end: int) -> int:
    """The first beginning of a line or a sentence in a stretch, else of a word."""
    found = ENDED.search(text, start, end) or BETWEEN.search(text, start, end)
    return found.end() if found else start


def _stop(text: str, start: int, end: int) -> int:
    """The last end of a line or a sentence in a stretch, else of a word."""
    ends = [found.start() for found in ENDED.finditer(text, start, end)] or [
        f.start() for f in BETWEEN.finditer(text, start, end)
    ]
    return ends[-1] if ends else end


def evidence(article: Article, shown: Shown) -> dict[str, Any]:
    """Why the quote was found and its speaker resolved, and where everything stands."""
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
        "reported_by": list(quote.reported_by),
        "said_on": row["said_on"],
        "said_precision": row["said_precision"],
        "when_text": row["when_text"],
        "confidence": round(quote.confidence, 4),
        "speaker_confidence": round(quote.speaker_confidence, 4),
        "rule": quote.rule,
        "path": quote.path,
        "resolved_by": quote.resolved_by,
        "nested_in": quote.nested_in,
        "review": shown.review,
        "reviewed_by": row["reviewed_by"],
        "reviews": list(row["reviews"] or ()),
    }
