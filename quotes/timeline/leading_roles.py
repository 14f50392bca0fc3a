"""Which of a speaker's roles are shown.

In: `RoleSpan`s, as `quotes.identity` makes them. Out: the same, fewer. A role is seen, not held: before its first day nobody
printed it, and that is all this says.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from quotes.identity import RoleSpan


def leading(roles: Iterable[RoleSpan], most: int) -> tuple[RoleSpan, ...]:
    """The roles that the most articles print, `most` of them at most, in order of time."""
    return tuple(sorted(sorted(roles, key=lambda r: (-r.documents, *_order(r)))[:most], key=_order))


def _order(span: RoleSpan) -> tuple[date, date, str]:
    return span.first or date.max, span.last or date.max, span.role
