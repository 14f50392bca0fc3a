"""Text normalized for the parser, with offsets into the original.

In: a span of a document's text. Out: `NormalizedText`, the text to parse and, for each of its
characters, its place in the document. Letters, case, dashes and accents stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass, field
from itertools import pairwise

from quotes.records import Span

# The treebanks are written with straight marks; `` and '' are the typewriter's double marks.
DOUBLE = "“”„‟«»″〝〞〟＂❝❞"
SINGLE = "‘’‚‛‹›′´`＇❛❜"
MARKS = {
    "``": '"',
    "''": '"',
    "‘‘": '"',
    "’’": '"',
    "…": "...",
    **dict.fromkeys(DOUBLE, '"'),
    **dict.fromkeys(SINGLE, "'"),
}
LIGATURES = {char: unicodedata.normalize("NFKC", char) for char in "ﬀﬁﬂﬃﬄﬅﬆ"}
# Controls, soft hyphen, direction marks, zero-width characters, variation selectors, tags: no
# reader sees them, no encoder knows them.
JOINERS = (
    "\u200c\u200d"  # invisible too, but part of the spelling in Persian and in the scripts of India
)
INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
BLANKS = "\u115f\u1160\u2800\u3164\uffa0"  # letters by category, white on paper


def _compiled(*, straighten: bool) -> re.Pattern[str]:
    """Return the pattern of all that is replaced."""
    gone = f"[{INVISIBLE}{JOINERS if straighten else ''}]"
    named = "|".join(map(re.escape, [*(MARKS if straighten else ()), *LIGATURES]))
    return re.compile(
        rf"(?P<space>(?:{gone}*[\s{BLANKS}])+{gone}*)|(?P<gone>{gone}+)"
        rf"|(?P<broken>[\ud800-\udfff])|(?P<named>{named})"
    )


MAX_UNBROKEN_CHARS = 400  # without a space: the tokenizer takes time with the square of it
RUN = re.compile(rf"\S{{{MAX_UNBROKEN_CHARS},}}")
PAUSE = re.compile(r"[^\w\s]")

PATTERNS = {straighten: _compiled(straighten=straighten) for straighten in (True, False)}


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """`text` for the parser; character `i` of it stands at `starts[i]:ends[i]` in the document."""

    text: str
    starts: array[int] = field(repr=False)
    ends: array[int] = field(repr=False)

    def original(self, start: int, end: int) -> Span:
        """Return the span in the document of the characters `start:end` of `text` (one or more)."""
        return Span(self.starts[start], self.ends[end - 1])


def normalize(text: str, span: Span | None = None, *, straighten: bool = True) -> NormalizedText:
    """Normalize a span of a text (by default all of it).

    White space of any kind and length becomes one space (at the ends: nothing), invisible
    characters are left out, `…` becomes three dots, ligatures become letters, half a surrogate pair
    becomes U+FFFD. A run of `MAX_UNBROKEN_CHARS` characters without a space gets spaces that have
    no width in the original.

    Args:
        text: The text of a document.
        span: The span to normalize.
        straighten: Make every quotation mark a straight one.
    """
    span = Span(0, len(text)) if span is None else span
    parts: list[str] = []
    starts, ends = array("q"), array("q")

    def add(piece: str, start: int, end: int) -> None:
        parts.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))

    at = span.start
    for found in PATTERNS[straighten].finditer(text, span.start, span.end):
        _copy(text, at, found.start(), parts, starts, ends)
        at = found.end()
        match found.lastgroup:
            case "space" if parts and at < span.end:
                add(" ", found.start(), at)
            case "broken":
                add("\ufffd", found.start(), at)
            case "named":
                add(MARKS.get(found[0]) or LIGATURES[found[0]], found.start(), at)
    _copy(text, at, span.end, parts, starts, ends)
    return _break_runs(NormalizedText("".join(parts), starts, ends))


def _break_runs(normal: NormalizedText) -> NormalizedText:
    """Insert a space into every run that is too long, if possible after a punctuation mark."""
    cuts: list[int] = []
    for run in RUN.finditer(normal.text):
        at = run.start()
        while run.end() - at >= MAX_UNBROKEN_CHARS:
            marks = [
                mark.end()
                for mark in PAUSE.finditer(
                    normal.text, at + MAX_UNBROKEN_CHARS // 2, at + MAX_UNBROKEN_CHARS
                )
            ]
            at = marks[-1] if marks else at + MAX_UNBROKEN_CHARS - 1
            cuts.append(at)
    if not cuts:
        return normal
    edges = list(pairwise([0, *cuts, len(normal.text)]))
    return join(
        [
            NormalizedText(normal.text[a:b], normal.starts[a:b], normal.ends[a:b])
            for a, b in edges
            if a < b
        ],
        " ",
    )


def _copy(
    text: str, start: int, end: int, parts: list[str], starts: array[int], ends: array[int]
) -> None:
    if start < end:
        parts.append(text[start:end])
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))


def join(texts: list[NormalizedText], separator: str = "\n\n") -> NormalizedText:
    """Join several texts; the separator's characters stand at the end of the text before them."""
    starts, ends = array("q"), array("q")
    for index, text in enumerate(texts):
        if index:
            starts.extend([ends[-1]] * len(separator))
            ends.extend([ends[-1]] * len(separator))
        starts.extend(text.starts)
        ends.extend(text.ends)
    return NormalizedText(separator.join(text.text for text in texts), starts, ends)
