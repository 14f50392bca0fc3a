"""Which candidate lies in the content of which.

In: candidates. Out: for each of them the number of the candidate around it. Candidates are told
apart by their place among the others, so that two equal ones stay two.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.analysis import token_numbers
from quotes.attribution.candidates import Candidate, Trait


def parents_of(candidates: Sequence[Candidate]) -> tuple[int | None, ...]:
    """Return for each candidate the number of the one around it, where there is one.

    That is the one with the smallest content that holds its cue (without one, its source) and
    content. A citing candidate lies in the one whose content it shares.
    """
    contents = [token_numbers(c.content) for c in candidates]
    by_size = sorted(
        (n for n, content in enumerate(contents) if content), key=lambda n: len(contents[n])
    )
    spread = [(n, min(contents[n]), max(contents[n])) for n in by_size]
    return tuple(_parent(candidates, contents, spread, n) for n in range(len(candidates)))


def _parent(
    candidates: Sequence[Candidate],
    contents: Sequence[frozenset[int]],
    spread: Sequence[tuple[int, int, int]],
    number: int,
) -> int | None:
    """Return the number of the smallest of the others that holds a candidate."""
    candidate, numbers = candidates[number], contents[number]
    citing = Trait.CITING in candidate.traits
    noun = Trait.CERTAIN in candidate.traits and Trait.CHAIN not in candidate.traits
    attributing = token_numbers(candidate.cue) or token_numbers(candidate.source)
    low, high = min(numbers | attributing, default=0), max(numbers | attributing, default=0)
    for other, first, last in spread:
        if other == number or first > high or last < low or (first > low and not citing):
            continue
        content = contents[other]
        if citing and Trait.CITING not in candidates[other].traits and content == numbers:
            return other
        if noun and candidates[other].head == candidate.anchor:
            continue  # "rejected Smith's claim that": who judges a statement does not report it
        if len(content) > len(numbers) and numbers < content and attributing <= content:
            return other
    return None
