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
# What the queue is grouped by: the column, and the name that is shown.
GROUPS = {
    "articles": ("document", "coalesce(any_value(title), document)"),
    "outlets": ("outlet", "outlet"),
    "speakers": ("speaker_id", "any_value(speaker_name)"),
    "rules": ("rule", "rule"),
}
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
        SELECT * EXCLUDE ({FOLDED_WORDS}) FROM (
            SELECT *, {score} AS score FROM {QUOTES_IN_MEMORY} WHERE review IS NULL AND {wanted}
        ) WHERE {further} ORDER BY score DESC, id LIMIT {int(limit)}""",
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
    counted = " UNION ALL ".join(
        f"""(SELECT '{name}' AS name, {value} AS value, {label} AS label, count(*) AS count
        FROM unreviewed WHERE {value} IS NOT NULL GROUP BY {value}
        ORDER BY count DESC, label, value LIMIT {MAX_GROUPS})"""
        for name, (value, label) in GROUPS.items()
    )
    rows = table.rows(
        f"""
        WITH unreviewed AS MATERIALIZED (
            SELECT rule, speaker_id, speaker_name, document, title, outlet FROM {QUOTES_IN_MEMORY}
            WHERE review IS NULL AND {wanted}
        )
        SELECT * FROM ({counted}) ORDER BY name, count DESC, label, value""",
        values,
    )
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in GROUPS}
    for row in rows:
        found[row["name"]].append({name: row[name] for name in ("value", "label", "count")})
    return found
