"""The values of the pages about reviews: the queue of quotes to review, and the log.

In: the state of the app and the parameters of a request. Out: a dictionary; rows are under `items`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from quotes.errors import QuotesError
from quotes.records import Review
from quotes.store import EVERYTHING, Selection, article_queries, review_queries
from quotes.store.quote_table import Rows
from quotes.web import review_queue
from quotes.web.app_state import AppState
from quotes.web.articles import evidence, quote_in
from quotes.web.cards import cards
from quotes.web.pages import MAX_CSV_ROWS, PageValues, around, people_of_each
from quotes.web.parameters import Parameters
from quotes.web.reviews import review_values
from quotes.web.search import chips, selection_of

AHEAD = 5  # quotes that are on the page before they are asked for
LOG_SIZE = 100  # reviews on a page of the log
OWN_SIZE = 10  # reviews of the reader beside the queue


def queue(state: AppState, parameters: Parameters) -> PageValues:
    """Show the next quote to review, and those after it, with the progress."""
    selection = selection_of(state, parameters)
    if parameters.as_file:
        return {"items": _ahead(state, selection, parameters, MAX_CSV_ROWS)}
    ahead, at = _ahead(state, selection, parameters, 2 * AHEAD), parameters["at"]
    _read_soon(state, ahead[AHEAD + 1 :])
    rows = [row for row in ahead if row["id"] != at]
    if at:
        there = review_queue.queue(state.quote_table, replace(EVERYTHING, ids=(at,)))
        place = there[0]["place"] if there else parameters["after"]
        rows.insert(0, {"id": at, "place": place})
    tasks = _tasks(state, rows[: AHEAD + 1])
    return {
        **_progress(state, selection, parameters),
        "groups": _groups(state, selection),
        "chips": chips(state.store, parameters, {}),
        "items": ahead[:1],
        "current": tasks[0] if tasks else None,
        "following": tasks[1:],
    }


def after(state: AppState, parameters: Parameters) -> PageValues:
    """Show what the page of the queue needs after a review: the progress, and further quotes."""
    selection = selection_of(state, parameters)
    wanted = 1 if parameters["wanted"] is None else min(parameters["wanted"], AHEAD)
    ahead = _ahead(state, selection, parameters, wanted + AHEAD)
    following = _tasks(state, ahead[:wanted])
    _read_soon(state, ahead[wanted:])
    return {**_progress(state, selection, parameters), "items": following}


def _read_soon(state: AppState, rows: Rows) -> None:
    """Read the articles of quotes in the background, which the next page of the queue needs."""
    if not rows:
        return

    def read() -> None:
        for row in rows:
            with suppress(QuotesError):  # removed meanwhile: the next page says so
                quote_in(state.store, state.quote_table, row["id"], document=row["document"])

    threading.Thread(target=read, daemon=True).start()


def _groups(state: AppState, selection: Selection) -> PageValues:
    found: PageValues = state.quote_table.recent(
        ("groups", selection), lambda: review_queries.groups(state.quote_table, selection)
    )
    return found


def _ahead(state: AppState, selection: Selection, parameters: Parameters, limit: int) -> Rows:
    return review_queue.queue(state.quote_table, selection, after=parameters["after"], limit=limit)


def _progress(state: AppState, selection: Selection, parameters: Parameters) -> PageValues:
    """Return how far the queue is, and the last reviews of the reader."""
    return {
        "progress": review_queries.progress(state.quote_table, selection),
        "agreement": review_queue.agreement(state.standing_reviews()),
        "last": [review_values(r, True, False) for r in _last_own(state, parameters.by)],
        "own": [review_values(r, True, False) for r in _own(state, parameters.by)[:OWN_SIZE]],
    }


def guide(state: AppState, parameters: Parameters) -> PageValues:
    """Show the instructions for reviewers."""
    return {}


def _tasks(state: AppState, rows: Rows) -> list[PageValues]:
    """Return quotes to be judged, each with the text around it and its place in the queue.

    Args:
        state: The state of the app.
        rows: Each with `id` and `place`, and `document` where that is known.
    """
    store, table = state.store, state.quote_table
    found = [quote_in(store, table, row["id"], document=row.get("document")) for row in rows]
    people = people_of_each(state, [article for article, _ in found])
    shown = cards(state, [evidence(article, shown) for article, shown in found])
    return [
        {
            "people": people[article.document.id],
            "quote": card,
            "around": around(article, quote),
            "place": row["place"],
        }
        for row, card, (article, quote) in zip(rows, shown, found, strict=True)
    ]


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
    titles: dict[str, str] = state.quote_table.cached_across_reviews(
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
