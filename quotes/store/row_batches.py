"""Rows of a store in Arrow batches, so that millions need no more memory than thousands.

In: a store, and a selection of quotes or the name of another table. Out: Arrow batches, reviews
applied; or documents one by one, each with its quotes. Quotes come by day as long as they are not
too many to be sorted, else as they are stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from quotes.errors import StoreError
from quotes.quote_columns import distinct_names, own_name
from quotes.store import Store
from quotes.store.rows import speaker_row
from quotes.store.schema import SPEAKERS
from quotes.store.selection import COLUMNS, EVERYTHING, ORDER, Selection, condition
from quotes.store.speakers import quotes_by_speaker
from quotes.store.sql_literals import identifier, text_literal

if TYPE_CHECKING:
    import pandas

BATCH_ROWS = 20_000
MAX_SORTED_ROWS = 50_000  # quotes: to sort more would not fit the memory of the database
TABLES = {
    "documents": "SELECT * EXCLUDE (text, batch) FROM documents ORDER BY published NULLS LAST, id",
    "reviews": 'SELECT * FROM reviews ORDER BY "at", id',
    "failures": 'SELECT * FROM failures ORDER BY "at", id',
}
NAMES = ("quotes", *TABLES, "speakers")
BATCH_DOCUMENTS = 200
OWN = "SELECT DISTINCT unnest(extra).name AS name FROM documents ORDER BY name"
OWN_VALUES = "SELECT id, extra FROM documents WHERE len(extra) > 0"
TEXTS = "SELECT id, text FROM documents WHERE id IN (SELECT unnest(?)) ORDER BY id"
_DIRECTIONS = {True: "descending", False: "ascending"}


def read_quotes(
    store: Store,
    selection: Selection = EVERYTHING,
    *,
    columns: Sequence[str] = (),
    sort: Sequence[str] = (),
    limit: int | None = None,
) -> pa.RecordBatchReader:
    """Read the quotes of a selection.

    Args:
        store: The store.
        selection: The quotes.
        columns: Names of COLUMNS or of `own_columns`; none is all of them.
        sort: Columns to sort by before the day; "-" before a name puts the largest first.
        limit: Most rows.

    Raises:
        StoreError: An unknown column, or more quotes to sort than fit the memory.
    """
    own = own_columns(store)
    known = (*COLUMNS, *own)
    order = _order(sort, known)
    require_columns(columns, known)
    where, values = condition(selection)
    few = limit is not None and limit <= MAX_SORTED_ROWS
    is_sorted = few or store.count(selection) <= MAX_SORTED_ROWS
    if sort and not is_sorted:
        raise StoreError(
            f"more than {MAX_SORTED_ROWS:,} quotes, the most that can be sorted: select fewer, or "
            "set a limit"
        )
    listed = ", ".join(map(identifier, columns or known))
    named = {*(columns or known), *(column.removeprefix("-") for column in sort)}
    needed = {column: name for column, name in own.items() if column in named}
    query = f"SELECT {listed} FROM {_with_own(needed)} WHERE {where}"
    if is_sorted:
        query += f" ORDER BY {', '.join([*order, ORDER])}"
    if limit is not None:
        query += f" LIMIT {int(limit)}"
    return store._session().reader(query, values, size=BATCH_ROWS)


def read_table(
    store: Store, name: str, *, sort: Sequence[str] = (), limit: int | None = None
) -> pa.RecordBatchReader:
    """Read a table of NAMES as a whole, or its first rows; `sort` is as for `read_quotes`.

    Raises:
        StoreError: An unknown column.
    """
    if name == "quotes":
        return read_quotes(store, sort=sort, limit=limit)
    if name == "speakers":
        found = _speakers(store)
        _order(sort, found.column_names)
        for column in reversed(sort):  # stable: the last one decides among equals
            down = column.startswith("-")
            found = found.sort_by([(column.removeprefix("-"), _DIRECTIONS[down])])
        return found.slice(0, limit).to_reader(BATCH_ROWS)
    query = TABLES[name]
    if sort:
        names = store._session().reader(f"{query} LIMIT 0").schema.names
        query = f"SELECT * FROM ({query}) ORDER BY {', '.join(_order(sort, names))}"
    if limit is not None:
        query += f" LIMIT {int(limit)}"
    return store._session().reader(query, size=BATCH_ROWS)


def read_documents(
    store: Store, selection: Selection = EVERYTHING
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the text of each document that has quotes of a selection, and these in text order."""
    where, values = condition(selection)
    query = f"SELECT DISTINCT document FROM quotes WHERE {where} ORDER BY document"
    ids = [row["document"] for row in store._session().rows(query, values)]
    own = own_columns(store)
    listed = ", ".join(map(identifier, (*COLUMNS, *own)))
    for at in range(0, len(ids), BATCH_DOCUMENTS):
        part = ids[at : at + BATCH_DOCUMENTS]
        texts = store._session().rows(TEXTS, [part])
        where, values = condition(replace(selection, documents=part))
        query = f"SELECT {listed} FROM {_with_own(own)} WHERE {where} ORDER BY document, position"
        quotes = dict[str, list[dict[str, Any]]]()
        for row in store._session().rows(query, values):
            quotes.setdefault(row["document"], []).append(row)
        for row in texts:
            if row["id"] in quotes:
                yield row["text"], quotes[row["id"]]


