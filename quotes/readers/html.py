"""An HTML news page to Document.

In: the bytes of a page. Out: a Document: the article's text as paragraphs with a blank line
between, what the page says of itself (title, outlet, author, day of publication, address,
language), and embedded posts and credited block quotations as `embeds`. The headline is the title
and not part of the text; subheadings are paragraphs. Nothing is fetched. Tables, captions, comments
and navigation are left out. The day of publication comes from the page's metadata only, not from
days named in its text. What a person gives wins over what the page says.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from quotes.errors import InputError
from quotes.readers.article_parts import join_parts
from quotes.readers.embeds import MARK, Passage, placeholder, take_passages
from quotes.readers.languages import language_code
from quotes.readers.linked_data import linked_data
from quotes.readers.metadata import Metadata, parse_date
from quotes.readers.page_authors import page_authors, person_names
from quotes.readers.page_tree import Element, blocks, clean, decode_page, paragraphs, parse_page
from quotes.readers.plain_text import document
from quotes.readers.publication_day import publication_day
from quotes.records import Document, Embed, Span
from quotes.text.folding import fold_case

DATE_SETTINGS = {"original_date": True, "extensive_search": False}
FALLBACK = ("//article//p", "//main//p", "//*[@role='main']//p", "//body//p", "//body")
BETWEEN = "\n\n"
NEW_LINE = "\n"
MIN_PARAGRAPH_CHARS = 150  # of a cell of a table that lays out a page
MAX_COMPARED_ELEMENTS = 5_000  # of a page; more than nearly all articles have


def read_html(data: bytes, *, id: str, metadata: Metadata, source: str) -> Document:
    """Return a Document from a page; `id` is used where neither `metadata` nor the page gives one.

    Raises:
        InputError: as above.
        LanguageError: as above.
    """
    page = decode_page(data, source)
    if not page.strip():
        raise InputError(f"{source}: is empty: nothing to read")
    tree = parse_page(page, source)
    known = metadata.or_else(page_metadata(tree))
    stated = stated_text(tree)
    clean(tree)
    text, embeds = _article(tree, known.title, stated)
    if not text.strip():
        raise InputError(
            f"{source}: no article text found in this page: is it a list of links, or filled in "
            "by a script?"
        )
    return document(text, id=id, metadata=known, name=source, source=source, embeds=embeds)


def fragment(markup: str) -> tuple[str, tuple[Embed, ...]]:
    """Return the text of a piece of HTML that is all article, as in a feed, and its embeds.

    "" where it holds none.
    """
    if not markup.strip():
        return "", ()
    tree = parse_page(f"<html><body>{markup}</body></html>", "fragment")
    clean(tree)
    passages = take_passages(tree)
    return _compose(_without_pull_quotes(blocks(tree)), passages)


def page_metadata(tree: Element) -> Metadata:
    """Return what the page says of itself in its head, JSON-LD and markup.

    Several authors are given as "Ana Lund; Per Holm".
    """
    from trafilatura import extract_metadata

    stated = linked_data(tree)
    mine = Metadata(
        author="; ".join(page_authors(tree, stated)) or None,
        published=publication_day(tree, stated),
        language=_language(tree),
    )
    settings = DATE_SETTINGS | {"max_date": f"{datetime.now(UTC).date() + timedelta(days=1)}"}
    try:
        found = extract_metadata(html.fromstring(etree.tostring(tree)), date_config=settings)
    except (ValueError, AttributeError, TypeError, KeyError, RecursionError, etree.LxmlError):
        return mine  # trafilatura trips over odd JSON-LD; the text can still be read
    others = Metadata(
        title=found.title or None,
        author="; ".join(person_names((found.author or "").split(";"))) or None,
        outlet=found.sitename or found.hostname or None,
        published=parse_date(found.date) if found.date else None,
        url=_address(found.url),
    )
    return mine.or_else(others)


def stated_text(tree: Element) -> list[str]:
    """Return the paragraphs of `articleBody` in JSON-LD, for pages that a script fills in."""
    bodies: list[Any] = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            json.loads(
                script.text_content(),
                object_hook=lambda found: bodies.append(found.get("articleBody")),
            )
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common and no reason to refuse the page
    body = max((text for text in bodies if isinstance(text, str)), key=len, default="")
    return [text for line in unescape(body).splitlines() if (text := " ".join(line.split()))]


def _language(tree: Element) -> str | None:
    given = (
        tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or tree.get("xml:lang")
    )
    return language_code(given) if given else None


def _address(url: str | None) -> str | None:
    """Return the address unless it is the front page, which some templates give every article."""
    return url if url and re.match(r"https?://[^/]+/[^?#]", url) else None


def _article(tree: Element, title: str | None, stated: list[str]) -> tuple[str, tuple[Embed, ...]]:
    """Return the text of the article, and the embeds with their places in it."""
    passages = take_passages(tree)
    join_parts(tree)
    before = blocks(tree.find("body") if tree.find("body") is not None else tree)
    kept = _extract(tree) or max(_plain(tree), stated, key=lambda found: len("".join(found)))
    kept = _without_headline(kept, title)
    kept = _with_lost(kept, before, len(passages))
    return _compose(_without_pull_quotes(kept), passages)


def _extract(tree: Element) -> list[str]:
    """Return the article's blocks by trafilatura.

    It compares its outcome with that of other programs, whose time grows with the square of the
    number of elements; in very large pages it does not, and tables of figures are left out before.
    """
    from trafilatura import bare_extraction

    copy = html.fromstring(etree.tostring(tree, encoding="unicode"))
    large = sum(1 for _ in copy.iter()) > MAX_COMPARED_ELEMENTS
    if large:
        _drop_data_tables(copy)
    try:
        found = bare_extraction(
            copy,
            include_comments=False,
            include_tables=False,
            include_links=False,
            include_formatting=False,
            fast=large,
        )
    except (ValueError, AttributeError, TypeError, RecursionError, etree.LxmlError):
        return []
    body = getattr(found, "body", None)
    return blocks(body) if body is not None else []


def _drop_data_tables(tree: Element) -> None:
    """Remove the tables whose cells hold no paragraph; others lay out the page."""
    for table in tree.xpath("//table[not(ancestor::table)]"):
        cells = table.iter("td", "th")
        if all(len(cell.text_content()) < MIN_PARAGRAPH_CHARS for cell in cells):
            table.drop_tree()


def _plain(tree: Element) -> list[str]:
    """Return the paragraphs of the page, where trafilatura finds nothing."""
    for path in FALLBACK:
        if found := [block for element in tree.xpath(path) for block in blocks(element)]:
            return found
    return []


def _key(block: str) -> str:
    """Return a block for comparison: its letters and digits."""
    return fold_case(re.sub(r"\W+", "", block))


def _without_headline(kept: list[str], title: str | None) -> list[str]:
    """Return the blocks without the headline before them, which is the document's title."""
    if (
        kept
        and title
        and (head := _key(kept[0]))
        and (head == _key(title) or (len(head) > 15 and _key(title).startswith(head)))
    ):
        return kept[1:]
    return kept


