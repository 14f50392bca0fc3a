"""Queries of the queue in which people review quotes.

In: a `QuoteTable` and a `Selection`. Out: rows and counts. First in the queue comes what is least
certain; the quotes of one article come in the order of its text. No review changes the place of
another quote, so that a reader who skips one does not meet it again before the rest.
"""

from __future__ import annotations

from typing import Any

from quotes.store.quote_search import where
from quotes.store.quote_table import QUOTES_IN_MEMORY, QuoteTable, Rows
from quotes.store.quote_table_refresh import FOLDED_WORDS
from quotes.store.selection import Selection

MAX_GROUPS = 12
MAX_POSITION = 1_000_000  # of a quote in its article
UNKNOWN_SPEAKER = 0.5  # probability that nobody is right as the speaker

PROBABILITY_RIGHT = (
    f"confidence * CASE WHEN speaker IS NULL THEN {UNKNOWN_SPEAKER} ELSE speaker_confidence END"
)
PRIORITY = f"CAST(1e6 * (1 - {PROBABILITY_RIGHT}) AS BIGINT)"
TEXT_ORDER = f"{MAX_POSITION} - position"  # of the quotes of one article


def queue(
    table: QuoteTable, selection: Selection, *, after: tuple[int, str] | None = None, limit: int = 1
) -> Rows:
    """Return the next quotes that nobody has reviewed, each with its `score`, its priority.

    Args:
        table: The table.
        selection: Which quotes.
        after: The score and the id of the quote before the next.
        limit: How many quotes at most.
    """
    wanted, values = where(selection)
    one_article = selection.documents is not None and len(selection.documents) == 1
    score = TEXT_ORDER if one_article else PRIORITY
    further = "TRUE"
    if after is not None:
        further = "(score < ? OR (score = ? AND id > ?))"
        values = [*values, after[0], *after]
    return table.rows(
        f"""
        SELECT q.* EXCLUDE ({FOLDED_WORDS}), score FROM (
            SELECT * FROM (
                SELECT id, {score} AS score FROM {QUOTES_IN_MEMORY}
                WHERE review IS NULL AND {wanted}
            ) WHERE {further} ORDER BY score DESC, id LIMIT {int(limit)}
        ) JOIN {QUOTES_IN_MEMORY} q USING (id) ORDER BY score DESC, id""",
        values,
    )


def progress(table: QuoteTable, selection: Selection) -> dict[str, int]:
    """Count the quotes of a selection, and how many of them are reviewed ("checked") and not."""
    wanted, values = where(selection)
    row = table.rows(
        "SELECT count(*) AS quotes, count(review) AS checked, count(*) - count(review) AS left_over"
        f" FROM {QUOTES_IN_MEMORY} WHERE {wanted}",
        values,
    )[0]
    return {"quotes": row["quotes"], "checked": row["checked"], "left": row["left_over"]}


def groups(table: QuoteTable, selection: Selection) -> dict[str, list[dict[str, Any]]]:
    """Return rules, speakers, articles and outlets with most quotes that nobody has reviewed."""
    wanted, values = where(selection)
    unreviewed = f"FROM {QUOTES_IN_MEMORY} WHERE review IS NULL AND {wanted}"
    rules = f"""
        SELECT rule AS value, rule AS label, count(*) AS count {unreviewed}
        GROUP BY ALL ORDER BY count DESC, rule LIMIT {MAX_GROUPS}"""
    speakers = f"""
        SELECT speaker_id AS value, any_value(speaker_name) AS label, count(*) AS count
        {unreviewed} AND speaker_id IS NOT NULL
        GROUP BY speaker_id ORDER BY count DESC, label LIMIT {MAX_GROUPS}"""
    articles = f"""
        SELECT document AS value, coalesce(any_value(title), document) AS label, count(*) AS count
        {unreviewed} GROUP BY document ORDER BY count DESC, document LIMIT {MAX_GROUPS}"""
    outlets = f"""
        SELECT outlet AS value, outlet AS label, count(*) AS count {unreviewed}
        AND outlet IS NOT NULL GROUP BY outlet ORDER BY count DESC, outlet LIMIT {MAX_GROUPS}"""
    queries = {"articles": articles, "outlets": outlets, "speakers": speakers, "rules": rules}
    return {name: table.rows(query, values) for name, query in queries.items()}