def own_columns(store: Store) -> dict[str, str]:
    """Return the further columns of the articles of a store, by what a quote calls them."""
    names = [row["name"] for row in store._session().rows(OWN)]
    return dict(zip(distinct_names(map(own_name, names)), names, strict=True))


def add_own_columns(store: Store, quotes: pandas.DataFrame) -> pandas.DataFrame:
    """Return a frame of quotes with the further columns of their articles behind the others."""
    import pandas

    own = own_columns(store)
    rows = store._session().rows(OWN_VALUES) if own else ()
    values = {row["id"]: {each["name"]: each["value"] for each in row["extra"]} for row in rows}
    made = {
        column: pandas.Series(
            [values.get(document, {}).get(name) for document in quotes["document"]],
            index=quotes.index,
            dtype="str",
        )
        for column, name in own.items()
    }
    return quotes.assign(**made)


def _with_own(own: Mapping[str, str]) -> str:
    """Return the source of quotes with the further columns of their articles, in SQL."""
    if not own:
        return "quotes"
    values = ", ".join(
        f"list_filter(extra, lambda e: e.name = {text_literal(name)})[1].value "
        f"AS {identifier(column)}"
        for column, name in own.items()
    )
    return (
        f"(SELECT q.*, o.* EXCLUDE (own_document) FROM quotes q LEFT JOIN "
        f"(SELECT id AS own_document, {values} FROM documents) o ON o.own_document = q.document)"
    )


def require_columns(columns: Sequence[str], known: Collection[str]) -> None:
    """Raise StoreError for a column that is not known; it lists those that are."""
    for column in columns:
        if column not in known:
            raise StoreError(f"no column {column!r}: there are {', '.join(known)}")


def _order(sort: Sequence[str], known: Collection[str]) -> list[str]:
    """Return the parts of an ORDER BY."""
    require_columns([column.removeprefix("-") for column in sort], known)
    directions = ("DESC" if column.startswith("-") else "ASC" for column in sort)
    return [
        f"{identifier(column.removeprefix('-'))} {direction} NULLS LAST"
        for column, direction in zip(sort, directions, strict=True)
    ]


def _speakers(store: Store) -> pa.Table:
    """Return all speakers with the number of their quotes (those in copies counted once)."""
    numbers = quotes_by_speaker(store)
    schema = SPEAKERS.schema.append(pa.field("quotes", pa.int64()))
    rows = [
        {**speaker_row(speaker), "quotes": numbers.get(speaker.id, 0)}
        for speaker in store.speakers()
    ]
    return pa.Table.from_pylist(rows, schema)
