"""Values of a row as text of a cell, and as JSON.

In: an Arrow batch. Out: for each column its cells. Nothing that a spreadsheet takes for a formula comes out as text.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa

from quotes.output.documents import harmless_cell

Cell = str | float | int | date | None


def texts(column: pa.Array) -> list[str]:
    """The cells of a column as text: lists joined by '; ', spans as start-end, harmless to a spreadsheet; "" where a value is missing."""
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return [harmless_cell(value) if value else "" for value in column.to_pylist()]
    return [text(value) for value in column.to_pylist()]


def text(value: Any) -> str:
    """One value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(round(value, 4))
    if isinstance(value, list):
        return harmless_cell("; ".join(map(_entry, value)))
    if isinstance(value, date):
        return value.isoformat()
    return harmless_cell(str(value))


def plain(value: Any) -> Any:
    """One value as JSON holds it: days and moments in ISO 8601, spans as [start, end]."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, list):
        return [_span(each) or plain(each) for each in value]
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value


def _entry(value: Any) -> str:
    """One entry of a list: a span, the name of a record, or itself."""
    span = _span(value)
    if span:
        return f"{span[0]}-{span[1]}"
    return str(value["name"]) if isinstance(value, dict) else str(value)


def _span(value: Any) -> list[int] | None:
    return (
        [value["start"], value["end"]]
        if isinstance(value, dict) and value.keys() == {"start", "end"}
        else None
    )
