"""Reviews into a store: checked, anchored in their documents, and stored in one commit.

In: a store and what people ask for. Out: the reviews as they are stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from quotes.errors import StoreError
from quotes.records import METADATA, Review, ReviewRequest
from quotes.standing_reviews import undone
from quotes.store import commits, removal
from quotes.store.reviews import anchoring
from quotes.store.schema import REVIEWS

if TYPE_CHECKING:
    from quotes.store import Store

COMPACTED_FILES = 50  # of the table of reviews: opening a store reads them all


def write_reviews(store: Store, requests: Iterable[ReviewRequest]) -> tuple[Review, ...]:
    """Store reviews in one commit: all of them or, with an error, none.

    Returns the reviews in order of the requests; of equal requests only one is stored.

    Raises:
        SpeakerError: for a merge or split of a name that no speaker has.
        StoreError: for a request that lacks what its action needs, is about what is not there, or
            undoes what is undone already.
    """
    now = datetime.now(UTC)
    reviews = tuple(dict.fromkeys(_new_review(request, at=now) for request in requests))
    session, gone = store._session(), undone(store.reviews())
    for review in reviews:
        anchoring.validate(session, review)
        if review.action in ("merge", "split"):
            store.require_speakers(review.names)
            removal.require_known(store, review.documents, "nothing was split")
        if review.action in METADATA:
            removal.require_known(store, [review.document or ""], "nothing was changed")
        if review.action == "undo" and review.undoes in gone:
            raise StoreError(f"review {review.undoes!r} was undone already")
    anchored = anchoring.anchor(session, reviews, store.path)
    with store.writing():
        written = commits.write_reviews(store.path, anchored)
        if len(session.files_of(REVIEWS.name)) >= COMPACTED_FILES:
            with suppress(StoreError):  # they are stored; it is tried again behind the next ones
                store.compact([REVIEWS])
    return written


def _new_review(request: ReviewRequest, *, at: datetime) -> Review:
    """Return the review that a request asks for, not yet anchored and without an id."""
    given = {field.name: getattr(request, field.name) for field in fields(request)}
    lists = {
        name: tuple(given[name])
        for name in ("content", "cue", "source", "names", "documents", "words", "source_words")
    }
    return Review(id="", at=at, **(given | lists))
