"""Files to Documents.

In: paths of files and folders, addresses (https://...), or "-" for standard input, in any format of
`quotes.readers.discovery.FORMATS`. Out: a `Document` for each article, and for each that cannot be
read a `Failure` in its place; nothing stops at a bad file. Tables and web archives are read piece
by piece. Only an address that is given is fetched, and nothing that it leads to.

What is known of an article can come from several places. Its own record's columns win, then
`metadata.csv` beside the file, then `defaults` (what a person gives for all, on the command line),
then what a page says of itself.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from quotes.errors import InputError, LanguageError
from quotes.readers.columns import Record, check_columns
from quotes.readers.counts import count
from quotes.readers.discovery import STANDARD_INPUT, Input, items
from quotes.readers.metadata import UNKNOWN, Metadata, parse_date, require_date
from quotes.readers.metadata_csv import MetadataTables
from quotes.readers.plain_text import document, read_text, read_text_bytes
from quotes.readers.sniffing import by_content_type, sniff
from quotes.readers.table_rows import BadRow, stop_after_bad_rows
from quotes.records import Document, Failure

__all__ = [
    "InputError",
    "LanguageError",
    "Metadata",
    "count",
    "parse_date",
    "read",
    "read_text",
    "require_date",
]

MAX_ARTICLE_BYTES = 200 << 20
Rows = Iterator[Record | BadRow]
Results = Iterable[Document | Failure]


def read(
    paths: Sequence[str | Path] | str | Path,
    *,
    defaults: Metadata = UNKNOWN,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    private: bool = True,
) -> Iterator[Document | Failure]:
    """Return the documents of the paths, in order.

    Given order, folders sorted by name, rows as they stand.

    `columns` names the columns of tables where they are not called as in `quotes.readers.columns`;
    `stdin` is read for "-" in place of standard input. With `private=False` no address in a local
    network is fetched. Two documents with one id: the second is a Failure.

    Raises:
        InputError: at once for an unknown field in `columns`.
    """
    columns = dict(columns or {})
    check_columns(columns)
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    return _read_all(given, defaults, columns, stdin, private)


def _read_all(
    paths: list[str | Path],
    defaults: Metadata,
    columns: Mapping[str, str],
    stdin: BinaryIO | None,
    private: bool,
) -> Iterator[Document | Failure]:
    companions, seen = MetadataTables(), set[int]()
    for item in items(paths):
        if item.problem:
            yield _failure(item.id, item.place, item.problem)
            continue
        standard = item.place == STANDARD_INPUT
        known = (
            defaults
            if standard or item.url
            else companions.find(item.path, item.root).or_else(defaults)
        )
        for path, reason in companions.complaints():
            yield _failure(path.name, str(path), reason)
        with _failures(item) as failed:
            stream = (stdin or sys.stdin.buffer) if standard else None
            for result in _read_item(item, known, columns, stream, private):
                yield _once(result, item, seen)
        yield from failed


@contextmanager
def _failures(item: Input) -> Iterator[list[Failure]]:
    """Turn what is raised for one file into a Failure."""
    failed: list[Failure] = []
    try:
        yield failed
    except InputError as error:
        failed.append(_failure(item.id, item.place, str(error)))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        failed.append(
            _failure(
                item.id, item.place, f"{item.place}: is a damaged gzip file ({error}): get it again"
            )
        )
    except OSError as error:
        reason = (
            "permission denied"
            if isinstance(error, PermissionError)
            else f"cannot be read ({error.strerror or error})"
        )
        failed.append(_failure(item.id, item.place, f"{item.place}: {reason}: check the file"))


def _read_item(
    item: Input, known: Metadata, columns: Mapping[str, str], stdin: BinaryIO | None, private: bool
) -> Iterator[Document | Failure]:
    name = "standard input" if stdin is not None else item.place
    if item.url:
        form, stream = _fetched(item.url, private)
        known = replace(known, url=item.url)
        yield from _read_stream(form, stream, item, known, columns, name)
        return
    with _open(item, stdin) as stream:
        form, stream = (item.format, stream) if item.format else sniff(stream)
        yield from _read_stream(form, stream, item, known, columns, name)


def _read_stream(
    form: str, stream: BinaryIO, item: Input, known: Metadata, columns: Mapping[str, str], name: str
) -> Iterator[Document | Failure]:
    if form in TABLES:
        yield from _table(TABLES[form](), stream, item, known, columns, name)
    elif form == "warc":
        from quotes.readers.warc import read_warc

        yield from read_warc(stream, id=item.id, metadata=known, source=name)
    else:
        data = stream.read(MAX_ARTICLE_BYTES + 1)
        if len(data) > MAX_ARTICLE_BYTES:
            raise InputError(
                f"{name}: is larger than {MAX_ARTICLE_BYTES >> 20} MB, too large for one article: "
                "split it, or use JSON lines"
            )
        yield from ARTICLES[form](data, item.id, known, name)


def _fetched(url: str, private: bool) -> tuple[str, BinaryIO]:
    """Return the format and the bytes of what stands at an address.

    Raises:
        InputError: as above.
    """
    from quotes.readers.http import fetch

    answer = fetch(url, private=private)
    form = by_content_type(answer.content_type, answer.data)
    if form is None:
        raise InputError(
            f"{url}: is {answer.content_type}, not an article: only pages, texts, PDF, Word files "
            "and feeds are read"
        )
    return (form, io.BytesIO(answer.data)) if form else sniff(io.BytesIO(answer.data))


@contextmanager
def _open(item: Input, stdin: BinaryIO | None) -> Iterator[BinaryIO]:
    """Yield the bytes of a file, unpacked (a web archive unpacks itself, record by record).

    Standard input is left open.
    """
    if stdin is not None:
        yield stdin
        return
    with item.path.open("rb") as file:
        if not item.compressed or item.format == "warc":
            yield file
            return
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield unpacked  # type: ignore[misc]


def _text(data: bytes, id: str, known: Metadata, name: str) -> Results:
    return (read_text_bytes(data, id=id, metadata=known, source=name),)


def _html(data: bytes, id: str, known: Metadata, name: str) -> Results:
    from quotes.readers.html import read_html

    return (read_html(data, id=id, metadata=known, source=name),)


def _pdf(data: bytes, id: str, known: Metadata, name: str) -> Results:
    from quotes.readers.pdf import read_pdf

    return read_pdf(data, id=id, metadata=known, source=name)


def _docx(data: bytes, id: str, known: Metadata, name: str) -> Results:
    from quotes.readers.docx import read_docx

    return (read_docx(data, id=id, metadata=known, source=name),)


def _email(data: bytes, id: str, known: Metadata, name: str) -> Results:
    from quotes.readers.email_message import read_email

    return (read_email(data, id=id, metadata=known, source=name),)


def _subtitles(data: bytes, id: str, known: Metadata, name: str) -> Results:
    from quotes.readers.subtitles import read_subtitles

    return (read_subtitles(data, id=id, metadata=known, source=name),)


def _table(
    reader: Callable[[BinaryIO, str, Mapping[str, str]], Rows],
    stream: BinaryIO,
    item: Input,
    known: Metadata,
    columns: Mapping[str, str],
    name: str,
) -> Iterator[Document | Failure]:
    found = False
    for row in stop_after_bad_rows(reader(stream, name, columns), name):
        found = True
        number = f"{item.id}:{row.row}" if row.row else item.id
        if isinstance(row, BadRow):
            yield _failure(number, item.place, f"{name}: {row.message}")
            continue
        metadata = row.metadata.or_else(replace(known, id=None, url=None))  # those are of the table
        row_id = row.metadata.id or row.metadata.url or number
        try:
            where = f"{name}:{row.row}" if row.row else name
            yield document(
                row.text,
                id=number,
                metadata=metadata,
                name=f"{name}: {row_id}",
                source=where,
                embeds=row.embeds,
            )
        except InputError as error:
            yield _failure(row_id, item.place, str(error))
    if not found:
        raise InputError(f"{name}: is empty: nothing to read")


def _once(result: Document | Failure, item: Input, seen: set[int]) -> Document | Failure:
    """Return the document, or a Failure where an earlier one had its id.

    Only a hash of each id is kept.
    """
    if isinstance(result, Failure):
        return result
    mark = hash(result.id)
    if mark in seen:
        message = (
            f"the id {result.id!r} was already used by an earlier document: give each its own, or "
            "leave out the copy"
        )
        return _failure(result.id, item.place, f"{item.place}: {message}")
    seen.add(mark)
    return result


def _failure(name: str, place: str, message: str) -> Failure:
    return Failure(name, "read", message, place)


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


def _feed() -> Callable[[BinaryIO, str, Mapping[str, str]], Rows]:
    from quotes.readers.feed import read_feed

    return read_feed


ARTICLES = {
    "text": _text,
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "email": _email,
    "subtitles": _subtitles,
}
TABLES = {
    "jsonl": _json_lines,
    "json": _json,
    "csv": _delimited,
    "parquet": _parquet,
    "feed": _feed,
}
