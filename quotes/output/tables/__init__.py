"""Tables of a store as files: csv, xlsx, jsonl, plain Parquet, and schema.org Quotation as JSON-LD.

    export_quotes(store, selection, Path("quotes.xlsx")) → the number of rows

In: a store and a selection, or the name of a table. Out: a file that is complete or not there at
all, or a stream. Rows pass through in batches, so that millions need no more memory than thousands.
Reviews are applied, as in everything that reads a store. Quotes of a document that is in no store
are `quotes.output.documents`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa

from quotes.errors import InputError
from quotes.output.tables.atomic_file import atomic_file
from quotes.output.tables.csv_and_jsonl import write_csv, write_jsonl
from quotes.output.tables.json_ld import write_jsonld
from quotes.output.tables.plain_parquet import write_parquet
from quotes.output.tables.xlsx import MAX_ROWS, write_xlsx
from quotes.store.row_batches import NAMES, read_quotes, read_table

if TYPE_CHECKING:
    from quotes.store import Selection, Store

__all__ = ["FORMATS", "TABLES", "export_quotes", "export_table", "format_of", "write_rows"]

FORMATS: dict[str, Callable[[pa.RecordBatchReader, BinaryIO], int]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "jsonld": write_jsonld,
}
TABLES = NAMES


def format_of(path: Path) -> str:
    """Return the format that the ending of a file name stands for.

    Raises:
        InputError: The ending is not that of a format.
    """
    file_format = path.suffix.lower().lstrip(".")
    if file_format not in FORMATS:
        endings = ", ".join("." + each for each in FORMATS)
        raise InputError(
            f"{path}: unknown format: end the name in {endings}, or name one with --format"
        )
    return file_format


def export_quotes(
    store: Store, selection: Selection, output: Path | BinaryIO, *, file_format: str | None = None
) -> int:
    """Write the quotes of a selection by day (very many unsorted), and return their number.

    Args:
        store: The store.
        selection: The quotes to write.
        output: A file, or a stream of bytes.
        file_format: One of FORMATS; by default that of the file's name, or csv for a stream.

    Raises:
        InputError: The file cannot be written, or the format cannot hold so many quotes.
    """
    file_format = file_format or _default_format(output)
    if file_format == "xlsx" and store.count(selection) > MAX_ROWS:
        raise InputError(
            f"more than {MAX_ROWS:,} quotes, the most that a sheet can hold: select fewer, or "
            "choose another format"
        )
    return _write(read_quotes(store, selection), output, file_format)


def export_table(
    store: Store, table: str, output: Path | BinaryIO, *, file_format: str | None = None
) -> int:
    """Write a table of a store with reviews applied, and return the number of its rows.

    Args:
        store: The store.
        table: One of TABLES.
        output: A file, or a stream of bytes.
        file_format: As for `export_quotes`, but not jsonld.

    Raises:
        InputError: The file cannot be written, or the format cannot hold the table.
    """
    file_format = file_format or _default_format(output)
    if file_format == "jsonld":
        raise InputError(
            f"--format jsonld: cannot hold {table}, only quotes: choose csv, xlsx, jsonl or parquet"
        )
    return _write(read_table(store, table), output, file_format)


def write_rows(rows: pa.RecordBatchReader, stream: BinaryIO, file_format: str) -> int:
    """Write rows in one of FORMATS, and return their number."""
    return FORMATS[file_format](rows, stream)


def _default_format(output: Path | BinaryIO) -> str:
    """Return the format of a file's name; csv for a stream."""
    return format_of(output) if isinstance(output, Path) else "csv"


def _write(rows: pa.RecordBatchReader, output: Path | BinaryIO, file_format: str) -> int:
    """Write rows to a file or a stream, and return their number."""
    if not isinstance(output, Path):
        return write_rows(rows, output, file_format)
    with atomic_file(output) as stream:
        return write_rows(rows, stream, file_format)
