"""A store as a folder: made, recognised, locked.

In: a path. Out: the folder with its tables, or a StoreError that says what is there instead. Nothing that is in a folder is changed
before it is known to be a store.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quotes.errors import StoreError
from quotes.store import delta
from quotes.store.schema import FORMAT, TABLES

MARKER = "quotes-store.json"  # written last: a folder with it is a whole store
LOCK = "lock"
INDEX = "index"
PEOPLE = ("people.csv", "people.jsonl")  # a file of known people, kept as it was given
PART = ".part"  # of a small file that is not whole yet


def make(folder: Path, *, made_by: str) -> None:
    """Make a store, or finish one whose making was broken off. Raises StoreError where something else lies in the folder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        own = {*TABLES, MARKER, LOCK, INDEX, *PEOPLE}
        strange = sorted(
            entry.name
            for entry in os.scandir(folder)
            if entry.name not in own and not entry.name.endswith(PART)
        )
    except OSError as error:
        raise StoreError(
            f"{folder}: no store can be made here ({error.strerror}): choose another place with --store"
        ) from error
    if (folder / MARKER).exists():
        check(folder)
    elif strange:
        raise StoreError(
            f"{folder}: a folder that is no store (it holds {', '.join(strange[:3])}): choose another place with --store"
        )
    for table in TABLES.values():
        if not (folder / table.name / "_delta_log").is_dir():
            delta.create(folder / table.name, table)
    if not (folder / MARKER).exists():
        _write(folder / MARKER, json.dumps({"format": FORMAT, "made_by": made_by}).encode() + b"\n")


def check(folder: Path) -> None:
    """Raises StoreError unless a store that this version can read lies there."""
    if not folder.exists():
        raise StoreError(
            f"{folder}: no such store: `quotes add ARTICLES --store {folder}` makes one"
        )
    if not folder.is_dir():
        raise StoreError(f"{folder}: a file, not a store: give the folder of a store")
    marker = folder / MARKER
    if not marker.exists():
        begun = any((folder / name).is_dir() for name in TABLES)
        raise StoreError(
            f"{folder}: a store whose making was broken off: run `quotes add` again to finish it"
            if begun
            else f"{folder}: a folder, but no store ({MARKER} is missing): `quotes add ARTICLES --store FOLDER` makes one in a new folder"
        )
    try:
        found = int(json.loads(marker.read_text(encoding="utf-8"))["format"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{marker}: cannot be read ({error}): restore it from a copy; the tables beside it are untouched"
        ) from error
    if found > FORMAT:
        raise StoreError(
            f"{folder}: a store of a newer version (format {found}, this program reads up to {FORMAT}): install a newer quotes"
        )


@contextmanager
def held(folder: Path, *, alone: bool = False) -> Iterator[None]:
    """Hold the store while writing. Many may write at once; who deletes files must be `alone`. Raises StoreError where that cannot be."""
    try:
        import fcntl
    except (
        ImportError
    ):  # Windows: two writers still do no harm, only purging while another writes would
        yield
        return
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        reason = "check who owns the folder and whether the disk is read-only"
        raise StoreError(f"{folder}: may not be written ({error.strerror}): {reason}") from error
    try:
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError as error:
            busy = (
                "other programs are writing to this store"
                if alone
                else "files of this store are being deleted"
            )
            raise StoreError(f"{folder}: {busy}: try again when they are done") from error
        yield
    finally:
        os.close(handle)


def keep_people(folder: Path, file: Path) -> None:
    """Keep a copy of a file of known people, in the place of one before."""
    name = PEOPLE[file.suffix.lower() != ".csv"]
    _write(folder / name, file.read_bytes())
    for other in set(PEOPLE) - {name}:
        (folder / other).unlink(missing_ok=True)


def kept_people(folder: Path) -> Path | None:
    """The file of known people that is kept, if any."""
    return next((folder / name for name in PEOPLE if (folder / name).is_file()), None)


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
            f"{path}: cannot be written ({error.strerror}): make room, or choose another place with --store"
        ) from error
