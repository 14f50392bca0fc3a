"""Rows of a few documents: read from the files once, and kept for the queries that follow.

In: a session and ids of documents. Out: rows, as the views would give them. A page of an article, a
review of a quote in it and the refresh of its rows ask for the same documents one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from quotes.store.schema import TABLES
from quotes.store.views import Session

MAX_DOCUMENTS_KEPT = 64  # whose rows are kept: an article is read by page and review in turn
MAX_AT_ONCE = 16  # documents that are read by themselves; for more the tables are read
# The views over the rows of a few documents, in the order in which they build on each other.
VIEWS = (
    "machine_documents", "documents", "machine_revisions", "revisions", "machine_quotes",
    "reviewed_quotes", "found_quotes", "quotes",
)  # fmt: skip


def rows_of_documents(
    session: Session, query: str, parameters: Sequence[Any] = (), *, documents: Sequence[str]
) -> pa.Table:
    """Run a SELECT about a few documents, and return its rows as an Arrow table.

    Args:
        session: over the tables of now.
        query: a SELECT over VIEWS that has a condition for the documents of its own: for more than
            MAX_AT_ONCE the whole tables are read.
        parameters: of the query.
        documents: ids of all documents that the query is about.
    """
    if len(documents) > MAX_AT_ONCE:
        return session.arrow(query, parameters)
    raw = _raw_rows(session, documents)

    def whole(views: dict[str, str]) -> str:
        parts, text = list[str](), query
        for name in reversed(VIEWS):  # only those that the query builds on
            if re.search(rf"\b{name}\b", text):
                parts.insert(0, f"{name} AS ({views[name]})")
                text += views[name]
        return f"""
            WITH raw_documents AS (FROM documents_kept), raw_quotes AS (FROM quotes_kept),
                 filed_quotes AS (SELECT *, NULL::VARCHAR AS filename FROM quotes_kept),
                 {", ".join(parts)}
            {query}"""

    return session.over({"documents_kept": raw[0], "quotes_kept": raw[1]}, whole, parameters)


def _raw_rows(session: Session, documents: Sequence[str]) -> tuple[pa.Table, pa.Table]:
    """Return the raw rows of documents and of their quotes, read where they are not kept."""
    kept = session.kept  # of one state of the files: another has a dictionary of its own
    found = {name: rows for name in documents if (rows := kept.get(name)) is not None}
    if missing := [name for name in documents if name not in found]:
        read = [
            session.arrow(f"SELECT * FROM raw_{table} WHERE {key} IN (SELECT unnest(?))", [missing])
            for table, key in (("documents", "id"), ("quotes", "document"))
        ]
        for name in missing:
            found[name] = (
                read[0].filter(pc.field("id") == name),
                read[1].filter(pc.field("document") == name),
            )
    for name, rows in found.items():
        kept.pop(name, None)
        kept[name] = rows  # now the newest
    for name in list(kept)[:-MAX_DOCUMENTS_KEPT]:
        kept.pop(name, None)
    empty = [TABLES[table].schema.empty_table() for table in ("documents", "quotes")]
    return (
        pa.concat_tables([rows for rows, _ in found.values()]) if found else empty[0],
        pa.concat_tables([rows for _, rows in found.values()]) if found else empty[1],
    )
