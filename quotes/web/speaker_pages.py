"""The values of the pages about speakers: the list, a speaker, their chart, merges.

In: the state of the app and the parameters of a request. Out: a dictionary; rows are under `items`.
"""

from __future__ import annotations

from collections import Counter

from quotes.records import Speaker
from quotes.store import Selection, quote_search
from quotes.store import speakers as speaker_queries
from quotes.web.app_state import AppState
from quotes.web.cards import cards
from quotes.web.clusters import clusters as clusters_of
from quotes.web.pages import LIST_SIZE, MAX_CSV_ROWS, PageValues
from quotes.web.parameters import Parameters
from quotes.web.query import words_query
from quotes.web.search import PAGE_SIZE, chips, counted, find, selection_of
from quotes.web.speaker_chart import inline_chart, whole_chart
from quotes.web.speakers import candidates, names_of, role_spans, roles, speaker_of

MAX_ROLES = 5  # of a speaker in short
MIN_CHART_DAYS = 5  # between the first and the last quote, from which a chart is drawn
CLUSTERS_SIZE = 20  # clusters on a page


def speakers(state: AppState, parameters: Parameters) -> PageValues:
    """List the speakers."""
    as_csv = parameters["format"] == "csv"
    page, size = parameters["page"] or 1, MAX_CSV_ROWS if as_csv else LIST_SIZE
    rows, total = speaker_queries.list_quoted_speakers(
        state.quote_table,
        words=parameters["q"],
        kind=parameters["kind"],
        order=parameters["sort"] or "quotes",
        limit=size,
        offset=0 if as_csv else (page - 1) * size,
    )
    return {"total": total, "page": page, "pages": max(1, -(-total // size)), "items": rows}


def speaker(state: AppState, parameters: Parameters) -> PageValues:
    """Show a speaker: names, roles, timeline, quotes, and possible duplicates."""
    who = speaker_of(state.store, parameters["id"])
    query = words_query(parameters["q"] or "")
    selection = selection_of(state, parameters, speaker_ids=(who.id,), **query.conditions("words"))
    as_csv = parameters["format"] == "csv"
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
        page=1 if as_csv else page,
        size=MAX_CSV_ROWS if as_csv else PAGE_SIZE,
    )
    if as_csv:
        return {**basic, "items": cards(state, items)}
    return {
        **basic,
        "names": names_of(who),
        "roles": roles(state.store, state.quote_table, who),
        **_timeline(state, who),
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


def _timeline(state: AppState, who: Speaker) -> PageValues:
    """Return the chart of the quotes of precise days, and the other days with their numbers.

    Days that are only known as a month or a year are not put on the axis; of quotes within a few
    days no chart is drawn, and `days` has them all.
    """
    rows = speaker_queries.dated_quotes(state.quote_table, who)
    precise = [row for row in rows if (row["said_precision"] or "day") == "day"]
    within = (precise[-1]["day"] - precise[0]["day"]).days + 1 if precise else 0
    drawn = precise if within >= MIN_CHART_DAYS else []
    spans = role_spans(state.store, state.quote_table, who)
    others = rows if not drawn else [row for row in rows if row not in precise]
    counts = Counter((row["day"], row["said_precision"] or "day") for row in others)
    return {
        "chart": inline_chart(who, drawn, spans),
        "days": [
            {"day": day, "precision": precision, "quotes": number}
            for (day, precision), number in sorted(counts.items())
        ],
    }


def chart(state: AppState, parameters: Parameters) -> PageValues:
    """Draw the timeline of a speaker as an SVG file."""
    who = speaker_of(state.store, parameters["id"])
    rows = speaker_queries.dated_quotes(state.quote_table, who)
    return {"svg": whole_chart(who, rows, role_spans(state.store, state.quote_table, who))}


def merge(state: AppState, parameters: Parameters) -> PageValues:
    """Show two speakers before they are merged."""
    sides = [
        _side(state, speaker_of(state.store, name), quotes=3)
        for name in (parameters["id"], parameters["with"])
    ]
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
    found = clusters_of(state)
    size = CLUSTERS_SIZE
    page, pages = parameters.page_of(len(found), size)
    items = [
        {
            "score": cluster["score"],
            "reasons": cluster["reasons"],
            "speakers": [
                _side(state, speaker_of(state.store, name), quotes=1) for name in cluster["ids"]
            ],
        }
        for cluster in found[(page - 1) * size : page * size]
    ]
    return {"total": len(found), "page": page, "pages": pages, "items": items}


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
