"""A store as a folder: made, recognised, migrated, locked.

In: a path. Out: the folder with its tables, or a StoreError that says what is there instead.
Nothing in a folder is changed before it is known to be a store.
"""

from __future__ import annotations

import importlib.util
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from quotes.errors import StoreError, StoreNotWritable
from quotes.store import delta
from quotes.store.schema import FORMAT, OLD_NAMES, TABLES

MARKER = "quotes-store.json"  # written last: a folder with it is a whole store
LOCK = "lock"  # held by whoever writes
ADDING_LOCK = "adding.lock"  # held by whoever adds articles
REWRITE_LOCK = "rewrite.lock"  # held by whoever rewrites or deletes rows that are stored
INDEX = "index"
CAN_LOCK = importlib.util.find_spec("fcntl") is not None  # not on Windows
IDENTITY = "identity"  # holds what who is who was decided on
RESOLUTION = "resolution.sqlite"
PEOPLE = ("people.csv", "people.jsonl")  # a copy of the file of known people, in either format
IDENTIFIED = "identified.json"  # says when the newest article was added that speakers reflect
OWN = (MARKER, LOCK, REWRITE_LOCK, INDEX, IDENTITY, IDENTIFIED)
CHECK_OWNER = "check who owns the folder and whether the disk is read-only"
PART = ".part"  # suffix of a small file that is still being written


