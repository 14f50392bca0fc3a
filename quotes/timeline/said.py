"""Quotes as a timeline shows them, and the days on which they were said.

In: rows of a store's quotes (the columns of `quotes.store.COLUMNS`), and roles with the days on
which they were seen. Out: records, in order of time. Opens nothing, and never takes the day of
publication for the day on which something was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from quotes.identity import RoleSpan
from quotes.output.dates import date_text
from quotes.records import Period, SaidOn

# Order within a day: the least exact dates first; quotes known only by publication come last.
PRECISION_ORDER = ("year", "month", "week", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quote with its place and its time.

    `said_on` is missing where the text does not say when; `day` is then the day of publication.
    `review` is accepted, changed or added where a person reviewed it, `reviewed_by` names them.
    """

    id: str
    document: str
    words: str
    type: str
    day: date | None
    said_on: SaidOn | None = None
    published: date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    role: str | None = None
    cue: str | None = None
    addressee: str | None = None
    reported_by: tuple[str, ...] = ()
    factuality: str = "said"
    act: str = "speech"
    when_text: str | None = None
    confidence: float = 1.0
    speaker_confidence: float = 1.0
    probability: float = 1.0
    source: str | None = None
    review: str | None = None
    reviewed_by: str | None = None
    before: str | None = None
    after: str | None = None
    copy_of: str | None = None

    @property
    def exact(self) -> bool:
        """True if `day` is one day: one that the text names, or that of publication."""
        return self.day is not None and (self.said_on is None or self.said_on.precision == "day")

    @property
    def drawn_day(self) -> date | None:
        """The day at which a chart draws it; None where only the month or the year is known."""
        precise = self.said_on is None or self.said_on.precision in ("day", "week")
        return self.day if precise else None


@dataclass(frozen=True, slots=True)
class Day:
    """The quotes of one time, such as "27 October 2023", and the roles first seen by then."""

    name: str
    said: tuple[Said, ...]
    roles: tuple[RoleSpan, ...] = field(default=())


def said_of(row: Mapping[str, Any]) -> Said:
    """Return the record of a row of a store's quotes."""
    on = row["said_on"]
    plain = {name: row[name] for name in _PLAIN}
    return Said(
        **plain,
        said_on=SaidOn(on, row["said_precision"] or "day") if on else None,
        reported_by=tuple(row["reported_by"] or ()),
        factuality=row["factuality"] or "said",
    )


_PLAIN = (
    "id", "document", "words", "type", "day", "published", "outlet", "title", "url", "role", "cue",
    "addressee", "when_text", "confidence", "speaker_confidence", "probability", "source",
    "act", "review", "reviewed_by", "before", "after", "copy_of",
)  # fmt: skip


def days(said: Iterable[Said], roles: Sequence[RoleSpan] = ()) -> Iterator[Day]:
    """Yield the quotes by day, in order of time, those of an unknown day last.

    Each role is with the first exact day that is not before it; roles seen before the first day of
    the quotes are left out.
    """
    ordered = sorted(said, key=_moment)
    left = sorted(
        (role for role in roles if role.first is not None),
        key=lambda r: (r.first or date.max, r.role),
    )
    first = _printed(ordered[:1])
    if first is not None:  # a role seen before the first of these days is no change within them
        left = [role for role in left if role.first and role.first >= first]
    for name, group in groupby(ordered, key=when):
        quotes = tuple(group)
        printed = _printed(quotes)
        begun = [
            role
            for role in left
            if printed is not None and quotes[0].exact and role.first and role.first <= printed
        ]
        left = [role for role in left if role not in begun]
        yield Day(name, quotes, tuple(begun))


def when(said: Said) -> str:
    """Return the time of a quote in words, as exactly as it is known.

    Such as "27 October 2023", "week of 23 October 2023", "2023", "published 28 October 2023".
    """
    if said.said_on or not said.day:
        return date_text(said.day, said.said_on.precision if said.said_on else "day")
    return f"published {date_text(said.day)}"


def _printed(quotes: Sequence[Said]) -> date | None:
    """Return the last day on which one of the quotes was printed: roles are seen on such days."""
    return max((each.published or each.day for each in quotes if each.day), default=None)


def _moment(said: Said) -> tuple[bool, date, int]:
    """Return the sort key of a quote by time."""
    known = PRECISION_ORDER.index(said.said_on.precision) if said.said_on else len(PRECISION_ORDER)
    return said.day is None, said.day or date.max, known


def period_of(said: Sequence[Said]) -> Period:
    """Return the time over which quotes were said."""
    known = sorted((each for each in said if each.day), key=lambda each: each.day or date.max)
    ends = [
        (each.day, each.said_on.precision if each.said_on else "day")
        for each in (*known[:1], *known[-1:])
    ] or [(None, "day")] * 2
    return Period(*ends[0], *ends[1], len(said) - len(known))
