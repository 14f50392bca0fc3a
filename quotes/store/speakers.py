"""Speakers of a store with their numbers and their roles.

In: a store. Out: rows. Every person who is named is there, quoted or not, and every organization that is quoted; near
copies of articles count once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from quotes.defaults import MIN_CONFIDENCE
from quotes.identity import RoleSpan, Sighting, roles_over_time
from quotes.records import Kind, Speaker
from quotes.store import Store

if TYPE_CHECKING:
    import pandas

LISTED = """
    WITH said AS (
        SELECT speaker_id AS id, count(*) AS quotes, count(DISTINCT document) AS quoted_in, count(*) FILTER (type = 'direct') AS direct
        FROM quotes WHERE speaker_id IS NOT NULL AND copy_of IS NULL AND (confidence >= ? OR review IS NOT NULL) GROUP BY ALL
    ), named AS (
        SELECT coalesce(m.speaker_id, n.speaker_id) AS id, count(DISTINCT a.document) AS documents,
               min(a.published) AS first, max(a.published) AS last
        FROM aliases a LEFT JOIN moved m ON m.document = a.document AND m.name = a.name
        LEFT JOIN names n ON n.name = a.name AND n.kind IS NOT DISTINCT FROM a.kind
        WHERE a.document NOT IN (SELECT document FROM copies) GROUP BY ALL
    ), everybody AS (SELECT DISTINCT speaker_id AS id, speaker_name AS name, speaker_kind AS kind FROM names
                     UNION SELECT DISTINCT speaker_id, speaker_name, speaker_kind FROM moved)
    SELECT e.id, e.name, e.kind, coalesce(s.quotes, 0) AS quotes, coalesce(s.direct, 0) AS direct,
           greatest(coalesce(n.documents, 0), coalesce(s.quoted_in, 0)) AS documents, n.first, n.last
    FROM everybody e LEFT JOIN said s ON s.id = e.id LEFT JOIN named n ON n.id = e.id
    WHERE (? IS NULL OR e.kind = ?) AND (s.quotes > 0 OR e.kind = 'person') ORDER BY quotes DESC, documents DESC, e.name, e.id"""

SEEN = """
    SELECT r.role, r.published, r.document FROM roles r LEFT JOIN moved m ON m.document = r.document AND m.name = r.name
    LEFT JOIN names n ON n.name = r.name AND n.kind IS NOT DISTINCT FROM r.kind
    WHERE r.name IN (SELECT unnest(?)) AND coalesce(m.speaker_id, n.speaker_id) = ?
    UNION ALL
    SELECT q.role, q.published, q.document FROM quotes q
    WHERE q.role IS NOT NULL AND q.review IS NOT NULL AND q.speaker IN (SELECT unnest(?)) AND q.speaker_id = ?"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A speaker with numbers: of quotes, of direct ones, of documents that name it; the days of publication between which it is named."""

    id: str
    name: str
    kind: Kind | None
    quotes: int
    direct: int
    documents: int
    first: date | None
    last: date | None


def listed(
    store: Store, *, kind: str | None = None, min_confidence: float = MIN_CONFIDENCE
) -> tuple[Listed, ...]:
    """All speakers, the most quoted first."""
    rows = store.session().rows(LISTED, [min_confidence, kind, kind])
    return tuple(Listed(**row) for row in rows)


def listed_frame(
    store: Store, *, kind: str | None = None, min_confidence: float = MIN_CONFIDENCE
) -> pandas.DataFrame:
    """The same as a typed frame."""
    return store.sql(LISTED, [min_confidence, kind, kind])


def roles(store: Store, speaker: Speaker) -> tuple[RoleSpan, ...]:
    """Each role of a speaker with the days on which it was first and last seen; also what people said of a quote's role."""
    names = [alias.name for alias in speaker.aliases]
    rows = store.session().rows(SEEN, [names, speaker.id, names, speaker.id])
    return roles_over_time(
        (Sighting(row["role"], row["published"], row["document"]) for row in rows),
        language=store.language,
    )
