"""The values of the pages about speakers: the list, a speaker, their chart, merges.

In: the state of the app and the parameters of a request. Out: a dictionary; rows are under `items`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from quotes.records import Speaker
from quotes.store import Selection, quote_search
from quotes.store import speakers as speaker_queries
from quotes.store.speakers import Sample
from quotes.web.app_state import AppState
from quotes.web.cards import cards
from quotes.web.errors import Refused
from quotes.web.pages import LIST_SIZE, MAX_CSV_ROWS, PageValues
from quotes.web.parameters import Parameters
from quotes.web.query import words_query
from quotes.web.rendering import path
from quotes.web.search import PAGE_SIZE, chips, counted, find, selection_of
from quotes.web.speaker_chart import inline_chart, whole_chart
from quotes.web.speakers import candidates, names_of, role_spans, roles, speaker_of

MAX_ROLES = 5  # of a speaker in short
MIN_CHART_DAYS = 5  # between the first and the last quote, from which a chart is drawn
CLUSTERS_SIZE = 20  # clusters on a page


def speakers(state: AppState, parameters: Parameters) -> PageValues:
    """List the speakers."""
    page, size = parameters["page"] or 1, MAX_CSV_ROWS if parameters.as_file else LIST_SIZE
    rows, total = speaker_queries.list_quoted_speakers(
        state.quote_table,
        words=parameters["q"],
        kind=parameters["kind"],
        order=parameters["sort"] or "quotes",
        limit=size,
        offset=0 if parameters.as_file else (page - 1) * size,
    )
    return {"total": total, "page": page, "pages": max(1, -(-total // size)), "items": rows}


def speaker(state: AppState, parameters: Parameters) -> PageValues:
    """Show a speaker: names, roles, timeline, quotes, and possible duplicates."""
    who = speaker_of(state.store, parameters["id"])
    query = words_query(parameters["q"] or "")
    selection = selection_of(state, parameters, speaker_ids=(who.id,), **query.conditions("words"))
    values, total = counted(state.quote_table, selection, more=parameters["more"])
    page, pages = parameters.page_of(total, PAGE_SIZE)
    basic = {
        "id": who.id,
        "name": who.name,
        "kind": who.kind,
        "wikidata": who.wikidata,
        "total": total,
    }
    items = find(
        state.quote_table,
        selection,
        order=parameters["sort"] or "newest",
        page=1 if parameters.as_file else page,
        size=MAX_CSV_ROWS if parameters.as_file else PAGE_SIZE,
    )
    if parameters.as_file:
        return {**basic, "items": cards(state, items)}
    return {
        **basic,
        "names": names_of(who),
        "roles": roles(state.store, state.quote_table, who),
        **_timeline(state, who, parameters),
        "months": speaker_queries.quotes_by_month(state.quote_table, who),
        "together": speaker_queries.quoted_beside(state.quote_table, who),
        "candidates": candidates(state.store, state.quote_table, who),
        "words": query.text,
        "terms": list(query.terms),
        "facets": values,
        "chips": chips(state.store, parameters, values),
        "page": page,
        "pages": pages,
        "items": cards(state, items),
    }


def _timeline(state: AppState, who: Speaker, parameters: Parameters) -> PageValues:
    """Return the chart of the quotes of precise days, and the other days with their numbers.

    Days that are only known as a month or a year are not put on the axis; of quotes within a few
    days no chart is drawn, and `days` has them all.
    """
    conditions = tuple(parameters.others("sort"))
    made: PageValues = state.quote_table.cached(
        ("timeline", who.id, conditions), lambda: _made_timeline(state, who, parameters)
    )
    return made


def _made_timeline(state: AppState, who: Speaker, parameters: Parameters) -> PageValues:
    rows = speaker_queries.dated_quotes(state.quote_table, who)
    precise = [row for row in rows if _is_precise(row)]
    within = (precise[-1]["day"] - precise[0]["day"]).days + 1 if precise else 0
    drawn = precise if within >= MIN_CHART_DAYS else []
    spans = role_spans(state.store, state.quote_table, who)

    def only(outlet: str | None, since: date | None, until: date | None) -> str:
        """Return the address of the list of these quotes; the page's other conditions stay."""
        changes = {"outlet": outlet, "since": since, "until": until}
        given = {name: value for name, value in changes.items() if value is not None}
        return parameters.address(f"/speaker/{path(who.id)}", **given) + "#list"

    others = rows if not drawn else [row for row in rows if not _is_precise(row)]
    counts = Counter((row["day"], row["said_precision"] or "day") for row in others)
    return {
        "chart": inline_chart(who, drawn, spans, only=only),
        "days": [
            {"day": day, "precision": precision, "quotes": number}
            for (day, precision), number in sorted(counts.items())
        ],
    }


