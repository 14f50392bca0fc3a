"""Lines on pages to the paragraphs that they were set from.

In: `Line`s with their places, page after page, in the order in which the file draws them. Out:
paragraphs in which no line end is left: words broken at a line end are whole again, running heads,
running feet, page numbers and numbers of lines in the margin are gone, and what goes on over a
column's or a page's end, or behind a box that the file draws in its midst, is one paragraph. It
knows no words of any language and does not sort: columns come as the file draws them.

A line ends a paragraph where more room than usual follows, where the next is indented or of another
size, or where the next line's first word would have had room. At a column's end only the sentence
can tell: a paragraph ends there with the sentence, unless a quotation is still open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from quotes.readers.pdf_layout import (
    LETTER_WIDTH,
    Line,
    behind_boxes,
    same_size,
    without_line_numbers,
)
from quotes.text.folding import fold_case

EDGE_ROWS = (
    3  # rows at the top and the bottom of a page among which running heads and feet are looked for
)
SAME_HEIGHT = 3.0  # points by which a running head may move from page to page
# Pages on which a line must stand at one place to be a running head; all pages where there are two.
MIN_HEAD_PAGES = 3
PARAGRAPH_GAP = 1.3  # times the usual distance of two lines: a paragraph ends
# Times the size of the letters: where all lines are that far apart, one that ends with a sentence
# ends its paragraph.
WIDE_LINE_GAP = 1.9
INDENT = 0.6  # of the size of the letters
# Of the width of the column: a line that would not even have reached so far with the next word was
# ended on purpose.
MIN_FILLED_WIDTH = 0.85
NUMBER = re.compile(r"\W*(?:\d{1,4}|[ivxlc]{2,7})(?:\s*(?:/|[^\W\d_]{1,4})\s*\d{1,4})?\W*")
FOLIO = re.compile(
    r"^\W{0,3}(\d{1,4})\b|\b(\d{1,4})\W{0,3}$"
)  # a number at the beginning or end of a line
BULLET = re.compile(r"[•‣▪●◦■►▶∙*]\s|[-–—]\s+(?=[^\W\d_a-z])|\(?\d{1,2}[.)]\s")
TERMINAL = frozenset(".!?:…")
TRAILING = "”\"’'»)]}› "
BROKEN = re.compile(r"([^\W\d_][\w’'-]*?)([-\u00ad\u2010])$")
FIRST_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")
TOKEN = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?(?![-\u00ad\u2010\w])")


@dataclass(frozen=True, slots=True)
class PagedParagraph:
    """A paragraph, and the offset at which each of its pages begins in it."""

    text: str
    pages: tuple[tuple[int, int], ...]


def paragraphs(lines: Iterable[Line]) -> list[str]:
    """Return the paragraphs of a file, in order."""
    return [paragraph.text for paragraph in paged_paragraphs(lines)]


def paged_paragraphs(lines: Iterable[Line]) -> list[PagedParagraph]:
    """Return the paragraphs of a file with their pages, in order."""
    body = without_line_numbers(without_edges(list(lines)))
    usual, widths = distances(body), column_widths(body)
    body = behind_boxes(body, usual)
    words = frozenset(fold_case(word) for line in body for word in TOKEN.findall(line.text))
    found: list[str] = []
    pages: list[list[tuple[int, int]]] = []
    start = 0
    for index, line in enumerate(body):
        if index and continues(body, index, start, found[-1], usual, widths):
            found[-1] = join(found[-1], line.text, words, initial=is_initial(body[index - 1], line))
            if line.page != pages[-1][-1][1]:
                pages[-1].append((max(0, len(found[-1]) - len(line.text)), line.page))
        else:
            found.append(line.text)
            pages.append([(0, line.page)])
            start = index
    return [
        PagedParagraph(text.replace("\u00ad", ""), tuple(own))
        for text, own in zip(found, pages, strict=True)
    ]


def without_edges(lines: list[Line]) -> list[Line]:
    """Return the lines without running heads, feet and page numbers.

    A running head is the same but for figures, at the same height, on several pages.
    """
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    edges = [(line, key) for page in pages for line in _edge(page) for key in [_running(line)]]
    seen = Counter(key for key, _ in {(key, line.page) for line, key in edges})
    enough = min(MIN_HEAD_PAGES, len(pages)) if len(pages) > 1 else 2
    repeated = {id(line) for line, key in edges if _count(seen, key) >= enough}
    kept = [[line for line in page if id(line) not in repeated] for page in pages]
    folios = _folios(kept)
    return [line for page in kept for line in _without_number(page) if id(line) not in folios]


def _edge(page: list[Line]) -> list[Line]:
    rows = sorted({round(line.height) for line in page})
    outer = {*rows[:EDGE_ROWS], *rows[-EDGE_ROWS:]}
    return [line for line in page if round(line.height) in outer]


def _running(line: Line) -> tuple[str, int]:
    """Return what a running head has in common on all pages.

    Its words, with # for figures, and about its height.
    """
    return re.sub(r"\d+", "#", fold_case(" ".join(line.text.split()))), round(
        line.height / SAME_HEIGHT
    )


def _count(seen: Counter[tuple[str, int]], key: tuple[str, int]) -> int:
    return max(seen[key] + seen[key[0], key[1] + step] for step in (-1, 1))


def _folios(pages: list[list[Line]]) -> set[int]:
    """Return the first and last lines of pages that hold the page's number.

    Heads with the name of a chapter do; the number counts with the pages.
    """
    found: dict[int, dict[int, int]] = {}
    for page in pages:
        heights = [line.height for line in page]
        for line in (line for line in page if line.height in (min(heights), max(heights))):
            if number := FOLIO.search(line.text):
                found.setdefault(int(number[1] or number[2]) - line.page, {})[line.page] = id(line)
    return {
        line for lines in found.values() if len(lines) >= MIN_HEAD_PAGES for line in lines.values()
    }


def _without_number(page: list[Line]) -> list[Line]:
    if len(page) < 2:
        return page
    ends = {min(line.height for line in page), max(line.height for line in page)}
    return [
        line for line in page if not (line.height in ends and NUMBER.fullmatch(line.text.strip()))
    ]


def distances(lines: Sequence[Line]) -> dict[int, float]:
    """Return the usual distance of two lines, for each size of letters in whole points."""
    found: dict[int, Counter[float]] = {}
    for before, line in pairwise(lines):
        step = before.height - line.height
        if before.page == line.page and 0 < step < 3 * line.size and same_size(before, line):
            found.setdefault(round(line.size), Counter())[round(step * 2) / 2] += 1
    return {
        size: min(steps, key=lambda step: (-steps[step], step)) for size, steps in found.items()
    }


def column_widths(lines: Sequence[Line]) -> dict[int, float]:
    """Return how wide full lines are, for each size of letters in whole points.

    Nine tenths of the lines are no wider.
    """
    found: dict[int, list[float]] = {}
    for line in lines:
        found.setdefault(round(line.size), []).append(line.width)
    return {size: sorted(widths)[int(0.9 * (len(widths) - 1))] for size, widths in found.items()}


def continues(
    lines: Sequence[Line],
    index: int,
    start: int,
    paragraph: str,
    usual: dict[int, float],
    widths: dict[int, float],
) -> bool:
    """Return whether a line goes on with the `paragraph` that began with the line `start`."""
    before, line = lines[index - 1], lines[index]
    if is_initial(before, line):
        return True
    if not same_size(before, line) or BULLET.match(line.text):
        return False
    ended = paragraph.rstrip(TRAILING)[-1:] in TERMINAL
    runs_on = not ended and line.text[0].islower()
    broken = bool(BROKEN.search(before.text)) and line.text[0].islower()
    if before.page != line.page or line.height >= before.height - 0.5:
        return (
            broken
            or runs_on
            or not (ended or _had_room(before, line, widths))
            or _open(paragraph, line)
        )
    step = before.height - line.height
    if step > usual.get(round(line.size), 2 * line.size) * PARAGRAPH_GAP or (
        ended and step > WIDE_LINE_GAP * line.size
    ):
        return broken or runs_on
    if _indented(lines, index, start):
        return False
    return runs_on or broken or not _had_room(before, line, widths)


def is_initial(before: Line, line: Line) -> bool:
    """Return whether `before` is a large initial letter and `line` the rest of its word."""
    return (
        len(before.text) == 1
        and before.text.isupper()
        and before.size > 1.5 * line.size
        and line.text[0].islower()
    )


def _had_room(before: Line, line: Line, widths: dict[int, float]) -> bool:
    """Return whether the first word of `line` would have fitted behind `before`.

    Then somebody ended the line.
    """
    word = len(line.text.split(maxsplit=1)[0]) + 1
    return (
        before.width + word * line.size * LETTER_WIDTH
        < MIN_FILLED_WIDTH * widths[round(before.size)]
    )


def _indented(lines: Sequence[Line], index: int, start: int) -> bool:
    """Return whether the line begins a paragraph by its indent.

    It begins further in than the one before, or further out where it is not a second line.
    """
    before, line = lines[index - 1], lines[index]
    step = line.left - before.left
    if step > INDENT * line.size:
        return not (index - 1 == start and BULLET.match(before.text))
    return step < -INDENT * line.size and index - 1 != start


def _open(paragraph: str, line: Line) -> bool:
    """Return whether a quotation is open at the end of the paragraph and not opened again.

    A new paragraph would open it again.
    """
    return paragraph.count("“") > paragraph.count("”") and not line.text.startswith("“")


def join(before: str, after: str, words: frozenset[str], *, initial: bool = False) -> str:
    """Return two lines as one.

    `words` are the words of the file that stand whole in a line, in small letters.

    A hyphen at the end of a line goes, as typesetting put it there far more often than a writer; it
    stays before a capital or a figure, in a word with another hyphen, and where the file has the
    word with the hyphen elsewhere and never without.
    """
    if initial:
        return before + after
    broken = BROKEN.search(before)
    if not broken or not after[0].isalnum():
        return (
            before + after
            if before[-1:] in "—-" and before[-2:-1].isalnum()
            else f"{before} {after}"
        )
    left, hyphen = broken.group(1), broken.group(2)
    if hyphen == "\u00ad":
        return before[:-1] + after
    first = FIRST_WORD.match(after)
    if first is None or not after[0].islower():
        return before + after
    whole, hyphened = fold_case(f"{left}{first[0]}"), fold_case(f"{left}-{first[0]}")
    kept = whole not in words and (hyphened in words or "-" in left)
    return (before if kept else before[:-1]) + after
