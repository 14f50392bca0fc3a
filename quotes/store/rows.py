"""Records to rows of the tables, and back.

In: records. Out: Arrow tables with the columns of `schema`, and records again, equal to those that
went in. Opens no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

import pyarrow as pa

from quotes.records import (
    Action,
    Alias,
    Document,
    Embed,
    Failure,
    Quote,
    Review,
    SaidOn,
    Span,
    Spans,
    Speaker,
    text_of_spans,
)
from quotes.speakers import Entity
from quotes.store.schema import TableSchema
from quotes.text.printed_words import quote_words

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NearCopy:
    """An article that another one is a near copy of, or the reverse, in the version compared."""

    document: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A processed document to be stored, with its quotes, its entities and its signature."""

    document: Document
    quotes: tuple[Quote, ...]
    entities: tuple[Entity, ...] = ()
    near_copies: tuple[NearCopy, ...] = ()
    signature: bytes | None = None
    bands: tuple[int, ...] = ()


def arrow(table: TableSchema, rows: Sequence[Row]) -> pa.Table:
    """Return rows as an Arrow table with the columns of `table`; what a row lacks is missing."""
    columns = [
        pa.array([row.get(column.name) for row in rows], column.type) for column in table.columns
    ]
    return pa.table(columns, schema=table.schema)


def document_row(entry: Entry, *, batch: str, added: datetime, made_by: str) -> Row:
    """Return the row of `documents` of an entry."""
    document = entry.document
    return {
        "id": document.id,
        "batch": batch,
        "added": added,
        "sha256": document.sha256,
        "text": document.text,
        "source": document.source,
        "outlet": document.outlet,
        "title": document.title,
        "author": document.author,
        "published": document.published,
        "language": document.language,
        "embeds": [
            {"start": e.content.start, "end": e.content.end, "author": e.author}
            for e in document.embeds
        ],
        "extra": [{"name": name, "value": value} for name, value in document.extra],
        "near_copies": [
            {"document": each.document, "version": each.version} for each in entry.near_copies
        ],
        "signature": entry.signature,
        "bands": list(entry.bands),
        "quotes": len(entry.quotes),
        "made_by": made_by,
    }


def document_of(row: Row) -> Document:
    """Return the document of a row of `documents`."""
    return Document(
        id=row["id"],
        text=row["text"],
        source=row["source"],
        outlet=row["outlet"],
        title=row["title"],
        author=row["author"],
        published=_day(row["published"]),
        language=row["language"],
        embeds=tuple(
            Embed(Span(e["start"], e["end"]), None, e["author"]) for e in row["embeds"] or ()
        ),
        extra=tuple((e["name"], e["value"]) for e in row["extra"] or ()),
    )


def quote_rows(entry: Entry, *, batch: str) -> list[Row]:
    """Return the rows of `quotes` of an entry."""
    return [
        quote_row(entry.document, quote, position, batch=batch)
        for position, quote in enumerate(entry.quotes)
    ]


def quote_row(document: Document, quote: Quote, position: int, *, batch: str) -> Row:
    """Return the row of a quote, the `position`-th (from 0) of its document."""
    text = document.text
    said = quote.said_on
    return {
        "document": document.id,
        "batch": batch,
        "position": position,
        "id": quote.id,
        "speaker": quote.speaker,
        "kind": quote.kind,
        "role": quote.role,
        "type": quote.type,
        "words": quote_words(document, quote),
        "cue": text_of_spans(text, quote.cue) or None,
        "source": text_of_spans(text, quote.source) or None,
        "addressee": _words(text, quote.addressee),
        "reported_by": list(quote.reported_by),
        "factuality": quote.factuality,
        "act": quote.act,
        "said_on": said.date if said else None,
        "said_precision": said.precision if said else None,
        "when_text": _words(text, quote.when),
        "at": quote.at,
        "confidence": quote.confidence,
        "speaker_confidence": quote.speaker_confidence,
        "rule": quote.rule,
        "path": quote.path or None,
        "resolved_by": quote.resolved_by or None,
        "nested_in": quote.nested_in,
        "before": _words(text, quote.before),
        "after": _words(text, quote.after),
        "content_spans": offsets(quote.content),
        "cue_spans": offsets(quote.cue),
        "source_spans": offsets(quote.source),
        "addressee_spans": offsets(quote.addressee),
        "when_spans": offsets(quote.when),
        "before_spans": offsets(quote.before),
        "after_spans": offsets(quote.after),
        "outlet": document.outlet,
        "title": document.title,
        "author": document.author,
        "published": document.published,
        "url": document.source,
    }


