"""Tables of a store as files: CSV, TSV, xlsx, JSON lines, plain Parquet, SQLite and JSON-LD.

    export_quotes(store, selection, Path("quotes.xlsx")) → the number of rows

In: a store and a selection, or the name of a table. Out: a file that is complete or not there at
all, or a stream; in JSON-LD, quotes as schema.org Quotation or Claim. Rows pass through in batches,
so that millions need no more memory than thousands. Reviews are applied, as in everything that
reads a store. Quotes of a document that is in no store are `quotes.output.documents`.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa

from quotes.errors import InputError
from quotes.output.formats import DELIMITED, format_of
from quotes.output.tables.arrangement import arranged
from quotes.output.tables.atomic_file import atomic_file
from quotes.output.tables.csv_and_jsonl import write_csv, write_jsonl, write_tsv
from quotes.output.tables.json_ld import write_jsonld
from quotes.output.tables.nested import write_documents
from quotes.output.tables.plain_parquet import write_parquet
from quotes.output.tables.sqlite import write_sqlite
from quotes.output.tables.xlsx import MAX_ROWS, write_xlsx
from quotes.quote_columns import SCHEMA_VERSION
from quotes.store.row_batches import (
    NAMES,
    own_columns,
    read_documents,
    read_quotes,
    read_table,
    require_columns,
)
from quotes.store.selection import COLUMNS

if TYPE_CHECKING:
    from quotes.store import Selection, Store

__all__ = [
    "FORMATS",
    "TABLES",
    "Layout",
    "export_quotes",
    "export_table",
    "format_of",
    "write_rows",
]

FORMATS: dict[str, Callable[[pa.RecordBatchReader, BinaryIO], int]] = {
    "csv": write_csv,
    "tsv": write_tsv,
    "xlsx": write_xlsx,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "jsonld": write_jsonld,
}
"""How rows of one table are written; `sqlite` takes several."""
TABLES = NAMES
TYPED_DAYS = frozenset({"parquet", "jsonld"})  # formats with days that are no text
BESIDE_QUOTES = ("documents", "speakers")  # tables in a database of quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which rows and columns are written, and how.

    Attributes:
        columns: Columns, in this order; none is all.
        sort: Columns to sort by; "-" before a name puts the largest first.
        limit: Most rows.
        bom: Begin CSV and TSV with a byte order mark, by which Excel knows UTF-8.
    """

    columns: Sequence[str] = ()
    sort: Sequence[str] = ()
    limit: int | None = None
    bom: bool = False


AS_THEY_ARE = Layout()


def export_quotes(
    store: Store,
    selection: Selection,
    output: Path | BinaryIO,
    *,
    file_format: str | None = None,
    layout: Layout = AS_THEY_ARE,
) -> int:
    """Write the quotes of a selection by day (very many unsorted), and return their number.

    Args:
        store: The store.
        selection: The quotes to write.
        output: A file, or a stream of bytes.
        file_format: One of FORMATS, or sqlite; by default that of the file's name, or csv for a
            stream.
        layout: Columns, order and number of rows.

    Raises:
        InputError: The file cannot be written, or the format cannot hold so many quotes.
        StoreError: An unknown column, or too many quotes to sort.
    """
    file_format = file_format or _default_format(output)
    if file_format == "jsonld" and layout.columns:
        raise InputError("--format jsonld: has its own form: leave out --columns")
    count = store.count(selection) if file_format == "xlsx" else 0
    if min(count, layout.limit or count) > MAX_ROWS:
        raise InputError(
            f"more than {MAX_ROWS:,} quotes, the most that a sheet can hold: select fewer, or "
            "choose another format"
        )
    columns = list(layout.columns) or [*COLUMNS, *own_columns(store)]
    needed = [*columns, "said_precision"] if "said_on" in columns else columns
    rows = read_quotes(
        store,
        selection,
        columns=list(dict.fromkeys(needed)),
        sort=layout.sort,
        limit=layout.limit,
    )
    rows = arranged(rows, columns=columns, days_as_text=file_format not in TYPED_DAYS)
    beside = BESIDE_QUOTES if file_format == "sqlite" else ()
    others = {name: read_table(store, name) for name in beside}
    return _write({"quotes": rows, **others}, output, file_format, bom=layout.bom)


