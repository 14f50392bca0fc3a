"""Articles that a page holds in several boxes, with pictures and advertisements between.

In: the cleaned tree of a page, with placeholders of embedded passages. Out: nothing; the boxes of
one article become one, so that the extraction of the article, which takes the first, finds it all.
Boxes are parts of one article where they have the same class, which names the text of an article,
and stand beside each other, each alone in its wrapper if it has one, with no headline of another
article between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotes.readers.embeds import MARK
from quotes.readers.page_tree import Element

BODY = re.compile(
    r"(?:^|[\s_-])(?:article|story|post|entry|news|text|page|body|main)[_-]*"
    r"(?:body|content|text|copy|chunk|section|part|paragraphs?|block)s?(?:$|[\s_-])",
    re.IGNORECASE,
)
BOXES = ("div", "section")
MAX_BOXES = 500  # of a page that are looked at


def join_parts(tree: Element) -> None:
    """Move the content of later boxes of an article into the first."""
    boxes = [e for e in tree.iter(*BOXES) if BODY.search(e.get("class", "")) and _holds_text(e)]
    groups: list[list[tuple[Element, Element]]] = []  # boxes with what stands beside the others
    for box in boxes[:MAX_BOXES]:
        outer = _outer(box)
        for group in groups:
            first, beside = group[0]
            if outer.getparent() is beside.getparent() and _class(box) == _class(first):
                group.append((box, outer))
                break
        else:
            groups.append([(box, outer)])
    for group in groups:
        if not any(_is_inside(group[0][0], box) for box in boxes):
            _join(group)


def _join(parts: Sequence[tuple[Element, Element]]) -> None:
    """Join the boxes of one article, up to a headline, with the passages between them."""
    first, outer = parts[0]
    inner_of = {id(each): box for box, each in parts[1:]}
    for sibling in list(outer.itersiblings()):
        if id(sibling) in inner_of:
            if sibling.find(".//h1") is not None:
                return
            _move(inner_of[id(sibling)], first)
        elif _has_headline(sibling):
            return
        elif sibling.tag == "p" and (sibling.text or "").startswith(MARK):
            first.append(sibling)


def _class(element: Element) -> list[str]:
    return sorted(element.get("class", "").split())


def _outer(element: Element) -> Element:
    """Return the wrapper in which an element stands alone, else the element."""
    parent = element.getparent()
    alone = len(parent) == 1 and not (parent.text or "").strip() and parent.tag in BOXES
    return parent if alone else element


def _holds_text(element: Element) -> bool:
    return next(element.iter("p"), None) is not None or bool((element.text or "").strip())


def _is_inside(element: Element, other: Element) -> bool:
    return any(parent is other for parent in element.iterancestors())


def _has_headline(element: Element) -> bool:
    """Tell whether an element is or holds the headline of an article: the first, or a link."""
    headlines = list(element.iter("h1", "h2"))
    return any(
        headline.tag == "h1"
        or next(headline.iter("a"), None) is not None
        or headline.getparent().tag == "a"
        for headline in headlines
    )


def _move(part: Element, target: Element) -> None:
    """Put the content of a box at the end of another one."""
    if text := (part.text or "").strip():
        paragraph = target.makeelement("p")
        paragraph.text = text
        target.append(paragraph)
    for child in list(part):
        target.append(child)
    part.text = None
