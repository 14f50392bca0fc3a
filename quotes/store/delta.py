"""The one door to Delta Lake: tables made, appended to, replaced, thinned out and tidied up.

In: Arrow tables. Out: the files of a version. A commit that meets another one is tried again on the newer version. Raises StoreError for
whatever the disk or the table refuses; what was committed before stays as it was.
"""

from __future__ import annotations

import os
import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlparse

import pyarrow as pa
from deltalake import DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from quotes.errors import StoreError
from quotes.store.schema import TableSchema

T = TypeVar("T")

TRIES = 30  # of a commit that meets others
LONGEST = 1.0  # seconds between two tries
SMALL, PILE = 16 << 20, 10  # bytes of a small file; how many of them may lie about
LARGE = 256 << 20  # bytes of a file that is large enough
CHEAP = 256 << 20  # bytes of a table that is written anew as a whole to put it in order
LOG_KEPT = "delta.logRetentionDuration"
SETTINGS = {
    "delta.dataSkippingNumIndexedCols": "0"
}  # no words of articles in the log, where purging would have to find them
ROW_GROUP = 65_536  # rows that a query can pass over together
WRITER = WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=ROW_GROUP)


def create(folder: Path, table: TableSchema) -> None:
    """Make the table where it is not there yet."""
    with _told(folder):
        DeltaTable.create(
            folder,
            table.schema,
            mode="ignore",
            name=table.name,
            description=table.row,
            configuration=SETTINGS,
        )


def newest(folder: Path) -> int:
    """The number of the newest commit, from the names of the log's files: a thousandth of a second."""
    with _told(folder):
        names = os.listdir(folder / "_delta_log")
    numbers = [int(name[:20]) for name in names if name[:20].isdigit() and name.endswith(".json")]
    if not numbers:
        raise StoreError(
            f"{folder}: the table is missing or its log is broken: restore the folder from a copy"
        )
    return max(numbers)


def files(folder: Path) -> tuple[int, tuple[str, ...]]:
    """The number of the newest commit, and the paths of its Parquet files."""
    with _told(folder):
        table = DeltaTable(folder)
        return table.version(), tuple(_path(uri) for uri in table.file_uris())


def append(folder: Path, rows: pa.Table) -> None:
    """Add rows. Any number of processes may do so at once."""
    if rows.num_rows:
        _tried(
            folder,
            lambda: write_deltalake(
                folder, rows, mode="append", schema_mode="merge", writer_properties=WRITER
            ),
        )


def replace(folder: Path, rows: pa.Table) -> None:
    """Put these rows in the place of all others, in one commit."""
    _tried(
        folder,
        lambda: write_deltalake(
            folder, rows, mode="overwrite", schema_mode="overwrite", writer_properties=WRITER
        ),
    )


def delete(folder: Path, column: str, values: Sequence[str]) -> int:
    """Delete the rows with one of these values in a column; how many they were."""
    listed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    done = _tried(
        folder,
        lambda: DeltaTable(folder).delete(f"{column} IN ({listed})", writer_properties=WRITER),
    )
    return int(done.get("num_deleted_rows") or 0)


def tidy(folder: Path, order: Sequence[str]) -> bool:
    """Where small files have piled up, write them anew in few; rows asked for together come beside each other while that is cheap."""
    with _told(folder):
        table = DeltaTable(folder)
        sizes = [
            int(size) for size in table.get_add_actions(flatten=True)["size_bytes"].to_pylist()
        ]
    if sum(size < SMALL for size in sizes) <= PILE:
        return False
    try:
        with _told(folder):
            if order and sum(sizes) < CHEAP:
                table.optimize.z_order(
                    list(order), target_size=LARGE, writer_properties=WRITER, max_spill_size=1 << 30
                )
            else:
                table.optimize.compact(target_size=LARGE, writer_properties=WRITER)
    except StoreError as error:
        if isinstance(
            error.__cause__, CommitFailedError
        ):  # another writer was quicker: the next run tidies up
            return False
        raise
    return True


def purge(folder: Path) -> None:
    """Delete the files of earlier versions, and the log of how they came about, from the disk. Nobody else may be writing."""
    with _told(folder):
        DeltaTable(folder).vacuum(
            retention_hours=0, dry_run=False, enforce_retention_duration=False, full=True
        )
        DeltaTable(folder).alter.set_table_properties({LOG_KEPT: "interval 0 seconds"})
        table = DeltaTable(folder)
        table.create_checkpoint()
        table.cleanup_metadata()
        table.alter.set_table_properties({LOG_KEPT: "interval 30 days"})


def _path(uri: str) -> str:
    parsed = urlparse(uri)
    return unquote(parsed.path) if parsed.scheme == "file" else uri


def _tried(folder: Path, act: Callable[[], T]) -> T:
    """The outcome of `act`, tried again while other commits come in between."""
    for number in range(TRIES):
        try:
            with _told(folder):
                return act()
        except StoreError as error:
            if not isinstance(error.__cause__, CommitFailedError) or number == TRIES - 1:
                raise
        time.sleep(min(LONGEST, 0.01 * 2**number) * random.uniform(0.5, 1.0))
    raise AssertionError("unreachable")


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Whatever goes wrong inside, as a StoreError that says where and what to do."""
    try:
        yield
    except TableNotFoundError as error:
        raise StoreError(
            f"{folder}: the table is missing or its log is broken: restore the folder from a copy"
        ) from error
    except CommitFailedError as error:
        raise StoreError(
            f"{folder}: other programs keep writing to this table: try again when they are done"
        ) from error
    except (DeltaError, OSError, pa.ArrowException) as error:
        raise StoreError(f"{folder}: {_reason(folder, error)}") from error


def _reason(folder: Path, error: Exception) -> str:
    said = str(error)
    if "No space left" in said or "os error 28" in said or _full(folder):
        return "the disk is full: make room and run the same command again; what was stored before is safe"
    if (
        "Permission denied" in said
        or "os error 13" in said
        or "Read-only file system" in said
        or "os error 30" in said
    ):
        return "may not be written: check who owns the folder and whether the disk is read-only"
    return f"cannot be read or written ({type(error).__name__}: {said.splitlines()[0][:300] if said else 'no reason given'})"


def _full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder if folder.exists() else folder.parent).free < 1 << 20
    except OSError:
        return False
