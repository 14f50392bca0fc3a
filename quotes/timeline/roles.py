"""The roles in which a speaker is named, each with the time over which it is seen.

In: forms of roles with the days on which articles print them. Out: `RoleSpan`s, in order of time. A role is seen, not held: before its
first day nobody printed it, and that is all this says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSpan:
    """A role with the first and the last day of publication on which it was seen (missing where no article has a day).

    `documents` is the number of articles that print it, `forms` are all its forms.
    """

    role: str
    first: date | None
    last: date | None
    documents: int
    forms: tuple[str, ...] = ()


def roles_over_time(seen: Iterable[RoleSpan]) -> tuple[RoleSpan, ...]:
    """Spans of one role put together (equal but for case and spaces), in order of the first day; the most frequent form gives the name."""
    groups = dict[str, list[RoleSpan]]()
    for span in seen:
        groups.setdefault(" ".join(span.role.casefold().split()), []).append(span)
    return tuple(sorted(map(_joined, groups.values()), key=_order))


def _joined(spans: list[RoleSpan]) -> RoleSpan:
    best = max(spans, key=lambda s: (s.documents, s.role))
    return RoleSpan(
        role=best.role,
        first=min((s.first for s in spans if s.first), default=None),
        last=max((s.last for s in spans if s.last), default=None),
        documents=sum(s.documents for s in spans),
        forms=tuple(sorted({form for s in spans for form in (s.forms or (s.role,))})),
    )


def _order(span: RoleSpan) -> tuple[date, date, str]:
    return span.first or date.max, span.last or date.max, span.role


def leading(roles: Iterable[RoleSpan], most: int) -> tuple[RoleSpan, ...]:
    """The roles that the most articles print, `most` of them at most, in order of time."""
    return tuple(sorted(sorted(roles, key=lambda r: (-r.documents, *_order(r)))[:most], key=_order))
