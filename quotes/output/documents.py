"""Quotes of a document as JSON, as rows of a table (CSV) and as a pandas frame.

In: a document and its quotes. Out: plain values, in field names and an order that are a contract
(docs/formats.md). Nothing is written to a file here. Tables of a store are `quotes.output.tables`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from quotes.output.dates import iso_text
from quotes.records import Document, Quote, Spans, cut, text_of_spans
from quotes.text.printed_words import printed_words_in

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]

FORMULA_PREFIXES = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What may begin a formula in a spreadsheet."""

COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("document", "text", "id of the document"),
    ("id", "text", "id of the quote: the same for the same words at the same place"),
    ("speaker", "text", "fullest name known; missing when unresolved"),
    ("role", "text", "what the text calls the speaker, such as a title or an office"),
    ("kind", "text", "person, organization, group, unnamed or document"),
    ("type", "text", "direct, indirect or mixed"),
    ("cue", "text", "the words that say that it is said"),
    (
        "words",
        "text",
        "what was said, as the article prints it, with its quotation marks or without",
    ),
    ("source", "text", "the words that name the speaker in this sentence"),
    ("addressee", "text", "to whom it was said"),
    ("reported_by", "list", "who passed it on, nearest reporter first"),
    ("factuality", "text", "said, denied, not_said, hypothetical or question"),
    ("act", "text", "speech, thought, intention or attitude"),
    (
        "said_on",
        "day",
        "day on which it was said, or the first day of the week, month or year; missing when "
        "unknown",
    ),
    ("said_precision", "text", "day, week, month or year"),
    ("when_text", "text", "the words that say when"),
    ("confidence", "number", "probability that content, cue and source are right"),
    ("speaker_confidence", "number", "probability that the speaker is right"),
    (
        "probability",
        "number",
        "probability that words and speaker are right; of the words alone without a speaker",
    ),
    ("rule", "text", "the rule that found the quote"),
    ("path", "text", "dependency path from the cue to source and content"),
    ("resolved_by", "text", "the step that found the speaker"),
    ("nested_in", "text", "id of the quote around this one"),
    ("content_spans", "spans", "offsets of the content in the text, code points, half-open"),
    ("cue_spans", "spans", "offsets of the cue"),
    ("source_spans", "spans", "offsets of the source"),
    ("title", "text", "of the document"),
    ("outlet", "text", "of the document"),
    ("author", "text", "of the document"),
    ("published", "day", "day of publication of the document"),
    ("url", "text", "where the document came from: a path or an address"),
)
"""Columns of a row: name, kind of value, meaning.

Kinds are text, number, day, list (of text) and spans (a list of [start, end]).
"""
PANDAS_TYPES = {
    "text": "str",
    "number": "float64",
    "day": "datetime64[s]",
    "list": "object",
    "spans": "object",
}


def to_object(document: Document, quotes: Iterable[Quote], *, with_text: bool = False) -> Row:
    """Return the JSON object of a document: `id`, `quotes`, and `document_text` if `with_text`."""
    made: Row = {
        "id": document.id,
        "quotes": [_quote_object(document.text, quote) for quote in quotes],
    }
    return made | ({"document_text": document.text} if with_text else {})


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


def to_rows(document: Document, quotes: Iterable[Quote]) -> list[Row]:
    """Return a row for each quote, with the columns of COLUMNS; missing values are None."""
    return [_row(document, quote) for quote in quotes]


def to_frame(rows: Sequence[Row]) -> pandas.DataFrame:
    """Return rows as a frame of the types in PANDAS_TYPES."""
    import pandas

    columns = {
        name: pandas.Series([row[name] for row in rows], dtype=PANDAS_TYPES[kind])
        for name, kind, _ in COLUMNS
    }
    return pandas.DataFrame(columns)


def to_cells(row: Row) -> list[str]:
    """Return a row as cells of a CSV file.

    Lists are joined by "; ", spans written start-end, and nothing begins like a formula.
    """
    return [escape_formula(_cell(row[name], kind)) for name, kind, _ in COLUMNS]


def escape_formula(cell: str) -> str:
    """Put an apostrophe before a cell that begins like a formula, so that it is taken for text."""
    return "'" + cell if cell.startswith(FORMULA_PREFIXES) else cell


def _quote_object(text: str, quote: Quote) -> Row:
    """Return the JSON object of a quote."""
    return {
        "id": quote.id,
        "content": _offsets(quote.content),
        "cue": _offsets(quote.cue),
        "source": _offsets(quote.source),
        "text": list(cut(text, quote.content)),
        "type": quote.type,
        "speaker": quote.speaker,
        "kind": quote.kind,
        "role": quote.role,
        "addressee": quote.addressee.of(text) if quote.addressee else None,
        "said_on": {"date": iso_text(quote.said_on), "precision": quote.said_on.precision}
        if quote.said_on
        else None,
        "when_text": quote.when.of(text) if quote.when else None,
        "reported_by": list(quote.reported_by),
        "nested_in": quote.nested_in,
        "factuality": quote.factuality,
        "act": quote.act,
        "confidence": round(quote.confidence, 4),
        "speaker_confidence": round(quote.speaker_confidence, 4),
        "probability": round(quote.probability, 4),
        "rule": quote.rule,
    }


def _row(document: Document, quote: Quote) -> Row:
    """Return the row of a quote."""
    text = document.text
    return {
        "document": document.id,
        "id": quote.id,
        "speaker": quote.speaker,
        "role": quote.role,
        "kind": quote.kind,
        "type": quote.type,
        "cue": text_of_spans(text, quote.cue) or None,
        "words": quote.words or printed_words_in(document, quote.content, cue=quote.cue),
        "source": text_of_spans(text, quote.source) or None,
        "addressee": text_of_spans(text, (quote.addressee,)) if quote.addressee else None,
        "reported_by": list(quote.reported_by),
        "factuality": quote.factuality,
        "act": quote.act,
        "said_on": quote.said_on.date if quote.said_on else None,
        "said_precision": quote.said_on.precision if quote.said_on else None,
        "when_text": text_of_spans(text, (quote.when,)) if quote.when else None,
        "confidence": round(quote.confidence, 4),
        "speaker_confidence": round(quote.speaker_confidence, 4),
        "probability": round(quote.probability, 4),
        "rule": quote.rule,
        "path": quote.path or None,
        "resolved_by": quote.resolved_by or None,
        "nested_in": quote.nested_in,
        "content_spans": _offsets(quote.content),
        "cue_spans": _offsets(quote.cue),
        "source_spans": _offsets(quote.source),
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "published": document.published,
        "url": document.source,
    }


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
