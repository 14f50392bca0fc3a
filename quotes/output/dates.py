"""Dates as text: a day, or the week, month, quarter, year or decade that begins with it.

In: a day and how exactly it is known. Out: text for people, such as "27 October 2023", and for
programs, such as "2023-10".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from quotes.records import SaidOn

UNKNOWN = "date unknown"


def date_text(day: date | None, precision: str = "day") -> str:
    """Return a date as exactly as it is known.

    Args:
        day: The day, or the first day of the period; None gives "date unknown".
        precision: "day" ("27 October 2023"), "week" ("week of 23 October 2023"), "month" ("October
            2023"), "quarter" ("Q4 2023"), "year" ("2023") or "decade" ("2020s").
    """
    if day is None:
        return UNKNOWN
    whole = f"{day.day} {day:%B} {day.year}"
    names = {
        "week": f"week of {whole}",
        "month": f"{day:%B} {day.year}",
        "quarter": f"Q{(day.month + 2) // 3} {day.year}",
        "year": str(day.year),
        "decade": f"{day.year}s",
    }
    return names.get(precision, whole)


def period_text(first: date, last: date) -> str:
    """Return the time from one day to another: "4 March 2024 – 6 May 2024", or the day alone."""
    return date_text(first) if first == last else f"{date_text(first)} – {date_text(last)}"


def exact_period_text(ends: Iterable[tuple[date | None, str | None]]) -> str:
    """Return the time from one date to another, each as exactly as it is known.

    "2021 – 9 May 2022", or the one date that both are; "" where neither is known.

    Args:
        ends: Days with their precision, as in `date_text`; None stands for a day.
    """
    names = [date_text(day, precision or "day") for day, precision in ends if day]
    return " – ".join(dict.fromkeys(names))


def iso_text(said: SaidOn) -> str:
    """Return a date in ISO 8601, as exactly as it is known: "2023-10-27", "2023-10" or "2023".

    A week is its first day.
    """
    known = {"month": f"{said.date:%Y-%m}", "year": f"{said.date.year:04d}"}
    return known.get(said.precision, said.date.isoformat())
