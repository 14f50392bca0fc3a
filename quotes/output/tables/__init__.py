"""Tables of a store for other programs: csv, xlsx, jsonl, plain Parquet, and schema.org Quotation as JSON-LD.

    export(store, selection, Path("quotes.xlsx")) → the number of rows

In: a store and a selection, or a table's name. Out: a file that is there whole or not at all, or a stream. Rows pass through in batches, so
that millions need no more memory than thousands. Decisions of people are applied, as in everything that reads a store.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa

from quotes.errors import InputError
from quotes.output.tables.atomic_file import whole
from quotes.output.tables.batches import ORDERED, rows_of
from quotes.output.tables.csv_and_jsonl import write_csv, write_jsonl
from quotes.output.tables.json_ld import write_jsonld
from quotes.output.tables.plain_parquet import write_parquet
from quotes.output.tables.xlsx import MOST, write_xlsx

if TYPE_CHECKING:
    from quotes.store import Selection, Store

__all__ = ["BINARY", "FORMATS", "TABLES", "export", "export_table", "form_of", "write"]

FORMATS: dict[str, Callable[[pa.RecordBatchReader, BinaryIO], int]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "jsonld": write_jsonld,
}
BINARY = frozenset({"xlsx", "parquet"})  # not for a terminal
TABLES = ("quotes", *ORDERED, "speakers")


def form_of(path: Path) -> str:
    """The format that the ending of a file's name says. Raises InputError for another ending."""
    form = path.suffix.lower().lstrip(".")
    if form not in FORMATS:
        raise InputError(
            f"{path}: the ending names no format: end in {', '.join('.' + each for each in FORMATS)}, or say which with --format"
        )
    return form


def export(
    store: Store, wanted: Selection, output: Path | BinaryIO, *, form: str | None = None
) -> int:
    """Write the quotes of a selection, by day (very many: unsorted); how many. Raises InputError where it cannot be written."""
    form = form or (form_of(output) if isinstance(output, Path) else "csv")
    if form == "xlsx" and store.count(wanted) > MOST:
        raise InputError(
            f"more than {MOST:,} quotes, which is all that a sheet holds: choose fewer, or another format"
        )
    return _written(rows_of(store, wanted), output, form)


def export_table(
    store: Store, table: str, output: Path | BinaryIO, *, form: str | None = None
) -> int:
    """Write another table of a store, as it counts now; how many rows it has."""
    form = form or (form_of(output) if isinstance(output, Path) else "csv")
    if form == "jsonld":
        raise InputError(
            f"--format jsonld: holds quotes, not {table}: choose csv, xlsx, jsonl or parquet"
        )
    return _written(rows_of(store, table), output, form)


def write(rows: pa.RecordBatchReader, stream: BinaryIO, form: str) -> int:
    """Write rows in one of FORMATS; how many they are."""
    return FORMATS[form](rows, stream)


def _written(rows: pa.RecordBatchReader, output: Path | BinaryIO, form: str) -> int:
    if not isinstance(output, Path):
        return write(rows, output, form)
    with whole(output) as stream:
        return write(rows, stream, form)
