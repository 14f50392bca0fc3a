"""The paragraphs of a text, from its characters alone.

In: any text: one paragraph a line, lines wrapped by hand with or without blank lines between
paragraphs, indented first lines, bullets, form feeds, CRLF, Unicode separators, or a mixture. Out:
paragraphs in order that do not overlap and cover all characters but white space, each text,
boilerplate or a pull quote. The text itself is not changed, and sentences are not looked for.

Whether the end of a line is a wrap is decided once for the document and then for each line: in
wrapped text a line ends where the first word of the next would have had no room, and sentences run
on over the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from quotes.language import Language
from quotes.records import Span
from quotes.text.boilerplate import Answer, boilerplate
from quotes.text.pull_quotes import pull_quotes

ParagraphKind = Literal["text", "boilerplate", "pull quote"]

LINE_END = re.compile(r"\r*\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
HARD_END = frozenset("\f\x1c\x1d\x1e\u2029")  # a paragraph ends here whatever the width
BULLET = re.compile(r"[•‣▪●◦■►▶∙·*]\s|[-–—]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s")
CERTAIN_BULLET = re.compile(r"[•‣▪●◦■►▶∙]\s|\*\s")
RULE = re.compile(r"[\W_]{3,}")  # a line of dashes or stars
TERMINAL = frozenset(".!?:;…。！？।؟")
TRAILING = "”\"’'»“)]}› \t\u00a0*_"
# Characters of a line; shorter or longer ones say nothing about a wrap.
MIN_LINE_WIDTH, MAX_LINE_WIDTH = 30, 250
# Share of neighbouring lines that run on in lower case from which a text is wrapped: in wrapped
# English 0.7 do, in a text of one paragraph a line under 0.05.
MIN_RUN_ON_SHARE = 0.3
MIN_FILL_SHARE = 0.6  # of the width
MAX_SLACK = 6  # characters that a line may lack where no sentence ends with it


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, from its first to its last character that is not white space."""

    span: Span
    kind: ParagraphKind = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space at its ends.

    Attributes:
        span: Where it stands in the text.
        indent: Characters of white space before it.
        after_gap: A blank line or a form feed stands before it.
        first_word: The length of its first word.
        terminal: A sentence may end with it.
        lower: It begins in lower case.
        bullet: It begins with a bullet or a number.
        dashed: It begins with a dash and a word in lower case, as an insertion does.
        certain_bullet: It begins with a character that is nothing but a bullet.
        rule: It holds nothing but dashes or stars.
    """

    span: Span
    indent: int
    after_gap: bool
    first_word: int
    terminal: bool
    lower: bool
    bullet: bool
    dashed: bool
    certain_bullet: bool
    rule: bool

    @property
    def width(self) -> int:
        """The number of its characters."""
        return len(self.span)


@dataclass(frozen=True, slots=True)
class Wrap:
    """How the lines of a document are wrapped.

    No line is longer than `width`, and one that was cut is at least `fill` characters long.
    """

    width: int
    fill: int


@lru_cache(maxsize=2)
def paragraphs(text: str, language: Language) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text, in order. Takes linear time."""
    lines = tuple(read_lines(text))
    wrap = find_wrap(lines, caseless=not any(line.lower for line in lines))
    base = base_indent(lines)
    answers = [boilerplate(line.span.of(text), language) for line in lines]
    found: list[Paragraph] = []
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and continues(lines, index, start, answers, wrap, base):
            continue
        span = Span(lines[start].span.start, lines[index - 1].span.end)
        found.append(Paragraph(span, kind_of(text, span, answers[start], index - start, language)))
        start = index
    pulled = pull_quotes(text, [paragraph.span for paragraph in found])
    return tuple(
        Paragraph(paragraph.span, "pull quote")
        if number in pulled and paragraph.kind == "text"
        else paragraph
        for number, paragraph in enumerate(found)
    )


def read_lines(text: str) -> Iterator[Line]:
    """Yield the lines that are not blank."""
    gap, at = True, 0
    while at <= len(text):
        end = LINE_END.search(text, at)
        stop = end.start() if end else len(text)
        raw = text[at:stop]
        words = raw.strip()
        if words:
            start = at + len(raw) - len(raw.lstrip())
            yield make_line(words, start, indent=start - at, after_gap=gap)
            gap = False
        else:
            gap = True
        if not end:
            return
        gap = gap or end[0] in HARD_END
        at = end.end()


