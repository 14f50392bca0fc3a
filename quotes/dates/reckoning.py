"""From what a time expression says to a date, against the day of publication.

In: a `Time` and the day of publication, where known. Out: `SaidOn`, or None where the words do not
fix a period of the past. Weekdays, "last week" or "this month" are reckoned by what news means with
them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from quotes.dates.expressions import Time
from quotes.records import DatePrecision, SaidOn

PRECISIONS: tuple[DatePrecision, ...] = get_args(DatePrecision)
LEAP_YEARS = 8  # years in which every day of a month occurs at least once


def reckon(time: Time, published: date | None) -> SaidOn | None:
    """Return the period that a time expression names, or None where it names none of the past.

    Never a day after the publication, and never the day of publication where other words mean it.
    """
    if time.recent and time.month is not None:
        time = replace(time, recent=False, shift=None)  # "this past April"
    if time.vague or (time.recent and time.weekday is None):
        return None
    if time.month is not None or time.year is not None:
        found = _absolute(time, published)
    elif published is None or time.day is not None:
        found = None
    elif time.weekday is not None:
        found = _weekday(time, published)
    elif time.ago:
        found = _ago(time, published)
    elif time.offset is not None:
        found = _day(published, -time.offset) if time.unit is None and time.shift is None else None
    elif time.unit is not None:
        found = _unit(time, published)
    elif time.part and time.shift in (-1, 0):
        found = _day(published, -time.shift)  # "last night", "this morning"
    else:
        found = None
    return found if found and (published is None or found.date <= published) else None


def fits(inner: SaidOn, outer: SaidOn) -> bool:
    """Return True if one period lies in a longer or equal one."""
    return (
        PRECISIONS.index(inner.precision) <= PRECISIONS.index(outer.precision)
        and first_day(inner.date, outer.precision) == outer.date
    )


def first_day(day: date, precision: DatePrecision) -> date:
    """Return the first day of the period that a day lies in; a week begins on Monday."""
    if precision == "week":
        return day - timedelta(days=day.weekday())
    if precision == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if precision == "year" else day


def _day(published: date, days: int) -> SaidOn:
    return SaidOn(published - timedelta(days=days), "day")


def _period(day: date, precision: DatePrecision) -> SaidOn:
    return SaidOn(first_day(day, precision), precision)


def _weekday(time: Time, published: date) -> SaidOn | None:
    """Reckon a weekday: in news the last one, up to the day of publication.

    "Last Friday" is that of the week before, where this week's cannot be meant; "this Friday" the
    one of this week.
    """
    assert time.weekday is not None
    since = (published.weekday() - time.weekday) % 7
    if time.ago or time.offset is not None or time.season:
        return None
    if time.unit is not None:
        monday = first_day(published, "week") + timedelta(weeks=time.shift or 0)
        return (
            SaidOn(monday + timedelta(days=time.weekday), "day")
            if time.unit == "week" and time.shift is not None
            else None
        )
    if time.recent:
        return _day(published, since or 7)
    if time.shift is None:
        return _day(published, since)
    this_week = time.weekday <= published.weekday()
    if time.shift == -1:
        return _day(published, 7) if since == 0 else None if this_week else _day(published, since)
    return _day(published, since) if time.shift == 0 and this_week else None


def _unit(time: Time, published: date) -> SaidOn | None:
    """Reckon a week, month or year from the present one; a weekend is no period of a date."""
    if time.part or time.season:
        return None
    if time.count is not None or time.shift not in (-1, 0):
        return None
    if time.unit == "week":
        return _period(published + timedelta(weeks=time.shift), "week")
    if time.unit == "month":
        this = first_day(published, "month")
        return _period(this if time.shift == 0 else this - timedelta(days=1), "month")
    if time.unit == "year":
        return SaidOn(date(published.year + time.shift, 1, 1), "year")
    return None


def _absolute(time: Time, published: date | None) -> SaidOn | None:
    """Reckon a date with its month or year; without a year the last one up to the publication."""
    if time.unit == "year" and time.month is not None and published and time.year is None:
        if time.shift not in (-1, 0) or time.count is not None:
            return None
        time = replace(time, unit=None, shift=None, year=published.year + time.shift)
    if (
        time.unit
        or time.offset is not None
        or time.ago
        or time.count is not None
        or (time.month is None and time.day is not None)
    ):
        return None
    if time.month is None:
        plain = time.year is not None and time.shift is None and time.weekday is None
        return SaidOn(date(time.year, 1, 1), "year") if time.year and plain else None
    if time.year is not None:
        found = _in_year(time, time.month, time.year) if time.shift is None else None
    elif published is None:
        return None
    else:
        years = range(published.year, published.year - LEAP_YEARS, -1)
        every = (_in_year(time, time.month, year) for year in years)
        found = next((f for f in every if f is not None and f.date <= published), None)
    return found if found is None or published is None else _shifted_month(found, time, published)


def _shifted_month(found: SaidOn, time: Time, published: date) -> SaidOn | None:
    """Reckon "last October" and "this October".

    The first is that of the year before, where the one of this year cannot be meant.
    """
    this_year = found.date.year == published.year
    if time.weekday is not None and (
        found.precision != "day" or found.date.weekday() != time.weekday
    ):
        return None
    if time.shift is None:
        return found
    if (
        time.shift == -1
        and found.precision == "month"
        and found.date == first_day(published, "month")
    ):
        return SaidOn(found.date.replace(year=found.date.year - 1), "month")
    return (
        found if (time.shift == -1 and not this_year) or (time.shift == 0 and this_year) else None
    )


def _in_year(time: Time, month: int, year: int) -> SaidOn | None:
    """Return the month of a year, or its day if one is named; None where there is no such day."""
    try:
        day = date(year, month, time.day or 1)
    except ValueError:
        return None
    return SaidOn(day, "day" if time.day else "month")


def _ago(time: Time, published: date) -> SaidOn | None:
    """Reckon a number of days, weeks, months or years back."""
    if time.count is None or time.shift is not None or time.part:
        return None
    if time.unit == "day":
        return _day(published, time.count)
    if time.unit == "week":
        return _period(published - timedelta(weeks=time.count), "week")
    if time.unit == "month":
        months = published.year * 12 + published.month - 1 - time.count
        return SaidOn(date(months // 12, months % 12 + 1, 1), "month")
    if time.unit == "year" and time.count < published.year:
        return SaidOn(date(published.year - time.count, 1, 1), "year")
    return None
