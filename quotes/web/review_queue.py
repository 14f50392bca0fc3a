"""The queue of quotes to be reviewed, and how often people agree with the program and each other.

In: the table of quotes in memory, reviews. Out: the next quote after a place in the queue, and
counts. The queries are `quotes.store.review_queries`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from quotes.records import Review
from quotes.standing_reviews import standing
from quotes.store import Selection, review_queries
from quotes.store.quote_table import QuoteTable, Rows
from quotes.web.errors import Refused

PLACE = re.compile(r"([0-9]{1,12})-([0-9a-f]{16})")
BATCH = "batch "  # in the reason of reviews that were made together


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


def agreement(judgements: Sequence[Review]) -> dict[str, Any]:
    """How often people left the program's result as it was, and how often two people who checked the same quote decided alike."""
    last: dict[str, dict[str, str]] = {}
    for judgement in standing(judgements):
        if judgement.quote and judgement.action not in ("merge", "split", "add"):
            last.setdefault(judgement.quote, {})[judgement.by] = _view(judgement)
    counts = {"accepted": 0, "rejected": 0, "changed": 0}
    alike = pairs = 0
    for views in last.values():
        counts[list(views.values())[-1]] += 1
        if len(views) > 1:
            pairs += 1
            alike += len(set(views.values())) == 1
    decided = sum(counts.values())
    return {
        **counts,
        "decided": decided,
        "with_program": round(counts["accepted"] / decided, 4) if decided else None,
        "judged_by_several": pairs,
        "among_people": round(alike / pairs, 4) if pairs else None,
    }


def last_of(judgements: Iterable[Review], by: str) -> list[Review]:
    """The last decision of a person that stands, with those made together with it."""
    own = [judgement for judgement in standing(judgements) if judgement.by == by]
    if not own:
        return []
    last = own[-1]
    return [j for j in own if j.why == last.why] if BATCH in last.why else [last]


def _view(judgement: Review) -> str:
    return {"accept": "accepted", "reject": "rejected"}.get(judgement.action, "changed")
