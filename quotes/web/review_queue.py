"""The queue of quotes to be checked, how far the work is, and how often people agree with the program and with each other.

In: the table in memory, decisions. Out: the next quote after a place in the queue, and counts. First comes what is least certain and most
used: the chance that the quote or its speaker is wrong, times the logarithm of how often the speaker is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from quotes.records import Review
from quotes.standing_reviews import standing
from quotes.store.quote_table import QUOTES_IN_MEMORY, QuoteTable, Rows
from quotes.web.errors import Refused
from quotes.web.search import Search, condition

# A person's speaker counts as certain, an unknown one as a chance of one half: nobody may be named.
SURE = "confidence * CASE WHEN speaker IS NULL THEN 0.5 ELSE speaker_confidence END"
SCORE = f"CAST(1e6 * (1 - {SURE}) * ln(2 + coalesce(uses, 0)) AS BIGINT)"
SCORED = "confidence, speaker, speaker_confidence, speaker_id"  # what the score is made of
USES = f"(SELECT speaker_id AS used, count(*) AS uses FROM {QUOTES_IN_MEMORY} WHERE speaker_id IS NOT NULL GROUP BY speaker_id)"
PLACE = re.compile(r"([0-9]{1,12})-([0-9a-f]{16})")
BATCH = "batch "  # in the reason of decisions that were made together


def queue(
    quote_table: QuoteTable, search: Search, *, after: str | None = None, limit: int = 1
) -> Rows:
    """The next quotes that nobody has checked; each has `place`, to be given as `after`."""
    where, values = condition(search)
    query = f"""
        SELECT q.* EXCLUDE (cut_words), score, score || '-' || id AS place FROM (
            SELECT * FROM (
                SELECT id, {SCORE} AS score
                FROM (SELECT id, {SCORED} FROM {QUOTES_IN_MEMORY} WHERE review IS NULL AND {where}) LEFT JOIN {USES} ON used = speaker_id)
            WHERE {{after}} ORDER BY score DESC, id LIMIT {int(limit)}) JOIN {QUOTES_IN_MEMORY} q USING (id) ORDER BY score DESC, id"""
    if after is None:
        return quote_table.rows(query.format(after="TRUE"), values)
    found = PLACE.fullmatch(after)
    if not found:
        raise Refused(400, "after: is no place in the queue: leave it out to begin at the top")
    score, name = int(found[1]), found[2]
    return quote_table.rows(
        query.format(after="(score < ? OR (score = ? AND id > ?))"), [*values, score, score, name]
    )


def progress(quote_table: QuoteTable, search: Search) -> dict[str, Any]:
    """How many quotes of a search there are, and how many were checked."""
    where, values = condition(search)
    row = quote_table.rows(
        f"SELECT count(*) AS all_quotes, count(review) AS checked FROM {QUOTES_IN_MEMORY} WHERE {where}",
        values,
    )[0]
    return {
        "quotes": row["all_quotes"],
        "checked": row["checked"],
        "left": row["all_quotes"] - row["checked"],
    }


def groups(quote_table: QuoteTable, search: Search) -> dict[str, Rows]:
    """The rules and the speakers with most quotes that nobody has checked: what can be looked through, or accepted, together."""
    where, values = condition(search)
    left = f"FROM {QUOTES_IN_MEMORY} WHERE review IS NULL AND {where}"
    return {
        "rules": quote_table.rows(
            f"SELECT rule AS value, rule AS label, count(*) AS count {left} GROUP BY ALL ORDER BY count DESC, rule LIMIT 12",
            values,
        ),
        "speakers": quote_table.rows(
            f"SELECT speaker_id AS value, any_value(speaker_name) AS label, count(*) AS count {left} AND speaker_id IS NOT NULL"
            " GROUP BY speaker_id ORDER BY count DESC, label LIMIT 12",
            values,
        ),
    }


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
