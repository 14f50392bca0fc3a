"""The reviews that stand: those that nobody has undone.

In: reviews in any order. Out: reviews in order of time. Applying them is left to others.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotes.records import Review


def standing(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Return the reviews that were not undone, in order of time.

    An `undo` can itself be undone: the review that it took back then stands again.
    """
    found, undone = list[Review](), set[str]()
    for review in sorted(reviews, key=lambda r: (r.at, r.id), reverse=True):
        if review.id in undone:
            continue
        if review.action == "undo":
            undone.add(review.undoes or "")
        else:
            found.append(review)
    return tuple(reversed(found))
