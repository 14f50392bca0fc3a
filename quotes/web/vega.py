"""The timeline of a speaker as a Vega-Lite specification: what `quotes.output.charts` draws as SVG, for a page that can be asked.

In: rows of quotes. Out: plain values for Vega-Lite, with colours left to the page. Steps of time, types and what hovering shows are those
of `quotes.output.charts`. Each quote is a mark with its words and its source; of more than can be told apart, bars with the first few.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from quotes.output.charts.scale import Scale, scale
from quotes.output.charts.timeline import TYPE_NAMES, TYPES, tip
from quotes.records import SaidOn
from quotes.timeline.said import Said

Row = dict[str, Any]

MOST = 1000  # marks; of more, bars are drawn
HIGHEST = 40  # marks one upon the other, so that each can be pointed at
FIRST = 3  # quotes that hovering over a bar shows
NAMED = (
    "id",
    "document",
    "words",
    "type",
    "day",
    "published",
    "outlet",
    "title",
    "role",
    "confidence",
    "review",
    "reviewed_by",
)


def timeline(rows: Sequence[Row]) -> dict[str, Any]:
    """The specification. `rows` have a day and are in order of time."""
    steps = scale(rows[0]["day"], rows[-1]["day"], left=0, width=1) if rows else None
    values = list(_values(rows, steps)) if steps else []
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": "Quotes over time, by type",
        "width": "container",
        "height": 230,
        "autosize": {"type": "fit", "contains": "padding", "resize": True},
        "data": {"values": values},
        "mark": {"type": "rect", "cursor": "pointer"},
        "encoding": {
            "x": {
                "field": "from",
                "type": "temporal",
                "title": None,
                "axis": {"grid": False, "labelOverlap": True},
                "scale": {
                    "type": "utc",
                    "domain": [str(steps.starts[0]), str(steps.starts[-1])] if steps else None,
                },
            },
            "x2": {"field": "to"},
            "y": {
                "field": "top",
                "type": "quantitative",
                "title": f"quotes a {steps.unit if steps else 'month'}",
                "axis": {"tickMinStep": 1},
            },
            "y2": {"field": "floor"},
            "color": {
                "field": "type",
                "type": "nominal",
                "title": None,
                "scale": {"domain": list(TYPES)},
            },
            "tooltip": {"field": "tip"},
            "href": {"field": "address"},
        },
    }


def _values(rows: Sequence[Row], steps: Scale) -> Iterator[dict[str, Any]]:
    """The marks, heaped up in each step of time, those of one type together."""
    held: dict[int, list[Row]] = {}
    for row in rows:
        held.setdefault(steps.at(row["day"]), []).append(row)
    apart = len(rows) <= MOST and max(map(len, held.values())) <= HIGHEST
    for number, within in sorted(held.items()):
        floor = 0
        for several in _marks(within, apart=apart):
            place = {
                "from": str(steps.starts[number]),
                "to": str(steps.starts[number + 1]),
                "floor": floor,
                "top": floor + len(several),
            }
            yield {
                **place,
                "type": several[0]["type"],
                "quotes": len(several),
                **_shown(several, steps.name(number), apart=apart),
            }
            floor += len(several)


def _marks(rows: Sequence[Row], *, apart: bool) -> Iterator[list[Row]]:
    """What is one mark: a quote, or all of one type."""
    for kind in TYPES:
        alike = [row for row in rows if row["type"] == kind]
        if apart:
            yield from ([row] for row in alike)
        elif alike:
            yield alike


def _shown(rows: Sequence[Row], step: str, *, apart: bool) -> dict[str, Any]:
    """What hovering over a mark shows, and where it leads."""
    said = [_said(row) for row in rows[:FIRST]]
    if apart:
        return {"tip": tip(said[0]), "address": f"/quote/{said[0].id}"}
    head = f"{step}: {len(rows):,} {TYPE_NAMES[rows[0]['type']]} quotes, such as"
    return {
        "tip": "\n".join(
            [head, *(f"“{s.words}” {s.outlet or s.title or s.document}" for s in said)]
        ),
        "address": "#list",
    }


def _said(row: Row) -> Said:
    on = SaidOn(row["said_on"], row["said_precision"] or "day") if row["said_on"] else None
    return Said(**{name: row[name] for name in NAMED}, said_on=on)
