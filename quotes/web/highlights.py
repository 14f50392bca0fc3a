"""The text of an article cut into pieces, each with the quotes, cues and sources over it.

In: a text and its quotes. Out: paragraphs of pieces; joined with what stands between paragraphs
they are the text. Quotes may lie inside and across each other. No markup is made here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from quotes.records import Quote, Span, Spans

SpanKind = Literal["content", "cue", "source"]
SPAN_KINDS: tuple[SpanKind, ...] = ("content", "cue", "source")
_QuoteSpan = tuple[Span, str, SpanKind, int]
MIN_WRAPPED, MAX_WRAPPED = 50, 110  # characters of a line that was broken to fit a width
EMPTY_LINE = re.compile(r"\n[^\S\n]*\n\s*|\r\n[^\S\r\n]*\r\n\s*")
RETURN = re.compile("\r")


@dataclass(frozen=True, slots=True)
class TextSegment:
    """A piece of text with the same quotes over it.

    `quotes` are pairs of a quote's id and a span kind, the innermost first. `first`: the content of
    the innermost quote begins here.
    """

    start: int
    text: str
    quotes: tuple[tuple[str, SpanKind], ...] = ()
    first: bool = False

    @property
    def quote(self) -> str | None:
        """The id of the innermost quote."""
        return self.quotes[0][0] if self.quotes else None

    @property
    def kinds(self) -> tuple[SpanKind, ...]:
        """The span kinds that it has in any quote."""
        return tuple(kind for kind in SPAN_KINDS if any(kind == k for _, k in self.quotes))


def paragraphs(text: str, quotes: Iterable[Quote]) -> list[tuple[TextSegment, ...]]:
    """Return the pieces of each paragraph; paragraphs end at empty lines."""
    found = list(blocks(text))
    within: list[list[_QuoteSpan]] = [[] for _ in found]
    starts = [block.start for block in found]
    for item in _quote_spans(quotes):
        at = max(0, bisect_right(starts, item[0].start) - 1)
        while at < len(found) and found[at].start < item[0].end:
            within[at].append(item)
            at += 1
    return [tuple(_pieces(text, block, spans)) for block, spans in zip(found, within, strict=True)]


def blocks(text: str) -> Iterator[Span]:
    """Yield the spans of text between empty lines."""
    start = 0
    for gap in EMPTY_LINE.finditer(text):
        if gap.start() > start:
            yield Span(start, gap.start())
        start = gap.end()
    if start < len(text):
        yield Span(start, len(text))


def is_wrapped(text: str) -> bool:
    """Tell whether a paragraph was broken into lines of a width, not at the ends of sentences."""
    lines = text.strip().splitlines()
    return len(lines) > 1 and all(
        MIN_WRAPPED <= len(line.strip()) <= MAX_WRAPPED for line in lines[:-1]
    )


def _quote_spans(quotes: Iterable[Quote]) -> list[_QuoteSpan]:
    """Return all spans in order, each with the id of its quote, its kind, and the content's length.

    The quote with the longer content lies outside.
    """
    found = list[_QuoteSpan]()
    for quote in quotes:
        spans_by_kind: dict[SpanKind, Spans] = {
            "content": quote.content,
            "cue": quote.cue,
            "source": quote.source,
        }
        size = sum(map(len, quote.content))
        found += [
            (span, quote.id, kind, size) for kind, spans in spans_by_kind.items() for span in spans
        ]
    return sorted(found, key=lambda item: (item[0].start, item[0].end))


def _pieces(text: str, block: Span, spans: Sequence[_QuoteSpan]) -> Iterator[TextSegment]:
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
        quotes = sorted(
            (size, name, kind)
            for span, name, kind, size in inside
            if span.start <= start and end <= span.end
        )
        names = tuple((name, kind) for _, name, kind in quotes)
        first = bool(names) and names[0][1] == "content" and names[0][0] not in begun
        begun |= {names[0][0]} if first else set()
        yield TextSegment(start, piece, names, first)
