"""What a speaker said, when and in which role: the question that a store is for.

    timeline(store, "Maria Zakharova", since=date(2023, 1, 1)) → Timeline

In: a store, a name and conditions. Out: the quotes in order of time, and the roles with the time over which each is seen. Prints and
draws nothing: `quotes.timeline.display` and `quotes.charts` do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from quotes.records import Speaker
from quotes.scorer import LEAST
from quotes.timeline.roles import RoleSpan, roles_over_time
from quotes.timeline.said import Day, Said, days, said_of

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from quotes.store import Selection, Store

__all__ = ["Day", "RoleSpan", "Said", "Timeline", "days", "roles_over_time", "said_of", "timeline"]

# Roles from where articles name the speaker, and from quotes as people's decisions left them. {names} are the marks of its names.
SEEN = """
    WITH named AS (
        SELECT r.role, r.published, r.document FROM roles r
        LEFT JOIN moved m ON m.document = r.document AND m.name = r.name
        LEFT JOIN names n ON n.name = r.name AND n.kind IS NOT DISTINCT FROM r.kind
        WHERE r.name IN ({names}) AND coalesce(m.speaker_id, n.speaker_id) = ?
        UNION ALL
        SELECT role, published, document FROM quotes WHERE speaker IN ({names}) AND speaker_id = ? AND role IS NOT NULL
    )
    SELECT mode(role) AS role, min(published) AS first, max(published) AS last, CAST(count(DISTINCT document) AS BIGINT) AS documents,
           list_sort(list(DISTINCT role)) AS forms
    FROM named GROUP BY lower(regexp_replace(trim(role), '\\s+', ' ', 'g'))"""


@dataclass(frozen=True)
class Timeline:
    """What a speaker said. `found` are the rows (the columns of a store's quotes), `total` how many there are without the limit."""

    speaker: Speaker
    found: pyarrow.Table
    total: int
    roles: tuple[RoleSpan, ...] = ()

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The rows as records, in order of time."""
        return tuple(map(said_of, self.found.to_pylist()))

    def days(self) -> tuple[Day, ...]:
        """The same by day, with the roles that come up between the first and the last."""
        return tuple(days(self.said, self.roles))

    def first(self, most: int) -> Timeline:
        """The same with its first rows only."""
        return self if self.found.num_rows <= most else replace(self, found=self.found.slice(0, most))

    def to_frame(self) -> pandas.DataFrame:
        """The rows as a typed frame."""
        from quotes.store.sql import typed

        return typed(self.found)


def timeline(
    store: Store,
    name: str,
    *,
    since: date | None = None,
    until: date | None = None,
    about: str | None = None,
    role: str | None = None,
    type: str | None = None,
    min_confidence: float = LEAST,
    copies: bool = False,
    limit: int | None = None,
) -> Timeline:
    """The timeline of the speaker of this name or id; `quotes.store.Selection` says what the conditions mean.

    With a `limit` the first so many rows. The roles are those of all the store. Raises SpeakerError for nobody's or several's name.
    """
    speaker = store.speaker(name)
    wanted = store.selection_of(
        speaker, since=since, until=until, about=about, role=role, type=type, min_confidence=min_confidence, copies=copies
    )
    found = store.find_quotes(wanted, limit=limit)
    total = found.num_rows if limit is None or found.num_rows < limit else store.count(wanted)
    return Timeline(speaker, found, total, roles_over_time(_seen(store, speaker, wanted)))


def _seen(store: Store, speaker: Speaker, wanted: Selection) -> Sequence[RoleSpan]:
    names = list(wanted.names or ())
    query = SEEN.format(names=", ".join("?" * len(names)))
    rows = store.session().rows(query, [*names, speaker.id, *names, speaker.id])
    return [RoleSpan(**{**row, "forms": tuple(row["forms"])}) for row in rows]
