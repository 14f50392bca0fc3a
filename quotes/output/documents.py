"""Quotes of a document as JSON, as rows of a table (CSV) and as a pandas frame.

In: a document and its quotes. Out: plain values, in field names and an order that are a contract
(docs/formats.md). Nothing is written to a file here. Tables of a store are `quotes.output.tables`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from quotes.output.dates import iso_text
from quotes.quote_columns import IN_DOCUMENT, own_name
from quotes.records import Document, Quote, SaidOn, Span, Spans, text_of_spans

if TYPE_CHECKING:
    import pandas
    import pyarrow

Row = dict[str, Any]

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What may begin a formula in a spreadsheet."""

COLUMNS: tuple[tuple[str, str, str], ...] = tuple(
    (column.name, column.kind, column.says) for column in IN_DOCUMENT
)
"""Columns of a row: name, kind of value, meaning.

Kinds are text, number, day, list (of text) and spans (a list of [start, end]).
"""
KINDS = {name: kind for name, kind, _ in COLUMNS}
NAMES = tuple(KINDS)
PANDAS_TYPES = {
    "text": "str",
    "number": "float64",
    "day": "datetime64[s]",
    "list": "object",
    "spans": "object",
}
OF_DOCUMENT = ("title", "outlet", "author", "published", "url")
"""Columns of a quote that say something of its document."""


def to_object(document: Document, quotes: Iterable[Quote], *, with_text: bool = False) -> Row:
    """Return the JSON object of a document: what is known of it, and its quotes in `quotes`.

    Each quote has the columns of COLUMNS. `with_text` adds the text as `document_text`.
    """
    rows = to_json_rows(document, quotes)
    about = _about(document)
    return nest(document.id, about, rows, text=document.text, with_text=with_text)


def nest(
    id: str, about: Mapping[str, Any], rows: Sequence[Row], *, text: str, with_text: bool = False
) -> Row:
    """Return the JSON object of a document, made of the rows of its quotes.

    Args:
        id: The id of the document.
        about: Its title, outlet, author, day of publication and address.
        rows: Its quotes as JSON holds them. Each gets `content` (the same as `content_spans`) and
            `text` (the words of each part of it), by which older programs know them.
        text: Its text.
        with_text: Add the text.
    """
    quotes = [
        row
        | {
            "content": row["content_spans"],
            "text": [text[start:end] for start, end in row["content_spans"]],
        }
        for row in rows
    ]
    made = {"id": id, **{name: about[name] for name in OF_DOCUMENT}, "quotes": quotes}
    return made | ({"document_text": text} if with_text else {})


def to_json(
    document: Document,
    quotes: Iterable[Quote],
    *,
    with_text: bool = False,
    indent: int | None = None,
) -> str:
    """Return a document as JSON, on one line unless `indent` is given."""
    return json.dumps(
        to_object(document, quotes, with_text=with_text), ensure_ascii=False, indent=indent
    )


def to_json_rows(document: Document, quotes: Iterable[Quote]) -> list[Row]:
    """Return a row for each quote as JSON holds it: days in ISO 8601, as exact as they are known.

    The columns are those of COLUMNS.
    """
    return [
        row | {"said_on": _said_text(row), "published": _iso(row["published"])}
        for row in to_rows(document, quotes)
    ]


def to_rows(document: Document, quotes: Iterable[Quote]) -> list[Row]:
    """Return a row for each quote, with the columns of COLUMNS; missing values are None.

    Behind them stand the further columns that the document came with (`Document.extra`).
    """
    own = {own_name(name): value for name, value in document.extra}
    return [_row(document, quote) | own for quote in quotes]


def to_frame(rows: Sequence[Row]) -> pandas.DataFrame:
    """Return rows as a frame of the types in PANDAS_TYPES."""
    import pandas

    columns = {
        name: pandas.Series(
            [row.get(name) for row in rows], dtype=PANDAS_TYPES[KINDS.get(name, "text")]
        )
        for name in names_of(rows)
    }
    return pandas.DataFrame(columns)


