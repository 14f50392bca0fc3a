"""Files to Documents.

In: paths of files and folders, addresses (https://...), or "-" for standard input, in any format of
`quotes.readers.discovery.FORMATS`. Out: a `Document` for each article, and for each that cannot be
read a `Failure` in its place; nothing stops at a bad file. Tables and web archives are read piece
by piece. Only an address that is given is fetched, and nothing that it leads to.

What is known of an article can come from several places. Its own record's columns win, then
`metadata.csv` beside the file, then what a page says of itself of its day, author and title, then
`defaults` (what a person gives for all, on the command line), then what else a page says. What is
said and cannot be read is a `Failure`, beside the document.
"""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from quotes.errors import InputError, LanguageError
from quotes.readers.columns import Record, check_columns
from quotes.readers.counts import count
from quotes.readers.discovery import FORMATS, STANDARD_INPUT, Input, items, path_text
from quotes.readers.document_ids import ADDRESS, longer_ids, row_id
from quotes.readers.document_ids import STANDARD_INPUT as STANDARD_INPUT_SOURCE
from quotes.readers.losses import Losses, with_day
from quotes.readers.metadata import UNKNOWN, Metadata, parse_date, require_date
from quotes.readers.metadata_csv import MetadataTables
from quotes.readers.plain_text import document, read_text, read_text_bytes
from quotes.readers.sniffing import by_content_type, is_page, sniff
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


@dataclass(frozen=True, slots=True)
class Options:
    """How articles are read.

    Attributes:
        defaults: What is true of all articles that do not say otherwise.
        columns: The columns of tables that are not called as in `quotes.readers.columns`, by field.
        stdin: What is read for "-"; standard input unless given.
        private: Whether addresses in a local network are fetched.
        ids_within_files: Whether the id of a row counts within its file (`FILE#id`). None, by
            default: it does where several tables are read.
        ids_of_store: Whether ids are those of a store: `FILE#id`, or the address of the row.
        day_first: How to read figures such as 03/04/2016: as 3 April (True), March 4 (False), or
            not at all.
        format: A value of FORMATS: the format of standard input, and of files whose names do not
            tell; by default their content has to tell.
    """

    defaults: Metadata = UNKNOWN
    columns: Mapping[str, str] = field(default_factory=dict)
    stdin: BinaryIO | None = None
    private: bool = True
    ids_within_files: bool | None = None
    ids_of_store: bool = False
    day_first: bool | None = None
    format: str = ""


def read(
    paths: Sequence[str | Path] | str | Path,
    *,
    defaults: Metadata = UNKNOWN,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    private: bool = True,
    ids_within_files: bool | None = None,
    ids_of_store: bool = False,
    day_first: bool | None = None,
    format: str = "",
) -> Iterator[Document | Failure]:
    """Return the documents of the paths, in order.

    Given order, folders sorted by name, rows as they stand. The arguments are those of `Options`.
    Of two documents with one id from two files, the second gets a longer one; from one file, the
    second is a Failure.

    Raises:
        InputError: at once for an unknown field in `columns`, or an unknown format.
    """
    columns = dict(columns or {})
    check_columns(columns)
    if format and format not in FORMATS.values():
        raise InputError(
            f"no format {format!r}: there are {', '.join(sorted(set(FORMATS.values())))}"
        )
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    options = Options(
        defaults, columns, stdin, private, ids_within_files, ids_of_store, day_first, format
    )
    return _read_all(given, options)


def _read_all(paths: list[str | Path], options: Options) -> Iterator[Document | Failure]:
    companions, seen = MetadataTables(day_first=options.day_first), dict[int, int]()
    if options.ids_within_files is None:
        options = replace(options, ids_within_files=_are_several_tables(paths))
    for item in items(paths):
        if item.problem:
            yield _failure(item.id, item.place, item.problem)
            continue
        standard = item.place == STANDARD_INPUT
        known = UNKNOWN if standard or item.url else companions.find(item.path, item.root)
        for path, reason in companions.complaints():
            yield _partial(path_text(path.name), path_text(path), path_text(reason))
        with _failures(item) as failed:
            stream = (options.stdin or sys.stdin.buffer) if standard else None
            for result in _read_item(item, known, options, stream):
                yield _once(result, item, seen)
        yield from failed
    folders = (Path(path) for path in paths if Path(path).is_dir())
    for path, reason in companions.without_files(folders):
        yield _partial(path_text(path.name), path_text(path), path_text(reason))


def _are_several_tables(paths: Sequence[str | Path]) -> bool:
    """Return whether more than one file with rows is among the paths, by their names."""
    tables = (item for item in items(paths) if item.format in TABLES)
    return len(list(islice(tables, 2))) == 2


@contextmanager
def _failures(item: Input) -> Iterator[list[Failure]]:
    """Turn what is raised for one file into a Failure."""
    failed: list[Failure] = []
    try:
        yield failed
    except InputError as error:
        failed.append(_failure(item.id, item.place, str(error), error))
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
    item: Input, known: Metadata, options: Options, stdin: BinaryIO | None
) -> Iterator[Document | Failure]:
    name = STANDARD_INPUT_SOURCE if stdin is not None else item.place
    if item.url:
        form, stream = _fetched(item.url, options.private)
        known = replace(known, url=item.url)
        yield from _read_stream(form, stream, item, known, options, name)
        return
    with _open(item, stdin) as stream:
        form, stream = _format(item, stream, options)
        yield from _read_stream(form, stream, item, known, options, name)


