"""The values of the search page, and of the list of articles whose text has the words.

In: the state of the app and the parameters of a request. Out: a dictionary; rows are under `items`.
"""

from __future__ import annotations

from typing import Any

from quotes.store import Selection, article_queries, quote_search, review_queries
from quotes.store import audit as audit_queries
from quotes.store import speakers as speaker_queries
from quotes.store.quote_table import Rows
from quotes.web import audit, who_said
from quotes.web.app_state import AppState
from quotes.web.cards import cards
from quotes.web.pages import MAX_CSV_ROWS, PageValues
from quotes.web.parameters import Parameters
from quotes.web.query import Query, highlighted, read_query
from quotes.web.search import PAGE_SIZE, chips, counted, find, selection_of
from quotes.web.statement_pages import newest_disputes

MAX_PEOPLE = 5  # speakers whose name is searched for, shown above the quotes
MAX_NEAREST = 3  # quotes shown where none is what was asked for
MAX_HOME = 4  # disagreements shown to a reader who asks nothing
MAX_TEXTS = 20  # articles whose text has the words
AROUND_CHARS = 90  # of a text on each side of the words found


def search(state: AppState, parameters: Parameters) -> PageValues:
    """Find quotes by words, names, what somebody said about something, or a whole statement."""
    table, text = state.quote_table, parameters["q"] or ""
    query = read_query(state.store, table, text) if text else Query()
    statement = who_said.is_statement(text) and not query.topic
    look = parameters["in"]
    selection = selection_of(state, parameters, **query.conditions(look))
    if parameters.as_file:
        items = find(table, selection, order=parameters["sort"] or "newest", size=MAX_CSV_ROWS)
        return {"items": cards(state, items)}
    facets, total = counted(table, selection, more=parameters["more"])
    page, pages = parameters.page_of(total, PAGE_SIZE)
    said, note = who_said.who_said(state.store, table, text) if statement else ([], "")
    return {
        "words": query.text,
        "terms": list(query.terms),
        "topic": query.topic,
        "people": _people(state, query),
        "said": said,
        "answer": who_said.summary(said),
        "note": note,
        "totals": _totals(state, parameters, query, total),
        "copies": quote_search.count_in_copies(table, selection),
        "total": total,
        "articles": audit.article_counts(state.store, state.quote_table)["articles"],
        "nearest": cards(state, [] if total or said or not text else _nearest(state, text)),
        "page": page,
        "pages": pages,
        "facets": facets,
        "home": None if parameters.raw else _home(state),
        "chips": chips(state.store, parameters, facets),
        "items": cards(
            state, find(table, selection, order=parameters["sort"] or "newest", page=page)
        ),
    }


def texts(state: AppState, parameters: Parameters) -> PageValues:
    """List the articles whose text has the words, quoted or not."""
    query = read_query(state.store, state.quote_table, parameters["q"])
    found: Rows = state.quote_table.cached(
        ("texts", query.terms),
        lambda: [
            _with_words(row, query.terms)
            for row in article_queries.with_text(state.store, query.terms, limit=MAX_TEXTS)
        ],
    )
    return {"words": query.text, "terms": list(query.terms), "most": MAX_TEXTS, "items": found}


def _home(state: AppState) -> dict[str, Any]:
    """Return what a reader who asks nothing may begin with."""
    return {
        "progress": review_queries.progress(state.quote_table, Selection()),
        "disputed": newest_disputes(state, limit=MAX_HOME),
        "speakers": audit_queries.top_speakers(state.quote_table)[: 2 * MAX_HOME],
    }


def _people(state: AppState, query: Query) -> list[dict[str, Any]]:
    """Return the speakers whose name was searched for, the most quoted first."""
    return speaker_queries.counts_of(state.quote_table, query.people)[:MAX_PEOPLE]


def _totals(
    state: AppState, parameters: Parameters, query: Query, total: int
) -> dict[str, int] | None:
    """Count what is found in words and by names; None where both are the same search.

    `total` is what is found where the reader looks.
    """
    if not query.people or query.topic:
        return None
    return {
        look or "all": total
        if look == parameters["in"]
        else quote_search.count(
            state.quote_table, selection_of(state, parameters, **query.conditions(look))
        )
        for look in (None, "speaker", "words")
    }


def _nearest(state: AppState, text: str) -> Rows:
    return who_said.nearest(state.store, state.quote_table, text, limit=MAX_NEAREST)


def _with_words(row: dict[str, Any], terms: tuple[str, ...]) -> dict[str, Any]:
    """Return an article with the text around the first words that were found."""
    text = row.pop("text")
    pieces, place, first = highlighted(text, terms), 0, 0
    for piece, is_hit in pieces:
        if is_hit:
            first = place
            break
        place += len(piece)
    start, end = max(0, first - AROUND_CHARS), min(len(text), first + 2 * AROUND_CHARS)
    if start:
        start = text.find(" ", start, first) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", first, end), first + 1)
    return row | {"around": " ".join(text[start:end].split())}