def _is_precise(row: Mapping[str, Any]) -> bool:
    return (row["said_precision"] or "day") == "day"


def chart(state: AppState, parameters: Parameters) -> PageValues:
    """Draw the timeline of a speaker as an SVG file."""
    who = speaker_of(state.store, parameters["id"])

    def drawn() -> str:
        rows = speaker_queries.dated_quotes(state.quote_table, who)
        return whole_chart(who, rows, role_spans(state.store, state.quote_table, who))

    return {"svg": state.quote_table.cached(("chart", who.id), drawn)}


def merge(state: AppState, parameters: Parameters) -> PageValues:
    """Show two speakers before they are merged."""
    speakers = [speaker_of(state.store, name) for name in (parameters["id"], parameters["with"])]
    if speakers[0].id == speakers[1].id:
        raise Refused(400, f"with: {speakers[0].name} is this speaker: choose another")
    sides = [_side(state, speaker, quotes=3) for speaker in speakers]
    return {"items": sides, "together": sum(side["total"] for side in sides)}


def same(state: AppState, parameters: Parameters) -> PageValues:
    """Show the possible duplicates of a speaker, with what is known of each."""
    who = speaker_of(state.store, parameters["id"])
    found = candidates(state.store, state.quote_table, who)
    items = [
        {**other, **_side(state, speaker_of(state.store, other["id"]), quotes=1)} for other in found
    ]
    return {"speaker": _side(state, who, quotes=1), "items": items}


def clusters(state: AppState, parameters: Parameters) -> PageValues:
    """List clusters of speakers that may be one, with a sample of each."""
    every, ready = state.clusters.current()
    known = {speaker.id: speaker for speaker in state.store.speakers()}
    found = [(each, [known[name] for name in each.ids if name in known]) for each in every]
    found = [(each, several) for each, several in found if len(several) > 1]
    page, pages = parameters.page_of(len(found), CLUSTERS_SIZE)
    shown = found[(page - 1) * CLUSTERS_SIZE : page * CLUSTERS_SIZE]
    samples = speaker_queries.samples(
        state.quote_table, [speaker.id for _, several in shown for speaker in several]
    )
    items = [
        {
            "score": cluster.score,
            "reasons": cluster.reasons,
            "speakers": [_sampled(speaker, samples.get(speaker.id)) for speaker in several],
        }
        for cluster, several in shown
    ]
    return {"total": len(found), "page": page, "pages": pages, "ready": ready, "items": items}


def _sampled(speaker: Speaker, sample: Sample | None) -> PageValues:
    """Return a speaker with the number of their quotes, their commonest role and a quote."""
    return {
        "id": speaker.id,
        "name": speaker.name,
        "kind": speaker.kind,
        "names": names_of(speaker),
        "total": sample.quotes if sample else 0,
        "role": sample.role if sample else None,
        "quotes": [sample.newest] if sample else [],
    }


def _side(state: AppState, who: Speaker, *, quotes: int) -> PageValues:
    """Return what is known of a speaker, in short."""
    return {
        "id": who.id,
        "name": who.name,
        "kind": who.kind,
        "names": names_of(who),
        "roles": roles(state.store, state.quote_table, who)[:MAX_ROLES],
        "total": quote_search.count(state.quote_table, Selection(speaker_ids=(who.id,))),
        "quotes": find(state.quote_table, Selection(speaker_ids=(who.id,)), size=quotes),
    }
