"""How many quotes and outlets a selection has, and the time over which its quotes were said.

In: a store and a selection. Out: `Extent`, with a `Period` as exactly as it is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotes.records import Period
from quotes.store.selection import Selection, condition

if TYPE_CHECKING:
    from quotes.store import Store

EXTENT = """
    SELECT count(*) AS quotes, count(DISTINCT outlet) AS outlets, count(*) - count(day) AS undated,
           min(day) AS first, max(day) AS last,
           arg_min(coalesce(said_precision, 'day'), day) AS first_precision,
           arg_max(coalesce(said_precision, 'day'), day) AS last_precision
    FROM quotes WHERE {}"""


@dataclass(frozen=True, slots=True)
class Extent:
    """The number of quotes, that of the outlets that print them, and their period."""

    quotes: int
    outlets: int
    period: Period


def extent_of(store: Store, wanted: Selection) -> Extent:
    """Return the extent of a selection; no quote is read."""
    where, values = condition(wanted)
    (row,) = store._session().rows(EXTENT.format(where), values)
    period = Period(
        row["first"],
        row["first_precision"] or "day",
        row["last"],
        row["last_precision"] or "day",
        row["undated"],
    )
    return Extent(row["quotes"], row["outlets"], period)
