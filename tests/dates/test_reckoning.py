"""The date that a time expression comes to, against the day of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.dates.expressions import Time
from quotes.dates.reckoning import first_day, fits, reckon
from quotes.records import SaidOn

FRIDAY = date(2023, 10, 27)

RECKONED = [  # what is said, on which day it is printed, what it comes to
    (Time(weekday=4), FRIDAY, SaidOn(FRIDAY, "day")),
    (Time(weekday=3, recent=True), date(2023, 10, 26), SaidOn(date(2023, 10, 19), "day")),
    (Time(weekday=0, shift=0), FRIDAY, SaidOn(date(2023, 10, 23), "day")),
    (Time(weekday=6, shift=0), FRIDAY, None),  # this Sunday lies ahead
    (Time(weekday=6, shift=-1), FRIDAY, SaidOn(date(2023, 10, 22), "day")),
    (Time(weekday=4, shift=-1), FRIDAY, SaidOn(date(2023, 10, 20), "day")),
    (Time(weekday=0, shift=1), FRIDAY, None),
    (Time(unit="weekend"), FRIDAY, None),  # two days, neither one nor a week
    (Time(unit="weekend", shift=0), date(2023, 10, 28), None),
    (Time(month=3, unit="year", shift=-1), FRIDAY, SaidOn(date(2022, 3, 1), "month")),
    (Time(month=3, day=8, unit="year", shift=0), FRIDAY, SaidOn(date(2023, 3, 8), "day")),
    (Time(month=3, unit="year", shift=1), FRIDAY, None),
    (Time(month=4, shift=0, recent=True), FRIDAY, SaidOn(date(2023, 4, 1), "month")),
    (Time(unit="week", shift=-1), date(2024, 1, 1), SaidOn(date(2023, 12, 25), "week")),
    (Time(unit="month", shift=-1), date(2024, 3, 31), SaidOn(date(2024, 2, 1), "month")),
    (Time(unit="month", count=2, ago=True), date(2023, 10, 31), SaidOn(date(2023, 8, 1), "month")),
    (Time(unit="year", count=12, ago=True), FRIDAY, SaidOn(date(2011, 1, 1), "year")),
    (Time(unit="other", count=2, ago=True), FRIDAY, None),  # hours, decades
    (Time(unit="day", ago=True), FRIDAY, None),  # days ago: how many?
    (Time(offset=1), FRIDAY, None),
    (Time(month=10), FRIDAY, SaidOn(date(2023, 10, 1), "month")),
    (Time(month=10, shift=-1), FRIDAY, SaidOn(date(2022, 10, 1), "month")),
    (Time(month=3, shift=-1), FRIDAY, None),  # this year's or the one before
    (Time(month=3, shift=-1), date(2024, 1, 5), SaidOn(date(2023, 3, 1), "month")),
    (Time(month=11, day=3), FRIDAY, SaidOn(date(2022, 11, 3), "day")),
    (Time(month=9, day=31), FRIDAY, None),
    (Time(month=10, day=25, weekday=3), FRIDAY, None),  # a Wednesday
    (Time(month=12, year=2023), FRIDAY, None),
    (Time(season=True, shift=-1), FRIDAY, None),
    (Time(vague=True, year=2012), FRIDAY, None),
]


@pytest.mark.parametrize(("time", "published", "comes_to"), RECKONED)
def test_what_a_time_comes_to(time: Time, published: date, comes_to: SaidOn | None) -> None:
    assert reckon(time, published) == comes_to


@given(
    time=st.builds(
        Time,
        weekday=st.none() | st.integers(0, 6),
        day=st.none() | st.integers(1, 31),
        month=st.none() | st.integers(1, 12),
        year=st.none() | st.integers(1999, 2030),
        unit=st.none() | st.sampled_from(["day", "week", "month", "year", "weekend", "other"]),
        count=st.none() | st.integers(0, 400),
        ago=st.booleans(),
        shift=st.none() | st.integers(-1, 1),
        offset=st.none() | st.integers(-1, 1),
    ),
    published=st.dates(date(1950, 1, 1), date(2035, 1, 1)),
)
def test_no_date_lies_after_the_publication_and_each_begins_its_period(
    time: Time, published: date
) -> None:
    said = reckon(time, published)
    if said is not None:
        assert said.date <= published
        assert first_day(said.date, said.precision) == said.date
        assert fits(said, said)
