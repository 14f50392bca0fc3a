"""Queries of articles and of the quotes in one.

In: a store, or its table of quotes in memory. Out: rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from quotes.records import Quote
from quotes.store import Store
from quotes.store.document_rows import rows_of_documents
from quotes.store.quote_table import QUOTES_IN_MEMORY, QuoteTable, Rows
from quotes.store.rows import quote_of
from quotes.store.selection import IS_SHOWN, MAX_SEARCH_WORDS
from quotes.text.letter_patterns import words_pattern

LISTED = f"""
    SELECT document AS id, any_value(title) AS title, any_value(outlet) AS outlet,
           any_value(published) AS published, count(*) AS quotes, count(review) AS checked,
           count(DISTINCT speaker_id) AS speakers
    FROM {QUOTES_IN_MEMORY} WHERE {IS_SHOWN} GROUP BY document"""
OF_DOCUMENT = """
    SELECT *, NULL::VARCHAR AS speaker_id, NULL::VARCHAR AS speaker_name
    FROM reviewed_quotes WHERE document = ? AND review = 'rejected'
    UNION ALL BY NAME SELECT * EXCLUDE (day, copy_of) FROM quotes WHERE document = ?"""
NEAREST = """
    SELECT id FROM documents
    WHERE contains(lower(id), lower($name)) OR contains(lower(source), lower($name))
        OR contains(lower(title), lower($name))
        OR list_contains(list_transform(extra, lambda e: e.value), $name)
    ORDER BY length(id), id LIMIT $limit"""
WITH_TEXT = """
    SELECT id, title, outlet, published, text FROM documents
    WHERE copy_of IS NULL AND {found}
    ORDER BY published DESC NULLS LAST, id LIMIT {limit}"""
CONTEXTS = """
    SELECT id, before, after, source FROM reviewed_quotes WHERE id IN (SELECT unnest(?))"""


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
    found: Rows = rows_of_documents(
        store._session(), OF_DOCUMENT, [document, document], documents=[document]
    ).to_pylist()
    return found


def document_of_reviewed(store: Store, quote: str) -> str | None:
    """Return the id of the document of a quote, rejected or not; None for an unknown quote."""
    found: str | None = store._session().value(
        "SELECT document FROM reviewed_quotes WHERE id = ? LIMIT 1", [quote]
    )
    return found


def list_documents(
    store: Store, *, outlet: str | None = None, since: date | None = None, until: date | None = None
) -> Rows:
    """Return all documents, the newest first, with the numbers of quotes shown by default.

    Args:
        store: The store.
        outlet: Who published them, or a part of the name in upper or lower case.
        since: First day of publication.
        until: Last day of publication.
    """
    return store._session().rows(
        f"""
        SELECT d.id, d.title, d.outlet, d.published, d.source, d.copy_of, d.author,
               coalesce(q.quotes, 0) AS quotes, coalesce(q.speakers, 0) AS speakers,
               r.revisions
        FROM documents d
        LEFT JOIN (
            SELECT document, count(*) AS quotes, count(DISTINCT speaker_id) AS speakers
            FROM quotes WHERE {IS_SHOWN} GROUP BY document
        ) q ON q.document = d.id
        LEFT JOIN (SELECT id, max(revision) AS revisions FROM revisions GROUP BY id) r
            ON r.id = d.id
        WHERE (? IS NULL OR contains(lower(d.outlet), lower(?)))
          AND (? IS NULL OR d.published >= ?) AND (? IS NULL OR d.published <= ?)
        ORDER BY d.published DESC NULLS LAST, d.id""",
        [outlet, outlet, since, since, until, until],
    )


def nearest_documents(store: Store, name: str, *, limit: int = 3) -> list[str]:
    """Return the ids of documents that a name that is no id may mean, the shortest first.

    They have it in their id, source (such as the name of a file) or title, or as another column.
    """
    rows = store._session().rows(NEAREST, {"name": name, "limit": limit}) if name else []
    return [row["id"] for row in rows]


def quotes_of_revision(store: Store, name: str, revision: int) -> tuple[Quote, ...]:
    """Return the quotes of an earlier revision of a document as the program found them.

    Args:
        store: The store.
        name: The id of the document.
        revision: The number of the revision, from 1.
    """
    rows = store._session().rows(
        """
        SELECT q.* FROM raw_quotes q
        WHERE q.document = ? AND q.batch = (
            SELECT batch FROM revisions WHERE id = ? AND revision = ?
            ORDER BY added DESC, batch DESC LIMIT 1)
        ORDER BY q.position""",
        [name, name, revision],
    )
    return tuple(quote_of(row) for row in rows)


def contexts(store: Store, quotes: Sequence[str]) -> dict[str, dict[str, str | None]]:
    """Return the sentences before and after quotes, and the words that name their speakers.

    Args:
        store: The store.
        quotes: The ids of the quotes.

    Returns:
        By id of a quote `before`, `after` and `source`.
    """
    rows = store._session().rows(CONTEXTS, [list(quotes)])
    return {row.pop("id"): row for row in rows}


def sources(store: Store) -> dict[str, str]:
    """Return the source of each article that has one: its address, or the file it was read from."""
    rows = store._session().rows("SELECT id, source FROM documents WHERE source IS NOT NULL")
    return {row["id"]: row["source"] for row in rows}


def titles(store: Store) -> dict[str, str]:
    """Return the title of each article that has one."""
    rows = store._session().rows("SELECT id, title FROM documents WHERE title IS NOT NULL")
    return {row["id"]: row["title"] for row in rows}


def copies(store: Store) -> dict[str, str]:
    """Return the original of each article that is a near copy."""
    rows = store._session().rows("SELECT id, copy_of FROM documents WHERE copy_of IS NOT NULL")
    return {row["id"]: row["copy_of"] for row in rows}


def with_text(store: Store, terms: Sequence[str], *, limit: int) -> Rows:
    """Return articles whose text has all of some words or phrases, with the text, newest first.

    Args:
        store: The store.
        terms: Words, or phrases whose words must follow each other (as `Selection.about`).
        limit: How many at most.
    """
    parts, values = list[str](), list[str]()
    for term in terms[:MAX_SEARCH_WORDS]:
        pattern = words_pattern(term)
        if pattern:
            parts.append("regexp_matches(text, ?)")
            values.append(pattern)
    if not parts:
        return []
    query = WITH_TEXT.format(found=" AND ".join(parts), limit=int(limit))
    return store._session().rows(query, values)
