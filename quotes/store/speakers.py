"""Speakers of a store with their numbers, their roles and who is quoted beside them.

In: a store, or its table of quotes in memory. Out: rows. Quotes in near copies of articles count
once. `list_speakers` has every person who is named, quoted or not, and every organization that is
quoted; `list_quoted_speakers` has speakers with quotes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from quotes.defaults import MIN_CONFIDENCE
from quotes.identity import RoleOccurrence, RoleSpan, main_role, roles_over_time
from quotes.records import Kind, Speaker
from quotes.store import Store
from quotes.store.quote_table import QUOTES_IN_MEMORY, QuoteTable, Rows
from quotes.store.quote_table_refresh import FOLDED_WORDS
from quotes.store.selection import (
    HAS_CONFIDENCE,
    IS_COUNTED,
    IS_SAID,
    IS_SHOWN,
)

if TYPE_CHECKING:
    import pandas

MAX_QUOTED_BESIDE = 10

# Each speaker with quotes, counted over the view `quotes` or over the table in memory.
QUOTED = """
    SELECT speaker_id AS id, any_value(speaker_name) AS name, any_value(kind) AS kind,
           count(*) AS quotes, count(*) FILTER (type = 'direct') AS direct,
           count(DISTINCT document) AS articles, count(DISTINCT outlet) AS outlets,
           min(day) AS first, max(day) AS last,
           arg_min(coalesce(said_precision, 'day'), day) AS first_precision,
           arg_max(coalesce(said_precision, 'day'), day) AS last_precision
    FROM {source} WHERE speaker_id IS NOT NULL AND copy_of IS NULL AND {shown}
    GROUP BY speaker_id"""

LISTED = f"""
    WITH quoted AS ({QUOTED.format(source="quotes", shown=f"{HAS_CONFIDENCE} AND {IS_SAID}")}
    ), named AS (
        SELECT coalesce(m.speaker_id, n.speaker_id) AS id, count(DISTINCT a.document) AS documents,
               min(a.published) AS first, max(a.published) AS last
        FROM aliases a LEFT JOIN reassigned_names m ON m.document = a.document AND m.name = a.name
        LEFT JOIN names n ON n.name = a.name AND n.kind IS NOT DISTINCT FROM a.kind
        WHERE a.document NOT IN (SELECT document FROM copies) GROUP BY ALL
    ), everybody AS (
        SELECT DISTINCT speaker_id AS id, speaker_name AS name, speaker_kind AS kind FROM names
        UNION SELECT DISTINCT speaker_id, speaker_name, speaker_kind FROM reassigned_names
    ), held AS (
        SELECT speaker_id AS id, role, count(DISTINCT document) AS articles
        FROM quotes WHERE role IS NOT NULL AND copy_of IS NULL AND {HAS_CONFIDENCE} AND {IS_SAID}
        GROUP BY ALL
    ), roles_held AS (
        SELECT id, list({{'role': role, 'articles': articles}} ORDER BY role) AS roles
        FROM held GROUP BY id
    )
    SELECT e.id, e.name, e.kind, h.roles AS role, coalesce(q.quotes, 0) AS quotes,
           coalesce(q.direct, 0) AS direct, coalesce(q.articles, 0) AS quoted_in,
           greatest(coalesce(n.documents, 0), coalesce(q.articles, 0)) AS documents,
           coalesce(q.first, n.first) AS first,
           CASE WHEN q.first IS NOT NULL THEN q.first_precision
                WHEN n.first IS NOT NULL THEN 'day' END AS first_precision,
           coalesce(q.last, n.last) AS last,
           CASE WHEN q.last IS NOT NULL THEN q.last_precision
                WHEN n.last IS NOT NULL THEN 'day' END AS last_precision
    FROM everybody e LEFT JOIN quoted q ON q.id = e.id LEFT JOIN named n ON n.id = e.id
    LEFT JOIN roles_held h ON h.id = e.id
    WHERE (? IS NULL OR e.kind = ?) AND (q.quotes > 0 OR e.kind = 'person')
    ORDER BY quotes DESC, documents DESC, e.name, e.id"""

QUOTED_IN_MEMORY = f"""
    SELECT id, name, kind, quotes, articles, outlets, first, first_precision, last, last_precision
    FROM ({QUOTED.format(source=QUOTES_IN_MEMORY, shown=IS_SHOWN)})"""
ORDERS = {
    "quotes": "quotes DESC, name",
    "name": "name",
    "newest": "last DESC NULLS LAST, name",
    "outlets": "outlets DESC, name",
}

QUOTES_OF_ALL = """
    SELECT speaker_id, count(*) AS quotes FROM quotes
    WHERE speaker_id IS NOT NULL AND copy_of IS NULL GROUP BY ALL"""

ROLES = """
    SELECT r.role, r.published, r.document
    FROM roles r ANTI JOIN documents c ON c.id = r.document AND c.copy_of IS NOT NULL
    LEFT JOIN reassigned_names m ON m.document = r.document AND m.name = r.name
    LEFT JOIN names n ON n.name = r.name AND n.kind IS NOT DISTINCT FROM r.kind
    WHERE r.name IN (SELECT unnest(?)) AND coalesce(m.speaker_id, n.speaker_id) = ?
    UNION ALL
    SELECT q.role, q.published, q.document FROM quotes q
    WHERE q.role IS NOT NULL AND q.review IS NOT NULL AND q.copy_of IS NULL
      AND q.speaker IN (SELECT unnest(?)) AND q.speaker_id = ?"""

QUOTED_BESIDE = f"""
    SELECT speaker_id, any_value(speaker_name) AS name, count(DISTINCT document) AS articles
    FROM {QUOTES_IN_MEMORY}
    WHERE document IN (SELECT document FROM {QUOTES_IN_MEMORY} WHERE speaker_id = ?)
      AND speaker_id <> ? AND {IS_COUNTED}
    GROUP BY speaker_id ORDER BY articles DESC, name LIMIT {MAX_QUOTED_BESIDE}"""

MONTHS = f"""
    SELECT strftime(date_trunc('month', day), '%Y-%m') AS month, type, count(*) AS quotes
    FROM {QUOTES_IN_MEMORY} WHERE speaker_id = ? AND day IS NOT NULL AND {IS_COUNTED}
    GROUP BY ALL ORDER BY month, type"""

NUMBERS = f"""
    SELECT speaker_id, count(*) AS quotes, mode(role) AS role FROM {QUOTES_IN_MEMORY}
    WHERE speaker_id IN ({{ids}}) AND {IS_COUNTED} GROUP BY speaker_id"""
NEWEST = f"""
    SELECT * EXCLUDE ({FOLDED_WORDS}) FROM {QUOTES_IN_MEMORY}
    WHERE speaker_id IN ({{ids}}) AND {IS_COUNTED}
    QUALIFY row_number() OVER (
        PARTITION BY speaker_id ORDER BY day DESC NULLS LAST, document, position, id) = 1"""

DATED = f"""
    SELECT id, document, words, type, day, said_on, said_precision, published, outlet, title, role,
           confidence, probability, review, reviewed_by
    FROM {QUOTES_IN_MEMORY} WHERE speaker_id = ? AND day IS NOT NULL AND {IS_COUNTED}
    ORDER BY day, document, position"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A speaker with numbers.

    Attributes:
        id: Its id.
        name: Its name.
        kind: Person or organization.
        role: The role that most of the articles that quote it print.
        quotes: Number of quotes.
        direct: Number of direct quotes.
        quoted_in: Number of documents that quote it.
        documents: Number of documents that name it.
        first: Day of its first quote; of who is not quoted, the first on which it is named.
        first_precision: How exactly that is known.
        last: Day of its last quote, or on which it is named.
        last_precision: How exactly that is known.
    """

    id: str
    name: str
    kind: Kind | None
    role: str | None
    quotes: int
    direct: int
    quoted_in: int
    documents: int
    first: date | None
    first_precision: str | None
    last: date | None
    last_precision: str | None


def list_speakers(
    store: Store, *, kind: str | None = None, min_confidence: float = MIN_CONFIDENCE
) -> tuple[Listed, ...]:
    """Return all speakers, the most quoted first."""
    rows = store._session().rows(LISTED, [min_confidence, min_confidence, kind, kind])
    return tuple(Listed(**row | {"role": _main_role(row["role"], store)}) for row in rows)


def listed_frame(
    store: Store, *, kind: str | None = None, min_confidence: float = MIN_CONFIDENCE
) -> pandas.DataFrame:
    """Return all speakers as a typed frame, the most quoted first."""
    frame = store.sql(LISTED, [min_confidence, min_confidence, kind, kind])
    roles = frame["role"].map(lambda found: _main_role(found, store))
    return frame.assign(role=roles.astype("str"))


def _main_role(found: Sequence[Mapping[str, Any]] | None, store: Store) -> str | None:
    """Return the role that most articles print, of roles with their numbers of articles."""
    if not isinstance(found, Sequence):  # in a frame, missing is not None
        return None
    return main_role({row["role"]: row["articles"] for row in found}, language=store.language)


def list_quoted_speakers(
    table: QuoteTable,
    *,
    words: str | None = None,
    kind: str | None = None,
    order: str = "quotes",
    limit: int,
    offset: int = 0,
) -> tuple[Rows, int]:
    """Return speakers with quotes, in one of ORDERS, and how many there are in all.

    Args:
        table: The table of quotes.
        words: What their name must contain, word by word, in upper or lower case.
        kind: Their kind.
        order: The order.
        limit: How many at most.
        offset: How many to leave out before.
    """
    return table.page(
        QUOTED_IN_MEMORY,
        words=words,
        words_in="name",
        equal=("kind", kind),
        order=f"{ORDERS[order]}, id",
        limit=limit,
        offset=offset,
    )


def counts_of(table: QuoteTable, ids: Sequence[str] | None) -> Rows:
    """Return speakers that have quotes, of these ids or all, with their numbers.

    The most quoted come first.
    """
    if ids is not None and not ids:
        return []
    of_ids = (
        "speaker_id IS NOT NULL" if ids is None else f"speaker_id IN ({', '.join('?' * len(ids))})"
    )
    query = f"""
        SELECT speaker_id AS id, any_value(speaker_name) AS name, any_value(kind) AS kind,
               count(*) AS quotes, count(DISTINCT document) AS articles,
               count(DISTINCT outlet) AS outlets
        FROM {QUOTES_IN_MEMORY}
        WHERE {of_ids} AND copy_of IS NULL AND {IS_SHOWN}
        GROUP BY speaker_id ORDER BY quotes DESC, name, id"""
    return table.rows(query, ids or ())


def quotes_by_speaker(store: Store) -> dict[str, int]:
    """Return the number of quotes of each speaker's id, whatever their confidence."""
    rows = store._session().rows(QUOTES_OF_ALL)
    return {row["speaker_id"]: row["quotes"] for row in rows}


