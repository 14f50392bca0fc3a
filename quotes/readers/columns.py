"""Which column of a table, or key of a JSON object, holds what.

In: a mapping from column names to values, as any table reader gives it. Out: a `Record`. It changes
no words: HTML in a text column stays as it is. Other columns are the document's `extra`.

| field | column names, in this order, in upper or lower case |
| --- | --- |
| text | text, content, body, article, maintext, articleBody |
| id | id, article_id, doc_id, document_id |
| url | url, link |
| title | title, headline |
| author | author, authors, byline |
| outlet | outlet, publisher, site, source, domain |
| published | published, date, published_at, publishedAt, date_publish, datePublished |
| language | language, lang, inLanguage |

Other names are given by `columns`, a mapping from field to column.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from quotes.errors import InputError
from quotes.readers.languages import language_code
from quotes.readers.metadata import Metadata, from_epoch, parse_date
from quotes.records import Embed
from quotes.text.folding import fold_case

NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "maintext", "articlebody"),
    "id": ("id", "article_id", "doc_id", "document_id"),
    "url": ("url", "link"),
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline"),
    "outlet": ("outlet", "publisher", "site", "source", "domain"),
    "published": (
        "published",
        "date",
        "published_at",
        "publishedat",
        "date_publish",
        "datepublished",
    ),
    "language": ("language", "lang", "inlanguage"),
}
ABSENT = frozenset({"", "nan", "none", "null", "n/a"})
MAX_EXTRA_CHARS = 1000  # of a value of another column


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table: the article's text and what its columns say of it.

    `row` is its line (JSON lines) or its number from 1.

    `embeds` are passages that the row's own markup gives to somebody, as in a feed; `unread` is
    what its columns say and cannot be read.
    """

    row: int
    text: str
    metadata: Metadata
    embeds: tuple[Embed, ...] = ()
    unread: Unread | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """Values of a row that are left out.

    Attributes:
        published: The words of a day that cannot be told; None where one was read, or none given.
        long: Names of other columns whose values are too long.
    """

    published: str | None = None
    long: tuple[str, ...] = ()


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise InputError for a field that no table has."""
    if unknown := sorted(set(columns) - set(NAMES)):
        raise InputError(
            f"no such field: {', '.join(unknown)}; a column can be named for: {', '.join(NAMES)}"
        )


def require_text_column(names: Iterable[str], columns: Mapping[str, str], name: str) -> None:
    """Raise InputError where no column of a table can hold the text."""
    names = list(names)
    if not wanted(names, "text", columns):
        found = ", ".join(names[:20]) or "none"
        raise InputError(
            f"{name}: no column holds the text (columns: {found}): name the one that does, as in "
            "`--column text=NAME` or columns={'text': 'NAME'}; the first line must be the names"
        )


def wanted(names: Iterable[str], field: str, columns: Mapping[str, str]) -> list[str]:
    """Return those of the column names that can hold a field, best first."""
    names = list(names)
    if field in columns:
        return [name for name in names if name == columns[field]]
    return [name for known in NAMES[field] for name in names if fold_case(name.strip()) == known]


def record(row: int, values: Mapping[str, Any], columns: Mapping[str, str]) -> Record:
    """Return the article in one row.

    Raises:
        InputError: (without file and row: the caller knows them) where the row holds no text.
    """
    text = require_text(values, columns)
    known, left_out = metadata(values, columns)
    return Record(row, text, known, unread=left_out)


def require_text(values: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    """Return the text of the article in one row.

    Raises:
        InputError: (without file and row) where the row holds none.
    """
    text = next(
        (found for name in wanted(values, "text", columns) if (found := _article(values[name]))),
        None,
    )
    if text is None:
        tried = wanted(values, "text", columns)
        raise InputError(
            f"the text in {' and '.join(tried)} is empty or not text"
            if tried
            else "has no text column"
        )
    return text


def metadata(
    values: Mapping[str, Any], columns: Mapping[str, str]
) -> tuple[Metadata, Unread | None]:
    """Return what the columns of one row say of the article, and what they say that is left out.

    A value that cannot be read is unknown. Nothing is left out: None.
    """

    def first(field: str) -> str | None:
        return next(
            (found for name in wanted(values, field, columns) if (found := as_text(values[name]))),
            None,
        )

    outlet, url = first("outlet"), first("url")
    if outlet is not None and outlet.startswith(("http://", "https://")):
        outlet, url = None, url or outlet  # a column "source" often holds the address
    days = (as_date(values[name]) for name in wanted(values, "published", columns))
    published = next((day for day in days if day), None)
    unread_day = first("published") if published is None else None
    language = first("language")
    others = _others(values, columns)
    long = tuple(name for name, value in others if len(value) > MAX_EXTRA_CHARS)
    known = Metadata(
        id=first("id"),
        url=url,
        title=first("title"),
        author=first("author"),
        outlet=outlet,
        published=published,
        language=language and language_code(language),
        extra=tuple((name, value) for name, value in others if 0 < len(value) <= MAX_EXTRA_CHARS),
    )
    return known, Unread(unread_day, long) if unread_day or long else None


def _others(values: Mapping[str, Any], columns: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the other columns of a row: names and values."""
    known = _known(tuple(values), tuple(sorted(columns.items())))
    return [(name, _plain(value)) for name, value in values.items() if name not in known]


@lru_cache(maxsize=1000)
def _known(names: tuple[str, ...], columns: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """Return those of the names that hold a field, or have no name."""
    given = dict(columns)
    fields = (name for field in NAMES for name in wanted(names, field, given))
    return frozenset(fields) | {name for name in names if not str(name).strip()}


def _plain(value: Any) -> str:
    """Return a value of another column on one line; "" where it holds nothing, or no words."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return ""
    if isinstance(value, Mapping) and "name" not in value:
        return json.dumps(value, ensure_ascii=False, default=str) if value else ""
    return as_text(value) or ""


def as_text(value: Any) -> str | None:
    """Return a value as words.

    Lists are joined with "; ", objects (as in JSON-LD and NewsAPI) give their name.
    """
    if isinstance(value, Mapping):
        return as_text(value.get("name"))
    if isinstance(value, list | tuple):
        return "; ".join(found for part in value if (found := as_text(part))) or None
    if isinstance(value, bool) or value is None or (isinstance(value, float) and value != value):
        return None
    words = " ".join(str(value).split())
    return None if fold_case(words) in ABSENT else words


def as_date(value: Any) -> date | None:
    """Return a value as a day.

    Dates, the words of one, or a number that is one (20160303, or seconds or milliseconds since
    1970).
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return parse_date(value)
    if (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == value
        and abs(value) < 1e15
    ):
        return parse_date(str(int(value))) if 16_000_000 < value < 22_010_000 else from_epoch(value)
    return None


def _article(value: Any) -> str | None:
    """Return the text of an article from its column.

    A string as it is, a list of paragraphs joined by blank lines.
    """
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        value = "\n\n".join(value)
    return value if isinstance(value, str) and value.strip() else None
