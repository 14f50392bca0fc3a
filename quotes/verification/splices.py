"""Splices: words of one quotation that stand in different places of the sources.

In: the words of a claim and an index. Out: the parts with their places, in the order of the claim,
and how far they are apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.verification.passage_index import PassageIndex, Run
from quotes.verification.wording import MIN_PART_WORDS

MIN_COVERED = 0.85  # of the claim's words, by weight, that the parts have together
MIN_PART_WEIGHT = 1.0  # of the words of a part that are not common
MIN_COMMON_PART_WORDS = 5  # of a part of common words only
MAX_NEAR = 10  # words between two parts of one place


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a claim: words `start` to `end` of it, and where they stand."""

    start: int
    end: int
    number: int
    at: int

    @property
    def stop(self) -> int:
        """The number of the word behind it in its stream."""
        return self.at + self.end - self.start


def find_parts(forms: Sequence[str], index: PassageIndex) -> tuple[Part, ...]:
    """Return the parts of a claim in different places; none where one place or none has them.

    Each is the longest run of words from where the one before ends, nearest to it where several
    places have one.
    """
    runs = list[Run]()
    at = 0
    while at < len(forms):
        found = index.longest_runs(forms, at)
        if found:
            run = min(found, key=lambda r: _distance(runs[-1] if runs else None, r))
            runs.append(run)
            at += run.size
        else:
            at += 1
    parts = _joined(runs, index)
    words = index.vocabulary
    good = [
        part
        for part in parts
        if part.end - part.start >= MIN_PART_WORDS
        and (
            words.content_weight(forms[part.start : part.end]) >= MIN_PART_WEIGHT
            or part.end - part.start >= MIN_COMMON_PART_WORDS
        )
    ]
    covered = sum(words.weight(form) for p in good for form in forms[p.start : p.end])
    whole = sum(map(words.weight, forms))
    return tuple(good) if len(good) > 1 and covered >= MIN_COVERED * whole else ()


def _distance(before: Run | None, run: Run) -> tuple[bool, int, int]:
    if before is None or before.number != run.number:
        return True, 0, run.number
    return False, abs(run.at - before.at - before.size), run.number


def _joined(runs: Sequence[Run], index: PassageIndex) -> list[Part]:
    """Join runs of one place: what differs between them is an alteration, not a splice."""
    parts = list[Part]()
    for run in runs:
        last = parts[-1] if parts else None
        if last and last.number == run.number and _is_near(last, run, index):
            end = run.claim + run.size
            parts[-1] = Part(last.start, end, last.number, run.at + run.size - (end - last.start))
            continue
        parts.append(Part(run.claim, run.claim + run.size, run.number, run.at))
    return parts


def _is_near(part: Part, run: Run, index: PassageIndex) -> bool:
    """Tell whether a run goes on close behind a part, with no whole sentence between."""
    between = run.at - part.stop
    if not 0 <= between <= MAX_NEAR:
        return False
    own = index.streams[run.number]
    edge, start = own.tokens[part.stop - 1].end, own.tokens[run.at].start
    ends = [b for b in own.stream.boundaries if edge < b <= start]
    return len(ends) < 2
