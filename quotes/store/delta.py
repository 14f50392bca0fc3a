"""The only module that uses Delta Lake: tables are made, appended to, replaced and compacted.

In: Arrow tables. Out: the files of a version. A commit that conflicts with another one is tried
again on the newer version. Raises StoreError for whatever the disk or the table refuses; what was
committed before stays as it was.
"""

from __future__ import annotations

import os
import random
import shutil
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlparse

import pyarrow as pa
from deltalake import DeltaTable, WriterProperties, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError, TableNotFoundError

from quotes.errors import StoreError, StoreNotWritable
from quotes.store.schema import TableSchema
from quotes.store.sql_literals import text_literals

T = TypeVar("T")

MAX_TRIES = 30  # of a commit that conflicts with others
MAX_WAIT = 1.0  # seconds between two tries
SMALL_FILE = 16 << 20  # bytes of a file that should be joined with others
MAX_SMALL_FILES = 10  # of a table, before they are joined
FILE_SIZE = 256 << 20  # bytes to which files are joined
MAX_SORTED = 256 << 20  # bytes of a table that is sorted as a whole
MIN_SHARE = 0.25  # bytes of small files to those of others, from which all are rewritten
HOURS_KEPT = 24  # files that were rewritten, for those who are reading them
MAX_OPEN = 64  # tables that stay open
MIN_MTIME_AGE = 0.1  # seconds from which the mtime of a log is trusted: clocks are coarse
LOG_RETENTION = "delta.logRetentionDuration"
# no words of articles in the log, where purging would have to find them
SETTINGS = {"delta.dataSkippingNumIndexedCols": "0"}
ROW_GROUP = 65_536  # rows that a query can pass over together
WRITER = WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=ROW_GROUP)


def create(folder: Path, table: TableSchema) -> None:
    """Create a table where it is not there yet."""
    with _store_errors(folder):
        DeltaTable.create(
            folder,
            table.schema,
            mode="ignore",
            name=table.name,
            description=table.row,
            configuration=SETTINGS,
        )


def newest(folder: Path) -> int:
    """Return the number of the newest commit, from the names of the log's files (about 1 ms)."""
    with _store_errors(folder):
        names = os.listdir(folder / "_delta_log")
    numbers = [int(name[:20]) for name in names if name[:20].isdigit() and name.endswith(".json")]
    if not numbers:
        raise StoreError(
            f"{folder}: the table is missing or its log is broken: restore the folder from a copy"
        )
    return max(numbers)


class NewestCommits:
    """The numbers of the newest commits of tables; a log is listed only where it has changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[int, int]] = {}  # of a table: mtime of its log, number

    def of(self, folder: Path) -> int:
        """Return the number of the newest commit of a table."""
        try:
            changed = os.stat(f"{folder}/_delta_log").st_mtime_ns
        except OSError:
            return newest(folder)  # which says what is wrong
        known = self._known.get(folder)
        if known is not None and known[0] == changed:
            return known[1]
        number = newest(folder)
        if time.time_ns() - changed > MIN_MTIME_AGE * 1e9:
            self._known[folder] = changed, number
        return number


class _OpenTables:
    """Tables that were opened before, of which only the commits since are read."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Path, int], _OpenTable] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def table(self, folder: Path) -> Iterator[DeltaTable]:
        """Yield a table as it is now, for one thread at a time."""
        key = folder.resolve(), os.stat(folder / "_delta_log").st_ino
        with self._lock:
            known = self._known.pop(key, None) or _OpenTable()
            self._known[key] = known  # now the newest
            while len(self._known) > MAX_OPEN:
                self._known.popitem(last=False)
        with known.lock:
            number, table = newest(folder), known.table
            if table is not None and table.version() < number:
                table.update_incremental()
            if table is None or table.version() != number:  # the log was cleaned up, or restored
                table = known.table = DeltaTable(folder)
            yield table


@dataclass(slots=True)
class _OpenTable:
    """A table, and the lock that is held while it is used."""

    table: DeltaTable | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_open = _OpenTables()


def files(folder: Path) -> tuple[int, tuple[str, ...]]:
    """Return the number of the newest commit, and the paths of its Parquet files."""
    with _store_errors(folder), _open.table(folder) as table:
        return table.version(), tuple(_path(uri) for uri in table.file_uris())


def append(folder: Path, rows: pa.Table) -> None:
    """Append rows. Any number of processes may do so at once."""

    def write() -> None:
        with _open.table(folder) as table:
            write_deltalake(
                table, rows, mode="append", schema_mode="merge", writer_properties=WRITER
            )

    if rows.num_rows:
        _retry(folder, write)


