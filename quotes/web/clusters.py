"""Speakers that may be one, over the whole collection: clusters to be merged at once.

In: the speakers of a store, the most quoted first. Out: clusters of speakers with reasons. Speakers
are compared as on their own pages (`quotes.web.speakers.candidates`).
"""

from __future__ import annotations

from typing import Any

from quotes import identity
from quotes.errors import SpeakerError
from quotes.store import speakers as speaker_queries
from quotes.web.app_state import AppState
from quotes.web.speakers import candidates

MAX_COMPARED = 150  # speakers with most quotes whose names are compared with those of all others


def clusters(state: AppState) -> list[dict[str, Any]]:
    """Return clusters of speakers that may be one, those with most quotes first.

    Returns:
        For each cluster `ids` of speakers, most quoted first, `reasons` and the best `score`.
    """
    found: list[dict[str, Any]] = state.quote_table.cached(("clusters",), lambda: _made(state))
    return found


def _made(state: AppState) -> list[dict[str, Any]]:
    rows, _ = speaker_queries.list_quoted_speakers(state.quote_table, limit=MAX_COMPARED)
    quotes = {row["id"]: row["quotes"] for row in rows}
    together: dict[str, dict[str, Any]] = {}
    for row in rows:
        for other in _candidates(state, row["id"]):
            if identity.is_likely_same(other["score"], row["name"], other["name"]):
                _join(together, row["id"], other)
    unique = {id(cluster): cluster for cluster in together.values()}
    for cluster in unique.values():
        cluster["ids"].sort(key=lambda name: (-quotes.get(name, 0), name))
    return sorted(
        unique.values(), key=lambda cluster: -sum(quotes.get(name, 0) for name in cluster["ids"])
    )


def _candidates(state: AppState, name: str) -> list[dict[str, Any]]:
    try:
        return candidates(state.store, state.quote_table, state.store.speaker(name))
    except SpeakerError:  # merged a moment ago
        return []


def _join(together: dict[str, dict[str, Any]], name: str, other: dict[str, Any]) -> None:
    """Put two speakers, and those that are with them already, into one cluster."""
    one = together.setdefault(name, {"ids": [name], "reasons": [], "score": 0.0})
    second = together.get(other["id"], {"ids": [other["id"]], "reasons": [], "score": 0.0})
    if second is not one:
        one["ids"] += second["ids"]
        one["reasons"] += second["reasons"]
        one["score"] = max(one["score"], second["score"])
        for each in second["ids"]:
            together[each] = one
    one["reasons"] = list(dict.fromkeys([*one["reasons"], other["reason"]]))
    one["score"] = max(one["score"], other["score"])
