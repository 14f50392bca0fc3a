"""Contents as ranges of words: without punctuation at their ends, cut where quotation marks are.

In: `Analysis` and numbers or ranges of words. Out: ranges in text order, none of them empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from quotes.analysis import Analysis, TokenRange, TokenRanges, token_numbers, token_ranges
from quotes.attribution.candidates import Candidate


def trimmed(analysis: Analysis, ranges: Iterable[TokenRange]) -> TokenRanges:
    """Return the ranges without punctuation at their ends, those without words left out."""
    return tuple(run for run in map(analysis.trim, ranges) if run[0] < run[1])


def punctuation_between(analysis: Analysis, numbers: Iterable[int]) -> frozenset[int]:
    """Return the punctuation between the first and the last of some words."""
    found = frozenset(numbers)
    low, high = min(found, default=0), max(found, default=0)
    return analysis.punctuation.intersection(range(low, high))


def content_ranges(analysis: Analysis, numbers: Iterable[int], anchor: int) -> TokenRanges:
    """Return the words of a content as ranges, cut where parts of a mark begin."""
    found = frozenset(numbers)
    ranges = token_ranges(found, bridge=punctuation_between(analysis, found))
    return split_at_marks(analysis, trimmed(analysis, ranges), anchor)


def split_at_marks(analysis: Analysis, ranges: TokenRanges, anchor: int) -> TokenRanges:
    """Cut ranges where one whole mark ends and another begins with nothing between.

    Such marks are the parts of a quotation in several paragraphs. Marks around the anchor do
    not count.
    """
    out: list[TokenRange] = []
    for a, b in ranges:
        start = a
        for n in range(a + 1, b):
            before, here = analysis.mark_over(n - 1, anchor), analysis.mark_over(n, anchor)
            if (
                "\n" in analysis.gap(analysis.words[n - 1].span.end, analysis.words[n].span.start)
                and before >= 0
                and here >= 0
                and before == here
            ):
                new_part = any(n == run[0] for run in analysis.mark_runs[here])
                if new_part:
                    out.append((start, n))
                    start = n
        out.append((start, b))
    return tuple(out)


def without(analysis: Analysis, candidate: Candidate, numbers: frozenset[int]) -> Candidate:
    """Return the candidate with these words out of its content."""
    left = token_numbers(candidate.content) - numbers
    return replace(candidate, content=trimmed(analysis, token_ranges(left)))
