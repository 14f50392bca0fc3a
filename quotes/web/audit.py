"""The page on the collection: what it holds, and whom each outlet lets speak (the source audit).

In: a store and its table of quotes in memory. Out: rows. Shares are of all quotes of an outlet.
The queries are `quotes.store.audit`.
"""

from __future__ import annotations

from typing import Any

from quotes.store import Store, speakers
from quotes.store import audit as queries
from quotes.store.quote_table import QuoteTable, Rows

TOP = 3  # speakers named for each outlet
SHARES = (
    "named", "unnamed", "organizations", "groups", "documents", "unresolved",
    "direct", "indirect", "mixed",
)  # fmt: skip


def facts(store: Store, table: QuoteTable) -> dict[str, Any]:
    """Return numbers of articles, quotes and speakers, and the first and last publication day."""
    return {
        **article_counts(store, table),
        **queries.shown_counts(table),
        "speakers": speakers.list_quoted_speakers(table, limit=1)[1],
    }


def article_counts(store: Store, table: QuoteTable) -> dict[str, Any]:
    """Return numbers of articles, copies and outlets, counted once for each state of a store."""
    found: dict[str, Any] = table.cached(("facts",), lambda: queries.article_counts(store))
    return found


def audit(table: QuoteTable) -> Rows:
    """Return the source audit: first a row for all outlets together, then one for each."""
    top: dict[Any, Rows] = {}
    for row in queries.top_speakers_by_outlet(table):
        top.setdefault(row["outlet"], []).append(_speaker(row))
    top_of_all = [_speaker(row) for row in queries.top_speakers(table)[:TOP]]
    together = [{**row, "top": top_of_all, "all": True} for row in queries.counts(table)]
    each = [
        {**row, "top": top.get(row["outlet"], []), "all": False}
        for row in queries.counts_by_outlet(table)
    ]
    return [_with_shares(row) for row in together + each]


def _speaker(row: dict[str, Any]) -> dict[str, Any]:
    return {"id": row["id"], "name": row["name"], "quotes": row["quotes"]}


def _with_shares(row: dict[str, Any]) -> dict[str, Any]:
    whole = row["quotes"] or 1
    return row | {f"{name}_share": round(row[name] / whole, 4) for name in SHARES}
