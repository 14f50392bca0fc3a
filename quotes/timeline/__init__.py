"""The timeline of a speaker: what they said, when and in which role.

    timeline(store, "Maria Zakharova", since=date(2023, 1, 1)) → Timeline

In: a store, a name and conditions. Out: the quotes in order of time, and the roles with the time
over which each is seen. Prints and draws nothing: `quotes.output.terminal.timeline` and
`quotes.output.charts` do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from quotes.defaults import DEFAULT_LANGUAGE, MIN_CONFIDENCE, SHOWN_ACTS
from quotes.identity import RoleSpan
from quotes.language import Language
from quotes.records import Period, Speaker
from quotes.timeline.said import Day, Said, days, period_of, said_of

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from quotes.store import Store

__all__ = [
    "Day",
    "RoleSpan",
    "Said",
    "Timeline",
    "days",
    "period_of",
    "said_of",
    "timeline",
]


@dataclass(frozen=True)
class Timeline:
    """The quotes of a speaker in order of time, and the roles.

    Attributes:
        speaker: the speaker.
        found: the rows, with the columns of a store's quotes.
        total: number of rows without the limit.
        roles: the roles of the speaker in all of the store.
        language: the language of the quotes.
        outlets: number of outlets of all rows, without the limit; None where these are all.
        period: the time over which all rows were said; None where these are all.
    """

    speaker: Speaker
    found: pyarrow.Table
    total: int
    roles: tuple[RoleSpan, ...] = ()
    language: Language = field(default_factory=lambda: Language.load(DEFAULT_LANGUAGE))
    outlets: int | None = None
    period: Period | None = None

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The rows as records, in order of time."""
        return tuple(map(said_of, self.found.to_pylist()))

    @cached_property
    def prints(self) -> Mapping[str, Sequence[Said]]:
        """The later prints of each statement in other articles, by the id of its first."""
        from quotes.timeline.prints import prints_of

        return prints_of(self.said, self.language)

    def days(self) -> tuple[Day, ...]:
        """Return the quotes by day, with the roles first seen between the first and the last."""
        return tuple(days(self.said, self.roles))

    def first(self, count: int) -> Timeline:
        """Return a timeline with the first rows only."""
        if self.found.num_rows <= count:
            return self
        return replace(self.whole(), found=self.found.slice(0, count))

    def last(self, count: int) -> Timeline:
        """Return a timeline with the last rows only."""
        if self.found.num_rows <= count:
            return self
        return replace(self.whole(), found=self.found.slice(self.found.num_rows - count))

    def whole(self) -> Timeline:
        """Return this timeline with the outlets and the period of all rows."""
        if self.period is not None:
            return self
        outlets = len({each.outlet for each in self.said if each.outlet})
        return replace(self, outlets=outlets, period=period_of(self.said))

    def to_frame(self) -> pandas.DataFrame:
        """Return the rows as a typed frame."""
        from quotes.store.frames import typed

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
    min_confidence: float = MIN_CONFIDENCE,
    acts: Sequence[str] | str = SHOWN_ACTS,
    copies: bool = False,
    limit: int | None = None,
) -> Timeline:
    """Return the timeline of a speaker.

    Args:
        store: the store.
        name: name or id of the speaker.
        since: a condition, as in `quotes.store.Selection`; so are `until`, `about`, `role`, `type`,
            `min_confidence`, `acts` and `copies`.
        until: see `since`.
        about: see `since`.
        role: see `since`.
        type: see `since`.
        min_confidence: see `since`.
        acts: see `since`.
        copies: see `since`.
        limit: largest number of rows; the first are returned.

    Raises:
        SpeakerError: for a name that fits no speaker or several.
    """
    from quotes.store.quote_extent import extent_of
    from quotes.store.speakers import roles

    speaker = store.speaker(name)
    wanted = store.selection_of(
        speaker,
        since=since,
        until=until,
        about=about,
        role=role,
        type=type,
        min_confidence=min_confidence,
        acts=acts,
        copies=copies,
    )
    found = store.find_quotes(wanted, limit=limit)
    made = Timeline(speaker, found, found.num_rows, roles(store, speaker), store.language)
    if limit is None or found.num_rows < limit:
        return made
    whole = extent_of(store, wanted)
    return replace(made, total=whole.quotes, outlets=whole.outlets, period=whole.period)
