"""A time scale: days to pixels, in equal steps of days, weeks, months, quarters, years or decades.

In: the days that must fit. Out: steps with their places and names.
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
MONTHS_PER_STEP: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
DAYS_PER_STEP: dict[Unit, int] = {"day": 1, "week": 7}
MAX_STEPS = 64
LABEL_INTERVALS: dict[Unit, tuple[int, ...]] = {  # in steps
    "month": (1, 2, 3, 6, 12),
    "quarter": (1, 2, 4, 8),
    "year": (1, 2, 5, 10),
}
MIN_STEPS = 7  # so that one day does not fill the page
MIN_DATE, MAX_DATE = date(1000, 1, 1), date(9000, 1, 1)  # days outside stand on the edge
MIN_LABEL_WIDTH = 64  # pixels


@dataclass(frozen=True, slots=True)
class Scale:
    """Steps of one unit.

    Attributes:
        unit: The unit.
        starts: The first day of each step, and the first day after the last step.
        left: Where the scale begins, in pixels.
        width: How wide it is, in pixels.
    """

    unit: Unit
    starts: tuple[date, ...]
    left: float
    width: float

    @property
    def step(self) -> float:
        """The width of a step in pixels."""
        return self.width / (len(self.starts) - 1)

    def at(self, day: date) -> int:
        """Return the number of the step of a day; of the nearest one for a day outside."""
        return min(max(bisect_right(self.starts, day) - 1, 0), len(self.starts) - 2)

    def x(self, day: date) -> float:
        """Return where a day begins, in pixels; days outside lie on the edge."""
        inside = min(max(day, self.starts[0]), self.starts[-1])
        number = self.at(inside)
        first, last = self.starts[number], self.starts[number + 1]
        return self.left + self.step * (number + (inside - first).days / (last - first).days)

    def name(self, number: int) -> str:
        """Return the name of a step: "27 October 2023", "October 2023", "Q4 2023", "2020s"."""
        return date_text(self.starts[number], self.unit)

    def labels(self) -> Iterator[tuple[float, str, str]]:
        """Yield labels that do not overlap: the place, the name, and the year where it changes."""
        min_interval = -(-MIN_LABEL_WIDTH // max(1, int(self.step)))
        every = next(
            (n for n in LABEL_INTERVALS.get(self.unit, ()) if n >= min_interval), min_interval
        )
        before = None
        for number, start in enumerate(self.starts[:-1]):
            if (
                number
                if self.unit not in MONTHS_PER_STEP
                else _months(start) // MONTHS_PER_STEP[self.unit]
            ) % every:
                continue
            short, year = (
                _short(start, self.unit),
                str(start.year) if self.unit in ("day", "week", "month", "quarter") else "",
            )
            yield self.left + self.step * (number + 0.5), short, year if year != before else ""
            before = year


def scale(first: date, last: date, *, left: float, width: float) -> Scale:
    """Return the finest scale that holds both days in MAX_STEPS steps.

    Args:
        first: The first day.
        last: The last day.
        left: Where the scale begins, in pixels.
        width: How wide it is, in pixels.
    """
    first, last = min(max(first, MIN_DATE), MAX_DATE), min(max(last, MIN_DATE), MAX_DATE)
    unit: Unit = next((u for u in UNITS if _steps(first, last, u) <= MAX_STEPS), "decade")
    starts = [_start(first, unit)]
    while starts[-1] <= last:
        starts.append(_next(starts[-1], unit))
    while len(starts) <= MIN_STEPS:
        starts.append(_next(starts[-1], unit))
        if len(starts) <= MIN_STEPS:
            starts.insert(0, _start(starts[0] - timedelta(days=1), unit))
    return Scale(unit, tuple(starts), left, width)


def _steps(first: date, last: date, unit: Unit) -> int:
    """Count the steps of a unit that hold both days."""
    if unit in DAYS_PER_STEP:
        return (last - _start(first, unit)).days // DAYS_PER_STEP[unit] + 1
    return (_months(last) - _months(_start(first, unit))) // MONTHS_PER_STEP[unit] + 1


def _months(day: date) -> int:
    """Return the number of months since the year 0."""
    return day.year * 12 + day.month - 1


def _start(day: date, unit: Unit) -> date:
    """Return the first day of the step that holds a day."""
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = _months(day) // MONTHS_PER_STEP[unit] * MONTHS_PER_STEP[unit]
    return date(months // 12, months % 12 + 1, 1)


def _next(start: date, unit: Unit) -> date:
    """Return the first day of the next step."""
    if unit in DAYS_PER_STEP:
        return start + timedelta(days=DAYS_PER_STEP[unit])
    months = _months(start) + MONTHS_PER_STEP[unit]
    return date(months // 12, months % 12 + 1, 1)


def _short(start: date, unit: Unit) -> str:
    """Return the label of a step on the axis, without the year where the axis gives it."""
    if unit in ("day", "week"):
        return f"{start.day} {start:%b}"
    if unit == "month":
        return f"{start:%b}"
    return date_text(start, unit).removesuffix(f" {start.year}")