def names_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the columns of rows: those of COLUMNS, then further ones as they first come."""
    return tuple(dict.fromkeys([*NAMES, *(name for row in rows for name in row)]))


def to_batch(rows: Sequence[Row]) -> pyarrow.RecordBatch:
    """Return rows as an Arrow batch, the columns of COLUMNS typed as a store types them."""
    import pyarrow

    span = pyarrow.struct([("start", pyarrow.int64()), ("end", pyarrow.int64())])
    types = {
        "text": pyarrow.string(),
        "number": pyarrow.float64(),
        "day": pyarrow.date32(),
        "list": pyarrow.list_(pyarrow.string()),
        "spans": pyarrow.list_(span),
    }

    def value(row: Row, name: str, kind: str) -> Any:
        if kind != "spans":
            return row.get(name)
        return [{"start": start, "end": end} for start, end in row[name]]

    kinds = {name: KINDS.get(name, "text") for name in names_of(rows)}
    return pyarrow.record_batch(
        [
            pyarrow.array([value(row, name, kind) for row in rows], types[kind])
            for name, kind in kinds.items()
        ],
        schema=pyarrow.schema([(name, types[kind]) for name, kind in kinds.items()]),
    )


def to_cells(row: Row, columns: Sequence[str] = NAMES) -> list[str]:
    """Return a row as cells of a CSV file, with some columns only.

    Lists are joined by "; ", spans written start-end, days as exactly as they are known, and
    nothing begins like a formula.
    """
    row = row | {"said_on": _said_text(row)}
    return [escape_formula(_cell(row.get(name), KINDS.get(name, "text"))) for name in columns]


def escape_formula(cell: str) -> str:
    """Put an apostrophe before a cell that begins like a formula, so that it is taken for text."""
    return "'" + cell if cell.startswith(FORMULA_PREFIXES) else cell


def _about(document: Document) -> Row:
    """Return what is known of a document, as JSON holds it."""
    return {
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": _iso(document.published),
        "url": document.source,
    }


def _said_text(row: Row) -> str | None:
    """Return the day on which it was said in ISO 8601, as exactly as it is known."""
    day = row["said_on"]
    return iso_text(SaidOn(day, row["said_precision"])) if day else None


def _iso(day: date | None) -> str | None:
    """Return a day in ISO 8601."""
    return day.isoformat() if day else None


def _row(document: Document, quote: Quote) -> Row:
    """Return the row of a quote."""
    from quotes.text.printed_words import quote_words

    text = document.text
    return {
        "speaker": quote.speaker,
        "role": quote.role,
        "words": quote_words(document, quote),
        "type": quote.type,
        "factuality": quote.factuality,
        "said_on": quote.said_on.date if quote.said_on else None,
        "said_precision": quote.said_on.precision if quote.said_on else None,
        "published": document.published,
        "outlet": document.outlet,
        "title": document.title,
        "url": document.source,
        "probability": round(quote.probability, 4),
        "cue": text_of_spans(text, quote.cue) or None,
        "source": text_of_spans(text, quote.source) or None,
        "kind": quote.kind,
        "addressee": _cut(text, quote.addressee),
        "reported_by": list(quote.reported_by),
        "when_text": _cut(text, quote.when),
        "at": quote.at,
        "act": quote.act,
        "before": _cut(text, quote.before),
        "after": _cut(text, quote.after),
        "author": document.author,
        "confidence": round(quote.confidence, 4),
        "speaker_confidence": round(quote.speaker_confidence, 4),
        "rule": quote.rule,
        "path": quote.path or None,
        "resolved_by": quote.resolved_by or None,
        "nested_in": quote.nested_in,
        "document": document.id,
        "id": quote.id,
        "content_spans": _offsets(quote.content),
        "cue_spans": _offsets(quote.cue),
        "source_spans": _offsets(quote.source),
    }


def _cut(text: str, span: Span | None) -> str | None:
    """Return the words of a span on one line; None where there is none."""
    return text_of_spans(text, (span,)) if span else None


def _offsets(spans: Spans) -> list[list[int]]:
    """Return spans as lists [start, end]."""
    return [[span.start, span.end] for span in spans]


def _cell(value: Any, kind: str) -> str:
    """Return a value as text."""
    if value is None:
        return ""
    if kind == "list":
        return "; ".join(value)
    if kind == "spans":
        return "; ".join(f"{start}-{end}" for start, end in value)
    return str(value)
