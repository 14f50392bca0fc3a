"""One chunk of a document, analysed once and read by attribution, speakers and dates.

In: a document, its language, the parse and the marks of the chunk. Out: `Analysis`, which answers
by word number: head, subtree, the words of a span, the mark around a word. Word numbers count over
all sentences of the parse. It decides nothing.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from quotes.language import Language
from quotes.records import Document, EntityKind, Mark, Parse, Span, Spans, Word
from quotes.text.paragraphs import Paragraph, paragraphs

TokenRange = tuple[int, int]  # half-open range of word numbers
TokenRanges = tuple[TokenRange, ...]


def token_ranges(numbers: Iterable[int], *, bridge: frozenset[int] = frozenset()) -> TokenRanges:
    """Return word numbers as ranges; a gap is closed when all the words in it are in `bridge`."""
    ordered = sorted(set(numbers))
    if not ordered:
        return ()
    out: list[TokenRange] = []
    first = last = ordered[0]
    for n in ordered:
        if n > last + 1 and not bridge.issuperset(range(last + 1, n)):
            out.append((first, last + 1))
            first = n
        last = n
    return (*out, (first, last + 1))


@lru_cache(maxsize=16384)
def token_numbers(runs: TokenRanges) -> frozenset[int]:
    """Return the word numbers in the ranges."""
    return frozenset(n for a, b in runs for n in range(a, b))


@dataclass(frozen=True)
class Analysis:
    """Words, sentences, paragraphs and quotation marks of one chunk of a document.

    `parse`, `marks` and `paragraphs` are those of the chunk, in text order; a paragraph that the
    chunk cuts is whole. `pull_quotes` are those of the paragraphs whose words stand in a quotation
    nearby.
    """

    document: Document
    language: Language
    parse: Parse
    marks: tuple[Mark, ...]
    paragraphs: Spans = ()
    pull_quotes: Spans = ()

    @property
    def text(self) -> str:
        """The text of the whole document, in which every offset counts."""
        return self.document.text

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of all sentences."""
        return tuple(word for sentence in self.parse.sentences for word in sentence.words)

    @cached_property
    def base(self) -> tuple[int, ...]:
        """The number of the first word of each sentence, and at the end the number of words."""
        out = [0]
        for sentence in self.parse.sentences:
            out.append(out[-1] + len(sentence.words))
        return tuple(out)

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """For each word the number of its sentence."""
        return tuple(i for i, sentence in enumerate(self.parse.sentences) for _ in sentence.words)

    @cached_property
    def _middles(self) -> list[float]:
        return [(w.span.start + w.span.end) / 2 for w in self.words]

    def sentence(self, number: int) -> TokenRange:
        """Return the range of the sentence that the word stands in."""
        at = self.sentence_of[number]
        return self.base[at], self.base[at + 1]

    def head(self, number: int) -> int:
        """Return the number of the head, or -1."""
        return self._heads[number]

    @cached_property
    def _heads(self) -> tuple[int, ...]:
        return tuple(
            word.head if word.head < 0 else base + word.head
            for base, sentence in zip(self.base, self.parse.sentences, strict=False)
            for word in sentence.words
        )

    def children(self, number: int) -> tuple[int, ...]:
        """Return the numbers of the dependents, in text order."""
        return self._children[number]

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        below: list[list[int]] = [[] for _ in self.words]
        for number, head in enumerate(self._heads):
            if head >= 0:
                below[head].append(number)
        return tuple(map(tuple, below))

    def subtree(self, number: int) -> frozenset[int]:
        """Return the numbers of the word and of everything below it."""
        known = self._subtrees.get(number)
        if known is None:
            at = self.sentence_of[number]
            base = self.base[at]
            below = self.parse.sentences[at].subtree(number - base)
            known = self._subtrees[number] = frozenset(base + i for i in below)
        return known

    @cached_property
    def _subtrees(self) -> dict[int, frozenset[int]]:
        return {}

    def ancestors(self, number: int) -> tuple[int, ...]:
        """Return the numbers from the head up to the root."""
        heads, out = self._heads, []
        while (number := heads[number]) >= 0:
            out.append(number)
        return tuple(out)

    def top(self, numbers: frozenset[int]) -> int | None:
        """Return the first of some words whose head is none of them, None of no words."""
        return next((n for n in sorted(numbers) if self.head(n) not in numbers), None)

    def entity_kinds(self, numbers: frozenset[int]) -> frozenset[EntityKind]:
        """Return the kinds of the names that have a word among these."""
        return frozenset(
            entity.kind
            for entity in self.parse.entities
            if numbers.intersection(range(*self.within(entity.span)))
        )

    def within(self, span: Span) -> TokenRange:
        """Return the range of the words whose middle lies in the span."""
        return bisect.bisect_left(self._middles, span.start), bisect.bisect_left(
            self._middles, span.end
        )

    def span(self, run: TokenRange) -> Span:
        """Return the span from the first letter of the first word to the last of the last.

        The range must not be empty.
        """
        words = self.words[run[0] : run[1]]
        return Span(words[0].span.start, max(w.span.end for w in words))

    @cached_property
    def mark_runs(self) -> tuple[TokenRanges, ...]:
        """For each mark of `marks`, the words in its parts."""
        return tuple(
            tuple(run for part in mark.parts if (run := self.within(part))[0] < run[1])
            for mark in self.marks
        )

    @cached_property
    def marks_at(self) -> tuple[tuple[int, ...], ...]:
        """For each word the indices (in `marks`) of the marks around it, the outermost first."""
        out: list[tuple[int, ...]] = [()] * len(self.words)
        for index in sorted(range(len(self.marks)), key=lambda i: self.marks[i].level):
            for a, b in self.mark_runs[index]:
                for n in range(a, b):
                    out[n] = (*out[n], index)
        return tuple(out)

    @cached_property
    def marked(self) -> frozenset[int]:
        """The numbers of the words with a mark around them."""
        return frozenset(n for n, over in enumerate(self.marks_at) if over)

    def mark_over(self, number: int, cue: int) -> int:
        """Return the index of the outermost mark around the word and not around the cue, or -1."""
        over = self.marks_at[number]
        if over:
            around = self.marks_at[cue]
            for mark in over:
                if mark not in around:
                    return mark
        return -1

    @cached_property
    def punctuation(self) -> frozenset[int]:
        """The numbers of all punctuation marks."""
        return frozenset(n for n, word in enumerate(self.words) if word.upos == "PUNCT")

    @cached_property
    def verbs(self) -> frozenset[int]:
        """The numbers of all verbs and auxiliaries."""
        return frozenset(n for n, word in enumerate(self.words) if word.upos in ("VERB", "AUX"))

    @cached_property
    def finite(self) -> frozenset[int]:
        """The numbers of all finite verbs."""
        return frozenset(n for n, word in enumerate(self.words) if word.feat("VerbForm") == "Fin")

    def is_punct(self, number: int) -> bool:
        """Return True for a punctuation mark."""
        return number in self.punctuation

    def trim(self, run: TokenRange) -> TokenRange:
        """Return the range without punctuation at its ends; it may be empty."""
        a, b = run
        punctuation = self.punctuation
        while a < b and a in punctuation:
            a += 1
        while a < b and b - 1 in punctuation:
            b -= 1
        return a, b

    def gap(self, start: int, end: int) -> str:
        """Return the characters between two offsets, none where they cross."""
        return self.text[start:end] if start < end else ""

    def content_span(self, run: TokenRange) -> Span | None:
        """Return the span of a content, None where no word is left.

        Punctuation at the ends is left out, and quotation marks come in pairs. Where one mark
        encloses the whole, its inner part is the span, with the punctuation that stands inside the
        marks; where a mark opens at the start or closes at the end only, the mark belongs to the
        span.
        """
        a, b = self.trim(run)
        if a == b:
            return None
        core = self.span((a, b))
        start, end = core.start, core.end
        for index, mark in enumerate(self.marks):
            if mark.end <= core.start:
                continue
            if mark.start >= core.end:
                break
            for part, outer in zip(mark.parts, mark.outer, strict=True):
                if not self.mark_runs[index] or not part.overlaps(core):
                    continue
                first, last = self._content_edges(part)
                if core.start == first and core.end == last:
                    return part
                start = (
                    min(start, outer.start)
                    if core.start == first and core.end > part.end
                    else start
                )
                end = max(end, outer.end) if core.end == last and core.start < part.start else end
        return Span(start, self._closing_bracket(start, end))

    def _content_edges(self, part: Span) -> tuple[int, int]:
        a, b = self.trim(self.within(part))
        if a == b:
            return part.start, part.end
        return self.words[a].span.start, self.words[b - 1].span.end

    def _closing_bracket(self, start: int, end: int) -> int:
        """Return `end`, moved over a closing bracket whose partner lies inside."""
        for opening, closing in ("()", "[]"):
            if self.text[end : end + 1] == closing and self.text.count(
                opening, start, end
            ) > self.text.count(closing, start, end):
                return end + 1
        return end

    def spans(self, runs: TokenRanges) -> Spans:
        """Return the spans of a content in several ranges, in text order, empty ones left out."""
        found = (self.content_span(run) for run in runs)
        return tuple(span for span in found if span is not None)


