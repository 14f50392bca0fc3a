"""The day on which a page says that it was published.

In: the tree of a page and what it states in JSON-LD. Out: the day, or None. Asked in this order:
the article's JSON-LD, the head, elements that are marked as the day of publication, the first time
in the article that is not that of a change. A claim that the article checks has a day, too: it is
not looked at. A day of two-digit year, or in the future, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice

from quotes.defaults import DEFAULT_LANGUAGE
from quotes.language import Language
from quotes.readers.linked_data import Object, texts
from quotes.readers.metadata import parse_date
from quotes.readers.page_tree import LINE_BREAK, Element
from quotes.text.boilerplate import alternatives
from quotes.text.folding import fold_case

# fmt: off
PUBLISHED = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time",
    "article:publicationdate", "datepublished", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish_date", "publish-date", "publication_date", "publication-date",
    "citation_publication_date", "citation_date", "cxenseparse:recs:publishtime", "dc.date.issued",
    "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created",
    "article.published", "published_at", "date_published", "originalpublicationdate", "ptime",
    "rnews:datepublished", "date",
)
# fmt: on
SEPARATOR = re.compile(rf"[|•·\n{LINE_BREAK}]|\s[–—-]\s")
BESIDE = ("aside", "nav", "footer", "blockquote", "figure", "form")
# Classes of elements that hold the day of publication.
DATED = re.compile(
    r"(?:^|[\s_-])(?:pub(?:lish(?:ed)?|lication)?[_-]?(?:date|day|time|on|at)|published"
    r"|date[_-]?(?:published|posted|line)|posted[_-]?(?:on|at|date)"
    r"|(?:post|entry|article|story|news)[_-]?date)(?:$|[\s_-])",
    re.IGNORECASE,
)
MAX_TIMES = 20  # elements of a page that are looked at
MAX_CHARS = 200  # of the text of an element, and of each part of it


def publication_day(
    tree: Element, stated: Iterable[Object], *, today: date | None = None
) -> date | None:
    """Return the day of publication; `today` is the last day that it may be."""
    last = (today or datetime.now(UTC).date()) + timedelta(days=1)  # it is tomorrow somewhere
    found = (possible_day(text, last) for text in _written(tree, stated))
    return next((day for day in found if day is not None), None)


def possible_day(text: str, last: date) -> date | None:
    """Return the day that a text names, None where it is after `last`."""
    day = parse_date(text)
    if day is None:
        day = parse_date(_publishing().sub("", text, count=1))
    return day if day is not None and day <= last else None


def _written(tree: Element, stated: Iterable[Object]) -> Iterator[str]:
    """Yield what may be the day of publication, the surest first."""
    stated = list(stated)
    for name in ("datePublished", "dateCreated"):
        for each in stated:
            yield from texts(each.get(name))
    yield from _of_head(tree)
    marked = tree.xpath("//*[contains(@itemprop, 'datePublished')]")
    for element in [e for e in marked[:MAX_TIMES] if not _of_claim(e)]:
        yield from _of_element(element)
    marked = tree.xpath("//time[@pubdate] | //body//*[@class or @id]")
    for element in islice(filter(_is_dated, marked), MAX_TIMES):
        yield from _of_element(element)
    times = tree.xpath("//article//time | //main//time | //*[@role='main']//time")
    for element in [e for e in times[:MAX_TIMES] if next(e.iterancestors(*BESIDE), None) is None]:
        yield from _of_element(element)


def _is_dated(element: Element) -> bool:
    """Tell whether an element is marked as holding the day of publication."""
    return element.get("pubdate") is not None or any(
        DATED.search(element.get(attribute) or "") for attribute in ("class", "id")
    )


def _of_head(tree: Element) -> Iterator[str]:
    """Yield what the head states, in the order of PUBLISHED."""
    by_name: dict[str, list[str]] = {}
    for element in [e for e in tree.iter("meta") if not _of_claim(e)]:
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                by_name.setdefault(fold_case(name.strip()), []).append(element.get("content") or "")
    for name in PUBLISHED:
        yield from by_name.get(name, ())


def _of_claim(element: Element) -> bool:
    """Tell whether an element belongs to a claim that the article checks."""
    return any(parent.get("itemprop") == "itemReviewed" for parent in element.iterancestors())


def _of_element(element: Element) -> Iterator[str]:
    """Yield the day that an element shows or has, unless it is that of a change."""
    shown = element.text_content()[:MAX_CHARS] if element.tag != "meta" else ""
    parts = [part.strip() for part in SEPARATOR.split(shown)]
    changed = [part for part in parts if _changing().search(part)]
    marked = "odified" in (element.get("itemprop") or "")
    if changed or marked:
        yield from (part for part in parts if part not in changed)
    if not marked and not (changed and len(parts) == len(changed)):
        yield from filter(None, (element.get("datetime"), element.get("content"), *parts))


@cache
def _publishing() -> re.Pattern[str]:
    """Return a pattern for words that open a day of publication ("First published: ")."""
    words = alternatives(Language.load(DEFAULT_LANGUAGE).optional_words("publishing-words"))
    return re.compile(rf"^\s*(?:{words})\b\s*:?\s*", re.IGNORECASE)


@cache
def _changing() -> re.Pattern[str]:
    """Return a pattern for words before the day of a change."""
    words = alternatives(Language.load(DEFAULT_LANGUAGE).optional_words("updating-words"))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
