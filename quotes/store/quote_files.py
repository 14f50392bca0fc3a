"""The quotes of a selection, read from as few Parquet files as possible.

In: a session and a selection. Out: an Arrow table with the columns of COLUMNS. Rows of a
speaker are together in the files, so that most files need not be opened for one.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from quotes.defaults import ACTS
from quotes.store.selection import COLUMNS, ORDER, SORTED, Selection, condition
from quotes.store.sql_literals import identifier, text_literals
from quotes.store.views import Session

MAX_READ_WHOLE = 2_000  # quotes of a speaker that are read with all columns before a limit

FilesByNames = dict[tuple[str, ...], list[dict[str, Any]]]
"""By names of speakers: the files with their quotes (`filename`) and the number in each (`n`)."""


def read_quotes(
    session: Session, files: FilesByNames, wanted: Selection, *, limit: int | None, offset: int
) -> pa.Table:
    """Read the quotes of a selection, by day.

    Args:
        session: over the state to read.
        files: what is known of the files of this state; more is added.
        wanted: the selection.
        limit: largest number of rows; only these are read in full.
        offset: number of rows to skip before.
    """
    where, values = condition(wanted)
    listed = ", ".join(map(identifier, COLUMNS))
    in_files, count = _files_with(session, files, wanted)
    source = f"found_quotes WHERE {in_files} AND {where}"
    if limit is None:  # sorted here: the database would need as much memory again
        found = session.arrow(f"SELECT {listed}, position FROM {source}", values)
        return found.sort_by([(name, "ascending") for name in SORTED]).drop_columns("position")
    part = f"ORDER BY {ORDER} LIMIT {int(limit)} OFFSET {int(offset)}"
    if count <= MAX_READ_WHOLE:
        return session.arrow(f"SELECT {listed} FROM {source} {part}", values)
    chosen = session.rows(f"SELECT id, document FROM {source} {part}", values)
    rest = Selection(
        ids=[row["id"] for row in chosen],
        documents=sorted({row["document"] for row in chosen}),
        names=wanted.names,
        min_confidence=0,
        acts=ACTS,
        copies=True,
    )
    where, values = condition(rest)
    return session.arrow(
        f"SELECT {listed} FROM found_quotes WHERE {in_files} AND {where} ORDER BY {ORDER}", values
    )


def _files_with(session: Session, files: FilesByNames, wanted: Selection) -> tuple[str, float]:
    """Return the condition for files with quotes of the names wanted, and their number."""
    if wanted.names is None:
        return "TRUE", float("inf")
    names = tuple(wanted.names)
    if names not in files:
        where, values = condition(Selection(names=names, min_confidence=0, acts=ACTS, copies=True))
        files[names] = session.rows(
            f"SELECT filename, count(*) AS n FROM filed_quotes WHERE {where} GROUP BY ALL", values
        )
    found = files[names]
    listed = text_literals(row["filename"] for row in found if row["filename"])
    number = sum(row["n"] for row in found)
    return f"(filename IN ({listed or 'NULL'}) OR filename IS NULL)", number
