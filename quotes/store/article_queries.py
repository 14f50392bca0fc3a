"""Queries of articles and of the quotes in one.

In: a store, or its table of quotes in memory. Out: rows.
"""

from __future__ import annotations

from quotes.store import Store
from quotes.store.quote_table import QUOTES_IN_MEMORY, QuoteTable, Rows
from quotes.store.selection import IS_SHOWN

LISTED = f"""
    SELECT document AS id, any_value(title) AS title, any_value(outlet) AS outlet,
           any_value(published) AS published, count(*) AS quotes, count(review) AS checked,
           count(DISTINCT speaker_id) AS speakers
    FROM {QUOTES_IN_MEMORY} WHERE {IS_SHOWN} GROUP BY document"""
OF_DOCUMENT = """
    SELECT *, NULL::VARCHAR AS speaker_id, NULL::VARCHAR AS speaker_name
    FROM reviewed_quotes WHERE document = ? AND review = 'rejected'
    UNION ALL BY NAME SELECT * EXCLUDE (day, copy_of) FROM quotes WHERE document = ?"""


def listed(
    table: QuoteTable,
    *,
    words: str | None = None,
    outlet: str | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[Rows, int]:
    """Return articles that have quotes, the newest first, and how many there are in all.

    Args:
        table: The table of quotes.
        words: Words that the title, else the id, must have (as `Selection.about`).
        outlet: Who published them.
        limit: How many at most.
        offset: How many to leave out before.
    """
    return table.page(
        LISTED,
        words=words,
        words_in="coalesce(title, id)",
        equal=("outlet", outlet),
        order="published DESC NULLS LAST, id",
        limit=limit,
        offset=offset,
    )


def quotes_of_document(store: Store, document: str) -> Rows:
    """Return the quotes of a document, those that a person rejected among them, in no order."""
    return store._session().rows(OF_DOCUMENT, [document, document])


def document_of_reviewed(store: Store, quote: str) -> str | None:
    """Return the id of the document of a quote, rejected or not; None for an unknown quote."""
    found: str | None = store._session().value(
        "SELECT document FROM reviewed_quotes WHERE id = ? LIMIT 1", [quote]
    )
    return found
