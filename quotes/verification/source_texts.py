"""A source as it is searched: its running text, the words inside its quotation marks, its speakers.

In: a `Document`. Out: `SourceText`. Words inside the marks of one paragraph are searched a second
time without what stands between ("A," said X, "B."), so that a quotation that a cue cuts in two is
found whole. Who speaks is known from the labels of a transcript, from the title of a speech, or
from extraction, which is asked for only where a passage is found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from quotes.language import Language
from quotes.language.lexicon import load_lexicon
from quotes.records import Document, Mark, Quote, Span, Spans, line_number, shared_chars
from quotes.statements.tokens import cut_tokens
from quotes.text.folding import fold_name, fold_word
from quotes.text.paragraphs import paragraphs
from quotes.text.quoted_parts import outermost_marks, quoted_parts
from quotes.verification.findings import SourceSpeaker
from quotes.verification.labelled_turns import LabelledTurn, labelled_turns

Extract = Callable[[Document], Sequence[Quote]]

SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W_a-z])|\n\s*\n")
BY = re.compile(r"\b(?:by|of|from)\s+(.{3,80}?)(?:\s+(?:at|on|in|to|during|before)\b|[,:;(\n]|$)")
MIN_PROBABILITY = 0.5  # of an attribution and its speaker, for it to speak for or against a claim
NEAR_CHARS = 600  # around a passage in which its speaker is likely to be named
MIN_OVERLAP = 0.6  # of a passage that a quote must hold to be where it stands
MAX_CUE_WORDS = 10  # between two parts of a quotation, where nothing else is known of them
MAX_TITLE_CHARS = 200  # of a first line that may be the title of a speech


@dataclass(frozen=True, eq=False)
class Stream:
    """Words of a source in a row.

    Attributes:
        text: The words.
        pieces: Where each piece begins in `text` and in the document, and its length.
        boundaries: Offsets of `text` at which a sentence, a quotation or a turn begins or ends.
        running: True for the whole text, False for the words inside quotation marks.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]
    boundaries: tuple[int, ...]
    running: bool

    def unit(self, start: int, end: int) -> Span:
        """Return the sentences or quotations that a passage stands in."""
        left = self.boundaries[max(0, bisect_right(self.boundaries, start) - 1)]
        right = next((b for b in self.boundaries[bisect_right(self.boundaries, end - 1) :]), end)
        return Span(min(left, start), max(right, end))

    def to_document(self, span: Span) -> Span:
        """Return where a passage stands in the document, from its first to its last word."""
        return Span(self._offset(span.start), self._offset(max(span.start, span.end - 1)) + 1)

    def parts(self, span: Span) -> tuple[Span, ...]:
        """Return the parts of a passage in the document, one for each piece that it touches."""
        return tuple(
            Span(
                there + max(span.start, start) - start, there + min(span.end, start + size) - start
            )
            for start, there, size in self.pieces
            if start < span.end and span.start < start + size
        )

    def _offset(self, at: int) -> int:
        number = max(0, bisect_right(self.pieces, (at, float("inf"), 0)) - 1)
        start, there, _ = self.pieces[number]
        return there + at - start


