"""Dates for people."""

from __future__ import annotations

from datetime import date

import pytest

from quotes.output.dates import date_text, iso_text, period_text
from quotes.records import DatePrecision, SaidOn


@pytest.mark.parametrize(
    ("day", "precision", "shown"),
    [
        (date(2023, 10, 26), "day", "26 October 2023"),
        (date(2023, 10, 23), "week", "week of 23 October 2023"),
        (date(2023, 10, 1), "month", "October 2023"),
        (date(2023, 10, 1), "quarter", "Q4 2023"),
        (date(2023, 1, 1), "year", "2023"),
        (date(2020, 1, 1), "decade", "2020s"),
        (None, "day", "date unknown"),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(day: date | None, precision: str, shown: str) -> None:
    assert date_text(day, precision) == shown


def test_a_period_of_one_day_is_that_day() -> None:
    first, last = date(2024, 3, 4), date(2024, 5, 6)
    assert period_text(first, last) == "4 March 2024 – 6 May 2024"
    assert period_text(first, first) == "4 March 2024"


@pytest.mark.parametrize(
    ("precision", "written"),
    [("day", "2023-10-02"), ("week", "2023-10-02"), ("month", "2023-10"), ("year", "2023")],
)
def test_programs_read_a_date_as_exactly_as_it_is_known(
    precision: DatePrecision, written: str
) -> None:
    assert iso_text(SaidOn(date(2023, 10, 2), precision)) == written
