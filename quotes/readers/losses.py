"""What is left out of an article that is read: one line for each, and a last one for the rest.

In: the values of a row that cannot be read. Out: messages for people, without the file's name.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from quotes.readers.columns import Unread
from quotes.readers.metadata import Metadata, can_be_two_days, parse_date

MAX_MESSAGES = 20  # days of one file that are named one by one


@dataclass(slots=True)
class Losses:
    """The days and columns of one file that are left out."""

    _days: list[str] = field(default_factory=list)
    _more_days: int = 0
    _columns: dict[str, int] = field(default_factory=dict)

    def note(self, where: str, left_out: Unread, known: Metadata) -> None:
        """Note what a row (such as "row 3") loses; `known` is what is made of it."""
        for name in left_out.long:
            self._columns[name] = self._columns.get(name, 0) + 1
        if left_out.published is None or known.published:
            return
        if len(self._days) == MAX_MESSAGES:
            self._more_days += 1
            return
        words = left_out.published if len(left_out.published) <= 60 else "..."
        self._days.append(
            f"{where}: published {words!r} can be two days: left out: write it as YYYY-MM-DD, or "
            "say --day-first or --month-first"
            if can_be_two_days(words)
            else f"{where}: published {words!r} is no day that can be read: left out: write it as "
            "YYYY-MM-DD"
        )

    def messages(self) -> list[str]:
        """Return a line for each day, and one for each column."""
        more = "so the days of" if self._more_days else ""
        rest = [f"{more} {self._more_days:,} more rows: left out"] if more else []
        columns = [
            f"column {name!r} holds more than can be carried through in "
            f"{'1 row' if rows == 1 else f'{rows:,} rows'}: left out there"
            for name, rows in self._columns.items()
        ]
        return [*self._days, *rest, *columns]


def with_day(known: Metadata, left_out: Unread | None, day_first: bool | None) -> Metadata:
    """Return metadata with the day that `day_first` makes of figures that can be two days."""
    if left_out is None or left_out.published is None or known.published:
        return known
    return replace(known, published=parse_date(left_out.published, day_first=day_first))