class SourceText:
    """One source, ready to be searched."""

    def __init__(
        self,
        document: Document,
        language: Language,
        *,
        extract: Extract | None = None,
        said_by: SourceSpeaker | None = None,
    ) -> None:
        """Make a source; `said_by` says all of it, as of a quote of a store."""
        self.document, self.language = document, language
        self._extract, self._said_by = extract, said_by

    @property
    def stored(self) -> bool:
        """True for a quote of a store, whose place in its article is not known here."""
        return self._said_by is not None

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """The outermost quotation marks."""
        return outermost_marks(self.document.text, self.language)

    @cached_property
    def turns(self) -> tuple[LabelledTurn, ...]:
        """The turns, where it is a transcript."""
        if self.stored:
            return ()
        return labelled_turns(self.document, self.language)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """What extraction finds in it; nothing in a transcript, whose labels say who speaks."""
        return tuple(self._extract(self.document)) if self._extract else ()

    @cached_property
    def streams(self) -> tuple[Stream, ...]:
        """The running text, and the words inside quotation marks, paragraph by paragraph.

        Of a transcript, what each speaker says until the next one speaks.
        """
        running = self._running()
        if self.turns:
            return (*self._of_turns(running.boundaries), *self._inside_marks())
        return (running, *self._inside_marks())

    def line(self, at: int) -> int:
        """Return the line of an offset, from 1."""
        return line_number(self.document.text, at)

    def page_and_time(self, at: int) -> tuple[int | None, float | None]:
        """Return the page and the time of an offset, where the source has them."""
        places = self.document.locations
        number = bisect_right([place.start for place in places], at) - 1
        if number >= 0:
            return places[number].page, places[number].time
        turn = self._turn(Span(at, at + 1))
        return None, turn.time if turn else None

    def speaker(self, span: Span) -> SourceSpeaker:
        """Return who says a passage."""
        if self._said_by is not None:
            return self._said_by
        turn = self._turn(span)
        if turn:
            names = (turn.label,) if turn.label != turn.name else ()
            return SourceSpeaker(name=turn.name, role=turn.role, said_by="label", names=names)
        inside = bool(self.marked_parts(span))
        if self.turns and not (inside and self._before_turns(span)):
            return SourceSpeaker()
        if self.title_speaker and not inside:
            return SourceSpeaker(name=self.title_speaker, said_by="title")
        quote = self._quote(span)
        if quote is not None:
            sure = quote.probability >= MIN_PROBABILITY
            return SourceSpeaker(
                name=quote.speaker if sure else None,
                kind=quote.kind,
                role=quote.role,
                said_on=quote.said_on,
                said_by="quotation",
                indirect=quote.type == "indirect" and not inside,
            )
        own = bool(self.marks) and not inside and not self.first_person
        return SourceSpeaker(own_text=own, said_by="quotation" if inside else "")

    def marked_parts(self, span: Span) -> Spans:
        """Return the parts of a passage that stand inside quotation marks."""
        return quoted_parts(self.marks, span)

    def quoted_together(self, parts: Sequence[Span]) -> bool:
        """Tell whether passages are of one quotation ("A," said X, "B."), as far as is known."""
        if not self.quotes:
            between = self.document.text[parts[0].end : parts[-1].start]
            return len(between.split()) <= MAX_CUE_WORDS * (len(parts) - 1)
        return any(
            all(any(own.overlaps(part) for own in quote.content) for part in parts)
            for quote in self.quotes
        )

    def names_near(self, name: str, span: Span) -> bool:
        """Tell whether the last word of a name stands around a passage, or in its label."""
        if self._said_by is not None:
            near = self._said_by.name or ""
        elif self.turns:
            turn = self._turn(span)
            near = f"{turn.name} {turn.label}" if turn else ""
        else:
            near = self.document.text[max(0, span.start - NEAR_CHARS) : span.end + NEAR_CHARS]
        return fold_name(name.split()[-1]) in fold_name(near)

    def mentions(self, name: str) -> bool:
        """Tell whether the text or its title has the last word of a name."""
        last = fold_name(name.split()[-1])
        return last in fold_name(f"{self.document.title or ''} {self.document.text}")

    @cached_property
    def title_speaker(self) -> str | None:
        """The name in the title of a speech or statement ("Remarks by President Ruiz")."""
        nouns = self.language.optional_words("speech-titles")
        first = next((line for line in self.document.text.splitlines() if line.strip()), "")
        for title in (self.document.title or "", first):
            words = {fold_word(word.strip(",:;.")) for word in title.split()}
            found = BY.search(title) if len(title) <= MAX_TITLE_CHARS and words & nouns else None
            if found and found[1][:1].isupper():
                return found[1].strip(" .\"'“”")
        return None

    @cached_property
    def first_person(self) -> bool:
        """True where the text outside of marks speaks of "I" and "we", as speeches do."""
        known = load_lexicon(self.language).pronouns
        outside = self.document.text
        for mark in reversed(self.marks):
            for part in reversed(mark.outer):
                outside = f"{outside[: part.start]} {outside[part.end :]}"
        words = cut_tokens(outside)
        first = sum(1 for word in words if word.form in known and known[word.form].person == 1)
        return first > 0 and first * 100 >= len(words)

    def _before_turns(self, span: Span) -> bool:
        """Tell whether a passage stands in the article before an interview."""
        return not self.turns or span.end <= self.turns[0].span.start

    def _turn(self, span: Span) -> LabelledTurn | None:
        return next((turn for turn in self.turns if turn.span.overlaps(span)), None)

    def _quote(self, span: Span) -> Quote | None:
        """Return the shortest quote that holds most of a passage, one with a speaker first."""
        found = []
        for quote in self.quotes:
            shared = shared_chars((span,), quote.content)
            own = sum(len(part) for part in quote.content)
            if shared >= MIN_OVERLAP * min(len(span), own) and shared:
                found.append((quote.speaker is None, quote.type == "indirect", own, quote))
        return min(found, key=lambda each: each[:3])[3] if found else None

    def _running(self) -> Stream:
        text = self.document.text
        ends = {0, len(text)}
        ends |= {match.end() for match in SENTENCE_END.finditer(text) if self._ends(text, match)}
        ends |= {
            edge for p in paragraphs(text, self.language) for edge in (p.span.start, p.span.end)
        }
        ends |= {edge for m in self.marks for part in m.parts for edge in (part.start, part.end)}
        ends |= {edge for turn in self.turns for edge in (turn.span.start, turn.span.end)}
        return Stream(text, ((0, 0, len(text)),), tuple(sorted(ends)), running=True)

    def _ends(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether a full stop ends a sentence, and no abbreviation."""
        if match[0][0] != ".":
            return True
        word = text[: match.start() + 1].split()[-1].lstrip("\"'“‘([")
        initial = len(word) == 2 and word[0].isupper() and word != "I."
        return not initial and word not in self.language.optional_words("abbreviations")

    def _of_turns(self, boundaries: Sequence[int]) -> Iterator[Stream]:
        """Yield what stands before the first turn, and the words of each speaker in a row."""
        text = self.document.text
        first = self.turns[0].span.start
        edges = {edge for edge in boundaries if edge < first}
        yield Stream(text[:first], ((0, 0, first),), tuple(sorted({*edges, first})), running=True)
        for _, group in groupby(self.turns, key=lambda turn: turn.name):
            words, pieces, edges = "", list[tuple[int, int, int]](), {0}
            for turn in group:
                words += "\n" if words else ""
                by = len(words) - turn.span.start
                pieces.append((len(words), turn.span.start, len(turn.span)))
                words += turn.span.of(text)
                low = bisect_right(boundaries, turn.span.start - 1)
                high = bisect_right(boundaries, turn.span.end)
                edges |= {edge + by for edge in boundaries[low:high]}
            yield Stream(words, tuple(pieces), tuple(sorted(edges)), running=True)

    def _inside_marks(self) -> Iterator[Stream]:
        """Yield the words inside marks, of each run of paragraphs that have some.

        Of a transcript only those before the first turn.
        """
        text, group, last = self.document.text, list[Span](), -2
        edges = [p.span for p in paragraphs(text, self.language)]
        starts = [span.start for span in edges]
        for mark in self.marks:
            for part in filter(self._before_turns, mark.parts):
                number = bisect_right(starts, part.start) - 1
                if number > last + 1 and group:
                    yield from _joined(text, group)
                    group = []
                group.append(part)
                last = number
        yield from _joined(text, group)


def _joined(text: str, parts: Sequence[Span]) -> Iterator[Stream]:
    """Yield a stream of several parts; one alone stands in the running text."""
    if len(parts) < 2:
        return
    words, pieces = "", list[tuple[int, int, int]]()
    for part in parts:
        words += " " if words else ""
        pieces.append((len(words), part.start, len(part)))
        words += part.of(text)
    edges = {edge for start, _, length in pieces for edge in (start, start + length)}
    edges |= {match.end() for match in SENTENCE_END.finditer(words)}
    yield Stream(words, tuple(pieces), tuple(sorted(edges)), running=False)
