"""The values of the pages about reviews: the queue of quotes to review, and the log.

In: the state of the app and the parameters of a request. Out: a dictionary; rows are under `items`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quotes.records import Review
from quotes.store import EVERYTHING, article_queries, review_queries
from quotes.web import review_queue
from quotes.web.app_state import AppState
from quotes.web.articles import evidence, quote_in
from quotes.web.cards import cards
from quotes.web.pages import MAX_CSV_ROWS, PageValues, around, people
from quotes.web.parameters import Parameters
from quotes.web.reviews import review_values
from quotes.web.search import chips, selection_of

LOG_SIZE = 100  # reviews on a page of the log
OWN_SIZE = 10  # reviews of the reader beside the queue


def queue(state: AppState, parameters: Parameters) -> PageValues:
    """Show the next quote to review, and the one after it, with the progress."""
    selection = selection_of(state, parameters)
    ahead = review_queue.queue(
        state.quote_table,
        selection,
        after=parameters["after"],
        limit=MAX_CSV_ROWS if parameters.as_file else 2,
    )
    if parameters.as_file:
        return {"items": ahead}
    at = parameters["at"]
    current: PageValues | None = None
    if at:
        at_place = review_queue.queue(state.quote_table, replace(EVERYTHING, ids=(at,)))
        current = _card(state, at, at_place[0]["place"] if at_place else parameters["after"])
    elif ahead:
        current = _card(state, ahead[0]["id"], ahead[0]["place"])
    following = next((row for row in ahead[0 if at else 1 :] if row["id"] != at), None)
    return {
        "progress": review_queries.progress(state.quote_table, selection),
        "agreement": review_queue.agreement(state.standing_reviews()),
        "groups": review_queries.groups(state.quote_table, selection),
        "chips": chips(state.store, parameters, {}),
        "items": ahead[:1],
        "current": current,
        "following": _card(state, following["id"], following["place"]) if following else None,
        "last": [review_values(r, True, False) for r in _last_own(state, parameters.by)],
        "own": [review_values(r, True, False) for r in _own(state, parameters.by)[:OWN_SIZE]],
    }


def guide(state: AppState, parameters: Parameters) -> PageValues:
    """Show the instructions for reviewers."""
    return {}


def _card(state: AppState, name: str, place: str | None) -> PageValues:
    """Return a quote to be judged, with the text around it and its place in the queue."""
    found, shown = quote_in(state.store, state.quote_table, name)
    return {
        "people": people(state, found),
        "quote": cards(state, [evidence(found, shown)])[0],
        "around": around(found, shown),
        "place": place,
    }


def log(state: AppState, parameters: Parameters) -> PageValues:
    """List all reviews, the newest first, with those whose passage changed."""
    every, stand = state.reviews(), state.standing_reviews()
    standing_ids = {review.id for review in stand}
    unanchored = {review.id for review in state.store.unanchored()}
    rows = [review_values(r, r.id in standing_ids, r.id in unanchored) for r in reversed(every)]
    if parameters["only"] == "unanchored":
        rows = [row for row in rows if row["unanchored"]]
    if parameters["only"] == "differ":
        differing = review_queue.differing(stand)
        rows = [row for row in rows if row["quote"] in differing and row["stands"]]
        rows.sort(key=lambda row: str(row["quote"]))
    if parameters["only"] == "standing":
        rows = [row for row in rows if row["stands"]]
    page, start = parameters["page"] or 1, ((parameters["page"] or 1) - 1) * LOG_SIZE
    shown = rows if parameters.as_file else rows[start : start + LOG_SIZE]
    return {
        "total": len(rows),
        "unanchored": len(unanchored),
        "page": page,
        "pages": max(1, -(-len(rows) // LOG_SIZE)),
        "items": _with_titles(state, shown),
    }


def _with_titles(state: AppState, rows: Iterable[PageValues]) -> list[PageValues]:
    """Return reviews with the titles of their articles, and what they undo, in words."""
    titles: dict[str, str] = state.quote_table.cached(
        ("titles",), lambda: article_queries.titles(state.store)
    )
    by_id = {review.id: review for review in state.reviews()}
    return [
        row
        | {
            "title": titles.get(row["document"] or "") or row["document"],
            "undone": _in_words(by_id.get(row["undoes"])),
        }
        for row in rows
    ]


def _in_words(review: Review | None) -> str | None:
    """Return what a review does, and to what."""
    if review is None:
        return None
    about = ", ".join(review.names) or " … ".join(review.words) or review.value
    return f"{review.action}: {about or 'none'}"


def _own(state: AppState, by: str) -> list[Review]:
    """Return the standing reviews of a person, the newest first."""
    return [r for r in state.standing_reviews() if r.by == by][::-1] if by else []


def _last_own(state: AppState, by: str) -> list[Review]:
    return review_queue.last_of(state.standing_reviews(), by) if by else []
