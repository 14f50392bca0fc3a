"""Quotes as lists show them: with the address of the original, and what is known of the statement.

In: rows of quotes from the table in memory. Out: the same rows with more values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quotes.store import article_queries
from quotes.store.quote_table import Rows
from quotes.web.app_state import AppState
from quotes.web.statement_overview import Overview

WEB = ("http://", "https://")


def cards(state: AppState, rows: Iterable[Mapping[str, object]]) -> Rows:
    """Return quotes with more values.

    `url` is the address of the article, None where it is not on the web; `prints`, `outlets` and
    `wordings` count those of the statement, whose id is `statement`; `disputed` is True if prints
    disagree on the speaker.
    """
    sources: dict[str, str] = state.quote_table.cached_across_reviews(
        ("sources",), lambda: article_queries.sources(state.store)
    )
    overview = state.overview.current()
    return [
        {
            **row,
            "url": web_address(sources.get(str(row["document"]))),
            **_counts(overview, str(row["id"]), row.get("outlet")),
        }
        for row in rows
    ]


def _counts(overview: Overview, quote: str, outlet: object) -> dict[str, int | bool | str | None]:
    facts = overview.by_quote.get(quote)
    if facts is None:
        grouped = quote in overview.alone
        return {
            "statement": quote if grouped else None,
            "prints": 1,
            "outlets": 1 if outlet or not grouped else 0,
            "wordings": 1,
            "disputed": False,
        }
    return {
        "statement": facts.group.id,
        "prints": len(facts.group.statements),
        "outlets": facts.outlets,
        "wordings": facts.wordings,
        "disputed": facts.disputed,
    }


def web_address(source: str | None) -> str | None:
    """Return a source if it is an address of the web, else None."""
    return source if source is not None and source.startswith(WEB) else None