def replace(folder: Path, rows: pa.Table) -> None:
    """Replace all rows by these, in one commit."""
    _retry(
        folder,
        lambda: write_deltalake(
            folder, rows, mode="overwrite", schema_mode="overwrite", writer_properties=WRITER
        ),
    )


def delete(folder: Path, column: str, values: Sequence[str]) -> int:
    """Delete the rows with one of these values in a column, and return their number."""
    done = _retry(
        folder,
        lambda: DeltaTable(folder).delete(
            f"{column} IN ({text_literals(values)})", writer_properties=WRITER
        ),
    )
    return int(done.get("num_deleted_rows") or 0)


def compact(folder: Path, order: Sequence[str]) -> bool:
    """Rewrite many small files as few large ones, and return True if that was done.

    While what is small is little beside the rest, large files stay as they are: a commit is
    rewritten about as often as the table doubles, not with each compaction. Else rows are sorted by
    the columns of `order` (along a Z-order curve) while the table is small. Files that were
    rewritten more than a day ago are deleted: whoever reads an earlier version is done by then.
    """
    with _store_errors(folder):
        table = DeltaTable(folder)
        actions = table.get_add_actions(flatten=True)
        sizes = [int(size) for size in actions["size_bytes"].to_pylist()]
    small = [size for size in sizes if size < SMALL_FILE]
    if len(small) <= MAX_SMALL_FILES:
        return False
    try:
        with _store_errors(folder):
            if sum(small) < MIN_SHARE * (sum(sizes) - sum(small)):
                table.optimize.compact(target_size=sum(small), writer_properties=WRITER)
            elif order and sum(sizes) < MAX_SORTED:
                table.optimize.z_order(
                    list(order),
                    target_size=FILE_SIZE,
                    writer_properties=WRITER,
                    max_spill_size=1 << 30,
                )
            else:
                table.optimize.compact(target_size=FILE_SIZE, writer_properties=WRITER)
            table.vacuum(
                retention_hours=HOURS_KEPT, dry_run=False, enforce_retention_duration=False
            )
    except StoreError as error:
        if isinstance(error.__cause__, CommitFailedError):  # another writer was quicker
            return False
        raise
    return True


def purge(folder: Path) -> None:
    """Delete the files and the log of earlier versions. Nobody else may be writing."""
    with _store_errors(folder):
        DeltaTable(folder).vacuum(
            retention_hours=0, dry_run=False, enforce_retention_duration=False, full=True
        )
        DeltaTable(folder).alter.set_table_properties({LOG_RETENTION: "interval 0 seconds"})
        table = DeltaTable(folder)
        table.create_checkpoint()
        table.cleanup_metadata()
        table.alter.set_table_properties({LOG_RETENTION: "interval 30 days"})


def _path(uri: str) -> str:
    """Return the path of a file from its URI."""
    parsed = urlparse(uri)
    return unquote(parsed.path) if parsed.scheme == "file" else uri


def _retry(folder: Path, act: Callable[[], T]) -> T:
    """Return the outcome of `act`, tried again while it conflicts with other commits."""
    for number in range(MAX_TRIES):
        try:
            with _store_errors(folder):
                return act()
        except StoreError as error:
            if not isinstance(error.__cause__, CommitFailedError) or number == MAX_TRIES - 1:
                raise
        time.sleep(min(MAX_WAIT, 0.01 * 2**number) * random.uniform(0.5, 1.0))
    raise AssertionError("unreachable")


@contextmanager
def _store_errors(folder: Path) -> Iterator[None]:
    """Raise a StoreError that says where and what to do for whatever goes wrong inside."""
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
        raise _store_error(folder, error) from error


def _store_error(folder: Path, error: Exception) -> StoreError:
    """Return the error that says in words what went wrong and what to do."""
    message = str(error)
    if "No space left" in message or "os error 28" in message or _full(folder):
        return StoreError(
            f"{folder}: the disk is full: make room and run the same command again; "
            "what was stored before is safe"
        )
    if (
        "Permission denied" in message
        or "os error 13" in message
        or "Read-only file system" in message
        or "os error 30" in message
    ):
        return StoreNotWritable(
            f"{folder}: may not be written: "
            "check who owns the folder and whether the disk is read-only"
        )
    first = message.splitlines()[0][:300] if message else "no reason given"
    return StoreError(f"{folder}: cannot be read or written ({type(error).__name__}: {first})")


def _full(folder: Path) -> bool:
    """Return True if less than a megabyte is free on the disk."""
    try:
        return shutil.disk_usage(folder if folder.exists() else folder.parent).free < 1 << 20
    except OSError:
        return False
