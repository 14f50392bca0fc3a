"""The JSON Schema of quotes in JSON: a quote a line, and a document with its quotes.

    json_schema() → the schema, as it stands in docs/quotes.schema.json

In: `quotes.quote_columns`. Out: plain values (JSON Schema 2020-12). `python -m docs.dictionary`
writes the page and the file anew.
"""

from __future__ import annotations

from typing import Any

from quotes.quote_columns import QUOTE_COLUMNS, SCHEMA_VERSION, QuoteColumn

DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"  # as exact as it is known
SPANS: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "array",
        "prefixItems": [{"type": "integer", "minimum": 0}] * 2,
        "items": False,
        "minItems": 2,
    },
}
TEXTS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
KINDS: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "number", "minimum": 0, "maximum": 1},
    "day": {"type": "string", "pattern": DATE},
    "list": TEXTS,
    "spans": SPANS,
}


def json_schema() -> dict[str, Any]:
    """Return the schema of a line: a quote, or a document with its quotes (`--nested`)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:x-quotes:schema:{SCHEMA_VERSION}",
        "title": "Quotes in JSON lines",
        "version": SCHEMA_VERSION,
        "anyOf": [{"$ref": "#/$defs/quote"}, {"$ref": "#/$defs/document"}],
        "$defs": {"quote": _quote(), "document": _document()},
    }


def _quote() -> dict[str, Any]:
    """Return the schema of a quote. Columns that came with the articles are beside its own."""
    return {
        "description": "one act of attributing",
        "type": "object",
        "properties": {column.name: _property(column) for column in QUOTE_COLUMNS},
        "required": [column.name for column in QUOTE_COLUMNS if not column.store_only],
    }


def _property(column: QuoteColumn) -> dict[str, Any]:
    """Return the schema of a column."""
    kind = KINDS[column.kind] | {"description": column.says}
    if column.choices:
        kind["enum"] = list(column.choices)
    if column.always:
        return kind
    kind["type"] = [kind["type"], "null"]
    if column.choices:
        kind["enum"].append(None)
    return kind


def _document() -> dict[str, Any]:
    """Return the schema of a document with its quotes."""
    known = {column.name: column for column in QUOTE_COLUMNS}
    about = {name: _property(known[name]) for name in ("title", "outlet", "author", "published")}
    parts = {
        "content": SPANS | {"description": "the same as content_spans"},
        "text": TEXTS | {"description": "the words of each part of the content, without marks"},
    }
    inside = {
        "allOf": [{"$ref": "#/$defs/quote"}],
        "properties": parts,
        "required": list(parts),
    }
    return {
        "description": "a document with its quotes",
        "type": "object",
        "properties": {
            "id": {"type": "string", "description": "id of the document"},
            **about,
            "url": _property(known["url"]),
            "quotes": {"type": "array", "items": inside},
            "document_text": {
                "type": "string",
                "description": "the text that offsets count in (--with-text)",
            },
        },
        "required": ["id", *about, "url", "quotes"],
    }
