"""Time expressions: which words belong to one, and what they say together."""

from __future__ import annotations

import pytest

from quotes.analysis import Analysis
from quotes.dates.expressions import Time, expression, is_name, read
from quotes.dates.time_words import load_time_words
from tests.builders import ENGLISH, build_analysis

WORDS = load_time_words(ENGLISH)
LATE = build_analysis(
    """
    She      she      PRON  2 nsubj
    spoke    speak    VERB  0 root
    late     late     ADV   5 advmod
    on       on       ADP   5 case
    Thursday Thursday PROPN 2 obl
    in       in       ADP   7 case
    Oslo     Oslo     PROPN 2 obl
    .        .        PUNCT 2 punct
    """
)


def phrase(*forms: str) -> tuple[Analysis, range]:
    """Return the words in a sentence of their own, all below the last one."""
    last = len(forms)
    rows = [f"{form} {form} NOUN {last} dep" for form in forms[:-1]]
    analysis = build_analysis("\n".join([*rows, f"{forms[-1]} {forms[-1]} NOUN 0 root"]))
    return analysis, range(last)


def test_an_expression_is_its_head_with_its_words_of_time() -> None:
    assert expression(LATE, 4, WORDS) == frozenset({2, 3, 4})


@pytest.mark.parametrize("head", [1, 6])  # spoke, Oslo
def test_other_words_head_no_expression(head: int) -> None:
    assert expression(LATE, head, WORDS) is None


def test_a_strange_word_that_changes_the_time_makes_it_none() -> None:
    friday = build_analysis(
        """
        Sales  sale   NOUN  2 nsubj
        rose   rise   VERB  0 root
        on     on     ADP   5 case
        Black  Black  ADJ   5 amod
        Friday Friday PROPN 2 obl
        """
    )
    assert expression(friday, 4, WORDS) is None


def test_a_number_beside_a_month_belongs_to_it_wherever_the_tree_has_it() -> None:
    october = build_analysis(
        """
        It      it      PRON  2 nsubj
        began   begin   VERB  0 root
        on      on      ADP   4 case
        October October PROPN 2 obl
        26      26      NUM   2 obj
        """
    )
    assert expression(october, 3, WORDS) == frozenset({2, 3, 4})


@pytest.mark.parametrize(
    ("forms", "time"),
    [
        (("on", "Thursday"), Time(weekday=3)),
        (("last", "week"), Time(unit="week", shift=-1)),
        (("two", "days", "ago"), Time(unit="day", count=2, ago=True)),
        (("yesterday",), Time(offset=-1)),
        (("October", "26", ",", "2023"), Time(month=10, day=26, year=2023)),
        (("in", "2012"), Time(year=2012)),
        (("2012",), None),  # of people, of dollars
        (("on", "May"), None),
        (("in", "years"), None),
        (("by", "yesterday"), Time(offset=-1)),  # up to the day on which it is told
        (("by", "2023"), Time(year=2023, vague=True)),
        (("since", "yesterday"), Time(offset=-1, vague=True)),
    ],
)
def test_what_the_words_say_together(forms: tuple[str, ...], time: Time | None) -> None:
    analysis, numbers = phrase(*forms)
    if "," in forms:
        numbers_without_comma = [n for n in numbers if forms[n] != ","]
        assert read(analysis, numbers_without_comma, WORDS) == time
    else:
        assert read(analysis, numbers, WORDS) == time


def test_before_a_noun_a_year_needs_no_preposition() -> None:
    analysis, numbers = phrase("2012")
    assert read(analysis, numbers, WORDS, beside_noun=True) == Time(year=2012)


def test_two_words_that_say_different_things_are_vague() -> None:
    analysis, numbers = phrase("Monday", "Tuesday")
    found = read(analysis, numbers, WORDS)
    assert found is not None
    assert found.vague


def test_a_word_of_a_persons_name_is_no_time() -> None:
    named = build_analysis(
        """
        Theresa Theresa PROPN 3 nsubj
        May     May     PROPN 1 flat
        left    leave   VERB  0 root
        """,
        entities={"Theresa May": "PER"},
    )
    assert is_name(named, [1])
    assert not is_name(named, [2])
