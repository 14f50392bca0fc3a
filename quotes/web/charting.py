"""The timeline of a speaker as a Vega-Lite specification.

In: how many quotes of each type there are in each month. Out: plain values for Vega-Lite, with colours left to the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

TYPES = ("direct", "mixed", "indirect")


def timeline(months: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Bars of quotes a month, stacked by type."""
    values = [{"month": f"{row['month']}-01", "type": row["type"], "quotes": row["quotes"]} for row in months]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": "Quotes a month, by type",
        "width": "container",
        "height": 230,
        "autosize": {"type": "fit", "contains": "padding", "resize": True},
        "data": {"values": values},
        "mark": {"type": "bar", "tooltip": True},
        "encoding": {
            "x": {
                "field": "month",
                "type": "temporal",
                "timeUnit": "yearmonth",
                "title": None,
                "axis": {"grid": False, "labelOverlap": True},
            },
            "y": {"field": "quotes", "type": "quantitative", "title": "quotes a month", "axis": {"tickMinStep": 1}},
            "color": {"field": "type", "type": "nominal", "sort": list(TYPES), "title": None, "scale": {"domain": list(TYPES)}},
            "order": {"field": "type"},
            "tooltip": [
                {"field": "month", "type": "temporal", "timeUnit": "yearmonth", "title": "month"},
                {"field": "type", "title": "type"},
                {"field": "quotes", "title": "quotes"},
            ],
        },
    }
