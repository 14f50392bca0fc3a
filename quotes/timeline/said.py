"""One thing that a speaker said, as a timeline shows it, and the days on which things were said.

In: rows of a store's quotes (the columns of `quotes.store.COLUMNS`), and roles with the days on which they were seen. Out: records, in
order of time. Opens nothing, and never takes the day of publication for the day on which something was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from quotes.identity import RoleSpan
from quotes.output.dates import date_text
from quotes.records import SaidOn

# Of one day, what is known less exactly comes first, what is only known to be published last.
COARSE = ("year", "month", "week", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A quote with where it stands. `said_on` is missing where the text does not say when; `day` is then the day of publication.

    `review` is accepted, changed or added where a person judged it, `reviewed_by` who.
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
    when_text: str | None = None
    confidence: float = 1.0
    review: str | None = None
    reviewed_by: str | None = None
    before: str | None = None
    after: str | None = None
    copy_of: str | None = None

    @property
    def exact(self) -> bool:
        """Whether the day is one day: a day that the text names, or that of publication."""
        return self.day is not None and (self.said_on is None or self.said_on.precision == "day")


@dataclass(frozen=True, slots=True)
class Day:
    """What was said at one time: its name ("27 October 2023", "October 2023"), roles first seen by then, and the quotes."""

    name: str
    said: tuple[Said, ...]
    roles: tuple[RoleSpan, ...] = field(default=())


def said_of(row: Mapping[str, Any]) -> Said:
    """A row of a store's quotes as a record."""
    on = row["said_on"]
    plain = {name: row[name] for name in _PLAIN}
    return Said(
        **plain,
        said_on=SaidOn(on, row["said_precision"] or "day") if on else None,
        reported_by=tuple(row["reported_by"] or ()),
        factuality=row["factuality"] or "said",
    )


# fmt: off
_PLAIN = (
    "id", "document", "words", "type", "day", "published", "outlet", "title", "url", "role", "cue", "addressee", "when_text", "confidence",
    "review", "reviewed_by", "before", "after", "copy_of",
)
# fmt: on


def days(said: Iterable[Said], roles: Sequence[RoleSpan] = ()) -> Iterator[Day]:
    """The quotes by day, in order of time, those of an unknown day last; each role stands with the first day that is not before it."""
    ordered = sorted(said, key=_moment)
    left = sorted(
        (role for role in roles if role.first is not None),
        key=lambda r: (r.first or date.max, r.role),
    )
    begin = _printed(ordered[:1])
    if begin is not None:  # what was seen before the first of these days is no change within them
        left = [role for role in left if role.first and role.first >= begin]
    for name, group in groupby(ordered, key=when):
        held = tuple(group)
        printed = _printed(held)
        begun = [
            role for role in left if printed is not None and role.first and role.first <= printed
        ]
        left = [role for role in left if role not in begun]
        yield Day(name, held, tuple(begun))


def when(said: Said) -> str:
    """The time of a quote as exactly as it is known: "27 October 2023", "week of 23 October 2023", "2023", "published 28 October 2023"."""
    if said.said_on or not said.day:
        return date_text(said.day, said.said_on.precision if said.said_on else "day")
    return f"published {date_text(said.day)}"


def _printed(held: Sequence[Said]) -> date | None:
    """The last day on which something of it was printed: then roles are seen, which may be after it was said."""
    return max((each.published or each.day for each in held if each.day), default=None)


def _moment(said: Said) -> tuple[bool, date, int]:
    known = COARSE.index(said.said_on.precision) if said.said_on else len(COARSE)
    return said.day is None, said.day or date.max, known
