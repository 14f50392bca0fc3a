"""Lines on pages: what stands in the margin, and what a box cuts in two.

In: `Line`s with their places, in the order in which the file draws them. Out: the same without the
numbers of lines, and with boxes behind the paragraphs that they were drawn into. It knows no words
of any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

LETTER_WIDTH = 0.5  # of the size: an average
OTHER_SIZE = 1.12  # times the size: letters of another size
MIN_NUMBERED = 3  # lines of a page with numbers that count on
COUNTED = (1, 2, 5, 10)  # how numbers of lines count: each line, each second, fifth or tenth one
MIN_NUMBERED_SHARE = 0.8  # of the lines of a page, where each line has a number
MAX_NUMBERED_SHARE = 0.6  # where not each line has one
SAME_LEFT = 3.0  # points
NUMBER = re.compile(r"\d{1,4}")
NUMBER_BEFORE = re.compile(r"(\d{1,4})\s+(?=\S)")
NUMBER_AFTER = re.compile(r"(?<=\S)\s+(\d{1,4})$")
LINE_GAP = 1.3  # times the usual distance of two lines, for one to follow the other
MAX_BOX_LINES = 60
ASIDE = 3.0  # times the size of the letters: so far to the side a line is not of the column


@dataclass(frozen=True, slots=True)
class Line:
    """A line of letters: text, page from 1, where it begins, and size.

    Points from the left and from the foot of the page.
    """

    text: str
    page: int
    left: float
    height: float
    size: float

    @property
    def width(self) -> float:
        """About how wide the line is; the true widths are known to the fonts alone."""
        return len(self.text) * self.size * LETTER_WIDTH


def same_size(one: Line, other: Line) -> bool:
    """Return whether two lines have letters of about the same size."""
    small, large = sorted((one.size, other.size))
    return large <= small * OTHER_SIZE


# Numbers of lines


def without_line_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without numbers in the margin, which count them."""
    pages = (list(group) for _, group in groupby(lines, key=lambda line: line.page))
    return [line for page in pages for line in _unnumbered(page)]


def _unnumbered(page: list[Line]) -> list[Line]:
    """Return the lines of a page without numbers: on lines of their own, before and behind."""
    alone = [line for line in page if NUMBER.fullmatch(line.text)]
    if _count([(int(line.text), line) for line in alone]):
        page = [line for line in page if not NUMBER.fullmatch(line.text)]
    for pattern in (NUMBER_BEFORE, NUMBER_AFTER):
        numbered = _numbered(page, pattern)
        step, share = _count(numbered), len(numbered) / max(1, len(page))
        all_numbered = step == 1 and share >= MIN_NUMBERED_SHARE
        if all_numbered or (step > 1 and share <= MAX_NUMBERED_SHARE):
            page = _cut(page, [line for _, line in numbered], pattern)
    return page


def _numbered(page: Sequence[Line], pattern: re.Pattern[str]) -> list[tuple[int, Line]]:
    """Return the lines with a number before or behind them; before, those that begin leftmost."""
    search = pattern.match if pattern is NUMBER_BEFORE else pattern.search
    found = [(int(number[1]), line) for line in page if (number := search(line.text))]
    left = min((line.left for _, line in found), default=0.0)
    inside = pattern is NUMBER_AFTER
    return [(n, line) for n, line in found if inside or line.left <= left + SAME_LEFT]


def _count(numbered: Sequence[tuple[int, Line]]) -> int:
    """Return by how much numbers count from line to line downwards; 0 where they do not count."""
    if len(numbered) < MIN_NUMBERED:
        return 0
    downwards = sorted(numbered, key=lambda each: -each[1].height)
    steps = {after - before for (before, _), (after, _) in pairwise(downwards)}
    step = steps.pop() if len(steps) == 1 else 0
    return step if step in COUNTED else 0


def _cut(page: list[Line], numbered: list[Line], pattern: re.Pattern[str]) -> list[Line]:
    """Return the lines of a page with the numbers cut off; text begins where it does elsewhere."""
    others = [line.left for line in page if line not in numbered]
    left = min(others, default=None)
    made = []
    for line in page:
        if line not in numbered:
            made.append(line)
            continue
        text = pattern.sub("", line.text, count=1)
        moved = left is not None and pattern is NUMBER_BEFORE and left > line.left + SAME_LEFT
        made.append(
            replace(line, text=text, left=left if moved and left is not None else line.left)
        )
    return made


# Boxes


def behind_boxes(lines: Sequence[Line], usual: Mapping[int, float]) -> list[Line]:
    """Return the lines with boxes behind the paragraphs into which the file draws them.

    A line that does not follow the one before, but one drawn earlier, goes on there: what was drawn
    between is a box.

    Args:
        lines: The lines, in the order of the file.
        usual: The usual distance of two lines, for each size of letters in whole points.
    """
    made: list[Line] = []
    pending: list[Line] = []  # a box whose paragraph goes on
    for line in lines:
        if made and _follows(made[-1], line, usual):
            made.append(line)
            continue
        made += pending
        pending = []
        at = next((n for n in _earlier(made) if _follows(made[n], line, usual)), None)
        if at is not None and all(_apart(each, made[at], line) for each in made[at + 1 :]):
            pending = made[at + 1 :]
            made[at + 1 :] = []
        made.append(line)
    return made + pending


def _earlier(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the places of lines that may be the one before a box, the nearest first."""
    yield from range(len(lines) - 2, max(-1, len(lines) - 2 - MAX_BOX_LINES), -1)


def _follows(before: Line, line: Line, usual: Mapping[int, float]) -> bool:
    """Return whether a line stands directly below another one of the same column."""
    step = before.height - line.height
    return (
        before.page == line.page
        and same_size(before, line)
        and abs(line.left - before.left) <= ASIDE * line.size
        and 0.5 < step <= LINE_GAP * usual.get(round(line.size), 0.0)
    )


def _apart(box: Line, before: Line, line: Line) -> bool:
    """Return whether a line of a box stands beside the column, or not between its two lines."""
    aside = abs(box.left - before.left) > ASIDE * before.size
    return aside or not line.height < box.height < before.height