def _without_pull_quotes(kept: list[str]) -> list[str]:
    """Return the blocks without short ones whose words stand within another.

    Quotations lifted out of the text for show.
    """
    keys = [_key(block) for block in kept]
    all_keys = f"\n{NEW_LINE.join(keys)}\n"
    return [
        block
        for block, key in zip(kept, keys, strict=True)
        if MARK in block or not _lifted(key, all_keys)
    ]


def _lifted(key: str, all_keys: str) -> bool:
    """Return whether a block stands within another one, where all stand on lines of their own."""
    if not 25 <= len(key) <= 300:
        return False
    at = all_keys.find(key)
    while at >= 0:
        if not (all_keys[at - 1] == NEW_LINE == all_keys[at + len(key)]):
            return True
        at = all_keys.find(key, at + len(key))
    return False


def _with_lost(kept: list[str], before: list[str], count: int) -> list[str]:
    """Put passages that extraction dropped back after the block they followed in the page.

    Without such a block, before the next one.
    """
    places = {_key(block): index for index, block in enumerate(before)}
    for number in range(count):
        mark = placeholder(number)
        at = next((index for index, block in enumerate(before) if mark in block), None)
        if at is None or any(mark in block for block in kept):
            continue
        keys = [_key(block) for block in kept]
        neighbours = (
            (places.get(_key(before[at + step])), step)
            for step in (-1, 1)
            if 0 <= at + step < len(before)
        )
        for _, step in neighbours:
            if _key(before[at + step]) in keys:
                kept.insert(keys.index(_key(before[at + step])) + (step < 0), before[at])
                break
    return kept


def _compose(kept: list[str], passages: list[Passage]) -> tuple[str, tuple[Embed, ...]]:
    """Return the text, with the passages in place of their placeholders, and their spans in it."""
    parts: list[str] = []
    embeds: list[Embed] = []
    length = 0
    for block in kept:
        for part in _split(block):
            passage = passages[part] if isinstance(part, int) else None
            text = passage.text if passage else str(part)
            start = length + len(BETWEEN) if parts else 0
            if passage:
                embeds.append(_embed(passage, start))
            parts.append(text)
            length = start + len(text)
    return BETWEEN.join(parts), tuple(embeds)


def _split(block: str) -> list[str | int]:
    """Return a block as paragraphs and numbers of passages."""
    found: list[str | int] = []
    end = 0
    for match in re.finditer(rf"{MARK}(\d+)x.*?{MARK}\1x", block, re.DOTALL):
        found += [*paragraphs(block[end : match.start()]), int(match.group(1))]
        end = match.end()
    return found + list(paragraphs(block[end:]))


def _embed(passage: Passage, start: int) -> Embed:
    content = Span(start, start + len(BETWEEN.join(passage.content)))
    if passage.name is None:
        return Embed(content=content)
    at = content.end + len(BETWEEN) + passage.credit.index(passage.name)
    return Embed(content=content, source=Span(at, at + len(passage.name)), author=passage.name)
