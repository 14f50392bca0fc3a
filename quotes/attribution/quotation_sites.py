"""Quotation marks as places where somebody's words may stand.

In: `Analysis`. Out: `QuotationSite`s, one for each outermost mark, and what can be told of them
from characters and parts of speech: whether they hold a statement, which candidate has them.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from quotes.analysis import Analysis, TokenRange, TokenRanges, token_numbers
from quotes.attribution.candidates import Candidate, Trait
from quotes.records import QuoteType, Span
from quotes.text.folding import fold_word

ENDS_SENTENCE = re.compile(r"[.!?…]['\"’”)\]]*$")
# Words between a closing mark and the clause of the cue: "..., on Monday, Smith said".
MAX_TAIL_WORDS = 3
# Words between the cue and an opening mark: "said in a statement on Tuesday: ...".
MAX_LEAD_WORDS = 25
MIN_DIRECT_SHARE = 0.9  # share of the words in marks from which a quote is direct
MIN_CLAUSE_WORDS = 5  # words in a mark from which a verb makes them a statement


class Attributed(Protocol):
    """Words and who said them: a candidate, a statement."""

    @property
    def content(self) -> TokenRanges:
        """The ranges of what was said."""

    @property
    def source(self) -> TokenRanges:
        """The ranges of who said it, empty where nobody is named."""


@dataclass(frozen=True, slots=True)
class QuotationSite:
    """An outermost quotation mark: its number, the ranges of its words, and its paragraph."""

    mark: int
    runs: TokenRanges
    paragraph: Span

    @property
    def first(self) -> int:
        """The first word."""
        return self.runs[0][0]

    @property
    def last(self) -> int:
        """The last word."""
        return self.runs[-1][1] - 1


def quotation_sites(analysis: Analysis) -> tuple[QuotationSite, ...]:
    """Return the outermost marks that hold words, in text order."""
    spans = sorted(analysis.paragraphs)
    starts = [s.start for s in spans]
    out = []
    for index, mark in enumerate(analysis.marks):
        if mark.level == 0 and analysis.mark_runs[index]:
            at = max(0, bisect.bisect_right(starts, mark.start) - 1)
            last = max(at, bisect.bisect_right(starts, max(mark.start, mark.end - 1)) - 1)
            around = (
                Span(spans[at].start, max(spans[last].end, mark.end))
                if spans
                else Span(mark.start, mark.end)
            )
            out.append(QuotationSite(index, analysis.mark_runs[index], around))
    return tuple(out)


def closing_words(analysis: Analysis, mark: int) -> str:
    """Return the text of the last part of a mark, which ends as the quotation does."""
    return analysis.marks[mark].parts[-1].of(analysis.text).rstrip()


def words_before(analysis: Analysis, site: QuotationSite) -> str:
    """Return the text of the paragraph before a mark."""
    return analysis.text[site.paragraph.start : analysis.marks[site.mark].start].rstrip()


def is_speech(analysis: Analysis, site: QuotationSite) -> bool:
    """Return True if a mark holds a statement rather than a title, a nickname or a scare quote.

    A statement has at least five words with a verb among them, or any words that end with
    sentence punctuation inside the marks and begin where a sentence begins.
    """
    numbers = token_numbers(site.runs) - analysis.punctuation
    inner = closing_words(analysis, site.mark)
    ends = bool(inner) and inner[-1] in ".!?…,—–-"
    verbs = not numbers.isdisjoint(analysis.verbs)
    if len(numbers) >= MIN_CLAUSE_WORDS:
        return verbs or ends
    return ends and begins_sentence(analysis, site) and (len(numbers) > 1 or inner[-1] in ".!?,")


def begins_sentence(analysis: Analysis, site: QuotationSite) -> bool:
    """Return True if only a paragraph's start or the end of a sentence stands before the mark."""
    before = words_before(analysis, site)
    return not before or bool(ENDS_SENTENCE.search(before)) or before[-1] in ":—–"


def claimed_marks(analysis: Analysis, candidates: Iterable[Candidate]) -> frozenset[int]:
    """Return the marks that hold content of a candidate whose anchor is outside of them."""
    return frozenset(
        m
        for c in candidates
        for n in token_numbers(c.content) & analysis.marked
        if (m := analysis.mark_over(n, c.anchor)) >= 0
    )


