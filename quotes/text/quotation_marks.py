"""The quoted regions of a text, from its characters alone.

In: any text. Out: its quotation marks of all styles (`Mark`), with nesting, over paragraphs and
without a closing mark. A region need not be anybody's words: titles and scare quotes are marks too.
Apostrophes, elisions ('tis, '90s), foot and inch marks are none.

Each paragraph is read from left to right with a stack of open marks, so that a mistake ends with
its paragraph. A mark continues in the next paragraph only where that one repeats the opening mark,
or closes before it opens anything.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quotes.language import Language
from quotes.records import Mark, Span
from quotes.text.paragraphs import paragraphs
from quotes.text.quote_glyphs import (
    CLOSED_BY,
    REPEATED_BY,
    SINGLES,
    STYLES,
    Direction,
    Glyph,
    look_ahead,
    read_glyphs,
)
from quotes.text.reporting_clauses import ReportingClauses, reporting_clauses

MAX_LEVELS = 8  # of marks inside marks; what opens deeper is ignored
# Characters of the next paragraph before a closing mark that no mark of that paragraph opens.
MAX_CARRY_CHARS = 1500
CLOSES_BY_NATURE = frozenset("”»›’")


@dataclass(slots=True)
class OpenMark:
    """A mark that is open.

    Attributes:
        glyph: Its opening glyph.
        sure: False where the glyph may as well be an apostrophe: such a mark counts only if it
            closes.
        at: Where its part in this paragraph begins, with the opening glyph.
        inside: The same without the glyph.
        parts: Its parts in earlier paragraphs, without the marks.
        outer: The same with the marks.
        maybe: A glyph that closes it if nothing better does.
    """

    glyph: Glyph
    sure: bool
    at: int
    inside: int
    parts: list[Span] = field(default_factory=list)
    outer: list[Span] = field(default_factory=list)
    tentative_close: Glyph | None = None

    @property
    def single(self) -> bool:
        """True for a single mark."""
        return self.glyph.kind in SINGLES


def find_marks(text: str, language: Language) -> tuple[Mark, ...]:
    """Find the quotation marks of a text, sorted by start and level.

    Those of one level do not overlap; one inside another lies wholly inside. Takes linear time and
    accepts any string.
    """
    cues = reporting_clauses(language)
    reader = Reader(text, cues)
    for paragraph in paragraphs(text, language):
        if paragraph.kind == "pull quote":
            continue
        glyphs = read_glyphs(text, paragraph.span, language)
        if paragraph.kind == "text":
            reader.read(paragraph.span, glyphs)
        elif glyphs:
            aside = Reader(text, cues)
            aside.read(paragraph.span, glyphs)
            reader.found += aside.finish()
    return with_levels(reader.finish())


class Reader:
    """The reader of one paragraph after the other.

    `found` collects the marks that are complete; their levels are not known yet.
    """

    def __init__(self, text: str, cues: ReportingClauses) -> None:
        self.text = text
        self.cues = cues
        self.found: list[Mark] = []
        self.stack: list[OpenMark] = []
        self.span = Span(0, 0)
        self.ahead: tuple[Direction, ...] = ()
        self.carried: OpenMark | None = None
        self.waiting: list[OpenMark] = []
        self.last_closed: int | None = None  # the end of the last outermost mark that was closed
        self.waiting_end = 0

    def read(self, span: Span, glyphs: Sequence[Glyph]) -> None:
        """Read the glyphs of the next paragraph."""
        self.span = span
        first = self.resume(glyphs)
        ahead = look_ahead(glyphs)
        for place in range(first, len(glyphs)):
            self.ahead = ahead[place]
            self.step(glyphs[place])
        self.end_carried_mark()
        self.waiting, self.waiting_end, self.stack = self.stack, span.end, []

    def finish(self) -> list[Mark]:
        """Return all marks found, after the last paragraph."""
        self.release(self.waiting, self.waiting_end)
        self.waiting = []
        return self.found

    # From one paragraph to the next

    def resume(self, glyphs: Sequence[Glyph]) -> int:
        """Take up the marks that the paragraph repeats at its beginning; return the glyphs used."""
        count, at = 0, self.span.start
        for opened, glyph in zip(self.waiting, glyphs, strict=False):
            if self.text[at : glyph.start].strip(" \t\u00a0\u202f([") or not repeats(
                opened, glyph, self.text, self.waiting_start(opened)
            ):
                break
            count, at = count + 1, glyph.end
        going_on, left = self.waiting[:count], self.waiting[count:]
        if (
            left
            and not count
            and not left[0].single
            and left[0].tentative_close is None
            and left[0].sure
        ):
            self.carried = left[0]
            left = left[1:]
        self.release(left, self.waiting_end)
        for opened, glyph in zip(going_on, glyphs, strict=False):
            self.add_part(opened, self.waiting_end, self.waiting_end)
            opened.at, opened.inside, opened.tentative_close = glyph.start, glyph.end, None
        self.stack = going_on
        return count

    def waiting_start(self, opened: OpenMark) -> bool:
        """Return True if an open mark stands at the beginning of its paragraph."""
        line = self.text[max(0, opened.at - 3) : opened.at]
        return not line.strip(" \t\u00a0([“‘\"'") or line[-1:] in "\n\r\u2028\u2029\f"

    def end_carried_mark(self) -> None:
        """End the mark of the paragraph before where that paragraph ended."""
        if self.carried:
            carried, self.carried = self.carried, None
            self.end_unclosed(carried, self.waiting_end)

    # Within a paragraph

    def step(self, glyph: Glyph) -> None:
        """Read one glyph."""
        if glyph.kind in SINGLES:
            self.single(glyph)
        elif glyph.direction == "weak":
            self.note(glyph)
        elif glyph.direction == "open":
            self.open_double(glyph)
        elif glyph.direction == "close":
            self.close_double(glyph)
        elif self.find(glyph) is None:
            self.open_double(glyph)
        else:
            self.close_double(glyph)

    def find(self, glyph: Glyph) -> int | None:
        """Find the open mark that a glyph would close.

        That is the innermost of its own kind, else of one that it is mistaken for.
        """
        for kind in CLOSED_BY[glyph.kind]:
            for place in range(len(self.stack) - 1, -1, -1):
                if self.stack[place].glyph.kind == kind:
                    return place
        return None

    def note(self, glyph: Glyph) -> None:
        """Note a glyph that closes the innermost mark only if nothing better does."""
        place = self.find(glyph)
        if (
            place is not None
            and place == len(self.stack) - 1
            and self.stack[place].tentative_close is None
        ):
            self.stack[place].tentative_close = glyph

    def open_double(self, glyph: Glyph) -> None:
        """Read an opening mark.

        Where one like it is open already, it is a mark inside, or the other was never closed, or
        this one closes.
        """
        self.end_carried_mark()
        place = self.same_kind(glyph)
        if self.closes_against_look(glyph):
            self.close(len(self.stack) - 1, glyph)
        elif place is None:
            self.push(glyph)
        elif self.stack[place].tentative_close is not None:
            self.cut(place, glyph.start)
            self.push(glyph)
        elif self.ahead[:2] == ("close", "close"):
            self.push(glyph)
        elif place == len(self.stack) - 1 and self.repeats_in_line(self.stack[place], glyph):
            self.next_part(self.stack[place], glyph)
        elif glyph.could_close and self.ahead[:1] != ("close",):
            self.close(place, glyph)
        else:
            self.cut(place, glyph.start)
            self.push(glyph)

    def closes_against_look(self, glyph: Glyph) -> bool:
        """Return True for a closing mark of the innermost open one behind a space: “We go, ”Roe."""
        return (
            glyph.kind in CLOSES_BY_NATURE
            and bool(self.stack)
            and self.stack[-1].glyph.kind == CLOSED_BY[glyph.kind][0]
        )

    def repeats_in_line(self, opened: OpenMark, glyph: Glyph) -> bool:
        """Return True if a mark begins a new sentence of the same quotation.

        The text has lost the end of the paragraph before: "We came. "We saw," he said.
        """
        before = self.text[opened.inside : glyph.start]
        return (
            glyph.kind in REPEATED_BY[opened.glyph.kind]
            and glyph.kind not in CLOSES_BY_NATURE
            and glyph.direction == "open"
            and self.text[glyph.end : glyph.end + 1].isupper()
            and before[-1:].isspace()
            and before.rstrip()[-1:] in {".", "!", "?", "…"}
            and len(before.split()) > 1
        )

    def next_part(self, opened: OpenMark, glyph: Glyph) -> None:
        """Begin the next part of an open mark with a glyph that repeats it."""
        self.add_part(opened, glyph.start, glyph.start)
        opened.at, opened.inside, opened.tentative_close = glyph.start, glyph.end, None

    def same_kind(self, glyph: Glyph) -> int | None:
        """Find the innermost open mark of the same glyph, or of one that it closes by nature."""
        wanted = {glyph.kind} | ({CLOSED_BY[glyph.kind][0]} if glyph.could_close else set())
        return next(
            (p for p in range(len(self.stack) - 1, -1, -1) if self.stack[p].glyph.kind in wanted),
            None,
        )

    def close_double(self, glyph: Glyph) -> None:
        """Read a closing mark.

        It closes an open mark, or the one left open by the paragraph before, or opens against its
        look.
        """
        place = self.find(glyph)
        if place is not None:
            self.close(place, glyph)
        elif (
            self.carried
            and self.carried.glyph.kind in CLOSED_BY[glyph.kind]
            and glyph.start - self.span.start <= MAX_CARRY_CHARS
        ):
            self.close_carried(self.carried, glyph)
        elif (
            self.stack
            and self.stack[-1].single
            and (glyph.kind == "''" or (self.stack[-1].sure and glyph.direction == "close"))
        ):
            self.close(len(self.stack) - 1, glyph)
        elif glyph.could_open and self.ahead[:1] == ("close",):
            self.end_carried_mark()
            self.push(glyph)
        else:
            self.end_carried_mark()
            self.close_without_opening(glyph)

    def close_without_opening(self, glyph: Glyph) -> None:
        """Read a closing mark whose opening mark is missing.

        “We came,” he said. We saw.”: the words behind the clause that attributes are quoted.
        """
        last = self.last_closed
        if (
            last is None
            or self.stack
            or not glyph.strict
            or self.text[glyph.end : glyph.end + 1].strip()
            or last < self.span.start
        ):
            return
        start = self.cues.sentence_after(self.text, last, glyph.start)
        if start is not None:
            whole = Span(start, glyph.start)
            self.found.append(
                Mark((whole,), (Span(start, glyph.end),), STYLES[glyph.kind], closed=True)
            )

    def close_carried(self, carried: OpenMark, glyph: Glyph) -> None:
        """Close the mark of the paragraph before.

        This paragraph goes on with it without repeating the opening mark.
        """
        self.carried = None
        self.add_part(carried, self.waiting_end, self.waiting_end)
        carried.at = carried.inside = self.span.start
        self.emit(carried, glyph.start, glyph.end)

    def single(self, glyph: Glyph) -> None:
        """Read a single mark, or an apostrophe."""
        top = self.stack[-1] if self.stack else None
        place = self.find(glyph)
        if glyph.direction == "open":
            self.open_single(glyph, place)
        elif place is None or top is None:
            if glyph.could_open:
                self.push(glyph)
            elif top and not top.single and glyph.strict and top.tentative_close is None:
                top.tentative_close = glyph  # the mark of the other kind may have been meant
        elif place < len(self.stack) - 1:
            if glyph.direction == "close" and glyph.strict and self.ahead[:1] != ("close",):
                self.close(place, glyph)
        elif glyph.direction == "close" and (
            glyph.strict or not top.glyph.elided or self.text[top.inside].isdigit()
        ):
            self.close(place, glyph)
        elif glyph.direction == "weak" and top.tentative_close is None and not top.glyph.elided:
            top.tentative_close = glyph

    def open_single(self, glyph: Glyph, place: int | None) -> None:
        """Read an opening single mark.

        Inside one like it, it is an elision or shows that the other was to close before.
        """
        top = self.stack[-1] if self.stack else None
        if top is None or not top.single:
            self.push(glyph)
        elif (top.tentative_close and self.text[glyph.end : glyph.end + 1].isdigit()) or not (
            glyph.elided or (top.glyph.kind != glyph.kind and top.sure)
        ):
            self.cut(len(self.stack) - 1, glyph.start)
            self.push(glyph)

    # Opening and closing

    def push(self, glyph: Glyph) -> None:
        """Open a mark."""
        if len(self.stack) < MAX_LEVELS:
            self.stack.append(OpenMark(glyph, sure=glyph.sure, at=glyph.start, inside=glyph.end))

    def close(self, place: int, glyph: Glyph) -> None:
        """Close an open mark and give up those inside it."""
        self.release(self.stack[place + 1 :], glyph.start)
        self.emit(self.stack[place], glyph.start, glyph.end)
        del self.stack[place:]
        if not self.stack:
            self.last_closed = glyph.end

    def cut(self, place: int, end: int) -> None:
        """End an open mark, and those inside it, where something else begins."""
        self.release(self.stack[place:], end)
        del self.stack[place:]

    def release(self, opened: Iterable[OpenMark], end: int) -> None:
        """End marks that found no closing mark: where they may have closed, else at `end`.

        One that is not sure is dropped.
        """
        for one in opened:
            if one.tentative_close is not None:
                self.emit(one, one.tentative_close.start, one.tentative_close.end)
            elif one.sure:
                self.end_unclosed(one, end)

    def end_unclosed(self, opened: OpenMark, end: int) -> None:
        """Complete a mark without a closing mark, before a clause that attributes it."""
        clause = self.cues.first(self.text, opened.inside, end)
        self.emit(opened, end if clause is None else clause, None)

    def add_part(self, opened: OpenMark, inside: int, outside: int) -> None:
        """Add to an open mark its part in one paragraph, without the white space at its ends."""
        words = self.text[opened.inside : inside]
        start = opened.inside + len(words) - len(words.lstrip())
        end = opened.inside + len(words.rstrip())
        if start < end:
            opened.parts.append(Span(start, end))
            opened.outer.append(Span(opened.at, max(outside if outside > inside else end, end)))

    def emit(self, opened: OpenMark, inside: int, outside: int | None) -> None:
        """Complete a mark.

        Its last part ends at `inside`, its closing mark at `outside`, which is None where there is
        none.
        """
        self.add_part(opened, inside, inside if outside is None else outside)
        if opened.parts:
            style = STYLES[opened.glyph.kind]
            self.found.append(
                Mark(tuple(opened.parts), tuple(opened.outer), style, closed=outside is not None)
            )


def repeats(opened: OpenMark, glyph: Glyph, text: str, at_start: bool) -> bool:
    """Return True if a glyph at the beginning of a paragraph repeats an open mark.

    Where the mark may have closed, it must look unfinished.
    """
    if (
        glyph.kind not in REPEATED_BY[opened.glyph.kind]
        or glyph.direction == "weak"
        or glyph.elided
    ):
        return False
    if not opened.single:
        return opened.tentative_close is None or opened.tentative_close.kind in SINGLES
    return at_start or (opened.tentative_close is None and opened.glyph.could_open)


def with_levels(found: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks sorted, each with its level.

    One that overlaps another without lying inside it is left out.
    """
    around: list[Mark] = []
    levelled: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start, -m.end)):
        while around and around[-1].end <= mark.start:
            around.pop()
        if around and not lies_in(mark, around[-1]):
            continue
        levelled.append(Mark(mark.parts, mark.outer, mark.style, len(around), mark.closed))
        around.append(levelled[-1])
    return tuple(sorted(levelled, key=lambda m: (m.start, m.level)))


def lies_in(inner: Mark, outer: Mark) -> bool:
    """Return True if each part of a mark lies in a part of the other."""
    for span in inner.outer:
        place = bisect_right(outer.parts, span.start, key=lambda part: part.start) - 1
        if place < 0 or not outer.parts[place].contains(span):
            return False
    return True
