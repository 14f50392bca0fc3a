"""The values of the pages about reviews: the queue of quotes to review, and the log.

In: the state of the app and the parameters of a request. Out: a dictionary; rows are under `items`.
"""

from __future__ import annotations

from dataclasses import replace

from quotes.records import Review
from quotes.standing_reviews import standing
from quotes.store import EVERYTHING, review_queries
from quotes.web import review_queue
from quotes.web.app_state import AppState
from quotes.web.articles import evidence, quote_in
from quotes.web.pages import MAX_CSV_ROWS, PageValues, around
from quotes.web.parameters import Parameters
from quotes.web.reviews import review_values
from quotes.web.search import selection_of

LOG_SIZE = 100  # reviews on a page of the log


def queue(state: AppState, parameters: Parameters) -> PageValues:
    """Show the next quote to review, with the progress."""
    selection = selection_of(parameters)
    ahead = review_queue.queue(
        state.quote_table,
        selection,
        after=parameters["after"],
        limit=1 if parameters["format"] != "csv" else MAX_CSV_ROWS,
    )
    base = {
        "progress": review_queries.progress(state.quote_table, selection),
        "agreement": review_queue.agreement(state.reviews()),
    }
    if parameters["format"] == "csv":
        return {**base, "items": ahead}
    name = parameters["at"] or (ahead[0]["id"] if ahead else None)
    current, text_around = None, list[PageValues]()
    if name:
        found, shown = quote_in(state.store, state.quote_table, name)
        place = (
            review_queue.queue(state.quote_table, replace(EVERYTHING, ids=(name,)))
            if parameters["at"]
            else ahead
        )
        text_around = around(found, shown)
        current = {
            "quote": evidence(found, shown),
            "place": place[0]["place"] if place else parameters["after"],
        }
    return {
        **base,
        "groups": review_queries.groups(state.quote_table, selection),
        "items": ahead,
        "current": current,
        "around": text_around,
        "can_undo": bool(_last_own(state, parameters.by)),
    }


def log(state: AppState, parameters: Parameters) -> PageValues:
    """List all reviews, the newest first, with those whose passage changed."""
    every = state.reviews()
    standing_ids = {review.id for review in standing(every)}
    unanchored = {review.id for review in state.store.unanchored()}
    rows = [review_values(r, r.id in standing_ids, r.id in unanchored) for r in reversed(every)]
    if parameters["only"] == "unanchored":
        rows = [row for row in rows if row["unanchored"]]
    if parameters["only"] == "standing":
        rows = [row for row in rows if row["stands"]]
    page, start = parameters["page"] or 1, ((parameters["page"] or 1) - 1) * LOG_SIZE
    shown = rows if parameters["format"] == "csv" else rows[start : start + LOG_SIZE]
    return {
        "total": len(rows),
        "unanchored": len(unanchored),
        "page": page,
        "pages": max(1, -(-len(rows) // LOG_SIZE)),
        "items": shown,
    }


def _last_own(state: AppState, by: str) -> list[Review]:
    return review_queue.last_of(state.reviews(), by) if by else []
