"""Files to Documents.

In: paths of files and folders, or "-" for standard input, in any format of `quotes.readers.folders.FORMATS`. Out: a `Document` for each
article, and for each that cannot be read a `Failure` in its place; nothing stops at a bad file. Tables are read row by row. Nothing is
fetched.

What is known of an article can come from several places. Its own record's columns win, then `metadata.csv` beside the file, then
`defaults` (what a person gives for all, on the command line), then what a page says of itself.
"""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from quotes.errors import InputError, LanguageError
from quotes.readers.columns import Record, check_columns
from quotes.readers.companions import Companions
from quotes.readers.counting import count
from quotes.readers.folders import STANDARD_INPUT, Item, items
from quotes.readers.metadata import UNKNOWN, Metadata, parse_date, require_date
from quotes.readers.rows import BadRow, while_useful
from quotes.readers.text import document, read_text, read_text_bytes
from quotes.records import Document, Failure

__all__ = ["InputError", "LanguageError", "Metadata", "count", "parse_date", "read", "read_text", "require_date"]

LARGEST_ARTICLE = 200 << 20
LOOK_AHEAD = 4096
HTML_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|article|main|meta|!--|\?xml)", re.IGNORECASE)
JSON_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*\{)")

Rows = Iterator[Record | BadRow]


def read(
    paths: Sequence[str | Path] | str | Path,
    *,
    defaults: Metadata = UNKNOWN,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Failure]:
    """The documents of the paths, in order: given order, folders sorted by name, rows as they stand.

    `columns` names the columns of tables where they are not called as in `quotes.readers.columns`; `stdin` is read for "-" in place of
    standard input. Two documents with one id: the second is a Failure. Raises InputError at once for an unknown field in `columns`.
    """
    columns = dict(columns or {})
    check_columns(columns)
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return _read_all(given, defaults, columns, stdin)


def _read_all(
    paths: list[str | Path], defaults: Metadata, columns: Mapping[str, str], stdin: BinaryIO | None
) -> Iterator[Document | Failure]:
    companions, seen = Companions(), set[int]()
    for item in items(paths):
        if item.problem:
            yield _failure(item.id, item.path, item.problem)
            continue
        standard = str(item.path) == STANDARD_INPUT
        known = defaults if standard else companions.find(item.path, item.root).or_else(defaults)
        for path, reason in companions.complaints():
            yield _failure(path.name, path, reason)
        with _failures(item) as failed:
            stream = (stdin or sys.stdin.buffer) if standard else None
            for result in _read_item(item, known, columns, stream):
                yield _once(result, item, seen)
        yield from failed


@contextmanager
def _failures(item: Item) -> Iterator[list[Failure]]:
    """Turns what is raised for one file into a Failure."""
    failed: list[Failure] = []
    try:
        yield failed
    except InputError as error:
        failed.append(_failure(item.id, item.path, str(error)))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        failed.append(_failure(item.id, item.path, f"{item.path}: is a damaged gzip file ({error}): get it again"))
    except OSError as error:
        reason = "permission denied" if isinstance(error, PermissionError) else f"cannot be read ({error.strerror or error})"
        failed.append(_failure(item.id, item.path, f"{item.path}: {reason}: check the file"))


def _read_item(item: Item, known: Metadata, columns: Mapping[str, str], stdin: BinaryIO | None) -> Iterator[Document | Failure]:
    name = "standard input" if stdin is not None else str(item.path)
    with _open(item, stdin) as stream:
        form, stream = (item.format, stream) if item.format else _tell(stream)
        if form in ("text", "html"):
            yield _one(form, stream, item, known, name)
            return
        yield from _table(TABLES[form](), stream, item, known, columns, name)


@contextmanager
def _open(item: Item, stdin: BinaryIO | None) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked; standard input is left open."""
    if stdin is not None:
        yield stdin
        return
    with item.path.open("rb") as file:
        if not item.compressed:
            yield file
            return
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield unpacked  # type: ignore[misc]


def _tell(stream: BinaryIO) -> tuple[str, BinaryIO]:
    """The format by the first bytes, and the stream with them still in it."""
    buffered = io.BufferedReader(stream, LOOK_AHEAD) if isinstance(stream, io.RawIOBase) else stream
    head = buffered.peek(LOOK_AHEAD) if isinstance(buffered, io.BufferedReader | gzip.GzipFile) else b""
    if not head:
        data = buffered.read()
        head, buffered = data[:LOOK_AHEAD], io.BytesIO(data)
    if head.startswith(b"PAR1"):
        return "parquet", io.BytesIO(buffered.read())
    if HTML_START.match(head):
        return "html", buffered
    if JSON_START.match(head):
        return ("json" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[") else "jsonl"), buffered
    return "text", buffered


def _one(form: str, stream: BinaryIO, item: Item, known: Metadata, name: str) -> Document:
    data = stream.read(LARGEST_ARTICLE + 1)
    if len(data) > LARGEST_ARTICLE:
        raise InputError(f"{name}: is larger than {LARGEST_ARTICLE >> 20} MB, too large for one article: split it, or use JSON lines")
    if form == "text":
        return read_text_bytes(data, id=item.id, metadata=known, source=name)
    from quotes.readers.html import read_html

    return read_html(data, id=item.id, metadata=known, source=name)


def _table(
    reader: Callable[[BinaryIO, str, Mapping[str, str]], Rows],
    stream: BinaryIO,
    item: Item,
    known: Metadata,
    columns: Mapping[str, str],
    name: str,
) -> Iterator[Document | Failure]:
    found = False
    for row in while_useful(reader(stream, name, columns), name):
        found = True
        number = f"{item.id}:{row.row}" if row.row else item.id
        if isinstance(row, BadRow):
            yield _failure(number, item.path, f"{name}: {row.message}")
            continue
        metadata = row.metadata.or_else(replace(known, id=None, url=None))  # those are of the table
        row_id = row.metadata.id or row.metadata.url or number
        try:
            where = f"{name}:{row.row}" if row.row else name
            yield document(row.text, id=number, metadata=metadata, name=f"{name}: {row_id}", source=where)
        except InputError as error:
            yield _failure(row_id, item.path, str(error))
    if not found:
        raise InputError(f"{name}: is empty: nothing to read")


def _once(result: Document | Failure, item: Item, seen: set[int]) -> Document | Failure:
    """The document, or a Failure where an earlier one had its id. Only a hash of each id is kept."""
    if isinstance(result, Failure):
        return result
    mark = hash(result.id)
    if mark in seen:
        message = f"the id {result.id!r} was already used by an earlier document: give each its own, or leave out the copy"
        return _failure(result.id, item.path, f"{item.path}: {message}")
    seen.add(mark)
    return result


def _failure(name: str, path: Path, message: str) -> Failure:
    return Failure(name, "read", message, str(path))


def _json_lines() -> Callable[[BinaryIO, str, Mapping[str, str]], Rows]:
    from quotes.readers.json_lines import read_json_lines

    return read_json_lines


def _json() -> Callable[[BinaryIO, str, Mapping[str, str]], Rows]:
    from quotes.readers.json_array import read_json

    return read_json


def _delimited() -> Callable[[BinaryIO, str, Mapping[str, str]], Rows]:
    from quotes.readers.delimited import read_delimited

    return read_delimited


def _parquet() -> Callable[[BinaryIO, str, Mapping[str, str]], Rows]:
    from quotes.readers.parquet import read_parquet

    return read_parquet


TABLES = {"jsonl": _json_lines, "json": _json, "csv": _delimited, "parquet": _parquet}