def make(folder: Path, *, made_by: str) -> None:
    """Make a store, or finish one whose making was broken off.

    Raises:
        StoreError: where something else lies in the folder, or nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        own = {*TABLES, *OLD_NAMES.values(), *OWN, *PEOPLE}
        strange = sorted(
            entry.name
            for entry in os.scandir(folder)
            if entry.name not in own and not entry.name.endswith(PART)
        )
    except OSError as error:
        raise StoreError(
            f"{folder}: no store can be made here ({error.strerror}): "
            "choose another folder (--store)"
        ) from error
    if (folder / MARKER).exists():
        check(folder)
    elif strange:
        raise StoreError(
            f"{folder}: a folder that is no store (it holds {', '.join(strange[:3])}): "
            "choose another folder (--store)"
        )
    for table in TABLES.values():
        path = table_folder(folder, table.name)
        if not _is_table(path):
            delta.create(path, table)
    if not (folder / MARKER).exists():
        _write_marker(folder, {"format": FORMAT, "made_by": made_by})


def check(folder: Path) -> None:
    """Check that a store that this version can read lies in a folder.

    Raises:
        StoreError: saying what is there instead, and what to do.
    """
    if not folder.exists():
        raise StoreError(
            f"{folder}: no such store: `quotes add ARTICLES --store {folder}` makes one, "
            "in Python `quotes.open(path, create=True)`"
        )
    if not folder.is_dir():
        raise StoreError(f"{folder}: a file, not a store: give the folder of a store")
    if not (folder / MARKER).exists():
        begun = any((folder / name).is_dir() for name in TABLES)
        raise StoreError(
            f"{folder}: a store whose making was broken off: run `quotes add` again to finish it, "
            "in Python `quotes.open(path, create=True)`"
            if begun
            else f"{folder}: a folder, but no store ({MARKER} is missing): "
            "`quotes add ARTICLES --store FOLDER` makes one in a new folder, "
            "in Python `quotes.open(path, create=True)`"
        )
    found = _read_marker(folder)["format"]
    if found > FORMAT:
        raise StoreError(
            f"{folder}: a store of a newer version "
            f"(format {found}, this program reads up to {FORMAT}): install a newer quotes"
        )
    for name in TABLES:
        # the old name first: another program may rename the folder between the two looks
        names = (OLD_NAMES[name], name) if name in OLD_NAMES else (name,)
        if not any(_is_table(folder / known) for known in names):
            raise StoreError(
                f"{folder}: the table {name!r} is missing: restore its folder from a copy"
            )


def table_folder(folder: Path, table: str) -> Path:
    """Return the folder of a table; in a store of an older format it may have an older name."""
    old = OLD_NAMES.get(table)
    if old and _is_table(folder / old) and not _is_table(folder / table):
        return folder / old
    return folder / table


def migrate(folder: Path) -> str | None:
    """Bring a store of an older format to the current one.

    Tables of format 1 that have another name now are renamed, then the format is noted. That is
    done while no other program writes to the store, wholly or not at all. A store that may not be
    written, or that is being written to, stays as it is: it can be read and written as before, and
    is migrated when it is next opened.

    Returns:
        A message that says what was done; None where there was nothing to do or it must wait.

    Raises:
        StoreError: where a table lies there under both names.
    """
    if not _is_old(folder):
        return None
    for name, old in OLD_NAMES.items():
        if _is_table(folder / name) and _is_table(folder / old):
            raise StoreError(
                f"{folder}: both {old!r} and {name!r} are there, which are one table under its "
                f"old and its new name: move {old!r} out of the folder, or restore it from a copy"
            )
    try:
        with locked(folder, exclusive=True):
            if not _is_old(folder):  # another program was quicker
                return None
            marker = _read_marker(folder)
            renamed = _rename_tables(folder, marker)
    except StoreError:
        return None
    tables = "".join(f"; table {before.name!r} is now {after.name!r}" for before, after in renamed)
    return (
        f"{folder}: migrated from format {marker['format']} to {FORMAT}{tables}; "
        "programs of an older version cannot open it any more; quotes that are stored already have "
        "no quotation marks around them until `quotes add --again` reads their articles anew"
    )


def _is_old(folder: Path) -> bool:
    """Return True if the folder holds a store that is not, or not wholly, of this format."""
    old_names = any(_is_table(folder / old) for old in OLD_NAMES.values())
    return old_names or int(_read_marker(folder)["format"]) < FORMAT


def _rename_tables(folder: Path, marker: dict[str, Any]) -> list[tuple[Path, Path]]:
    """Give tables their current names and note the format; on failure all is as before.

    Returns the folders renamed, each before and after.
    """
    renamed = list[tuple[Path, Path]]()
    try:
        for name, old in OLD_NAMES.items():
            if _is_table(folder / old):
                os.rename(folder / old, folder / name)
                renamed.append((folder / old, folder / name))
        _write_marker(folder, {**marker, "format": FORMAT})
    except (OSError, StoreError) as error:
        for before, after in renamed:
            with suppress(OSError):
                os.rename(after, before)
        raise StoreError(f"{folder}: cannot be migrated: {error}") from error
    return renamed


@contextmanager
def locked(folder: Path, *, exclusive: bool = False) -> Iterator[None]:
    """Hold the lock of a store while writing to it.

    Many programs may write at once; one that deletes or renames files must be alone
    (`exclusive`). Raises StoreError where the lock cannot be had.
    """
    with _flock(folder / LOCK, exclusive=exclusive, wait=False) as held:
        if not held:
            busy = (
                "other programs are writing to this store"
                if exclusive
                else "files of this store are being deleted"
            )
            raise StoreError(f"{folder}: {busy}: try again when they are done")
        yield


@contextmanager
def rewriting(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the lock for rewriting or deleting rows that are stored.

    Delta Lake lets one program compact a table while another one compacts it or deletes from it,
    and then has rows twice, or again. Appending needs no lock.

    Args:
        folder: the folder of the store.
        wait: wait until other programs are done.

    Yields:
        True if the lock is held; False, only without `wait`, where another program holds it.
    """
    with _flock(folder / REWRITE_LOCK, exclusive=True, wait=wait) as held:
        yield held


@contextmanager
def adding(folder: Path) -> Iterator[None]:
    """Hold the lock that says that articles are being added; many programs may add at once."""
    with _flock(folder / ADDING_LOCK, exclusive=False, wait=True):
        yield


