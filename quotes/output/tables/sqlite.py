"""Rows as an SQLite database, which datasette and every tool for SQLite open.

In: Arrow batches by table. Out: the file. Days and lists are text (ISO 8601, JSON); tables have the
primary keys, the links and the indexes of KEYS, LINKS and INDEXES where they have the columns, and
the words of quotes a full-text index (`quotes_fts`).
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from quotes.errors import InputError
from quotes.output.tables.cells import json_value
from quotes.quote_columns import distinct_names
from quotes.store.sql_literals import identifier

KEYS = {"quotes": "id", "documents": "id", "speakers": "id", "reviews": "id"}
LINKS = {("quotes", "document"): "documents", ("quotes", "speaker_id"): "speakers"}
INDEXES = {
    "quotes": ("document", "speaker_id", "speaker", "outlet", "day", "published", "type"),
    "documents": ("outlet", "published"),
}
SEARCHED = ("quotes", "words")


def write_sqlite(
    tables: Mapping[str, pa.RecordBatchReader], stream: BinaryIO, *, version: int
) -> int:
    """Write tables into one database, and return the number of rows of the first.

    Args:
        tables: Rows by name of table.
        stream: Where to write.
        version: The user version of the database (`PRAGMA user_version`).

    Raises:
        InputError: There is no room for the file.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.sqlite")
        try:
            with closing(sqlite3.connect(path)) as database:
                database.execute(f"PRAGMA user_version = {int(version)}")
                numbers = [_fill(database, name, tables) for name in tables]
                if SEARCHED[0] in tables and SEARCHED[1] in tables[SEARCHED[0]].schema.names:
                    _index_words(database)
                database.commit()
        except sqlite3.Error as error:
            raise InputError(
                f"the database cannot be written: {error}: make room, or choose another format"
            ) from error
        with path.open("rb") as whole:
            shutil.copyfileobj(whole, stream)
    return numbers[0]


def _fill(
    database: sqlite3.Connection, name: str, tables: Mapping[str, pa.RecordBatchReader]
) -> int:
    """Make a table with its rows, and return their number."""
    rows = tables[name]
    database.execute(_definition(name, rows.schema, tables))
    places = ", ".join("?" * len(rows.schema.names))
    written = 0
    for batch in rows:
        database.executemany(f"INSERT INTO {identifier(name)} VALUES ({places})", _values(batch))
        written += batch.num_rows
    for column in INDEXES.get(name, ()):
        if column in rows.schema.names:
            index = identifier(f"{name}_{column}")
            database.execute(f"CREATE INDEX {index} ON {identifier(name)} ({identifier(column)})")
    return written


def _definition(name: str, schema: pa.Schema, tables: Mapping[str, pa.RecordBatchReader]) -> str:
    """Return the statement that makes a table."""
    names = distinct_names(schema.names)
    parts = [
        f"{identifier(column)} {_type(field.type)}"
        for column, field in zip(names, schema, strict=True)
    ]
    if KEYS.get(name) in schema.names:
        parts.append(f"PRIMARY KEY ({identifier(KEYS[name])})")
    for (table, column), other in LINKS.items():
        if table == name and column in schema.names and other in tables:
            key = identifier(KEYS[other])
            parts.append(
                f"FOREIGN KEY ({identifier(column)}) REFERENCES {identifier(other)} ({key})"
            )
    return f"CREATE TABLE {identifier(name)} ({', '.join(parts)})"


def _index_words(database: sqlite3.Connection) -> None:
    """Make the full-text index of the words, where this SQLite can."""
    table, column = SEARCHED
    with suppress(sqlite3.OperationalError):  # built without FTS5
        database.execute(
            f'CREATE VIRTUAL TABLE "{table}_fts" USING fts5({column}, content="{table}")'
        )
        database.execute(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (?)', ["rebuild"])


def _values(batch: pa.RecordBatch) -> Iterable[tuple[Any, ...]]:
    """Return the rows of a batch as SQLite holds them."""
    return zip(
        *([_value(each) for each in column.to_pylist()] for column in batch.columns), strict=True
    )


def _value(value: Any) -> Any:
    """Return a value as text or a number."""
    plain = json_value(value)
    return json.dumps(plain, ensure_ascii=False) if isinstance(plain, list | dict) else plain


def _type(kind: pa.DataType) -> str:
    """Return the type of a column."""
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return "INTEGER"
    return "REAL" if pa.types.is_floating(kind) else "TEXT"