@dataclass(frozen=True, slots=True)
class Sample:
    """A speaker in short: the number of quotes, the commonest role, the newest quote."""

    quotes: int
    role: str | None
    newest: dict[str, Any]


def samples(table: QuoteTable, ids: Sequence[str]) -> dict[str, Sample]:
    """Return several speakers in short by their ids; those without quotes are left out."""
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    numbers = {row["speaker_id"]: row for row in table.rows(NUMBERS.format(ids=marks), ids)}
    return {
        row["speaker_id"]: Sample(
            numbers[row["speaker_id"]]["quotes"], numbers[row["speaker_id"]]["role"], row
        )
        for row in table.rows(NEWEST.format(ids=marks), ids)
    }


def roles(store: Store, speaker: Speaker) -> tuple[RoleSpan, ...]:
    """Return each role of a speaker with the days on which it was first and last seen.

    Roles that people gave to a quote in a review are among them.
    """
    names = [alias.name for alias in speaker.aliases]
    rows = store._session().rows(ROLES, [names, speaker.id, names, speaker.id])
    return roles_over_time(
        (RoleOccurrence(row["role"], row["published"], row["document"]) for row in rows),
        language=store.language,
    )


def quoted_beside(table: QuoteTable, speaker: Speaker) -> Rows:
    """Return who is quoted in the same articles, most often first."""
    return table.rows(QUOTED_BESIDE, [speaker.id, speaker.id])


def quotes_by_month(table: QuoteTable, speaker: Speaker) -> Rows:
    """Count the quotes of a speaker by month and type."""
    return table.rows(MONTHS, [speaker.id])


def dated_quotes(table: QuoteTable, speaker: Speaker) -> Rows:
    """Return the quotes of a speaker whose day is known, by day."""
    return table.rows(DATED, [speaker.id])