def export_documents(
    store: Store, selection: Selection, output: Path | BinaryIO, *, with_text: bool = False
) -> int:
    """Write a JSON line for each document with quotes of a selection; return the quotes' number.

    Args:
        store: The store.
        selection: The quotes to write.
        output: A file, or a stream of bytes.
        with_text: Add the text of the document.

    Raises:
        InputError: The file cannot be written.
    """
    found = read_documents(store, selection)
    if not isinstance(output, Path):
        return write_documents(found, output, with_text=with_text)
    with atomic_file(output) as stream:
        return write_documents(found, stream, with_text=with_text)


def export_table(
    store: Store,
    table: str,
    output: Path | BinaryIO,
    *,
    file_format: str | None = None,
    layout: Layout = AS_THEY_ARE,
) -> int:
    """Write a table of a store with reviews applied, and return the number of its rows.

    Args:
        store: The store.
        table: One of TABLES.
        output: A file, or a stream of bytes.
        file_format: As for `export_quotes`, but not jsonld.
        layout: Columns, order and number of rows.

    Raises:
        InputError: The file cannot be written, or the format cannot hold the table.
        StoreError: An unknown column.
    """
    file_format = file_format or _default_format(output)
    if file_format == "jsonld":
        raise InputError(
            f"--format jsonld: cannot hold {table}, only quotes: choose csv, xlsx, jsonl or parquet"
        )
    rows = read_table(store, table, sort=layout.sort, limit=layout.limit)
    require_columns(layout.columns, rows.schema.names)
    rows = arranged(rows, columns=layout.columns, days_as_text=file_format not in TYPED_DAYS)
    return _write({table: rows}, output, file_format, bom=layout.bom)


def write_rows(
    rows: pa.RecordBatchReader,
    stream: BinaryIO,
    file_format: str,
    *,
    name: str = "quotes",
    bom: bool = False,
) -> int:
    """Write rows in one of FORMATS or as SQLite, and return their number.

    Args:
        rows: The rows.
        stream: Where to write.
        file_format: The format.
        name: The name of the table.
        bom: Begin CSV and TSV with a byte order mark.
    """
    return _write_tables({name: rows}, stream, file_format, bom=bom)


def write_batch(
    rows: pa.RecordBatch, stream: BinaryIO, file_format: str, columns: Sequence[str] = ()
) -> int:
    """Write rows that lie in memory, with some columns only, and return their number."""
    reader = pa.RecordBatchReader.from_batches(rows.schema, [rows])
    chosen = arranged(reader, columns=columns, days_as_text=file_format not in TYPED_DAYS)
    return write_rows(chosen, stream, file_format)


def _default_format(output: Path | BinaryIO) -> str:
    """Return the format of a file's name; csv for a stream."""
    return format_of(output) if isinstance(output, Path) else "csv"


def _write(
    tables: dict[str, pa.RecordBatchReader],
    output: Path | BinaryIO,
    file_format: str,
    *,
    bom: bool,
) -> int:
    """Write tables to a file or a stream, and return the number of rows of the first."""
    if not isinstance(output, Path):
        return _write_tables(tables, output, file_format, bom=bom)
    with atomic_file(output) as stream:
        return _write_tables(tables, stream, file_format, bom=bom)


def _write_tables(
    tables: dict[str, pa.RecordBatchReader], stream: BinaryIO, file_format: str, *, bom: bool
) -> int:
    """Write tables, of which only SQLite takes more than the first."""
    if file_format == "sqlite":
        return write_sqlite(tables, stream, version=int(SCHEMA_VERSION.partition(".")[0]))
    if bom and file_format in DELIMITED:
        stream.write(codecs.BOM_UTF8)
    return FORMATS[file_format](next(iter(tables.values())), stream)