def attributing_zone(candidate: Candidate) -> TokenRange:
    """Return the range from the first to the last word of cue and source."""
    numbers = token_numbers(candidate.cue)
    if Trait.INHERITS not in candidate.traits:
        numbers |= token_numbers(candidate.source)
    return min(numbers), max(numbers) + 1


def quote_type(analysis: Analysis, candidate: Candidate) -> QuoteType:
    """Return the type of the quote, by the share of its words that stand in marks.

    Marks around the anchor do not count.
    """
    numbers = token_numbers(candidate.content) - analysis.punctuation
    quoted = sum(analysis.mark_over(n, candidate.anchor) >= 0 for n in numbers & analysis.marked)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= MIN_DIRECT_SHARE * len(numbers) else "mixed"


def addressed(analysis: Analysis, site: QuotationSite) -> frozenset[str]:
    """Return the surnames of the people whom a quotation addresses ("Sit down, Mr. Bell."), folded.

    None of them speaks it.
    """
    inside = token_numbers(site.runs)
    return frozenset(
        last_word(analysis, (run,))
        for run in _people(analysis)
        if run[0] in inside
        and (top := analysis.top(frozenset(range(*run)))) is not None
        and analysis.words[top].deprel == "vocative"
    )


def is_one_of(analysis: Analysis, source: TokenRanges, surnames: frozenset[str]) -> bool:
    """Return True if a source has one of the surnames, folded, also in apposition behind it.

    "The passenger | , Roscoe Bell".
    """
    if not source or not surnames:
        return False
    behind = range(source[-1][1], source[-1][1] + 2)
    return last_word(analysis, source) in surnames or any(
        run[0] in behind
        and not analysis.marks_at[run[0]]
        and last_word(analysis, (run,)) in surnames
        for run in _people(analysis)
    )


def _people(analysis: Analysis) -> Iterator[TokenRange]:
    """Yield the words of each name of a person."""
    for mention in analysis.parse.entities:
        run = analysis.within(mention.span)
        if mention.kind == "PER" and run[0] < run[1]:
            yield run


def stands_between_turns(
    analysis: Analysis,
    site: QuotationSite,
    before: Attributed,
    statements: Collection[Attributed],
) -> bool:
    """Return True if a paragraph in marks stands between two turns of another.

    Who speaks before and after it has asked a question, or answered that of somebody else.

    Args:
        analysis: The analysis of the chunk.
        site: The mark, which is all of its paragraph.
        before: The statement before it.
        statements: All statements around.
    """
    mark = analysis.marks[site.mark]
    around = analysis.text[site.paragraph.start : site.paragraph.end].strip()
    if len(around) > mark.end - mark.start + 2 or not before.content or not before.source:
        return False
    same = last_word(analysis, before.source)
    if not _asks(analysis, before.content) and not _answers(analysis, before, statements):
        return False
    following = next((p for p in analysis.paragraphs if p.start >= site.paragraph.end), None)
    if following is None:
        return False
    return any(
        s.source
        and following.contains(analysis.span(s.source[-1]))
        and last_word(analysis, s.source) == same
        for s in statements
    )


def _asks(analysis: Analysis, content: TokenRanges) -> bool:
    """Return True if a content ends with a question mark."""
    end = analysis.span(content[-1]).end
    return analysis.text[: end + 1].rstrip(" \"”’'»\u00a0").endswith("?") or (
        analysis.text[:end].endswith("?")
    )


def _answers(analysis: Analysis, answer: Attributed, statements: Iterable[Attributed]) -> bool:
    """Return True if the paragraph before a statement holds a question of another speaker."""
    start, speaker = analysis.span(answer.content[0]).start, last_word(analysis, answer.source)
    own = next((p for p in reversed(analysis.paragraphs) if p.start <= start), None)
    before = next((p for p in reversed(analysis.paragraphs) if own and p.end <= own.start), None)
    return before is not None and any(
        s.content
        and s.source
        and before.contains(analysis.span(s.content[-1]))
        and last_word(analysis, s.source) != speaker
        and _asks(analysis, s.content)
        for s in statements
    )


def last_word(analysis: Analysis, source: TokenRanges) -> str:
    """Return the last word of a source, folded: the surname of a name."""
    return fold_word(analysis.words[source[-1][1] - 1].form) if source else ""
