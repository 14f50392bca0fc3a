"""Names as a collection uses them, counted from its tables: the evidence of identity resolution.

In: a session. Out: a `NameUsage` for each name and kind. Names of people whose names are withheld,
of groups and of documents have no identity beyond their article and are left out.
"""

from __future__ import annotations

from quotes.records import NameUsage
from quotes.store.views import Session

MAX_DOCUMENTS = 200  # ids of documents in a usage
MAX_OTHERS = 50  # names in a usage that are printed in the same documents
MAX_OTHERS_READ = 500  # names looked at for these
MEMORY = "2GB"  # of the database, at most; five million quotes take about half

USAGES = f"""
    WITH spoken AS (
        SELECT coalesce(speaker, '') AS name, kind, document, published FROM quotes
        WHERE speaker IS NOT NULL AND kind IN ('person', 'organization')
              AND review IS DISTINCT FROM 'rejected'
    ), named AS (
        SELECT name, kind, document, published, 1 AS quotes FROM spoken
        UNION ALL
        SELECT name, kind, document, published, 0 AS quotes FROM aliases
        WHERE kind IN ('person', 'organization')
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
               list({{'role': role, 'times': times}} ORDER BY times DESC, role) AS roles
        FROM (SELECT name, kind, role, count(*) AS times FROM roles GROUP BY ALL) GROUP BY ALL
    )
    SELECT u.*, h.roles FROM usages u
    LEFT JOIN held h ON h.name = u.name AND h.kind = u.kind ORDER BY u.name, u.kind"""

OTHERS = f"""
    SELECT name, kind, list_sort(list(DISTINCT other))[1:{MAX_OTHERS}] AS others
    FROM (
        SELECT a.name, a.kind, b.name AS other
        FROM aliases a JOIN aliases b ON a.document = b.document AND a.name <> b.name
        WHERE b.kind = 'person'
        QUALIFY row_number() OVER (
            PARTITION BY a.name, a.kind ORDER BY b.mentioned DESC, b.name
        ) <= {MAX_OTHERS_READ}
    )
    GROUP BY ALL"""


def name_usages(session: Session) -> tuple[NameUsage, ...]:
    """Return a `NameUsage` for each name and kind, in order of the names.

    Names and articles of a large store need more memory than other queries.
    """
    with session.room(MEMORY):
        others = {(row["name"], row["kind"]): tuple(row["others"]) for row in session.rows(OTHERS)}
        rows = session.rows(USAGES)
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
