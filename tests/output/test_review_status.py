"""The outcome of a review in one word for people."""

from __future__ import annotations

from typing import get_args

from quotes.output.review_status import REVIEW_LABELS
from quotes.store.reviews.applying import ReviewStatus


def test_every_outcome_of_a_review_has_a_word_of_its_own() -> None:
    assert set(get_args(ReviewStatus)) <= REVIEW_LABELS.keys()
    assert len(set(REVIEW_LABELS.values())) == len(REVIEW_LABELS)


def test_what_nobody_reviewed_is_called_so() -> None:
    assert REVIEW_LABELS["machine"] == "not reviewed"