_looking = threading.Lock()  # two looks at once would each take the other for a program that adds


def is_adding(folder: Path) -> bool | None:
    """Return True while a program adds articles, None where that cannot be known."""
    if not CAN_LOCK:
        return None
    try:
        with _looking, _flock(folder / ADDING_LOCK, exclusive=True, wait=False) as held:
            return not held
    except StoreNotWritable:
        return None


@contextmanager
def identifying(folder: Path) -> Iterator[None]:
    """Hold the lock for deciding who is who, waiting for programs that do so.

    Raises:
        StoreNotWritable: where the folder may not be written.
    """
    home = folder / IDENTITY
    try:
        home.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreNotWritable(
            f"{folder}: may not be written ({error.strerror}): {CHECK_OWNER}"
        ) from error
    with _flock(home / LOCK, exclusive=True, wait=True):
        yield


def resolution_file(folder: Path) -> Path:
    """Return the file of what who is who was decided on."""
    return folder / IDENTITY / RESOLUTION


def remove_resolution(folder: Path) -> None:
    """Delete what who is who was decided on; the next run makes it again from the tables."""
    for file in (folder / IDENTITY).glob(f"{RESOLUTION}*"):
        with suppress(OSError):
            file.unlink()


@contextmanager
def _flock(path: Path, *, exclusive: bool, wait: bool) -> Iterator[bool]:
    """Lock a file within, and yield True, or False where another program holds the lock."""
    if not CAN_LOCK:  # only deleting while another program writes would do harm
        yield True
        return
    import fcntl

    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise StoreNotWritable(
            f"{path.parent}: may not be written ({error.strerror}): {CHECK_OWNER}"
        ) from error
    try:
        mode = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
        try:
            fcntl.flock(handle, mode if wait else mode | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


def save_known_people(folder: Path, file: Path) -> None:
    """Store a copy of a file of known people, in the place of one before."""
    name = PEOPLE[file.suffix.lower() != ".csv"]
    _write(folder / name, file.read_bytes())
    for other in set(PEOPLE) - {name}:
        (folder / other).unlink(missing_ok=True)


def known_people_file(folder: Path) -> Path | None:
    """Return the copy of the file of known people, if there is one."""
    return next((folder / name for name in PEOPLE if (folder / name).is_file()), None)


def note_identified(folder: Path, newest: str) -> None:
    """Note when the newest article was added that the stored speakers reflect."""
    _write(folder / IDENTIFIED, json.dumps({"added": newest}).encode() + b"\n")


def identified(folder: Path) -> str | None:
    """Return when the newest article was added that the stored speakers reflect.

    None where that was never noted, as by older versions.
    """
    try:
        found = json.loads((folder / IDENTIFIED).read_text(encoding="utf-8"))["added"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None


def _is_table(path: Path) -> bool:
    """Return True if a Delta table lies in a folder."""
    return (path / "_delta_log").is_dir()


def _read_marker(folder: Path) -> dict[str, Any]:
    """Return what the marker of a store says; `format` is a number. Raises StoreError."""
    marker = folder / MARKER
    try:
        found: dict[str, Any] = json.loads(marker.read_text(encoding="utf-8"))
        return {**found, "format": int(found["format"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{marker}: cannot be read ({error}): "
            "restore it from a copy; the tables beside it are untouched"
        ) from error


def _write_marker(folder: Path, content: dict[str, Any]) -> None:
    """Write the marker of a store, whole or not at all."""
    _write(folder / MARKER, json.dumps(content).encode() + b"\n")


def _write(path: Path, content: bytes) -> None:
    """Write a small file whole or not at all."""
    part = path.with_name(path.name + PART)
    try:
        part.write_bytes(content)
        os.replace(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise StoreError(
            f"{path}: cannot be written ({error.strerror}): "
            "make room, or choose another folder (--store)"
        ) from error