def analyse(
    document: Document,
    language: Language,
    parse: Parse,
    marks: Iterable[Mark],
    *,
    layout: Sequence[Paragraph] | None = None,
) -> Analysis:
    """Return the analysis of one parsed chunk of a document.

    Args:
        document: The document; of its embeds only those of the chunk are read.
        language: The language whose rules and word lists apply.
        parse: The parse of the chunk.
        marks: The quotation marks of the document; those outside of the chunk are left out.
        layout: The paragraphs of the document, where they are known already.
    """
    if not parse.sentences:
        return Analysis(document, language, parse, ())
    low = min(s.span.start for s in parse.sentences)
    high = max(s.span.end for s in parse.sentences)
    layout = paragraphs(document.text, language) if layout is None else layout
    first = bisect.bisect_right(layout, low, key=lambda paragraph: paragraph.span.end)
    last = bisect.bisect_left(layout, high, key=lambda paragraph: paragraph.span.start)
    within = (
        mark
        for mark in sorted(marks, key=lambda mark: (mark.start, mark.level))
        if mark.start < high and mark.end > low
    )
    spans = tuple(paragraph.span for paragraph in layout[first:last])
    pulled = tuple(p.span for p in layout[first:last] if p.kind == "pull quote")
    return Analysis(document, language, parse, tuple(within), spans, pulled)


def is_participle(word: Word) -> bool:
    """Return True for a participle or gerund."""
    return word.feat("VerbForm") in ("Part", "Ger")


def is_present_participle(word: Word) -> bool:
    """Return True for "speaking", not for "spoken"."""
    return is_participle(word) and word.feat("Tense") != "Past"
