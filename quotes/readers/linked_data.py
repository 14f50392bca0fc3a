"""What a page states of itself in JSON-LD (schema.org).

In: the tree of a page. Out: its objects as plain values, those of articles apart. Broken JSON-LD is
common and no reason to refuse a page: it is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quotes.readers.page_tree import Element

MAX_CHARS = 4 << 20  # of one script
MAX_DEPTH = 5  # of objects that only hold others
HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
ARTICLES = ("Article", "BlogPosting", "Posting", "Report")  # how the names of their types end

Object = Mapping[str, Any]


def linked_data(tree: Element) -> list[Object]:
    """Return the objects that the page describes, those of articles first.

    An object inside another one (the author, an article that is reviewed) is not among them, but
    for what a graph or a page holds.
    """
    found = [
        each
        for script in tree.xpath("//script[@type='application/ld+json']")
        for each in _objects(_value(script.text_content()), MAX_DEPTH)
    ]
    return sorted(found, key=lambda each: not is_article(each))


def is_article(found: Object) -> bool:
    """Tell whether an object is an article."""
    return any(kind.endswith(ARTICLES) for kind in texts(found.get("@type")))


def is_organization(found: Object) -> bool:
    """Tell whether an object is an organisation."""
    return any(kind.endswith("Organization") for kind in texts(found.get("@type")))


def texts(value: Any) -> list[str]:
    """Return a text, or the texts of a list, without white space around them."""
    values = value if isinstance(value, list) else [value]
    return [text for each in values if isinstance(each, str) and (text := each.strip())]


def _value(script: str) -> Any:
    if len(script) > MAX_CHARS:
        return None
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int) -> Iterator[Object]:
    """Yield an object, or those of a list, with what it only holds."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from _objects(each, depth)
    if not isinstance(value, dict):
        return
    yield value
    for name in HOLDERS if depth else ():
        yield from _objects(value.get(name), depth - 1)
