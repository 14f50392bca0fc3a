"""Quotes as others read them: the JSON object of a document, the rows of a table, a pandas frame.

In go a document and its quotes, out come plain values, in the field names and the order that are a contract (README, "Formats"). Nothing
is written to a file or printed here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from quotes.records import Document, Quote, Spans, cut

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]

FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "＝",
    "＋",
    "－",
    "＠",
)  # what may begin a formula in a spreadsheet

# name, kind of value, what it says. Kinds: text, number, day, list (of text), spans (a list of [start, end])
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("document", "text", "id of the document"),
    ("id", "text", "id of the quote: the same for the same words at the same place"),
    ("speaker", "text", "fullest name known; missing when unresolved"),
    ("role", "text", "what the text calls the speaker, such as a title or an office"),
    ("kind", "text", "person, organization, group, unnamed or document"),
    ("type", "text", "direct, indirect or mixed"),
    ("cue", "text", "the words that say that it is said"),
    ("words", "text", "what was said: the parts of the content joined by ' … '"),
    ("source", "text", "the words that name the speaker in this sentence"),
    ("addressee", "text", "to whom it was said"),
    ("reported_by", "list", "who passed it on, nearest reporter first"),
    ("factuality", "text", "said, denied, not_said, hypothetical or question"),
    (
        "said_on",
        "day",
        "day on which it was said, or the first day of the week, month or year; missing when unknown",
    ),
    ("said_precision", "text", "day, week, month or year"),
    ("when_text", "text", "the words that say when"),
    ("confidence", "number", "probability that content, cue and source are right"),
    ("speaker_confidence", "number", "probability that the speaker is right"),
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


def document_object(document: Document, quotes: Iterable[Quote], *, with_text: bool = False) -> Row:
    """The JSON object of a document: `id`, `quotes`, and with `with_text` the text that the offsets count in, `document_text`."""
    found: Row = {
        "id": document.id,
        "quotes": [_quote_object(document.text, quote) for quote in quotes],
    }
    return found | ({"document_text": document.text} if with_text else {})


def to_json(
    document: Document,
    quotes: Iterable[Quote],
    *,
    with_text: bool = False,
    indent: int | None = None,
) -> str:
    """The same as JSON, in one line unless `indent` is given."""
    return json.dumps(
        document_object(document, quotes, with_text=with_text), ensure_ascii=False, indent=indent
    )


def rows(document: Document, quotes: Iterable[Quote]) -> list[Row]:
    """One row a quote, with the columns of COLUMNS; missing values are None."""
    return [_row(document, quote) for quote in quotes]


def frame(found: Sequence[Row]) -> pandas.DataFrame:
    """Rows as a typed frame: text is `str`, numbers `float64`, days `datetime64[s]`; `reported_by` and the spans are lists (`object`)."""
    import pandas

    kinds = {
        "text": "str",
        "number": "float64",
        "day": "datetime64[s]",
        "list": "object",
        "spans": "object",
    }
    columns = {
        name: pandas.Series([row[name] for row in found], dtype=kinds[kind])
        for name, kind, _ in COLUMNS
    }
    return pandas.DataFrame(columns)


def csv_cells(row: Row) -> list[str]:
    """A row as cells of a CSV file: lists joined by '; ', spans as start-end, and nothing that a spreadsheet takes for a formula."""
    return [harmless_cell(_cell(row[name], kind)) for name, kind, _ in COLUMNS]


def words(text: str, content: Spans) -> str:
    """The words of a content on one line: the white space of the text evened out, the parts joined by an ellipsis."""
    return " … ".join(" ".join(part.split()) for part in cut(text, content))


def _quote_object(text: str, quote: Quote) -> Row:
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
        "said_on": {"date": quote.said_on.date.isoformat(), "precision": quote.said_on.precision}
        if quote.said_on
        else None,
        "when_text": quote.when.of(text) if quote.when else None,
        "reported_by": list(quote.reported_by),
        "nested_in": quote.nested_in,
        "factuality": quote.factuality,
        "confidence": round(quote.confidence, 4),
        "speaker_confidence": round(quote.speaker_confidence, 4),
        "rule": quote.rule,
    }


def _row(document: Document, quote: Quote) -> Row:
    text = document.text
    return {
        "document": document.id,
        "id": quote.id,
        "speaker": quote.speaker,
        "role": quote.role,
        "kind": quote.kind,
        "type": quote.type,
        "cue": words(text, quote.cue) or None,
        "words": words(text, quote.content),
        "source": words(text, quote.source) or None,
        "addressee": words(text, (quote.addressee,)) if quote.addressee else None,
        "reported_by": list(quote.reported_by),
        "factuality": quote.factuality,
        "said_on": quote.said_on.date if quote.said_on else None,
        "said_precision": quote.said_on.precision if quote.said_on else None,
        "when_text": words(text, (quote.when,)) if quote.when else None,
        "confidence": round(quote.confidence, 4),
        "speaker_confidence": round(quote.speaker_confidence, 4),
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
    return [[span.start, span.end] for span in spans]


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind == "list":
        return "; ".join(value)
    if kind == "spans":
        return "; ".join(f"{start}-{end}" for start, end in value)
    return str(value)


def harmless_cell(cell: str) -> str:
    """A cell that begins like a formula gets an apostrophe in front, which a spreadsheet takes as "text follows"."""
    return "'" + cell if cell.startswith(FORMULA) else cell
