"""The reviews that stand: not undone, the earliest first."""

from __future__ import annotations

from itertools import permutations

from quotes.records import Review
from quotes.standing_reviews import standing
from tests.identity.sample_usages import review_row

MERGE = review_row(1, "merge", "Abu Mazen", "Mahmoud Abbas")
SPLIT = review_row(2, "split", "Peskov", day=2)
UNDO = review_row(3, "undo", undoes="j1", day=3)
REDO = review_row(4, "undo", undoes="j3", day=4)


def stand(*reviews: Review) -> list[str]:
    return [review.id for review in standing(reviews) if review.action != "undo"]


def test_reviews_stand_in_the_order_in_which_they_were_made() -> None:
    assert stand(SPLIT, MERGE) == ["j1", "j2"]
    assert stand() == []


def test_what_was_undone_does_not_stand() -> None:
    assert stand(MERGE, SPLIT, UNDO) == ["j2"]


def test_an_undo_can_be_undone() -> None:
    assert stand(MERGE, UNDO, REDO) == ["j1"]


def test_the_order_in_which_they_come_does_not_matter() -> None:
    orders = permutations([MERGE, SPLIT, UNDO, REDO])
    assert {tuple(stand(*order)) for order in orders} == {("j1", "j2")}
