"""The format of a file by its first bytes, or of an answer by its content type.

In: a stream whose name does not tell, or the content type that a server gives. Out: a value of
`quotes.readers.discovery.FORMATS`. It reads as little as it can and judges nothing: whether the
file is whole is for its reader to say.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Mapping
from typing import BinaryIO

from quotes.readers.columns import wanted
from quotes.readers.delimited import delimiter_of

LOOK_AHEAD = 4096
MAX_NAME_CHARS = 40  # of a column
START = rb"\s*(?:\xef\xbb\xbf)?\s*"
HTML_START = re.compile(
    START + rb"<(?:!doctype\s+html|html|head|body|article|main|meta|!--|\?xml)", re.IGNORECASE
)
PAGE_START = re.compile(START + rb"(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
FEED_START = re.compile(
    START + rb"(?:<\?xml[^>]*>|<!--.*?-->|<\?xml-stylesheet[^>]*>|<!DOCTYPE\s+rss[^>]*>|\s)*"
    rb"<(?:rss|feed|rdf:RDF)[\s>]",
    re.DOTALL,
)
JSON_START = re.compile(START + rb"(?:\{\s*[\"}]|\[\s*\{)")
WORD_PART = re.compile(rb"word/|\[Content_Types\]\.xml|docProps/|_rels/\.rels")
CONTENT_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
    "application/pdf": "pdf",
    "message/rfc822": "email",
    "text/vtt": "subtitles",
    "application/x-subrip": "subtitles",
    "application/x-pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/xml": "feed",
    "text/xml": "feed",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "text/csv": "csv",
}
UNTOLD = frozenset(
    {
        "",
        "application/octet-stream",
        "binary/octet-stream",
        "application/download",
        "application/force-download",
    }
)


def is_page(data: bytes) -> bool:
    """Return True for a whole web page: it begins with its document type or root element."""
    return bool(PAGE_START.match(data))


def sniff(stream: BinaryIO, columns: Mapping[str, str] | None = None) -> tuple[str, BinaryIO]:
    """Return the format by the first bytes, and the stream with them still in it.

    Text where nothing else shows; a table where the first line is names of columns, one of them of
    the text (`columns` as in `quotes.readers.columns`).
    """
    buffered = io.BufferedReader(stream, LOOK_AHEAD) if isinstance(stream, io.RawIOBase) else stream
    head = (
        buffered.peek(LOOK_AHEAD)
        if isinstance(buffered, io.BufferedReader | gzip.GzipFile)
        else b""
    )
    if not head:
        data = buffered.read()
        head, buffered = data[:LOOK_AHEAD], io.BytesIO(data)
    form = _by_start(head)
    if form == "text" and _is_table(head, columns or {}):
        form = "csv"
    return form, io.BytesIO(buffered.read()) if form == "parquet" else buffered


def by_content_type(content_type: str, data: bytes) -> str | None:
    """Return the format of an answer.

    "" where its content has to tell, None where it is no article.
    """
    if content_type in UNTOLD:
        return ""
    form = CONTENT_TYPES.get(content_type)
    # Servers send feeds and tables as text/plain or text/html, and XHTML as XML, so what the first
    # bytes say for certain wins.
    found = _by_start(data[:LOOK_AHEAD])
    return found if form and found != "text" else form


def _is_table(head: bytes, columns: Mapping[str, str]) -> bool:
    """Return whether a text begins with a line of names of columns."""
    first, end, _ = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    if not end:
        return False
    line = first.decode("utf-8", "replace").strip()
    names = [name.strip().strip('"') for name in line.split(delimiter_of(line))]
    named = all(name and len(name) <= MAX_NAME_CHARS for name in names)
    return len(names) > 1 and named and bool(wanted(names, "text", columns))


def _by_start(head: bytes) -> str:
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"WARC/1."):
        return "warc"
    if head.startswith(b"PK\x03\x04") and WORD_PART.search(head):
        return "docx"
    if head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return "subtitles"
    if FEED_START.match(head):
        return "feed"
    if HTML_START.match(head):
        return "html"
    if JSON_START.match(head):
        return "json" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[") else "jsonl"
    return "text"
