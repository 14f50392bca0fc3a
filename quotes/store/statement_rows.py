"""Rows of which the search index of statements is made.

In: a store. Out: rows: quotes as the program found them, and words that people marked in reviews.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from quotes.store import PRINTED, Store
from quotes.store.quote_table import Rows
from quotes.store.selection import fold_letters

DATES = ("said_on", "published")
KEY_COLUMNS = ("id", "document", "words")
VALUE_COLUMNS = tuple(name for name in PRINTED if name not in KEY_COLUMNS)


def batches(store: Store) -> list[str]:
    """Return the ids of the commits whose documents count now, in order."""
    rows = store._session().rows("SELECT DISTINCT batch FROM documents ORDER BY batch")
    return [row["batch"] for row in rows]


def count_machine_quotes(store: Store) -> int:
    """Count the quotes as the program found them."""
    return int(store._session().value("SELECT count(*) FROM machine_quotes"))


def machine_quotes(store: Store, batches: Sequence[str] | None = None) -> pa.RecordBatchReader:
    """Read the quotes as the program found them, in Arrow batches: a store may hold millions.

    Args:
        store: The store.
        batches: Only quotes of these commits.

    Returns:
        KEY_COLUMNS, and the values of VALUE_COLUMNS as one JSON array, `stored`; dates are text
        ("2024-03-04").
    """
    values = ", ".join(
        f"CAST({name} AS VARCHAR)" if name in DATES else name for name in VALUE_COLUMNS
    )
    query = f"""
        SELECT {", ".join(KEY_COLUMNS)}, CAST(json_array({values}) AS VARCHAR) AS stored
        FROM machine_quotes"""
    if batches is None:
        return store._session().reader(query)
    return store._session().reader(f"{query} WHERE batch IN (SELECT unnest(?))", [list(batches)])


def reviewed_words(store: Store) -> Rows:
    """Return `id`, `document` and `words` of quotes that people added or changed in reviews."""
    return store._session().rows(
        f"SELECT {', '.join(KEY_COLUMNS)} FROM reviewed WHERE review IN ('added', 'changed')"
    )


def texts_with(store: Store, pattern: str, *, some: str, limit: int) -> Rows:
    """Return documents with their texts that a regular expression matches, by publication.

    Args:
        store: The store.
        pattern: In the syntax of RE2, for texts in lower case and without accents.
        some: One for texts as they stand, which matches each of these texts and is found sooner:
            it spares folding the others.
        limit: How many at most.
    """
    return store._session().rows(
        f"""
        SELECT id, outlet, title, published, source, text, copy_of FROM documents
        WHERE CASE WHEN regexp_matches(text, ?)
            THEN regexp_matches({fold_letters("text")}, ?) ELSE FALSE END
        ORDER BY published NULLS LAST, id LIMIT ?""",
        [some, pattern, limit],
    )


def count_documents(store: Store) -> int:
    """Count the documents."""
    return int(store._session().value("SELECT count(*) FROM documents"))
