"""What a collection holds, what failed, and whom it lets speak: the source audit, in all and for each outlet.

In: a store and its table in memory. Out: rows. Near copies count once, quotes of little confidence not at all.
Shares are of all quotes of an outlet.
"""

from __future__ import annotations

from typing import Any

from quotes.store import Store
from quotes.store.quote_table import IS_COUNTED, IS_SHOWN, QUOTES_IN_MEMORY, QuoteTable, Rows

AUDIT = f"""
    SELECT outlet, count(*) AS quotes, count(DISTINCT document) AS articles, count(DISTINCT speaker_id) AS speakers,
        count(*) FILTER (WHERE kind = 'person' AND speaker IS NOT NULL) AS named,
        count(*) FILTER (WHERE kind = 'unnamed') AS unnamed,
        count(*) FILTER (WHERE kind = 'organization') AS organizations,
        count(*) FILTER (WHERE kind = 'group') AS groups,
        count(*) FILTER (WHERE kind = 'document') AS documents,
        count(*) FILTER (WHERE speaker IS NULL AND (kind IS NULL OR kind IN ('person', 'organization', 'group', 'document'))) AS unresolved,
        count(*) FILTER (WHERE type = 'direct') AS direct, count(*) FILTER (WHERE type = 'indirect') AS indirect,
        count(*) FILTER (WHERE type = 'mixed') AS mixed, count(review) AS checked
    FROM {QUOTES_IN_MEMORY} WHERE {IS_COUNTED} GROUP BY {{group}} ORDER BY quotes DESC, outlet"""
TOP = f"""
    SELECT speaker_id AS id, any_value(speaker_name) AS name, count(*) AS quotes, count(DISTINCT outlet) AS outlets
    FROM {QUOTES_IN_MEMORY} WHERE {IS_COUNTED} AND speaker_id IS NOT NULL GROUP BY speaker_id ORDER BY quotes DESC, name LIMIT 15"""
TOP_EACH = f"""
    SELECT outlet, any_value(speaker_name) AS name, speaker_id AS id, count(*) AS quotes FROM {QUOTES_IN_MEMORY}
    WHERE {IS_COUNTED} AND speaker_id IS NOT NULL GROUP BY outlet, speaker_id
    QUALIFY row_number() OVER (PARTITION BY outlet ORDER BY count(*) DESC, any_value(speaker_name)) <= 3
    ORDER BY outlet, quotes DESC, name"""
FACTS = """
    SELECT (SELECT count(*) FROM documents) AS articles, (SELECT count(*) FROM documents WHERE copy_of IS NOT NULL) AS copies,
           (SELECT min(published) FROM documents) AS first, (SELECT max(published) FROM documents) AS last,
           (SELECT count(DISTINCT outlet) FROM documents) AS outlets"""
SHARED = (
    "named",
    "unnamed",
    "organizations",
    "groups",
    "documents",
    "unresolved",
    "direct",
    "indirect",
    "mixed",
)


def facts(store: Store, quote_table: QuoteTable) -> dict[str, Any]:
    """Numbers of articles, quotes and speakers, and the days between which articles were published."""
    found: dict[str, Any] = quote_table.cached(("facts",), lambda: store.session().rows(FACTS)[0])
    counted = quote_table.rows(
        f"SELECT count(*) AS quotes, count(review) AS checked FROM {QUOTES_IN_MEMORY} WHERE {IS_SHOWN}"
    )[0]
    return {**found, **counted, "speakers": len(store.speakers())}


def audit(quote_table: QuoteTable) -> Rows:
    """The source audit: the first row for all outlets together, then one for each."""
    whole = [
        {**row, "outlet": None}
        for row in quote_table.rows(
            AUDIT.format(group="ALL").replace("SELECT outlet,", "SELECT NULL AS outlet,", 1)
        )
    ]
    tops: dict[Any, list[dict[str, Any]]] = {}
    for row in quote_table.rows(TOP_EACH):
        tops.setdefault(row["outlet"], []).append(
            {"id": row["id"], "name": row["name"], "quotes": row["quotes"]}
        )
    each = [
        {**row, "top": tops.get(row["outlet"], [])}
        for row in quote_table.rows(AUDIT.format(group="outlet"))
    ]
    top = [
        {"id": row["id"], "name": row["name"], "quotes": row["quotes"]}
        for row in quote_table.rows(TOP)[:3]
    ]
    return [
        _shares({**row, "top": row.get("top", top), "all": at < len(whole)})
        for at, row in enumerate([*whole, *each])
    ]


def top_speakers(quote_table: QuoteTable) -> Rows:
    """Who is quoted most."""
    return quote_table.rows(TOP)


def failures(store: Store) -> Rows:
    """Articles that could not be processed, with the reason."""
    return store.session().rows(
        'SELECT id, "at", stage, message, source FROM failures ORDER BY "at" DESC, id LIMIT 10000'
    )


def runs(store: Store) -> Rows:
    """The last runs of adding."""
    return store.session().rows("SELECT * FROM runs ORDER BY started DESC LIMIT 10")


def _shares(row: dict[str, Any]) -> dict[str, Any]:
    whole = row["quotes"] or 1
    return row | {f"{name}_share": round(row[name] / whole, 4) for name in SHARED}
