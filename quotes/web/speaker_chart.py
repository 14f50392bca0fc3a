"""The timeline of a speaker as SVG, for their page and by itself.

In: rows of quotes with a day, and the roles of the speaker. Out: SVG as `quotes.output.charts`
draws it; in the page each mark leads to its quote, and needs no script or style of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import pyarrow

from quotes.identity import RoleSpan
from quotes.output.charts.timeline import Inline, style, timeline_chart
from quotes.records import Speaker
from quotes.store import COLUMNS
from quotes.timeline import Timeline

MAX_MARKS = 1000  # quotes drawn as marks in a page; more are drawn as bars, to keep the page small

_IN_PAGE = Inline(lambda _, said: f"/quote/{said.id}", max_marks=MAX_MARKS)


def inline_chart(
    speaker: Speaker, rows: Sequence[Mapping[str, Any]], roles: Iterable[RoleSpan]
) -> str:
    """Return the chart as an element of a page, or "" where no quote has a day."""
    return timeline_chart(_timeline(speaker, rows, roles), inline=_IN_PAGE) if rows else ""


def whole_chart(
    speaker: Speaker, rows: Sequence[Mapping[str, Any]], roles: Iterable[RoleSpan]
) -> str:
    """Return the chart as an SVG file with its own heading and colours."""
    return timeline_chart(_timeline(speaker, rows, roles))


@cache
def chart_style() -> bytes:
    """Return the colours of the chart as a style sheet for pages, inside `.chart` only."""
    return f".chart {{\n{style('both')}}}\n".encode()


def _timeline(
    speaker: Speaker, rows: Sequence[Mapping[str, Any]], roles: Iterable[RoleSpan]
) -> Timeline:
    empty = dict.fromkeys(COLUMNS)
    table = pyarrow.Table.from_pylist([{**empty, **row} for row in rows])
    return Timeline(speaker, table, len(rows), tuple(roles))
