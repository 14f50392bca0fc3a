"""Why two wordings are one statement."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from quotes.records import SaidOn
from quotes.statements.equivalence import (
    Wording,
    contradict,
    days_apart,
    days_of_saying_differ,
    link,
    may_be_equivalent,
    spelled_alike,
    wording,
)
from quotes.statements.tokens import forms
from quotes.statements.weights import vocabulary
from tests.builders import ENGLISH
from tests.statements.sample_statements import printed

WORDS = vocabulary(ENGLISH)
DAY = date(2024, 3, 4)
PIERS = "Nobody will drive over this bridge before every pier of it has been looked at by divers"


def made(words: str, number: int = 1, **known: Any) -> Wording:
    """Make a wording that one document prints; its stems are its words."""
    cut = forms(words)
    content = [form for form in cut if form not in WORDS.common]
    return wording([printed(number, words, **{"published": DAY, **known})], cut, content, WORDS)


def reason(a: str, b: str, **known: Any) -> str | None:
    return link(made(a), made(b, 2, **known), WORDS)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (PIERS.upper(), "same words"),
        (PIERS + " and by the council", "part"),
        (PIERS.replace("before", "until"), "altered"),
        (PIERS.replace("will", "will not"), None),  # another sense
        ("The council sells the harbour", None),
    ],
)
def test_the_words_say_why_they_are_one(other: str, why: str | None) -> None:
    assert reason(PIERS, other) == why


def test_altered_words_are_one_within_some_days_and_by_one_speaker_only() -> None:
    other = PIERS.replace("before", "until")
    assert reason(PIERS, other, published=DAY + timedelta(days=7)) == "altered"
    assert reason(PIERS, other, published=DAY + timedelta(days=8)) is None
    assert reason(PIERS, other, speaker_id="brandt") is None


def test_few_words_in_a_near_copy_are_one_statement_whenever_it_was_printed() -> None:
    words, later = "We will meet the divers again", DAY + timedelta(days=60)
    assert reason(words, words, published=later) is None
    first = printed(1, words, published=DAY)
    copied = {"published": later, "copy_of": first.document}
    assert reason(words, words, **copied) == "same words"
    assert reason(words, words + " and soon", **copied) is None
    assert reason(words, words, **copied, speaker_id="brandt") is None


def test_what_was_said_on_two_days_is_two() -> None:
    first, later = SaidOn(DAY, "day"), SaidOn(DAY + timedelta(days=1), "day")
    assert link(made(PIERS, said_on=first), made(PIERS, 2, said_on=later), WORDS) is None
    assert link(made(PIERS, said_on=first), made(PIERS, 2, said_on=first), WORDS) == "same words"


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        (SaidOn(date(2024, 3, 4), "day"), SaidOn(date(2024, 3, 1), "month"), False),
        (SaidOn(date(2024, 3, 4), "day"), SaidOn(date(2024, 4, 1), "month"), True),
        (SaidOn(date(2024, 3, 6), "day"), SaidOn(date(2024, 3, 4), "week"), False),
        (SaidOn(date(2024, 3, 4), "day"), SaidOn(date(2023, 1, 1), "year"), True),
        (SaidOn(date(2024, 3, 4), "day"), None, False),
    ],
)
def test_days_differ_as_far_as_both_are_known(a: SaidOn, b: SaidOn | None, differ: bool) -> None:
    assert days_of_saying_differ(a, b) is differ
    assert days_of_saying_differ(b, a) is differ


def test_days_lie_between_the_days_of_publication() -> None:
    assert days_apart(made(PIERS), made(PIERS, published=DAY + timedelta(days=5))) == 5
    assert days_apart(made(PIERS), made(PIERS, published=None)) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The bridge costs 40 million crowns", "The bridge costs 50 million crowns"),
        ("The bridge to Velm stays closed", "The bridge to Karsk stays closed"),
        ("The bridge stays closed", "The bridge never stays closed"),
    ],
)
def test_another_number_name_or_negation_is_another_statement(a: str, b: str) -> None:
    assert contradict(made(a), made(b))
    assert not contradict(made(a), made(a))


def test_one_speaker_may_have_been_translated_twice() -> None:
    a = "The old harbour bridge will stay closed until divers inspect every pier"
    b = "Until every pier is inspected by divers, the old harbour bridge will stay closed"
    assert may_be_equivalent(made(a), made(b), WORDS)
    assert not may_be_equivalent(made(a), made("Fish must be sold in town"), WORDS)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("honour", "honor", True),
        ("austria", "australia", False),
        ("12345", "12346", False),
        ("bridge", "bridge", True),
    ],
)
def test_one_word_may_be_spelled_in_two_ways(one: str, other: str, alike: bool) -> None:
    assert spelled_alike(one, other) is alike
