"""Names as a collection uses them, counted from its tables: the evidence of identity resolution.

In: a session. Out: a `NameUsage` for each name and kind, of all articles, of some, or of some names
in all articles. Names of people whose names are withheld, of groups and of documents have no
identity beyond their article and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from quotes.identity.usage_records import MAX_DOCUMENTS, MAX_OTHERS
from quotes.records import NameUsage
from quotes.store.views import Session

MEMORY = "1GB"  # of the database, at most; what does not fit goes to its temporary folder
NAMES_AT_ONCE = 100_000  # that are counted together ...
MENTIONS_AT_ONCE = 2_000_000  # ... with so many rows of `aliases`, about
ROWS_AT_ONCE = 5_000
ENDING = 4  # last letters of a name: names that share them are counted together
SOME_KINDS = "kind IN ('person', 'organization')"

# {quotes}, {aliases}, {roles}: conditions on the rows of each
USAGES = f"""
    WITH named AS (
        SELECT speaker AS name, kind, document, published, 1 AS quotes FROM reviewed_quotes
        WHERE speaker IS NOT NULL AND {SOME_KINDS}
              AND review IS DISTINCT FROM 'rejected' AND {{quotes}}
        UNION ALL
        SELECT name, kind, document, published, 0 AS quotes FROM aliases
        WHERE {SOME_KINDS} AND {{aliases}}
    ), each AS (
        SELECT name, kind, document, sum(quotes) AS quotes,
               min(published) AS first, max(published) AS last
        FROM named GROUP BY ALL
    ), usages AS (
        SELECT name, kind, CAST(sum(quotes) AS BIGINT) AS quotes,
               list_sort(list(document))[:{MAX_DOCUMENTS}] AS documents,
               min(first) AS first, max(last) AS last
        FROM each GROUP BY name, kind
    ), held AS (
        SELECT name, kind,
               list({{{{'role': role, 'times': times}}}} ORDER BY times DESC, role) AS roles
        FROM (
            SELECT name, kind, role, count(*) AS times FROM roles WHERE {{roles}} GROUP BY ALL
        ) GROUP BY ALL
    ), beside AS (
        SELECT name, kind, list_sort(list(other))[:{MAX_OTHERS}] AS others
        FROM (
            SELECT DISTINCT a.name, a.kind, b.name AS other
            FROM (SELECT * FROM aliases WHERE {{aliases}}) a
            JOIN (SELECT * FROM aliases WHERE kind = 'person' AND {{others}}) b
            ON a.document = b.document AND a.name <> b.name
        )
        GROUP BY ALL
    )
    SELECT u.*, h.roles, b.others FROM usages u
    LEFT JOIN held h ON h.name = u.name AND h.kind = u.kind
    LEFT JOIN beside b ON b.name = u.name AND b.kind = u.kind
    ORDER BY {{order}}"""
BY_NAME = "u.name, u.kind"
BY_ENDING = "reverse(u.name), u.kind"
# how many parts the names are counted in; a name may stand in both tables
PARTS = f"""
    SELECT 1 + greatest(
        ((SELECT approx_count_distinct(speaker) FROM raw_quotes WHERE {SOME_KINDS})
         + (SELECT approx_count_distinct(name) FROM raw_aliases WHERE {SOME_KINDS}))
        // $names,
        (SELECT count(*) FROM raw_aliases) // $mentions)"""


def name_usages(session: Session) -> Iterator[NameUsage]:
    """Yield a `NameUsage` for each name and kind; names with one ending come together.

    Names of a large store are counted part by part.
    """
    at_once = {"names": NAMES_AT_ONCE, "mentions": MENTIONS_AT_ONCE}
    parts = int(session.value(PARTS, at_once))
    for number in range(parts):

        def chosen(column: str, number: int = number) -> str:
            return f"hash(right({column}, {ENDING})) % {parts} = {number}" if parts > 1 else "TRUE"

        named = chosen("name")
        query = USAGES.format(
            quotes=chosen("speaker"), aliases=named, roles=named, others="TRUE", order=BY_ENDING
        )
        yield from _counted(session, query)


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
    query = USAGES.format(quotes=lowest, aliases=lowest, roles=lowest, others=lowest, order=BY_NAME)
    values = {"documents": list(documents), "batches": list(batches), "lowest": min(batches)}
    return tuple(_counted(session, query, values))


def usages_of(session: Session, names: Sequence[str]) -> tuple[NameUsage, ...]:
    """Return the usages of some names in all documents."""
    named = "name IN (SELECT unnest($names))"
    spoken = "speaker IN (SELECT unnest($names))"
    beside = f"document IN (SELECT document FROM aliases WHERE {named})"
    query = USAGES.format(quotes=spoken, aliases=named, roles=named, others=beside, order=BY_NAME)
    return tuple(_counted(session, query, {"names": list(names)}))


def _counted(session: Session, query: str, values: Any = ()) -> Iterator[NameUsage]:
    """Yield the usages that a query counts."""
    with session.room(MEMORY):
        found = session.arrow(query, values)
    for batch in found.to_batches(max_chunksize=ROWS_AT_ONCE):
        yield from map(_usage, batch.to_pylist())


def _usage(row: dict[str, Any]) -> NameUsage:
    """Return the usage of a row."""
    return NameUsage(
        name=row["name"],
        kind=row["kind"],
        quotes=row["quotes"],
        documents=tuple(row["documents"]),
        roles=tuple((role["role"], role["times"]) for role in row["roles"] or ()),
        others=tuple(row["others"] or ()),
        first=row["first"],
        last=row["last"],
    )
