"""An RSS or Atom feed to its entries: the only door to feedparser.

In: a binary stream. Out: a `Record` for each entry, numbered from 1: its full text where the feed
carries it, else its summary, which may be no more than a teaser; title, author, day of publication,
and the link, which becomes the id. The feed's title is the outlet. An entry without any text but
its title is a `BadRow`. An Atom feed's `updated` is not taken for the day of publication. Nothing
is fetched, neither the feed nor what its entries link to.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, BinaryIO

from quotes.errors import InputError
from quotes.readers.columns import Record, as_text
from quotes.readers.html import fragment
from quotes.readers.languages import language_code
from quotes.readers.metadata import Metadata, parse_date
from quotes.readers.page_tree import XML_DECLARATION, decode_page
from quotes.readers.table_rows import BadRow
from quotes.records import Embed

MAX_FEED_BYTES = 64 << 20
ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")
CLOSED = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
MARKUP = re.compile(r"<[A-Za-z/!]|&#?\w+;")


def read_feed(stream: BinaryIO, name: str, columns: Mapping[str, str]) -> Iterator[Record | BadRow]:
    """Yield the entries of a feed in order.

    `columns` is for tables and plays no part.

    Raises:
        InputError: for what is no feed.
    """
    import feedparser  # type: ignore[import-untyped]

    data = stream.read(MAX_FEED_BYTES + 1)
    if len(data) > MAX_FEED_BYTES:
        raise InputError(
            f"{name}: is larger than {MAX_FEED_BYTES >> 20} MB, too large for a feed: split it"
        )
    if not data.strip():
        raise InputError(f"{name}: is empty: nothing to read")
    text = XML_DECLARATION.sub("", decode_page(data, name), count=1)
    if ENTITY.search(text):
        raise InputError(
            f"{name}: declares entities of its own, as files do that are made to fill the memory: "
            "not read"
        )
    headers = {"content-type": "application/xml; charset=utf-8"}
    found = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers=headers,
    )
    if not found["entries"]:
        raise InputError(f"{name}: {_no_feed(text, found)}")
    for number, entry in enumerate(found["entries"], 1):
        yield _entry(number, entry, found["feed"], rss=found["version"].startswith("rss"))
    if not CLOSED.search(text):
        yield BadRow(
            len(found["entries"]) + 1, "the feed breaks off before its end: entries are missing"
        )


def _no_feed(text: str, found: Mapping[str, Any]) -> str:
    root = ROOT.search(text)
    if found.get("version"):
        return "is a feed without entries: nothing to read"
    return (
        f"is XML but not an RSS or Atom feed (it begins with <{root[1]}>)"
        if root
        else "is not an RSS or Atom feed, nor XML"
    )


def _entry(
    number: int, entry: Mapping[str, Any], feed: Mapping[str, Any], *, rss: bool
) -> Record | BadRow:
    text, embeds = max(
        map(_text, _bodies(entry)), key=lambda found: len(found[0]), default=("", ())
    )
    if not text:
        title = _words(entry, "title")
        return BadRow(
            number,
            f"entry {number} holds no text" + (f", only the title {title!r}" if title else ""),
        )
    return Record(number, text, _metadata(entry, feed, rss=rss), embeds)


def _bodies(entry: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yield the texts of an entry and whether each is markup, the full ones first."""
    for body in [*(entry.get("content") or []), entry.get("summary_detail") or {}]:
        value, kind = body.get("value"), body.get("type") or ""
        if (
            isinstance(value, str)
            and value.strip()
            and not kind.startswith(("image", "audio", "video"))
        ):
            yield value, "html" in kind or bool(MARKUP.search(value) and kind != "text/plain")


def _text(body: tuple[str, bool]) -> tuple[str, tuple[Embed, ...]]:
    value, markup = body
    return fragment(value) if markup else (value.strip(), ())


def _metadata(entry: Mapping[str, Any], feed: Mapping[str, Any], *, rss: bool) -> Metadata:
    link, number = _words(entry, "link"), _words(entry, "id")
    language = _words(entry.get("title_detail") or {}, "language") or _words(feed, "language")
    return Metadata(
        id=None if link else number,
        url=link,
        title=_words(entry, "title"),
        author=as_text([author.get("name") for author in entry.get("authors") or []])
        or _words(entry, "author"),
        outlet=_words(entry.get("source") or {}, "title") or _words(feed, "title"),
        published=_day(entry, "published")
        or (_day(entry, "updated") if rss else None),  # in RSS, dc:date comes under that name
        language=language and language_code(language),
    )


def _words(values: Mapping[str, Any], key: str) -> str | None:
    value = as_text(values[key]) if key in values else None
    return (
        as_text(re.sub(r"<[A-Za-z/][^>]*>", "", unescape(value)))
        if value and MARKUP.search(value)
        else value
    )


def _day(entry: Mapping[str, Any], key: str) -> Any:
    if key not in entry:
        return (
            None  # asked for a key that is not there, feedparser may give another, with a warning
        )
    return parse_date(entry[key]) if isinstance(entry[key], str) else None