def quote_of(row: Row) -> Quote:
    """Return the quote of a row of `quotes`."""
    day = _day(row["said_on"])
    return Quote(
        id=row["id"],
        document=row["document"],
        content=spans(row["content_spans"]),
        cue=spans(row["cue_spans"]),
        source=spans(row["source_spans"]),
        type=row["type"],
        rule=row["rule"],
        confidence=row["confidence"],
        path=row["path"] or "",
        addressee=_one(row["addressee_spans"]),
        nested_in=row["nested_in"],
        factuality=row["factuality"],
        act=row["act"],
        when=_one(row["when_spans"]),
        said_on=SaidOn(day, row["said_precision"]) if day else None,
        speaker=row["speaker"],
        kind=row["kind"],
        role=row["role"],
        speaker_confidence=row["speaker_confidence"],
        resolved_by=row["resolved_by"] or "",
        reported_by=tuple(row["reported_by"] if row["reported_by"] is not None else ()),
        before=_one(row["before_spans"]),
        after=_one(row["after_spans"]),
        at=row.get("at"),
        words=row["words"] or "",
    )


def alias_rows(entry: Entry, *, batch: str) -> list[Row]:
    """Return the rows of `aliases` of an entry."""
    document = entry.document
    return [
        {
            "document": document.id,
            "batch": batch,
            "name": entity.name,
            "kind": entity.kind,
            "names": list(dict.fromkeys((entity.name, *entity.names))),
            "mentioned": entity.mentioned,
            "published": document.published,
        }
        for entity in entry.entities
    ]


def role_rows(entry: Entry, *, batch: str) -> list[Row]:
    """Return the rows of `roles` of an entry."""
    document = entry.document
    return [
        {
            "document": document.id,
            "batch": batch,
            "name": entity.name,
            "kind": entity.kind,
            "role": role.text,
            "start": role.start,
            "end": role.end,
            "published": document.published,
        }
        for entity in entry.entities
        for role in entity.roles
    ]


def speaker_row(speaker: Speaker) -> Row:
    """Return the row of `speakers` of a speaker."""
    aliases = [
        {"name": a.name, "kind": a.kind, "score": a.score, "reason": a.reason, "by": a.by}
        for a in speaker.aliases
    ]
    return {
        "id": speaker.id,
        "name": speaker.name,
        "kind": speaker.kind,
        "wikidata": speaker.wikidata,
        "aliases": aliases,
    }


def speaker_of(row: Row) -> Speaker:
    """Return the speaker of a row of `speakers`."""
    aliases = tuple(
        Alias(a["name"], a["kind"], a["score"], a["reason"], a["by"]) for a in row["aliases"]
    )
    return Speaker(
        id=row["id"], name=row["name"], kind=row["kind"], aliases=aliases, wikidata=row["wikidata"]
    )


def review_row(review: Review) -> Row:
    """Return the row of `reviews` of a review."""
    given = {
        name: getattr(review, name)
        for name in ("id", "action", "by", "at", "document", "revision", "quote", "value", "undoes")
    }
    return {
        **given,
        "why": review.why or None,
        "content_spans": offsets(review.content),
        "cue_spans": offsets(review.cue),
        "source_spans": offsets(review.source),
        "words": list(review.words),
        "source_words": list(review.source_words),
        "before": review.before or None,
        "after": review.after or None,
        "names": list(review.names),
        "documents": list(review.documents),
    }


def review_of(row: Row) -> Review:
    """Return the review of a row of `reviews`."""
    given = {
        name: row[name]
        for name in ("id", "by", "at", "document", "revision", "quote", "value", "undoes")
    }
    return Review(
        **given,
        action=cast(Action, row["action"]),
        why=row["why"] or "",
        content=spans(row["content_spans"]),
        cue=spans(row["cue_spans"]),
        source=spans(row["source_spans"]),
        words=tuple(row["words"] or ()),
        source_words=tuple(row["source_words"] or ()),
        before=row["before"] or "",
        after=row["after"] or "",
        names=tuple(row["names"] or ()),
        documents=tuple(row["documents"] or ()),
    )


def failure_row(failure: Failure, *, run: str, at: datetime) -> Row:
    """Return the row of `failures` of a failure in a run."""
    given = {name: getattr(failure, name) for name in ("id", "stage", "message", "source")}
    return {**given, "run": run, "at": at, "detail": failure.detail or None}


def offsets(given: Spans | Span | None) -> list[dict[str, int]]:
    """Return spans as a table holds them."""
    several = (given,) if isinstance(given, Span) else given or ()
    return [{"start": span.start, "end": span.end} for span in several]


def spans(cells: Iterable[Row] | None) -> Spans:
    """Return the spans of a cell of a table."""
    return tuple(Span(cell["start"], cell["end"]) for cell in (cells if cells is not None else ()))


def _one(cells: Iterable[Row] | None) -> Span | None:
    """Return the first span of a cell."""
    return next(iter(spans(cells)), None)


def _words(text: str, span: Span | None) -> str | None:
    """Return the words of a span."""
    return text_of_spans(text, (span,)) if span else None


def _day(value: Any) -> date | None:
    """Return a day, which pandas gives as a moment."""
    return value.date() if isinstance(value, datetime) else value
