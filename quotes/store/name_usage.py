"""Names as a collection uses them, counted from its tables: the evidence of identity resolution.

In: a session. Out: a `NameUsage` for each name and kind, of all articles, of some, or of some names
in all articles. Names of people whose names are withheld, of groups and of documents have no
identity beyond their article and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quotes.identity.usage_records import MAX_DOCUMENTS, MAX_OTHERS
from quotes.records import NameUsage
from quotes.store.views import Session

MEMORY = "2GB"  # of the database, at most; five million quotes take about half

# {quotes}, {aliases}, {roles}: conditions on the rows of each
USAGES = f"""
    WITH named AS (
        SELECT speaker AS name, kind, document, published, 1 AS quotes FROM reviewed_quotes
        WHERE speaker IS NOT NULL AND kind IN ('person', 'organization')
              AND review IS DISTINCT FROM 'rejected' AND {{quotes}}
        UNION ALL
        SELECT name, kind, document, published, 0 AS quotes FROM aliases
        WHERE kind IN ('person', 'organization') AND {{aliases}}
    ), each AS (
        SELECT name, kind, document, sum(quotes) AS quotes,
               min(published) AS first, max(published) AS last
        FROM named GROUP BY ALL
    ), usages AS (
        SELECT name, kind, CAST(sum(quotes) AS BIGINT) AS quotes,
               list_sort(min(document, {MAX_DOCUMENTS})) AS documents,
               min(first) AS first, max(last) AS last
        FROM each GROUP BY name, kind
    ), held AS (
        SELECT name, kind,
               list({{{{'role': role, 'times': times}}}} ORDER BY times DESC, role) AS roles
        FROM (
            SELECT name, kind, role, count(*) AS times FROM roles WHERE {{roles}} GROUP BY ALL
        ) GROUP BY ALL
    )
    SELECT u.*, h.roles FROM usages u
    LEFT JOIN held h ON h.name = u.name AND h.kind = u.kind ORDER BY u.name, u.kind"""

# {first}, {second}: conditions on the rows of the names, and of those beside them
OTHERS = f"""
    SELECT name, kind, list_sort(min(other, {MAX_OTHERS})) AS others
    FROM (
        SELECT DISTINCT a.name, a.kind, b.name AS other
        FROM (SELECT * FROM aliases WHERE {{first}}) a
        JOIN (SELECT * FROM aliases WHERE kind = 'person' AND {{second}}) b
        ON a.document = b.document AND a.name <> b.name
    )
    GROUP BY ALL"""


def name_usages(session: Session) -> tuple[NameUsage, ...]:
    """Return a `NameUsage` for each name and kind, in order of the names.

    Names and articles of a large store need more memory than other queries.
    """
    return _counted(session, USAGES.format(quotes=True, aliases=True, roles=True), _others(), [])


def usages_in(
    session: Session, documents: Sequence[str], batches: Sequence[str]
) -> tuple[NameUsage, ...]:
    """Return the usages of names in some documents, of which these are the newest commits.

    Args:
        session: The session.
        documents: Their ids; no person has said anything of them or of their quotes.
        batches: The commits that they came with. Files of others need not be read.
    """
    chosen = "document IN (SELECT unnest($documents)) AND batch IN (SELECT unnest($batches))"
    lowest = f"{chosen} AND batch >= $lowest"
    query = USAGES.format(quotes=lowest, aliases=lowest, roles=lowest)
    values = {"documents": list(documents), "batches": list(batches), "lowest": min(batches)}
    return _counted(session, query, _others(lowest, lowest), values)


def usages_of(session: Session, names: Sequence[str]) -> tuple[NameUsage, ...]:
    """Return the usages of some names in all documents."""
    named = "name IN (SELECT unnest($names))"
    spoken = "speaker IN (SELECT unnest($names))"
    query = USAGES.format(quotes=spoken, aliases=named, roles=named)
    beside = f"document IN (SELECT document FROM aliases WHERE {named})"
    return _counted(session, query, _others(named, beside), {"names": list(names)})


def _others(first: str = "true", second: str = "true") -> str:
    return OTHERS.format(first=first, second=second)


def _counted(session: Session, usages: str, beside: str, values: Any) -> tuple[NameUsage, ...]:
    """Return the usages that two queries count."""
    with session.room(MEMORY):
        others = {
            (row["name"], row["kind"]): tuple(row["others"]) for row in session.rows(beside, values)
        }
        rows = session.rows(usages, values)
    return tuple(
        NameUsage(
            name=row["name"],
            kind=row["kind"],
            quotes=row["quotes"],
            documents=tuple(row["documents"]),
            roles=tuple((role["role"], role["times"]) for role in row["roles"] or ()),
            others=others.get((row["name"], row["kind"]), ()),
            first=row["first"],
            last=row["last"],
        )
        for row in rows
    )