def make_line(words: str, start: int, *, indent: int, after_gap: bool) -> Line:
    """Make a line, with what its beginning and end show."""
    head = words[:80].split(maxsplit=1)[0]
    body = words[-12:].rstrip(TRAILING)
    return Line(
        span=Span(start, start + len(words)),
        indent=indent,
        after_gap=after_gap,
        first_word=len(head),
        terminal=not body or body[-1] in TERMINAL,
        lower=words[0].islower(),
        bullet=bool(BULLET.match(words)),
        dashed=words[0] in "-–—" and words[1:3].strip().islower(),
        certain_bullet=bool(CERTAIN_BULLET.match(words)),
        rule=bool(RULE.fullmatch(words[:40])),
    )


def runs_on(before: Line, line: Line, *, caseless: bool = False) -> bool:
    """Return True if the sentence of one line plainly goes on in the next."""
    return not before.terminal and (line.lower or caseless)


def find_wrap(lines: Sequence[Line], *, caseless: bool) -> Wrap | None:
    """Find the width to which the document is wrapped, or None where a line is a paragraph."""
    pairs = [
        (before, line)
        for before, line in pairwise(lines)
        if not line.after_gap and not line.certain_bullet and before.width <= MAX_LINE_WIDTH
    ]
    cut = [(before, line) for before, line in pairs if runs_on(before, line, caseless=caseless)]
    if not cut or len(cut) < MIN_RUN_ON_SHARE * len(pairs):
        return None
    widths = sorted(before.indent + before.width for before, _ in cut)
    width = widths[min(len(widths) - 1, int(0.98 * len(widths)))]
    if width < MIN_LINE_WIDTH:
        return None
    fills = sorted(filled(before, line) for before, line in cut)
    fill = fills[int(0.05 * len(fills))]
    return Wrap(width, max(int(MIN_FILL_SHARE * width), min(fill, width + 1)))


def filled(before: Line, line: Line) -> int:
    """Return how wide a line would be with the first word of the next."""
    return before.indent + before.width + 1 + line.first_word


def base_indent(lines: Sequence[Line]) -> tuple[int, ...]:
    """Return for each line the indent of running lines in its block.

    A line that stands further in begins a paragraph.
    """
    bases: list[int] = []
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and not lines[index].after_gap:
            continue
        block = lines[start:index]
        running = [line.indent for before, line in pairwise(block) if runs_on(before, line)]
        bases += [min(running, default=0)] * len(block)
        start = index
    return tuple(bases)


def continues(
    lines: Sequence[Line],
    index: int,
    start: int,
    answers: Sequence[Answer | None],
    wrap: Wrap | None,
    base: Sequence[int],
) -> bool:
    """Return True if a line goes on with the paragraph that began with the line `start`."""
    before, line = lines[index - 1], lines[index]
    if line.after_gap or line.certain_bullet or line.rule or before.rule:
        return False
    full = wrap is not None and filled(before, line) >= wrap.fill - (
        0 if before.terminal else MAX_SLACK
    )
    if answers[start] == "block":
        return (
            full
            and answers[index] != "line"
            and (lines[start].after_gap or (not before.terminal and answers[index] is None))
        )
    joined = in_one_sentence(before, line, wrap)
    if answers[start] == "line":
        return full and joined and lines[start].after_gap and answers[index] is None
    if answers[index] is not None and not (joined and full):
        return False
    if joined or wrap is None:
        return joined
    if line.indent > base[index] or before.width > wrap.width + 10:
        return False
    if line.bullet and (before.terminal or before.bullet or not line.dashed):
        return False
    return full


def in_one_sentence(before: Line, line: Line, wrap: Wrap | None) -> bool:
    """Return True if one sentence stands in both lines, as far as case and full stops show.

    A short line may be a heading or an item of a list.
    """
    return runs_on(before, line) and before.width >= (wrap.fill // 2 if wrap else MIN_LINE_WIDTH)


def kind_of(
    text: str, span: Span, answer: Answer | None, count: int, language: Language
) -> ParagraphKind:
    """Return the kind of a paragraph.

    A caption may show its credit only when its lines are put together.
    """
    if count == 1:
        return "boilerplate" if answer else "text"
    if len(span) > 1000:
        return "text"
    return "boilerplate" if boilerplate(" ".join(span.of(text).split()), language) else "text"
