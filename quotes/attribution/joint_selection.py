"""The last decision: which of the candidates that are likely enough become quotes together.

In: `Analysis`, candidates with their confidences. Out: those that break none of `CONSTRAINTS` with
each other and are likeliest together, and for each of the others what it lost to.
Candidates of different sentences hardly ever meet, so that each group of candidates that do is
searched in full.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.content_ranges import content_ranges

Scored = tuple[Candidate, float]
# Candidates that meet each other, of which all selections are tried; of more, the likelier first.
MAX_GROUP = 16
MAX_CONFIDENCE = 0.9999
PASSING_ON = frozenset({Trait.CITING, Trait.PASSES_ON})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A candidate that was not chosen: the constraint, and the candidate that was chosen instead.

    `margin` is by how much the confidence of that one is greater.
    """

    candidate: Candidate
    constraint: str
    winner: Candidate
    margin: float


def one_candidate_per_cue(one: Candidate, other: Candidate) -> bool:
    """Return True if the main words of their cues are not the same."""
    return one.anchor != other.anchor or not one.cue or not other.cue


def disjoint_or_nested(one: Candidate, other: Candidate) -> bool:
    """Return True if both contents share no word, or one statement is part of the other.

    Then its cue, or without one its source, stands in the content around, too.
    """
    first, second = token_numbers(one.content), token_numbers(other.content)
    if not first & second:
        return True
    if len(first) > len(second):
        one, first, second = other, second, first
    attributing = token_numbers(one.cue) or token_numbers(one.source)
    return first < second and (not attributing or bool(attributing & second))


CONSTRAINTS: Mapping[str, Callable[[Candidate, Candidate], bool]] = {
    "one candidate for each cue": one_candidate_per_cue,
    "contents disjoint or one in the other": disjoint_or_nested,
}


def broken_constraint(one: Candidate, other: Candidate) -> str | None:
    """Return the first constraint that two candidates break together.

    Who passes on what another one says has that one's words and cue; layout gives whole passages.
    """
    if PASSING_ON & (one.traits | other.traits):
        return None
    return next((name for name, keeps in CONSTRAINTS.items() if not keeps(one, other)), None)


def select(
    analysis: Analysis, scored: Sequence[Scored], min_shown: float
) -> tuple[list[Scored], list[Conflict]]:
    """Return the candidates without those that others exclude, and these.

    Args:
        analysis: The analysis of the chunk.
        scored: Candidates, each with its confidence.
        min_shown: The confidence from which a candidate excludes others; less likely ones stay.
    """
    out = [(_apart_from_content(analysis, c), p) for c, p in scored]
    rivals = _rivals(out, min_shown)
    lost: dict[int, int] = {}
    for group in _groups(rivals):
        kept = _best(
            [_weight(out[n][1]) for n in group],
            [[group.index(m) for m in rivals[n]] for n in group],
        )
        winners = {group[i] for i in kept}
        for number in group:
            if number not in winners:
                lost[number] = max(rivals[number] & winners, key=lambda n: (out[n][1], -n))
    conflicts = [
        Conflict(
            out[number][0],
            broken_constraint(out[number][0], out[winner][0]) or "",
            out[winner][0],
            out[winner][1] - out[number][1],
        )
        for number, winner in sorted(lost.items())
    ]
    return [pair for number, pair in enumerate(out) if number not in lost], conflicts


def _apart_from_content(analysis: Analysis, candidate: Candidate) -> Candidate:
    """Return a candidate whose content holds no word of its cue or source."""
    attributing = token_numbers(candidate.cue) | token_numbers(candidate.source)
    numbers = token_numbers(candidate.content)
    if not numbers & attributing or not numbers - attributing - analysis.punctuation:
        return candidate
    content = content_ranges(analysis, numbers - attributing, candidate.anchor)
    return replace(candidate, content=content) if content else candidate


def _rivals(scored: Sequence[Scored], min_shown: float) -> dict[int, frozenset[int]]:
    """Return for each candidate that excludes others the numbers of these."""
    shown = [n for n, (_, confidence) in enumerate(scored) if confidence >= min_shown]
    reach = {n: _reach(scored[n][0]) for n in shown}
    found: dict[int, set[int]] = {}
    for place, one in enumerate(shown):
        for other in shown[place + 1 :]:
            if reach[one][0] > reach[other][1] or reach[other][0] > reach[one][1]:
                continue
            if broken_constraint(scored[one][0], scored[other][0]) is not None:
                found.setdefault(one, set()).add(other)
                found.setdefault(other, set()).add(one)
    return {number: frozenset(others) for number, others in found.items()}


def _reach(candidate: Candidate) -> tuple[int, int]:
    """Return the first word of cue and content, and the last."""
    ranges = (*candidate.cue, *candidate.content)
    return min(r[0] for r in ranges), max(r[1] for r in ranges) - 1


def _weight(confidence: float) -> float:
    """Return how much a candidate counts for: two that are unlikely less than one that is sure."""
    return -math.log(1 - min(confidence, MAX_CONFIDENCE))


def _groups(rivals: Mapping[int, frozenset[int]]) -> Iterator[list[int]]:
    """Yield the numbers of candidates that exclude each other, directly or over others."""
    left = set(rivals)
    while left:
        group, waiting = set[int](), [min(left)]
        while waiting:
            number = waiting.pop()
            if number not in group:
                group.add(number)
                waiting += rivals[number]
        left -= group
        yield sorted(group)


def _best(weights: Sequence[float], rivals: Sequence[Sequence[int]]) -> frozenset[int]:
    """Return the members of a group that exclude no other and have the greatest sum of weights."""
    order = sorted(range(len(weights)), key=lambda n: (-weights[n], n))
    if len(weights) > MAX_GROUP:
        chosen: set[int] = set()
        for number in order:
            if not chosen & set(rivals[number]):
                chosen.add(number)
        return frozenset(chosen)
    best: tuple[float, tuple[int, ...]] = (-1.0, ())

    def search(place: int, total: float, taken: tuple[int, ...], banned: frozenset[int]) -> None:
        nonlocal best
        if total > best[0]:
            best = total, taken
        if place == len(order) or total + sum(weights[n] for n in order[place:]) <= best[0]:
            return
        number = order[place]
        if number not in banned:
            more = banned | frozenset(rivals[number])
            search(place + 1, total + weights[number], (*taken, number), more)
        search(place + 1, total, taken, banned)

    search(0, 0.0, (), frozenset())
    return frozenset(best[1])
