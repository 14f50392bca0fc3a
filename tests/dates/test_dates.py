"""When something was said, on frozen parses of texts written for the purpose and on the seed."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.dates.expressions import Time
from quotes.dates.reckoning import first_day, fits, reckon
from quotes.dates.time_words import load_time_words
from quotes.language.resources import data_folder
from quotes.models import Models
from quotes.output.terminal.quotes import plain_text
from quotes.parsing.conllu import read_conllu
from quotes.pipeline import ReadyParse, process
from quotes.readers import Metadata, read
from quotes.records import DatePrecision, Document, Quote, SaidOn
from tests.builders import ENGLISH
from tests.paths import TESTS

CASES: list[dict[str, Any]] = tomllib.loads(
    (TESTS / "cases" / "dates.toml").read_text(encoding="utf-8")
)["case"]
PARSES = {
    document.text: parse for document, parse in read_conllu(TESTS / "parses" / "dates.conllu")
}
LIST = data_folder() / "en" / "words" / "time-words.txt"
FRIDAY = date(2023, 10, 27)
LEAST = 0.3  # what is printed by default


def quotes_of(case: dict[str, Any]) -> tuple[Document, list[Quote]]:
    """Return the document of a case and its quotes, in the order of their cues.

    Where the case names a cue, those of this cue only, however unlikely.
    """
    document = Document(id="case", text=case["text"], published=case.get("published"))
    found = process(document, models=Models(ReadyParse(PARSES[case["text"]])), language=ENGLISH)
    wanted = case.get("cue")
    chosen = [
        q
        for q in found
        if q.cue
        and (any(s.of(document.text) == wanted for s in q.cue) if wanted else q.confidence >= LEAST)
    ]
    return document, sorted(chosen, key=lambda q: q.cue)


def wanted(case: dict[str, Any]) -> tuple[str | None, SaidOn | None]:
    said = SaidOn(case["date"], case["precision"]) if "date" in case else None
    return case.get("when"), said


def got(document: Document, quote: Quote) -> tuple[str | None, SaidOn | None]:
    return quote.when.of(document.text) if quote.when else None, quote.said_on


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_quote_is_dated_by_the_words_that_date_the_saying(case: dict[str, Any]) -> None:
    document, quotes = quotes_of(case)
    assert quotes, "no quote found"
    assert got(document, quotes[0]) == wanted(case)


def test_the_cases_are_many_and_a_third_of_them_are_traps() -> None:
    assert len(CASES) >= 55
    assert sum(case.get("trap", False) for case in CASES) * 3 >= len(CASES)
    assert {case["text"] for case in CASES} == set(PARSES), "run python training/freeze_dates.py"


@pytest.mark.parametrize(
    "case", [case for case in CASES if "date" in case], ids=lambda case: case["name"]
)
def test_without_a_day_of_publication_only_dates_with_their_year_are_known(
    case: dict[str, Any],
) -> None:
    document, quotes = quotes_of({**case, "published": None})
    when, said = got(document, quotes[0])
    assert when == case["when"]
    assert (said is not None) == bool(re.search(r"\b(19|20)\d\d\b", when or ""))


# What the words of a time come to

RECKONED = [  # what is said, on which day it is printed, what it comes to
    (Time(weekday=4), FRIDAY, SaidOn(FRIDAY, "day")),
    (Time(weekday=3, recent=True), date(2023, 10, 26), SaidOn(date(2023, 10, 19), "day")),
    (Time(weekday=0, shift=0), FRIDAY, SaidOn(date(2023, 10, 23), "day")),
    (Time(weekday=6, shift=0), FRIDAY, None),  # this Sunday lies ahead
    (Time(weekday=6, shift=-1), FRIDAY, SaidOn(date(2023, 10, 22), "day")),
    (Time(weekday=4, shift=-1), FRIDAY, SaidOn(date(2023, 10, 20), "day")),
    (Time(weekday=0, shift=1), FRIDAY, None),
    (Time(unit="weekend"), FRIDAY, SaidOn(date(2023, 10, 16), "week")),
    (Time(unit="weekend", shift=0), date(2023, 10, 28), SaidOn(date(2023, 10, 23), "week")),
    (Time(unit="weekend", shift=-1), date(2023, 10, 29), SaidOn(date(2023, 10, 16), "week")),
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


def test_words_of_time_have_known_classes_and_values() -> None:
    words = load_time_words(ENGLISH)
    kinds = {kind for kind, _ in words.table.values()}
    described = set(
        re.findall(
            r"[a-z]+",
            " ".join(
                line
                for line in LIST.read_text(encoding="utf-8").splitlines()
                if line.startswith("#")
            ),
        )
    )
    assert kinds <= described
    assert (words.kind("May"), words.kind("may"), words.kind("Sat"), words.kind("sat")) == (
        "month",
        "",
        "weekday",
        "",
    )
    assert all(
        value in (*get_args(DatePrecision), "weekend", "other")
        for kind, value in words.table.values()
        if kind == "unit"
    )


# As people see it, and with the real model


def test_the_day_is_shown_where_it_is_known_and_the_words_where_it_is_not() -> None:
    case = {
        "text": "“The bridge will stay closed,” Mayor Ellen Park said on Thursday.",
        "published": FRIDAY,
    }
    document, quotes = quotes_of(case)
    assert re.search(
        r"^Ellen Park \(Mayor\) · said · direct · \d+% · said 26 October 2023$",
        plain_text(document, quotes),
        re.MULTILINE,
    )
    assert "when     “on Thursday” 53–64" in plain_text(document, quotes, explain=True)
    document, quotes = quotes_of({**case, "published": None})
    assert "    [when: on Thursday]\n" in plain_text(document, quotes)


def test_the_second_seed_is_dated_against_its_day(root: Path, models: Any) -> None:
    document = next(
        iter(read(root / "seeds" / "002_1922ce6d63d1e91d.txt", defaults=Metadata(published=FRIDAY)))
    )
    assert isinstance(document, Document)
    quotes = [
        q for q in process(document, models=models, language=ENGLISH) if q.confidence >= LEAST
    ]
    dated = {(q.speaker, *got(document, q)) for q in quotes if q.when}
    assert dated == {
        ("Interfax", "later", None),
        ("Moscow", "previously", None),
        ("Mikhail Bogdanov", "earlier Thursday", SaidOn(date(2023, 10, 26), "day")),
        ("Dmitry Peskov", "On Friday", SaidOn(FRIDAY, "day")),
    }


def test_a_day_given_in_python_as_text_is_a_date(root: Path) -> None:
    from quotes import api

    read = list(api.read(root / "seeds", published="2023-10-27"))
    assert [item.published for item in read if isinstance(item, Document)] == [FRIDAY, FRIDAY]
