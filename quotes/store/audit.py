"""Counts for the source audit: whom each outlet lets speak, and what a store holds.

In: a store, or its table in memory. Out: rows. Quotes in near copies of articles count once, those
of little confidence not at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quotes.store import Store
from quotes.store.quote_table import QUOTES_IN_MEMORY, QuoteTable, Rows
from quotes.store.row_batches import TEXTS
from quotes.store.selection import IS_COUNTED, IS_SHOWN

MAX_FAILURES = 10_000
MAX_RUNS = 10
MAX_SPEAKERS = 15
MAX_SPEAKERS_OF_OUTLET = 3

COUNTS = f"""
    count(*) AS quotes, count(DISTINCT document) AS articles,
    count(DISTINCT speaker_id) AS speakers,
    count(*) FILTER (WHERE kind = 'person' AND speaker IS NOT NULL) AS named,
    count(*) FILTER (WHERE kind = 'unnamed') AS unnamed,
    count(*) FILTER (WHERE kind = 'organization') AS organizations,
    count(*) FILTER (WHERE kind = 'group') AS groups,
    count(*) FILTER (WHERE kind = 'document') AS documents,
    count(*) FILTER (WHERE speaker IS NULL
        AND (kind IS NULL OR kind IN ('person', 'organization', 'group', 'document'))
    ) AS unresolved,
    count(*) FILTER (WHERE type = 'direct') AS direct,
    count(*) FILTER (WHERE type = 'indirect') AS indirect,
    count(*) FILTER (WHERE type = 'mixed') AS mixed, count(review) AS checked
    FROM {QUOTES_IN_MEMORY} WHERE {IS_COUNTED}"""
TOP_SPEAKERS = f"""
    SELECT speaker_id AS id, any_value(speaker_name) AS name, count(*) AS quotes,
           count(DISTINCT outlet) AS outlets
    FROM {QUOTES_IN_MEMORY} WHERE {IS_COUNTED} AND speaker_id IS NOT NULL
    GROUP BY speaker_id ORDER BY quotes DESC, name LIMIT {MAX_SPEAKERS}"""
TOP_SPEAKERS_BY_OUTLET = f"""
    SELECT outlet, any_value(speaker_name) AS name, speaker_id AS id, count(*) AS quotes
    FROM {QUOTES_IN_MEMORY} WHERE {IS_COUNTED} AND speaker_id IS NOT NULL
    GROUP BY outlet, speaker_id
    QUALIFY row_number() OVER (
        PARTITION BY outlet ORDER BY count(*) DESC, any_value(speaker_name)
    ) <= {MAX_SPEAKERS_OF_OUTLET}
    ORDER BY outlet, quotes DESC, name"""
STATEMENTS = f"""
    SELECT count(*) FILTER (WHERE {IS_COUNTED}) AS counted,
           count(*) FILTER (WHERE copy_of IS NOT NULL AND {IS_SHOWN}) AS in_copies,
           count(*) FILTER (WHERE NOT ({IS_SHOWN})) AS aside
    FROM quotes"""
ARTICLES = """
    SELECT count(*) AS articles, count(copy_of) AS copies, min(published) AS first,
           max(published) AS last, count(DISTINCT outlet) AS outlets
    FROM documents"""


def counts(table: QuoteTable) -> Rows:
    """Count the quotes of all outlets together: one row (outlet None), or none without quotes."""
    return [row for row in table.rows(f"SELECT NULL AS outlet, {COUNTS}") if row["quotes"]]


def counts_by_outlet(table: QuoteTable) -> Rows:
    """Count the quotes of each outlet, the one with most first."""
    return table.rows(f"SELECT outlet, {COUNTS} GROUP BY outlet ORDER BY quotes DESC, outlet")


def top_speakers(table: QuoteTable) -> Rows:
    """Return the speakers with most quotes."""
    return table.rows(TOP_SPEAKERS)


def top_speakers_by_outlet(table: QuoteTable) -> Rows:
    """Return the speakers with most quotes in each outlet."""
    return table.rows(TOP_SPEAKERS_BY_OUTLET)


def article_counts(store: Store) -> dict[str, Any]:
    """Count articles, near copies and outlets, with the first and last day of publication."""
    return store._session().rows(ARTICLES)[0]


def statement_counts(store: Store) -> dict[str, int]:
    """Count the quotes of a store that are shown by default, and the others.

    Returns:
        `counted`: those that count; `in_copies`: those in near copies of articles; `aside`: those
        of little confidence, and those that are no statement.
    """
    return store._session().rows(STATEMENTS)[0]


def articles(store: Store) -> Rows:
    """Return the articles that count, near copies left out: who published and wrote them, when."""
    return store._session().rows(
        "SELECT id, title, outlet, author, published FROM documents WHERE copy_of IS NULL"
    )


def texts(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Return the texts of articles by their ids."""
    return {row["id"]: row["text"] for row in store._session().rows(TEXTS, [list(ids)])}


def named(store: Store) -> Rows:
    """Return whom each article names, quoted or not."""
    return store._session().rows("SELECT document, name, kind FROM aliases ORDER BY document, name")


def shown_counts(table: QuoteTable) -> dict[str, Any]:
    """Count the quotes that are shown, and those among them that are reviewed ("checked")."""
    query = "SELECT count(*) AS quotes, count(review) AS checked"
    return table.rows(f"{query} FROM {QUOTES_IN_MEMORY} WHERE {IS_SHOWN}")[0]


def failures(store: Store) -> Rows:
    """Return articles that could not be processed, with the reason, the newest first."""
    return store._session().rows(
        f"""SELECT id, "at", stage, message, source FROM failures
        ORDER BY "at" DESC, id LIMIT {MAX_FAILURES}"""
    )


def runs(store: Store) -> Rows:
    """Return the last runs of adding."""
    return store._session().rows(f"SELECT * FROM runs ORDER BY started DESC LIMIT {MAX_RUNS}")
