"""Search over the table of quotes in memory: rows, their number, and facets to narrow them down.

In: a `QuoteTable` and a `Selection`. Out: rows and counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow

from quotes.defaults import ACTS
from quotes.store.quote_table import QUOTES_IN_MEMORY, QuoteTable, Rows
from quotes.store.quote_table_refresh import FOLDED_WORDS
from quotes.store.selection import (
    CONFIDENCE_BAND,
    EVERYTHING,
    HAS_CONFIDENCE,
    REVIEW,
    YEAR,
    Selection,
    condition,
)
from quotes.store.sql_literals import identifier

ORDERS = {
    "newest": "day DESC NULLS LAST, document, position",
    "oldest": "day NULLS LAST, document, position",
    "surest": "probability DESC, day DESC NULLS LAST, document, position",
    "unsure": "probability, day DESC NULLS LAST, document, position",
}
MAX_FACET_VALUES = 12
MAX_MORE_VALUES = 500  # of a facet of which more are asked for


@dataclass(frozen=True, slots=True)
class Facet:
    """A property of quotes by which they are counted.

    Attributes:
        column: Its SQL expression.
        cleared: The fields of a `Selection` that choose values of it, as they are when none is
            chosen.
        label: The SQL expression of a name for each value; without it the value is its own.
    """

    column: str
    cleared: Mapping[str, Any]
    label: str = "NULL"


FACETS = {
    "speaker": Facet(
        "speaker_id",
        {"speaker_ids": None, "names": None, "without_speaker": False},
        "any_value(speaker_name)",
    ),
    "outlet": Facet("outlet", {"outlet": None}),
    "year": Facet(YEAR, {"year": None}),
    "type": Facet("type", {"type": None}),
    "kind": Facet("kind", {"kind": None}),
    "act": Facet("act", {"acts": ACTS}),
    "factuality": Facet("factuality", {"factuality": None}),
    "role": Facet("role", {"roles": None}),
    "sure": Facet(CONFIDENCE_BAND, {"confidence_band": None}),
    "review": Facet(REVIEW, {"review": None}),
    "document": Facet("document", {"documents": None}, "any_value(title)"),
}
CLEARED = {name: value for facet in FACETS.values() for name, value in facet.cleared.items()}


def where(selection: Selection) -> tuple[str, list[Any]]:
    """Return the condition of a selection over QUOTES_IN_MEMORY, and its parameters."""
    return condition(selection, words=FOLDED_WORDS)


def count(table: QuoteTable, selection: Selection) -> int:
    """Count the quotes of a selection."""
    wanted, values = where(selection)
    query = f"SELECT count(*) AS n FROM {QUOTES_IN_MEMORY} WHERE {wanted}"
    return int(table.rows(query, values)[0]["n"])


def count_in_copies(table: QuoteTable, selection: Selection) -> int:
    """Count the quotes in near copies of articles that a selection leaves out."""
    if selection.copies:
        return 0
    wanted, values = where(replace(selection, copies=True))
    query = f"SELECT count(*) AS n FROM {QUOTES_IN_MEMORY} WHERE copy_of IS NOT NULL AND {wanted}"
    return int(table.rows(query, values)[0]["n"])


def find(
    table: QuoteTable,
    selection: Selection,
    *,
    order: str = "newest",
    limit: int | None = None,
    offset: int = 0,
) -> Rows:
    """Return the quotes of a selection in one of ORDERS."""
    wanted, values = where(selection)
    part = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
    return table.rows(
        f"SELECT * EXCLUDE ({FOLDED_WORDS}) FROM {QUOTES_IN_MEMORY} WHERE {wanted}"
        f" ORDER BY {ORDERS[order]}, id{part}",
        values,
    )


def columns(table: QuoteTable, selection: Selection, names: Sequence[str]) -> pyarrow.Table:
    """Return some columns of the quotes of a selection as an Arrow table, in no order."""
    wanted, values = where(selection)
    listed = ", ".join(identifier(name) for name in names)
    return table.arrow(f"SELECT {listed} FROM {QUOTES_IN_MEMORY} WHERE {wanted}", values)


def of_ids(table: QuoteTable, ids: Sequence[str]) -> Rows:
    """Return the quotes of these ids, in no particular order."""
    wanted, values = where(replace(EVERYTHING, ids=ids))
    return table.rows(
        f"SELECT * EXCLUDE ({FOLDED_WORDS}) FROM {QUOTES_IN_MEMORY} WHERE {wanted}", values
    )


def document_of(table: QuoteTable, quote: str) -> str | None:
    """Return the id of the document of a quote; None for a quote that is not in the table."""
    found = table.rows(f"SELECT document FROM {QUOTES_IN_MEMORY} WHERE id = ? LIMIT 1", [quote])
    return str(found[0]["document"]) if found else None


def fingerprint(table: QuoteTable, columns: Sequence[str]) -> Mapping[str, Any]:
    """Return values that are the same while the quotes have the same values of these columns."""
    names = ", ".join(identifier(name) for name in columns)
    (row,) = table.rows(
        f"SELECT count(*) AS quotes, bit_xor(hash({names})) AS hash FROM {QUOTES_IN_MEMORY}"
    )
    return row


def any_words(table: QuoteTable) -> str | None:
    """Return the words of some quote; None where there is none."""
    found = table.rows(f"SELECT words FROM {QUOTES_IN_MEMORY} LIMIT 1")
    return str(found[0]["words"]) if found else None


def facet_counts(
    table: QuoteTable, selection: Selection, *, more: str | None = None
) -> tuple[Rows, int]:
    """Count the values of each facet, and all quotes of a selection, in one pass over the table.

    A facet is counted as if it alone were not chosen.

    Args:
        table: The table of quotes.
        selection: Which quotes.
        more: The facet of which up to MAX_MORE_VALUES are wanted.

    Returns:
        The commonest values of each facet, at most MAX_FACET_VALUES, as rows of `facet`, `value`,
        `name` (of a speaker or an article), `all_quotes` and `shown_quotes` (those with enough
        confidence); and the number of quotes of the selection.
    """
    matched, values = where(replace(selection, min_confidence=0.0, **CLEARED))
    shown, confidence = "TRUE", list[float]()
    if selection.min_confidence > 0:
        shown, confidence = HAS_CONFIDENCE, [selection.min_confidence]
    queries, chosen = list[str](), list[Any]()
    for name, facet in FACETS.items():
        others, given = _chosen(selection, without=facet)
        chosen += given
        limit = MAX_MORE_VALUES if name == more else MAX_FACET_VALUES
        queries.append(
            f"(SELECT '{name}' AS facet, {facet.column} AS value, {facet.label} AS name,"
            f" count(*) AS all_quotes, count(*) FILTER (is_shown) AS shown_quotes"
            f" FROM matched WHERE {others} GROUP BY {facet.column}"
            f" ORDER BY shown_quotes DESC, all_quotes DESC, name, value LIMIT {limit})"
        )
    others, given = _chosen(selection)
    queries.append(
        "(SELECT NULL, NULL, NULL, count(*), count(*) FILTER (is_shown)"
        f" FROM matched WHERE {others})"
    )
    query = f"""
        WITH matched AS MATERIALIZED (
            SELECT speaker_id, speaker_name, speaker, outlet, day, type, kind, act, probability,
                   factuality, role, review, document, title, {shown} AS is_shown
            FROM {QUOTES_IN_MEMORY} WHERE {matched})
        {" UNION ALL ".join(queries)}"""
    rows = table.rows(query, [*confidence, *values, *chosen, *given])
    total = next(row["shown_quotes"] for row in rows if row["facet"] is None)
    return [row for row in rows if row["facet"] is not None], int(total)


def _chosen(selection: Selection, *, without: Facet | None = None) -> tuple[str, list[Any]]:
    """Return the condition of the facets that are chosen, but one."""
    chosen = {name: getattr(selection, name) for name in CLEARED}
    if without is not None:
        chosen |= without.cleared
    return where(replace(EVERYTHING, **chosen))
