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
from quotes.output.charts.inline import Inline, ListAddress
from quotes.output.charts.timeline import style, timeline_chart
from quotes.records import Speaker
from quotes.store import COLUMNS
from quotes.timeline import Timeline

MAX_MARKS = 1000  # quotes drawn as marks in a page; more are drawn as bars, to keep the page small


def inline_chart(
    speaker: Speaker,
    rows: Sequence[Mapping[str, Any]],
    roles: Iterable[RoleSpan],
    *,
    only: ListAddress | None = None,
) -> str:
    """Return the chart as an element of a page, or "" where no quote has a day.

    Args:
        speaker: The speaker.
        rows: Their quotes.
        roles: Their roles.
        only: The address of the list of some of the quotes, to which outlets and times lead.
    """
    inline = Inline(lambda _, said: f"/quote/{said.id}", max_marks=MAX_MARKS, only=only)
    return timeline_chart(_timeline(speaker, rows, roles), inline=inline) if rows else ""


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