def _format(item: Input, stream: BinaryIO, options: Options) -> tuple[str, BinaryIO]:
    """Return the format of an item, and the stream with all of it still to come."""
    form = item.format or options.format
    if not form:
        return sniff(stream, options.columns)
    return form, io.BytesIO(stream.read()) if form == "parquet" and not item.format else stream


def _read_stream(
    form: str, stream: BinaryIO, item: Input, known: Metadata, options: Options, name: str
) -> Iterator[Document | Failure]:
    if form in TABLES:
        yield from _table(TABLES[form](), stream, item, known, options, name)
        return
    # what is given for all does not overrule what a page says of itself (`_with_defaults`)
    known = known.or_else(
        replace(options.defaults, published=None, author=None, title=None, extra=())
    )
    for result in _articles(form, stream, item, known, name):
        yield _with_defaults(result, options.defaults)


def _articles(
    form: str, stream: BinaryIO, item: Input, known: Metadata, name: str
) -> Iterator[Document | Failure]:
    """Yield what a file that is no table holds."""
    if form == "warc":
        from quotes.readers.warc import read_warc

        yield from read_warc(stream, id=item.id, metadata=known, source=name)
        return
    data = stream.read(MAX_ARTICLE_BYTES + 1)
    if len(data) > MAX_ARTICLE_BYTES:
        raise InputError(
            f"{name}: is larger than {MAX_ARTICLE_BYTES >> 20} MB, too large for one article: "
            "split it, or use JSON lines"
        )
    yield from ARTICLES[form](data, item.id, known, name)


def _with_defaults(result: Document | Failure, defaults: Metadata) -> Document | Failure:
    """Return a document with what is given for all, where neither it nor its page says more."""
    if isinstance(result, Failure):
        return result
    return replace(
        result,
        published=result.published or defaults.published,
        author=result.author or defaults.author,
        title=result.title or defaults.title,
    )


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
    if is_page(data):  # saved from a browser under the name of a text
        return _html(data, id, known, name)
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
    options: Options,
    name: str,
) -> Iterator[Document | Failure]:
    name_of_file = path_text(item.path.name)
    file = PurePosixPath(item.id).with_name(name_of_file).as_posix() if item.format else item.id
    found, losses = False, Losses()
    of_table = replace(known.or_else(options.defaults), id=None, url=None)
    for row in stop_after_bad_rows(reader(stream, name, options.columns), name):
        found = True
        number = f"{item.id}:{row.row}" if row.row else item.id
        where = f"{name}:{row.row}" if row.row else name
        if isinstance(row, BadRow):
            yield _failure(number, item.place, f"{name}: {row.message}")
            continue
        own = with_day(row.metadata, row.unread, options.day_first)
        if row.unread:
            losses.note(f"row {row.row}" if row.row else "the article", row.unread, own)
        own = _with_id(own, file, options)
        id = own.id or own.url or number
        try:
            yield document(
                row.text,
                id=number,
                metadata=own.or_else(of_table),
                name=f"{name}: {row.metadata.id or row.metadata.url or number}",
                source=where,
                embeds=row.embeds,
            )
        except InputError as error:
            yield _failure(id, item.place, str(error), error)
    for message in losses.messages():
        yield _partial(file, item.place, f"{name}: {message}")
    if not found:
        raise InputError(f"{name}: is empty: nothing to read")


def _with_id(own: Metadata, file: str, options: Options) -> Metadata:
    """Return the metadata of a row with the id that it is to have."""
    if own.id is None or (own.url and options.ids_of_store):
        return replace(own, id=None)
    within = options.ids_of_store or options.ids_within_files
    return replace(own, id=row_id(file, own.id)) if within else own


def _once(result: Document | Failure, item: Input, seen: dict[int, int]) -> Document | Failure:
    """Return the document, with a longer id or as a Failure where an earlier one had its id.

    Only hashes are kept: of each id, and of the file that it came from.
    """
    if isinstance(result, Failure):
        return result
    place = hash(item.place)
    ids = (result.id, *longer_ids(result.id, result.source)) if result.source else (result.id,)
    for id in ids:
        if hash(id) not in seen:
            seen[hash(id)] = place
            return result if id == result.id else replace(result, id=id)
        if seen[hash(id)] == place or ADDRESS.match(id):
            break
    message = (
        f"the id {result.id!r} was already used by an earlier document: give each its own, or "
        "leave out the copy"
    )
    return _failure(result.id, item.place, f"{item.place}: {message}")


def _partial(name: str, place: str, message: str) -> Failure:
    """Return what is left out of articles that are read."""
    return Failure(name, "read", message, place, partial=True)


def _failure(name: str, place: str, message: str, error: InputError | None = None) -> Failure:
    return Failure(name, "read", message, place, language=getattr(error, "language", None))


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
