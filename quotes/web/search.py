"""The search pages: what a request selects, a page of quotes, and facets with their labels.

In: the parameters of a request. Out: a `Selection`, rows and counts. The queries are
`quotes.store.quote_search`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from quotes.defaults import MIN_CONFIDENCE, SHOWN_ACTS
from quotes.errors import SpeakerError
from quotes.output.review_status import PRINTED_LABELS, REVIEW_LABELS
from quotes.store import Selection, Store, quote_search
from quotes.store.quote_table import QuoteTable, Rows
from quotes.web.app_state import AppState
from quotes.web.parameters import Parameters

PAGE_SIZE = 30  # quotes
UNRESOLVED = "-"  # as a speaker: quotes without a named speaker
NO_SPEAKER = "No speaker identified"
BAND_LABELS = {
    "90": "90 % and more",
    "70": "70 to 90 %",
    "50": "50 to 70 %",
    "30": "30 to 50 %",
    "0": "below 30 %",
}
LABELS: Mapping[str, Mapping[str, str]] = {
    "printed": PRINTED_LABELS,
    "review": REVIEW_LABELS,
    "sure": BAND_LABELS,
    "factuality": {"not_said": "not said"},
}
CHIP_LABELS = {
    "since": "from {}",
    "until": "until {}",
    "unsure": f"also below {MIN_CONFIDENCE:.0%}",
    "copies": "copies counted",
    "rule": "rule {}",
    "document": "article {}",
    "act": "act: {}",
}
NO_CONDITIONS = ("q", "in", "sort", "after", "at", "id")  # of an address

Facets = dict[str, list[dict[str, Any]]]


def selection_of(state: AppState, parameters: Parameters, **more: Any) -> Selection:
    """Return the selection of the quotes that a request asks for.

    Args:
        state: The state of the app.
        parameters: The parameters of the request.
        **more: Further conditions of the selection, which go before those of the request.
    """
    band = parameters["sure"]
    unsure_too = parameters["unsure"] == "yes" or band is not None
    same = ("outlet", "since", "until", "year", "type", "kind", "review", "rule", "factuality")
    conditions: dict[str, Any] = {
        **{name: parameters[name] for name in same},
        **of_speakers(parameters["speaker"]),
        "roles": parameters["role"],
        "documents": parameters["document"],
        "acts": parameters["act"] or SHOWN_ACTS,
        "confidence_band": band,
        "min_confidence": 0.0 if unsure_too else MIN_CONFIDENCE,
        "copies": parameters["copies"] == "yes",
    }
    if parameters["printed"]:
        ids = state.overview.current().quotes_by_kind
        several = (ids[kind] for kind in parameters["printed"])
        conditions["ids"] = tuple(sorted(frozenset.intersection(*several)))
    return Selection(**(conditions | more))


def of_speakers(speakers: Sequence[str] | None) -> dict[str, Any]:
    """Return the conditions of a selection for ids of speakers, UNRESOLVED among them, or None."""
    if speakers is None:
        return {}
    ids = tuple(speaker for speaker in speakers if speaker != UNRESOLVED)
    return {"without_speaker": UNRESOLVED in speakers, "speaker_ids": ids or None}


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


def counted(
    table: QuoteTable, selection: Selection, *, more: str | None = None
) -> tuple[Facets, int]:
    """Return the commonest values of each facet with their numbers, and the number of quotes.

    A facet is counted as if it alone were not chosen; `more` is one of which all values are wanted.
    """
    found: tuple[Facets, int] = table.cached(
        ("counted", selection, more), lambda: _counted(table, selection, more)
    )
    return found


def _counted(table: QuoteTable, selection: Selection, more: str | None) -> tuple[Facets, int]:
    rows, total = quote_search.facet_counts(table, selection, more=more)
    facets: Facets = {name: [] for name in quote_search.FACETS}
    for row in rows:
        name, number = row["facet"], _number(row)
        if number and (row["value"] is not None or name == "speaker"):
            value = UNRESOLVED if row["value"] is None else row["value"]
            facets[name].append({"value": value, "label": _label(row), "count": number})
    return {name: _ordered(name, values) for name, values in facets.items()}, total


def chips(store: Store, parameters: Parameters, facets: Facets) -> list[dict[str, str]]:
    """Return the conditions of a request in words, each of which can be taken away.

    Returns:
        For each condition its `name` and `value` in the address, and a `label`.
    """
    found = list[dict[str, str]]()
    for name, value in parameters.others(*NO_CONDITIONS):
        known = {v["value"]: v["label"] for v in facets.get(name, ())}
        label = known.get(value) or _chip_label(store, name, value)
        found.append({"name": name, "value": value, "label": label})
    return found


def _chip_label(store: Store, name: str, value: str) -> str:
    if name == "speaker":
        if value == UNRESOLVED:
            return NO_SPEAKER
        with suppress(SpeakerError):
            return store.speaker(value).name
    if name in CHIP_LABELS:
        return CHIP_LABELS[name].format(value)
    return LABELS.get(name, {}).get(value, value)


def _number(row: dict[str, Any]) -> int:
    """Return the number of quotes; those of little confidence count for that facet alone."""
    return int(row["all_quotes"] if row["facet"] == "sure" else row["shown_quotes"])


def _label(row: dict[str, Any]) -> str:
    """Return the label of a facet's value."""
    if row["facet"] == "speaker" and row["value"] is None:
        return NO_SPEAKER
    if row["name"] is not None:
        return str(row["name"])
    return LABELS.get(row["facet"], {}).get(row["value"], str(row["value"]))


def _ordered(name: str, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put years and confidences in descending order, others by number, what is unknown last."""
    if name in ("year", "sure"):
        return sorted(values, key=lambda value: -int(value["value"]))
    return sorted(
        values,
        key=lambda value: (value["value"] == UNRESOLVED, -value["count"], str(value["label"])),
    )
