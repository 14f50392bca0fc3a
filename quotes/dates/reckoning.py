"""From what a time expression says to a date, against the day of publication. The only door to dateparser.

In: a `Time` and the day of publication, where known. Out: `SaidOn`, or None where the words do not fix a period of the past. dateparser
reads dates with a month in words and periods ago, in any language it knows; what it reads as moments (weekdays, "last week", "this month")
is reckoned here, by what news means with it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, get_args

from quotes.dates.expressions import Time
from quotes.language import Language
from quotes.records import DatePrecision, SaidOn

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

PRECISIONS: tuple[DatePrecision, ...] = get_args(DatePrecision)
LEAP = 8  # years in which every day of a month occurs at least once
ANY_DAY = date(2000, 1, 1)  # what dates that carry their year are read against


def reckon(time: Time, published: date | None, language: Language) -> SaidOn | None:
    """The period that the words name, or None: never a day after the publication, never the publication in disguise."""
    if time.vague or (time.recent and time.weekday is None and time.unit != "weekend"):
        return None
    if time.month is not None or time.year is not None:
        found = _absolute(time, published, language)
    elif published is None or time.day is not None:
        found = None
    elif time.weekday is not None:
        found = _weekday(time, published)
    elif time.ago is not None:
        found = _ago(time, published, language)
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
    """Whether one period lies in a longer or equal one."""
    return (
        PRECISIONS.index(inner.precision) <= PRECISIONS.index(outer.precision)
        and first_day(inner.date, outer.precision) == outer.date
    )


def first_day(day: date, precision: DatePrecision) -> date:
    """The first day of the period that a day lies in; a week begins on Monday."""
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
    """In news a weekday is the last one, up to the day of publication.

    "Last Friday" is that of the week before, where this week's cannot be meant; "this Friday" the one of this week.
    """
    assert time.weekday is not None
    since = (published.weekday() - time.weekday) % 7
    if time.ago is not None or time.offset is not None or time.season:
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
    """A week, month or year counted from the present one. A weekend lies in one week, and is given as that."""
    if time.part or time.season:
        return None
    if time.unit == "weekend":
        saturday = published - timedelta(days=(published.weekday() - 5) % 7)
        on_it = published.weekday() >= 5
        if time.shift == 1 or (time.count is not None and time.count != 1):
            return None
        return _period(saturday - timedelta(weeks=1 if time.shift == -1 and on_it else 0), "week")
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


def _absolute(time: Time, published: date | None, language: Language) -> SaidOn | None:
    """A date with its month or year in words. Without a year it is the last one up to the day of publication."""
    if (
        time.unit
        or time.offset is not None
        or time.ago
        or time.count is not None
        or (time.month is None and time.day is not None)
    ):
        return None
    if time.month is None:
        return (
            SaidOn(date(time.year, 1, 1), "year")
            if time.year and time.shift is None and time.weekday is None
            else None
        )
    if time.year is not None:
        found = _parsed(time, time.year, language) if time.shift is None else None
    elif published is None:
        return None
    else:
        years = range(published.year, published.year - LEAP, -1)
        every = (_parsed(time, year, language) for year in years)
        found = next((f for f in every if f is not None and f.date <= published), None)
    return found if found is None or published is None else _shifted_month(found, time, published)


def _shifted_month(found: SaidOn, time: Time, published: date) -> SaidOn | None:
    """ "Last October" is that of the year before, where the one of this year cannot be meant; "this October" that of this year."""
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


def _parsed(time: Time, year: int, language: Language) -> SaidOn | None:
    """The date of a month in words, a year and a day if there is one; None where there is no such day."""
    words = f"{time.day or ''} {time.month} {year}".strip()
    found = _parse(words, ANY_DAY, language)
    exact = (
        found is not None
        and found[0].year == year
        and (time.day is None or (found[1], found[0].day) == ("day", time.day))
    )
    return _period(*found) if found is not None and exact else None


def _ago(time: Time, published: date, language: Language) -> SaidOn | None:
    if time.count is None or time.unit not in PRECISIONS or time.shift is not None or time.part:
        return None
    found = _parse(f"{time.count} {time.unit} {time.ago}", published, language)
    return _period(*found) if found is not None and found[1] == time.unit else None


def _parse(words: str, today: date, language: Language) -> tuple[date, DatePrecision] | None:
    found = _parser(language, today).get_date_data(words)
    if found.date_obj is None or found.period not in PRECISIONS:
        return None
    return found.date_obj.date(), found.period


@lru_cache(maxsize=32)
def _parser(language: Language, today: date) -> DateDataParser:
    from dateparser.date import (
        DateDataParser,  # here, as most sentences name no date and loading it takes a tenth of a second
    )

    settings = {
        "PREFER_DATES_FROM": "current_period",
        "RELATIVE_BASE": datetime(today.year, today.month, today.day),
        "PARSERS": ["absolute-time", "relative-time"],
    }
    return DateDataParser(languages=[language.code], settings=settings)
