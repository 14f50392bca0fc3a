"""The formats of tables, and which one a file's name or an option asks for.

In: a file name and the name of a format, either missing. Out: the format, or an InputError where
the two disagree. Nothing heavy is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from quotes.errors import InputError

ENDINGS: Mapping[str, tuple[str, ...]] = {
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "xlsx": (".xlsx",),
    "jsonl": (".jsonl", ".ndjson"),
    "parquet": (".parquet",),
    "sqlite": (".sqlite", ".sqlite3", ".db"),
    "jsonld": (".jsonld",),
    "table": (".txt", ".text", ""),
}
"""Endings of file names by format, the usual one first; `table` is text for people."""

FORMATS = tuple(name for name in ENDINGS if name != "table")
BINARY = frozenset({"xlsx", "parquet", "sqlite"})
DELIMITED = frozenset({"csv", "tsv"})
_BY_ENDING = {ending: name for name, endings in ENDINGS.items() for ending in endings}


def format_of(path: Path, wanted: str | None = None, *, formats: Sequence[str] = FORMATS) -> str:
    """Return the format in which a file is to be written.

    Args:
        path: The file.
        wanted: The format that was asked for; by default that of the file's ending.
        formats: The formats that can be written.

    Raises:
        InputError: The ending is not that of a format, or that of another one than is wanted.
    """
    ending = path.suffix.lower()
    own = _BY_ENDING.get(ending)
    if wanted is not None:
        if own in (None, wanted) or (own == "table" and wanted not in BINARY) or not ending:
            return wanted
        raise formats_differ(path, str(own), wanted)
    if own not in formats:
        endings = ", ".join(ENDINGS[name][0] or ".txt" for name in formats)
        raise InputError(
            f"{path}: unknown format: end the name in {endings}, or name one with --format"
        )
    return str(own)


def format_of_ending(ending: str) -> str | None:
    """Return the format of files whose names end so (".csv"), None for an unknown ending."""
    return _BY_ENDING.get(ending)


def formats_differ(path: Path, own: str, wanted: str | None) -> InputError:
    """Make the error for a file whose ending is that of another format than is wanted."""
    return InputError(
        f"{path}: ends like a file of {own}, and --format asks for {wanted}: "
        "leave out --format, or end the name otherwise"
    )
