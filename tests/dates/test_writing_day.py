"""The day of writing that a text tells, on sentences built by hand."""

from __future__ import annotations

from datetime import date

import pytest

from quotes.dates.time_words import load_time_words
from quotes.dates.writing_day import day_of_writing
from tests.builders import ENGLISH, analysis_of, build_document

WORDS = load_time_words(ENGLISH)


def written_in(*forms: str) -> date | None:
    rows = [f"{form} {form} NOUN 1 dep" for form in forms]
    table = "\n".join(["spoke speak VERB 0 root", *rows])
    return day_of_writing(analysis_of(*build_document(table)), WORDS)


@pytest.mark.parametrize(
    ("forms", "day"),
    [
        (("today", "(", "July", "28", ",", "2022", ")"), date(2022, 7, 28)),
        (("yesterday", ",", "Thursday", ",", "July", "28", ",", "2022"), date(2022, 7, 29)),
        (("today", "(", "July", "28", ")"), None),
        (("Thursday", "(", "July", "28", ",", "2022", ")"), None),
        (("“", "today", "(", "July", "28", ",", "2022", ")", "”"), None),
        (("today", "in", "July", "2022"), None),
    ],
)
def test_a_date_with_its_year_beside_today_is_the_day_of_writing(
    forms: tuple[str, ...], day: date | None
) -> None:
    assert written_in(*forms) == day


def test_two_days_of_writing_are_none() -> None:
    one, other = ("today", "(", "July", "28", ",", "2022", ")"), ("today", ",", "May", "2", "2022")
    assert written_in(*one, *one) == date(2022, 7, 28)
    assert written_in(*one, *other) is None
