"""A scale of time: days to pixels, in equal steps of days, weeks, months, quarters, years or decades.

In: the days that must fit. Out: steps with their places and names. Knows nothing of what is drawn.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quotes.output.dates import date_text

Unit = Literal["day", "week", "month", "quarter", "year", "decade"]

UNITS: tuple[Unit, ...] = ("day", "week", "month", "quarter", "year", "decade")
MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
DAYS: dict[Unit, int] = {"day": 1, "week": 7}
STEPS = 64  # at most
EVERY: dict[Unit, tuple[int, ...]] = {
    "month": (1, 2, 3, 6, 12),
    "quarter": (1, 2, 4, 8),
    "year": (1, 2, 5, 10),
}  # steps between labels
FEWEST = 7  # so that one day does not fill the page
EARLIEST, LATEST = (
    date(1000, 1, 1),
    date(9000, 1, 1),
)  # of a scale; what lies outside stands on its edge
LABEL = 64  # pixels that a label needs


@dataclass(frozen=True, slots=True)
class Scale:
    """Steps of one unit: `starts` are their first days, and the first day after the last; `left` and `width` in pixels."""

    unit: Unit
    starts: tuple[date, ...]
    left: float
    width: float

    @property
    def step(self) -> float:
        """The width of a step in pixels."""
        return self.width / (len(self.starts) - 1)

    def at(self, day: date) -> int:
        """The number of the step that holds a day (the nearest one, for a day outside)."""
        return min(max(bisect_right(self.starts, day) - 1, 0), len(self.starts) - 2)

    def x(self, day: date) -> float:
        """Where a day begins, in pixels; days outside lie on the edge."""
        inside = min(max(day, self.starts[0]), self.starts[-1])
        number = self.at(inside)
        first, last = self.starts[number], self.starts[number + 1]
        return self.left + self.step * (number + (inside - first).days / (last - first).days)

    def name(self, number: int) -> str:
        """The name of a step: "27 October 2023", "week of 23 October 2023", "October 2023", "Q4 2023", "2023", "2020s"."""
        return date_text(self.starts[number], self.unit)

    def labels(self) -> Iterator[tuple[float, str, str]]:
        """Labels for the axis that do not run into each other: the place, the name, and the year where it changes."""
        least = -(-LABEL // max(1, int(self.step)))
        every = next((n for n in EVERY.get(self.unit, ()) if n >= least), least)
        before = None
        for number, start in enumerate(self.starts[:-1]):
            if (number if self.unit not in MONTHS else _months(start) // MONTHS[self.unit]) % every:
                continue
            short, year = (
                _short(start, self.unit),
                str(start.year) if self.unit in ("day", "week", "month", "quarter") else "",
            )
            yield self.left + self.step * (number + 0.5), short, year if year != before else ""
            before = year


def scale(first: date, last: date, *, left: float, width: float) -> Scale:
    """The finest scale that holds both days in STEPS steps."""
    first, last = min(max(first, EARLIEST), LATEST), min(max(last, EARLIEST), LATEST)
    unit: Unit = next((u for u in UNITS if _steps(first, last, u) <= STEPS), "decade")
    starts = [_start(first, unit)]
    while starts[-1] <= last:
        starts.append(_next(starts[-1], unit))
    while len(starts) <= FEWEST:
        starts.append(_next(starts[-1], unit))
        if len(starts) <= FEWEST:
            starts.insert(0, _start(starts[0] - timedelta(days=1), unit))
    return Scale(unit, tuple(starts), left, width)


def _steps(first: date, last: date, unit: Unit) -> int:
    if unit in DAYS:
        return (last - _start(first, unit)).days // DAYS[unit] + 1
    return (_months(last) - _months(_start(first, unit))) // MONTHS[unit] + 1


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _start(day: date, unit: Unit) -> date:
    """The first day of the step that holds a day."""
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = _months(day) // MONTHS[unit] * MONTHS[unit]
    return date(months // 12, months % 12 + 1, 1)


def _next(start: date, unit: Unit) -> date:
    if unit in DAYS:
        return start + timedelta(days=DAYS[unit])
    months = _months(start) + MONTHS[unit]
    return date(months // 12, months % 12 + 1, 1)


def _short(start: date, unit: Unit) -> str:
    """Return the label of a step on the axis, without the year where the axis gives it."""
    if unit in ("day", "week"):
        return f"{start.day} {start:%b}"
    if unit == "month":
        return f"{start:%b}"
    return date_text(start, unit).removesuffix(f" {start.year}")
