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
    reviews = tuple(reviews)
    gone = undone(reviews)
    found = (review for review in _latest_first(reviews) if review.id not in gone)
    return tuple(reversed([review for review in found if review.action != "undo"]))


def undone(reviews: Iterable[Review]) -> frozenset[str]:
    """Return the ids of the reviews that are undone now, undone undoings among them."""
    gone = set[str]()
    for review in _latest_first(reviews):
        if review.action == "undo" and review.id not in gone:
            gone.add(review.undoes or "")
    return frozenset(gone)


def _latest_first(reviews: Iterable[Review]) -> list[Review]:
    return sorted(reviews, key=lambda review: (review.at, review.id), reverse=True)
