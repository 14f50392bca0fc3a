"""Values of a row as text of a cell, and as JSON.

In: an Arrow column or a value. Out: cells of text, in which nothing is a formula to a spreadsheet,
or plain JSON values.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from quotes.output.documents import escape_formula


def cell_texts(column: pa.Array) -> list[str]:
    """Return the values of a column as text of cells, "" where a value is missing."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return [escape_formula(value) if value else "" for value in column.to_pylist()]
    return [cell_text(value) for value in column.to_pylist()]


def cell_text(value: Any) -> str:
    """Return a value as text of a cell: lists joined by "; ", spans as start-end."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(round(value, 4))
    if isinstance(value, list):
        return escape_formula("; ".join(map(_entry, value)))
    if isinstance(value, date):
        return value.isoformat()
    return escape_formula(str(value))


def json_value(value: Any) -> Any:
    """Return a value as JSON holds it: days and moments in ISO 8601, spans as [start, end]."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list):
        return [_span(each) or json_value(each) for each in value]
    if isinstance(value, dict):
        return {name: json_value(each) for name, each in value.items()}
    if isinstance(value, date):  # a datetime, too
        return value.isoformat()
    return value


def _entry(value: Any) -> str:
    """Return one entry of a list as text.

    A span, the name of a record (with its value, where it has one), or the value itself.
    """
    span = _span(value)
    if span:
        return f"{span[0]}-{span[1]}"
    if not isinstance(value, dict):
        return str(value)
    return f"{value['name']}: {value['value']}" if "value" in value else str(value["name"])


def _span(value: Any) -> list[int] | None:
    """Return a span as [start, end]; None for any other value."""
    return (
        [value["start"], value["end"]]
        if isinstance(value, dict) and value.keys() == {"start", "end"}
        else None
    )
