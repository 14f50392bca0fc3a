"""A web archive (.warc, .warc.gz) to Documents: the only door to fastwarc.

In: the stream of the archive as stored, compressed or not. Out: a Document for each page of HTML or
plain text that a server gave (status 2xx), with its address as id; a `Failure` for each page that
holds no article and for each range of the archive that is damaged, after which reading goes on at
the next record. Requests, pictures, scripts, robots.txt and answers without a page are passed over.
The day on which a page was crawled is not the day of publication, which comes from the page alone.
One page is in memory at a time.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from quotes.errors import InputError
from quotes.readers.html import read_html
from quotes.readers.metadata import Metadata
from quotes.readers.plain_text import read_text_bytes
from quotes.records import Document, Failure
from quotes.text.folding import fold_case

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

MAX_PAGE_BYTES = 20 << 20
PAGES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
GZIP = b"\x1f\x8b\x08"
PLAIN = b"\r\n\r\nWARC/1."  # the end of a record and the beginning of the next
CHUNK = 1 << 20
ROBOTS = re.compile(r"\w+://[^/]*/robots\.txt(?:[?#]|$)")


@dataclass(frozen=True, slots=True)
class Damage:
    """A part that cannot be read: after which byte, why, and whether reading goes on behind it."""

    position: int
    reason: str
    passed: bool = True


def read_warc(
    stream: BinaryIO, *, id: str, metadata: Metadata, source: str
) -> Iterator[Document | Failure]:
    """Yield the pages of an archive in order.

    `metadata` is what is true of all of them.

    Where the stream cannot go back, as in a pipe, all that follows the first damage is lost.

    Raises:
        InputError: for what holds no page at all.
    """
    given, first = False, None
    for found in _records(stream, source):
        if isinstance(found, Damage):
            first = first or found
            if given:
                yield _failure(found, id, source)
        elif (result := _page(found, metadata, source)) is not None:
            if first and not given:
                yield _failure(first, id, source)
            given = True
            yield result
    if not given:
        raise InputError(
            f"{source}: holds no page of HTML or text"
            + (f" that can be read ({first.reason})" if first else "")
        )


def _failure(damage: Damage, id: str, source: str) -> Failure:
    rest = "reading goes on behind it" if damage.passed else "the rest is lost"
    return Failure(
        f"{id}@{damage.position}",
        "read",
        f"{source}: is damaged after byte {damage.position} ({damage.reason}); {rest}",
        source,
    )


def _records(stream: BinaryIO, name: str) -> Iterator[WarcRecord | Damage]:
    """Yield the records that may hold a page, and what is damaged between them."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    start: int | None = 0
    reported = -1  # the last place at which a damage was reported
    while start is not None:
        position, some = start, False
        try:
            kinds = WarcRecordType.response | WarcRecordType.resource
            for record in ArchiveIterator(
                stream, record_types=kinds, parse_http=False, fsspec_args=False
            ):
                position, some = record.stream_pos, True
                if record.headers.get("WARC-Target-URI"):
                    yield record
                else:
                    yield Damage(reported := position, "a record names no address")
        except (
            OSError
        ) as error:  # what fastwarc raises for compressed data and headers that make no sense
            following = _following(stream, position)
            if some or not start:
                yield Damage(position, str(error), passed=following is not None)
            start = following
        else:
            start = None
            if reported != position and _cut_off(stream, position):
                yield Damage(position, "the file ends within a record", passed=False)


def _following(stream: BinaryIO, position: int) -> int | None:
    """Return where a record may begin after `position`, or None."""
    if not stream.seekable():
        return None
    stream.seek(0)
    mark = GZIP if stream.read(len(GZIP)) == GZIP else PLAIN
    begin, kept = position + 1, b""
    stream.seek(begin)
    while data := stream.read(CHUNK):
        kept += data
        if (at := kept.find(mark)) >= 0:
            found = begin + at + (len(mark) - len(b"WARC/1.") if mark == PLAIN else 0)
            stream.seek(found)
            return found
        begin, kept = begin + len(kept) - len(mark), kept[-len(mark) :]
    return None


def _cut_off(stream: BinaryIO, position: int) -> bool:
    """Return whether an archive ends before its last record does: fastwarc does not say."""
    if not stream.seekable():
        return False
    stream.seek(position)
    unpacker, begun = zlib.decompressobj(zlib.MAX_WBITS | 16), False
    data = stream.read(CHUNK)
    while data or unpacker.unconsumed_tail:
        if not begun and not data.startswith(GZIP):
            return False
        begun = True
        try:
            unpacker.decompress(unpacker.unconsumed_tail or data, CHUNK)
        except zlib.error:
            return True
        if unpacker.eof:
            data = unpacker.unused_data or stream.read(CHUNK)
            unpacker, begun = zlib.decompressobj(zlib.MAX_WBITS | 16), False
        elif not unpacker.unconsumed_tail:
            data = stream.read(CHUNK)
    return begun


def _page(record: WarcRecord, metadata: Metadata, name: str) -> Document | Failure | None:
    """Return the Document in a record, a Failure, or None where the record is no page."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    if ROBOTS.match(url):
        return None
    source = f"{name}: {url}"
    try:
        try:
            form, data = _payload(record, source)
        except (
            OSError
        ) as error:  # the archive is damaged within the record, or the server packed it badly
            raise InputError(
                f"{source}: cannot be unpacked ({error}): get the archive again"
            ) from error
        if form is None:
            return None
        known = replace(metadata, id=None, url=url)
        if form == "text":
            return read_text_bytes(data, id=url, metadata=known, source=source)
        return read_html(data, id=url, metadata=known, source=source)
    except InputError as error:
        return Failure(url, "read", str(error), name)


def _payload(record: WarcRecord, name: str) -> tuple[str | None, bytes]:
    """Return the format (None: no page) and the bytes of the page in a record.

    Raises:
        InputError: where it is too large or cut off.
        OSError: where it cannot be unpacked.
    """
    length = record.content_length
    if length > MAX_PAGE_BYTES:
        if record.is_http:
            record.parse_http()
        if _form(record):
            raise InputError(
                f"{name}: is larger than {MAX_PAGE_BYTES >> 20} MB, too large for one article"
            )
        return None, b""
    block = record.reader.read()
    if len(block) < length:
        raise InputError(
            f"{name}: is cut off after {len(block)} of {length} bytes: get the archive again"
        )
    if not record.is_http:
        return _form(record), block
    answer = _answer(block)
    form = _form(answer)
    data = answer.reader.read(MAX_PAGE_BYTES + 1) if form else b""
    if len(data) > MAX_PAGE_BYTES:
        raise InputError(
            f"{name}: is larger than {MAX_PAGE_BYTES >> 20} MB when unpacked, too large for one "
            "article"
        )
    return form, data


def _answer(block: bytes) -> WarcRecord:
    """Return the answer of a server in a record of its own.

    One that cannot be unpacked would keep the archive from its next record.
    """
    from fastwarc.warc import WarcRecord, WarcRecordType

    made = WarcRecord()
    made.init_headers(record_type=WarcRecordType.response)
    made.is_http = True
    made.set_bytes_content(block)
    made.parse_http(auto_decode="all")
    return made


def _form(record: WarcRecord) -> str | None:
    """Return the format of the page in a record; None where it is none or the server gave none."""
    kind = record.http_content_type if record.is_http else record.headers.get("Content-Type")
    headers = record.http_headers
    if record.is_http and (headers is None or not 200 <= (headers.status_code or 0) < 300):
        return None
    return PAGES.get(fold_case((kind or "").partition(";")[0].strip()))
