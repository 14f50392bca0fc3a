"""The queue of quotes to be reviewed, and how often people agree with the program and each other.

In: the table of quotes in memory, reviews. Out: the next quote after a place in the queue, and
counts. The queries are `quotes.store.review_queries`.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from quotes.records import Review
from quotes.store import Selection, review_queries
from quotes.store.quote_table import QuoteTable, Rows
from quotes.web.errors import Refused

PLACE = re.compile(r"([0-9]{1,12})-([0-9a-f]{16})")
BATCH = re.compile(r"all of (?:rule|speaker) .+, batch [0-9a-f]{8}", re.DOTALL)
"""The reason of reviews of quotes that nobody looked at one by one (`batch_reason`)."""


def queue(
    table: QuoteTable, selection: Selection, *, after: str | None = None, limit: int = 1
) -> Rows:
    """Return the next quotes that nobody has reviewed.

    Args:
        table: The table of quotes.
        selection: Which quotes.
        after: The `place` of the quote before the next.
        limit: How many quotes at most.

    Raises:
        Refused: Where `after` is no place.
    """
    before = None
    if after is not None:
        found = PLACE.fullmatch(after)
        if not found:
            raise Refused(400, "after: is no place in the queue: leave it out to begin at the top")
        before = int(found[1]), found[2]
    rows = review_queries.queue(table, selection, after=before, limit=limit)
    return [{**row, "place": f"{row['score']}-{row['id']}"} for row in rows]


def agreement(reviews: Sequence[Review]) -> dict[str, Any]:
    """Count how often reviewers left quotes as they were found, and agreed with each other.

    What was accepted all at once was not looked at, and does not count.

    Args:
        reviews: The reviews that stand, in order of time.
    """
    last = _outcomes(reviews)
    counts = {"accepted": 0, "rejected": 0, "changed": 0}
    alike = pairs = 0
    for outcomes in last.values():
        counts[list(outcomes.values())[-1]] += 1
        if len(outcomes) > 1:
            pairs += 1
            alike += len(set(outcomes.values())) == 1
    reviewed = sum(counts.values())
    return {
        **counts,
        "reviewed": reviewed,
        "with_program": round(counts["accepted"] / reviewed, 4) if reviewed else None,
        "reviewed_by_several": pairs,
        "among_reviewers": round(alike / pairs, 4) if pairs else None,
    }


def differing(reviews: Sequence[Review]) -> frozenset[str]:
    """Return the ids of the quotes on which reviewers differ, of the reviews that stand."""
    last = _outcomes(reviews)
    return frozenset(quote for quote, by in last.items() if len(set(by.values())) > 1)


def _outcomes(reviews: Sequence[Review]) -> dict[str, dict[str, str]]:
    """Return the last outcome of each reviewer for each quote that was looked at."""
    last: dict[str, dict[str, str]] = {}
    for review in reviews:
        looked_at = not BATCH.fullmatch(review.why)
        if looked_at and review.quote and review.action not in ("merge", "split", "add"):
            last.setdefault(review.quote, {})[review.by] = _outcome(review)
    return last


def last_of(reviews: Iterable[Review], by: str) -> list[Review]:
    """Return the last of a person's standing reviews, with those saved together with it."""
    own = [review for review in reviews if review.by == by]
    return [review for review in own if review.at == own[-1].at]


def batch_reason(which: str) -> str:
    """Return the reason of reviews that are made all at once."""
    return f"all of {which}, batch {secrets.token_hex(4)}"


def _outcome(review: Review) -> str:
    return {"accept": "accepted", "reject": "rejected"}.get(review.action, "changed")
