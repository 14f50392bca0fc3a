"""The leading roles of a speaker: those to show.

In: `RoleSpan`s, as `quotes.identity` makes them. Out: some of them. The days of a role are those on
which it was printed, not those over which it was held.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from quotes.identity import RoleSpan


def leading(roles: Iterable[RoleSpan], limit: int) -> tuple[RoleSpan, ...]:
    """Return the roles printed by the most articles, at most `limit`, in order of time."""
    return tuple(
        sorted(sorted(roles, key=lambda r: (-r.documents, *_order(r)))[:limit], key=_order)
    )


def _order(span: RoleSpan) -> tuple[date, date, str]:
    """Return the sort key of a role: first day, last day, words."""
    return span.first or date.max, span.last or date.max, span.role
