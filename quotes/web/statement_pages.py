"""The values of the pages about statements: who said some words, all prints of one, the list.

In: the state of the app and the parameters of a request. Out: a dictionary; rows are under `items`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from quotes.errors import SpeakerError
from quotes.statements.overview import StatementFacts, count_outlets, count_wordings
from quotes.statements.types import in_order
from quotes.store import quote_search
from quotes.store.quote_table import Rows
from quotes.web import who_said
from quotes.web.app_state import AppState
from quotes.web.articles import quote_in
from quotes.web.cards import cards
from quotes.web.pages import LIST_SIZE, MAX_CSV_ROWS, PageValues
from quotes.web.parameters import Parameters
from quotes.web.statement_overview import KINDS, Overview

MAX_MATCHES = 20  # quotes that answer who said some words
ORDERS = ("outlets", "wordings", "prints", "newest")


def check(state: AppState, parameters: Parameters) -> PageValues:
    """Find who said some words: the same or similar quotes."""
    found, note = who_said.who_said(
        state.store, state.quote_table, parameters["words"], limit=MAX_MATCHES
    )
    return {
        "words": parameters["words"],
        "answer": who_said.summary(found),
        "items": found,
        "note": note,
    }


def statement(state: AppState, parameters: Parameters) -> PageValues:
    """Show one statement in all its wordings, the first printed first."""
    _, shown = quote_in(state.store, state.quote_table, parameters["id"])
    row = {**shown.row, "likeness": 1.0}
    found = cards(state, who_said.wordings(state.store, state.quote_table, row))
    facts = state.overview.current().by_quote.get(parameters["id"])
    first = found[0]["published"]
    return {
        "id": parameters["id"],
        "words": shown.row["words"],
        "outlets": who_said.outlets(found),
        "wordings": count_wordings(match["words"] for match in found),
        "speakers": who_said.speakers_of(found),
        "first": [match for match in found if first and match["published"] == first],
        "elsewhere": cards(state, _elsewhere(state, facts)),
        "items": found,
    }


def statements(state: AppState, parameters: Parameters) -> PageValues:
    """List statements that several articles print, or on which prints disagree."""
    overview = state.overview.current()
    only, order = parameters["only"], parameters["sort"] or "outlets"
    found = _sorted(overview, only, order)
    size = MAX_CSV_ROWS if parameters.as_file else LIST_SIZE
    page, pages = parameters.page_of(len(found), size)
    page = 1 if parameters.as_file else page
    counts = {kind: len(_sorted(overview, kind, order)) for kind in KINDS}
    return {
        "total": len(found),
        "page": page,
        "pages": pages,
        "ready": overview.ready,
        "counts": counts,
        "items": [_listed(state, one) for one in found[(page - 1) * size : page * size]],
    }


def newest_disputes(state: AppState, *, limit: int) -> list[dict[str, Any]]:
    """Return the statements on which prints disagree, the newest first."""
    found = _sorted(state.overview.current(), "disputed", "newest")
    return [_listed(state, several) for several in found[:limit]]


def _sorted(overview: Overview, only: str | None, order: str) -> list[tuple[StatementFacts, ...]]:
    """Return the statements of a kind in an order."""
    key = (only, order)
    if key not in overview.lists:
        overview.lists[key] = sorted(
            _chosen(overview, only), key=lambda several: _place(order, several)
        )
    found: list[tuple[StatementFacts, ...]] = overview.lists[key]
    return found


def _elsewhere(state: AppState, facts: StatementFacts | None) -> Rows:
    """Return a print of each statement with the same words under another speaker."""
    ids = facts.elsewhere if facts else ()
    rows = quote_search.of_ids(state.quote_table, ids) if ids else []
    return sorted(rows, key=lambda row: str(row["id"]))


def _chosen(overview: Overview, only: str | None) -> list[tuple[StatementFacts, ...]]:
    """Return the statements of a kind, each with those of the same words by other speakers."""
    if only == "disputed":
        return list(overview.disputes)
    if only:
        return [(facts,) for facts in overview.statements if KINDS[only](facts)]
    several = [
        (facts,)
        for facts in overview.statements
        if len(facts.group.documents) > 1 and not facts.disputed
    ]
    return several + list(overview.disputes)


def _place(order: str, several: Sequence[StatementFacts]) -> tuple[Any, ...]:
    """Return what statements are sorted by."""
    prints = [each for facts in several for each in facts.group.statements]
    newest = max((s.published for s in prints if s.published), default=date.min)
    number = {
        "outlets": count_outlets(prints),
        "wordings": sum(facts.wordings for facts in several),
        "prints": len(prints),
        "newest": newest.toordinal(),
    }[order]
    return -number, -newest.toordinal(), several[0].group.id


def _listed(state: AppState, several: Sequence[StatementFacts]) -> dict[str, Any]:
    """Return a statement, with those of the same words by other speakers, as a row of a list."""
    prints = in_order(each for facts in several for each in facts.group.statements)
    speakers = dict.fromkeys(speaker for facts in several for speaker in facts.speakers)
    return {
        "id": prints[0].id,
        "words": prints[0].words,
        "type": prints[0].type,
        "speakers": [_named(state, speaker) for speaker in speakers],
        "prints": len(prints),
        "outlets": count_outlets(prints),
        "wordings": count_wordings(s.words for s in prints),
        "disputed": any(facts.disputed for facts in several),
        "first_outlet": prints[0].outlet,
        "first": prints[0].published,
    }


def _named(state: AppState, speaker: str) -> dict[str, str]:
    try:
        return {"id": speaker, "name": state.store.speaker(speaker).name}
    except SpeakerError:
        return {"id": speaker, "name": speaker}
