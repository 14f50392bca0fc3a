"""Which decisions of people stand: those that were not taken back.

In: judgements in any order. Out: judgements in the order of time. What they decide is for others to apply.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotes.records import Review


def standing(judgements: Iterable[Review]) -> tuple[Review, ...]:
    """The decisions that were not taken back, in the order of time. To take back an `undo` brings the decision again."""
    kept, undone = list[Review](), set[str]()
    for judgement in sorted(judgements, key=lambda j: (j.at, j.id), reverse=True):
        if judgement.id in undone:
            continue
        if judgement.action == "undo":
            undone.add(judgement.undoes or "")
        else:
            kept.append(judgement)
    return tuple(reversed(kept))
