"""Rows of a store in Arrow batches, so that millions need no more memory than thousands.

In: a store, and a selection of quotes or the name of another table. Out: Arrow batches, reviews
applied. Quotes come by day as long as they are not too many to be sorted, else as they are stored.
"""

from __future__ import annotations

import pyarrow as pa

from quotes.store import Store
from quotes.store.rows import speaker_row
from quotes.store.schema import SPEAKERS
from quotes.store.selection import COLUMNS, EVERYTHING, ORDER, Selection, condition
from quotes.store.speakers import quotes_by_speaker

BATCH_ROWS = 20_000
MAX_SORTED_ROWS = 50_000  # quotes: to sort more would not fit the memory of the database
TABLES = {
    "documents": "SELECT * EXCLUDE (text, batch) FROM documents ORDER BY published NULLS LAST, id",
    "reviews": 'SELECT * FROM reviews ORDER BY "at", id',
    "failures": 'SELECT * FROM failures ORDER BY "at", id',
}
NAMES = ("quotes", *TABLES, "speakers")


def read_quotes(store: Store, selection: Selection = EVERYTHING) -> pa.RecordBatchReader:
    """Read the quotes of a selection: the columns of COLUMNS."""
    where, values = condition(selection)
    order = f" ORDER BY {ORDER}" if store.count(selection) <= MAX_SORTED_ROWS else ""
    query = f"SELECT {', '.join(COLUMNS)} FROM quotes WHERE {where}{order}"
    return store._session().reader(query, values, size=BATCH_ROWS)


def read_table(store: Store, name: str) -> pa.RecordBatchReader:
    """Read a table of NAMES as a whole."""
    if name == "quotes":
        return read_quotes(store)
    if name == "speakers":
        return _speakers(store).to_reader(BATCH_ROWS)
    return store._session().reader(TABLES[name], size=BATCH_ROWS)


def _speakers(store: Store) -> pa.Table:
    """Return all speakers with the number of their quotes (those in copies counted once)."""
    numbers = quotes_by_speaker(store)
    schema = SPEAKERS.schema.append(pa.field("quotes", pa.int64()))
    rows = [
        {**speaker_row(speaker), "quotes": numbers.get(speaker.id, 0)}
        for speaker in store.speakers()
    ]
    return pa.Table.from_pylist(rows, schema)
