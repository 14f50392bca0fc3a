"""Rows of a store in batches: quotes by day as long as they are not too many to be sorted, else as they come.

In: a store, and a selection of quotes or the name of another table. Out: Arrow batches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from quotes.store.rows import speaker_row
from quotes.store.schema import SPEAKERS
from quotes.store.selection import COLUMNS, EVERYTHING, ORDER, Selection, condition

if TYPE_CHECKING:
    from quotes.store import Store

ROWS = 20_000  # of a batch
SORTED = 50_000  # quotes that are put in order: more would not fit the memory of the database
ORDERED = {
    "documents": "SELECT * EXCLUDE (text, batch) FROM documents ORDER BY published NULLS LAST, id",
    "reviews": 'SELECT * FROM reviews ORDER BY "at", id',
    "failures": 'SELECT * FROM failures ORDER BY "at", id',
}
SPOKEN = "SELECT speaker_id, count(*) AS quotes FROM quotes WHERE speaker_id IS NOT NULL AND copy_of IS NULL GROUP BY ALL"


def rows_of(store: Store, wanted: Selection | str) -> pa.RecordBatchReader:
    """The quotes of a selection, or the rows of another table."""
    if wanted == "speakers":
        return _speakers(store).to_reader(ROWS)
    if isinstance(wanted, str) and wanted != "quotes":
        return store.session().reader(ORDERED[wanted])
    chosen = EVERYTHING if isinstance(wanted, str) else wanted
    where, values = condition(chosen)
    order = f" ORDER BY {ORDER}" if store.count(chosen) <= SORTED else ""
    return store.session().reader(
        f"SELECT {', '.join(COLUMNS)} FROM quotes WHERE {where}{order}", values
    )


def _speakers(store: Store) -> pa.Table:
    """All speakers, decisions of people applied, with the number of their quotes (copies counted once)."""
    spoken = {row["speaker_id"]: row["quotes"] for row in store.session().rows(SPOKEN)}
    schema = SPEAKERS.schema.append(pa.field("quotes", pa.int64()))
    rows = [
        {**speaker_row(speaker), "quotes": spoken.get(speaker.id, 0)}
        for speaker in store.speakers()
    ]
    return pa.Table.from_pylist(rows, schema)
