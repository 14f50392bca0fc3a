"""The text of an article cut into pieces, each with the quotes, cues and sources that lie over it.

In: a text and its quotes. Out: paragraphs of pieces; put together with what stands between paragraphs they are the text. Quotes may lie
inside and across each other. No markup is made here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from quotes.records import Quote, Span, Spans

Role = Literal["content", "cue", "source"]
ROLES: tuple[Role, ...] = ("content", "cue", "source")
_Over = tuple[Span, str, Role, int]
SHORT, LONG = 50, 110  # characters of a line that was broken to fit a width
GAP = re.compile(r"\n[^\S\n]*\n\s*|\r\n[^\S\r\n]*\r\n\s*")
RETURN = re.compile("\r")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch with the same quotes over it: `over` are (id, role) pairs, the innermost first. `first`: a content begins here."""

    start: int
    text: str
    over: tuple[tuple[str, Role], ...] = ()
    first: bool = False

    @property
    def quote(self) -> str | None:
        """The id of the innermost quote."""
        return self.over[0][0] if self.over else None

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that it plays in any quote."""
        return tuple(role for role in ROLES if any(role == r for _, r in self.over))


def paragraphs(text: str, quotes: Iterable[Quote]) -> list[tuple[Piece, ...]]:
    """The pieces of each paragraph; paragraphs end at empty lines."""
    found = list(blocks(text))
    within: list[list[_Over]] = [[] for _ in found]
    starts = [block.start for block in found]
    for item in _spans(quotes):
        at = max(0, bisect_right(starts, item[0].start) - 1)
        while at < len(found) and found[at].start < item[0].end:
            within[at].append(item)
            at += 1
    return [tuple(_pieces(text, block, spans)) for block, spans in zip(found, within, strict=True)]


def blocks(text: str) -> Iterator[Span]:
    """The stretches between empty lines."""
    start = 0
    for gap in GAP.finditer(text):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < len(text):
        yield Span(start, len(text))


def is_wrapped(text: str) -> bool:
    """Whether a paragraph was broken into lines of a width, and not at the ends of its sentences."""
    lines = text.strip().splitlines()
    return len(lines) > 1 and all(SHORT <= len(line.strip()) <= LONG for line in lines[:-1])


def _spans(quotes: Iterable[Quote]) -> list[_Over]:
    """All spans with the id of their quote, their role, and how long the content is (what is longer lies outside)."""
    found = list[_Over]()
    for quote in quotes:
        given: dict[Role, Spans] = {
            "content": quote.content,
            "cue": quote.cue,
            "source": quote.source,
        }
        size = sum(map(len, quote.content))
        found += [(span, quote.id, role, size) for role, spans in given.items() for span in spans]
    return sorted(found, key=lambda item: (item[0].start, item[0].end))


def _pieces(text: str, block: Span, spans: Sequence[_Over]) -> Iterator[Piece]:
    inside = [item for item in spans if item[0].overlaps(block)]
    ends = {
        end
        for span, *_ in inside
        for end in (span.start, span.end)
        if block.start < end < block.end
    }
    returns = {
        end
        for found in RETURN.finditer(text, block.start, block.end)
        for end in (found.start(), found.end())
    }
    begun = set[str]()
    for start, end in pairwise(sorted({block.start, block.end, *ends, *returns})):
        piece = text[start:end]
        if piece == "\r":  # half of a line's end; a browser would not count it
            continue
        over = sorted(
            (size, name, role)
            for span, name, role, size in inside
            if span.start <= start and end <= span.end
        )
        names = tuple((name, role) for _, name, role in over)
        first = bool(names) and names[0][1] == "content" and names[0][0] not in begun
        begun |= {names[0][0]} if first else set()
        yield Piece(start, piece, names, first)
