"""The search pages: what a request selects, a page of quotes, and facets with their labels.

In: the parameters of a request. Out: a `Selection`, rows and counts. The queries are
`quotes.store.quote_search`.
"""

from __future__ import annotations

from typing import Any

from quotes.defaults import MIN_CONFIDENCE, SHOWN_ACTS
from quotes.output.review_status import REVIEW_LABELS
from quotes.store import Selection, quote_search
from quotes.store.quote_table import QuoteTable, Rows
from quotes.web.parameters import Parameters

PAGE_SIZE = 30  # quotes
UNRESOLVED = "-"  # as a speaker: quotes without a named speaker
BAND_LABELS = {
    "90": "90 % and more",
    "70": "70 to 90 %",
    "50": "50 to 70 %",
    "30": "30 to 50 %",
    "0": "below 30 %",
}

Facets = dict[str, list[dict[str, Any]]]


def selection_of(parameters: Parameters, **more: Any) -> Selection:
    """Return the selection of the quotes that a request asks for.

    Args:
        parameters: The parameters of the request.
        **more: Further conditions of the selection, which go before those of the request.
    """
    band = parameters["sure"]
    unsure_too = parameters["unsure"] == "yes" or band is not None
    document = parameters["document"]
    same = ("outlet", "since", "until", "year", "type", "kind", "review", "rule")
    conditions: dict[str, Any] = {
        **{name: parameters[name] for name in same},
        **of_speaker(parameters["speaker"]),
        "documents": None if document is None else (document,),
        "acts": parameters["act"] or SHOWN_ACTS,
        "confidence_band": band,
        "min_confidence": 0.0 if unsure_too else MIN_CONFIDENCE,
        "copies": parameters["copies"] == "yes",
    }
    return Selection(**(conditions | more))


def of_speaker(speaker: str | None) -> dict[str, Any]:
    """Return the conditions of a selection for a speaker's id, UNRESOLVED or None (anybody)."""
    if speaker == UNRESOLVED:
        return {"without_speaker": True}
    return {"speaker_ids": None if speaker is None else (speaker,)}


def find(
    table: QuoteTable,
    selection: Selection,
    *,
    order: str = "newest",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Rows:
    """Return the quotes of a page (from 1)."""
    offset = (max(1, page) - 1) * size
    return quote_search.find(table, selection, order=order, limit=size, offset=offset)


def counted(table: QuoteTable, selection: Selection) -> tuple[Facets, int]:
    """Return the commonest values of each facet with their numbers, and the number of quotes.

    A facet is counted as if it alone were not chosen.
    """
    found: tuple[Facets, int] = table.cached(
        ("counted", selection), lambda: _counted(table, selection)
    )
    return found


def _counted(table: QuoteTable, selection: Selection) -> tuple[Facets, int]:
    rows, total = quote_search.facet_counts(table, selection)
    facets: Facets = {name: [] for name in quote_search.FACETS}
    for row in rows:
        name, number = row["facet"], _number(row)
        if number and (row["value"] is not None or name == "speaker"):
            value = UNRESOLVED if row["value"] is None else row["value"]
            facets[name].append({"value": value, "label": _label(row), "count": number})
    return {name: _ordered(name, values) for name, values in facets.items()}, total


def _number(row: dict[str, Any]) -> int:
    """Return the number of quotes; those of little confidence count for that facet alone."""
    return int(row["all_quotes"] if row["facet"] == "sure" else row["shown_quotes"])


def _label(row: dict[str, Any]) -> str:
    """Return the label of a facet's value."""
    if row["facet"] == "speaker":
        return "No speaker identified" if row["value"] is None else str(row["name"])
    if row["facet"] == "review":
        return REVIEW_LABELS[row["value"]]
    return BAND_LABELS[row["value"]] if row["facet"] == "sure" else str(row["value"])


def _ordered(name: str, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put years and confidences in descending order, others by number."""
    if name in ("year", "sure"):
        return sorted(values, key=lambda value: -int(value["value"]))
    return sorted(values, key=lambda value: (-value["count"], str(value["label"])))
