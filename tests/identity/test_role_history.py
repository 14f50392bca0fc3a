"""Roles over time: forms of one role joined, other roles kept apart, first and last day seen."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import permutations

import pytest

from quotes import identity
from quotes.identity import RoleOccurrence, RoleSpan, main_role
from quotes.identity.role_keys import role_key
from tests.builders import ENGLISH

roles_over_time = partial(identity.roles_over_time, language=ENGLISH)


def seen(*rows: tuple[str, int]) -> list[RoleOccurrence]:
    return [
        RoleOccurrence(role, date(year, 1, 1), f"d{number}")
        for number, (role, year) in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kremlin spokesman", "Kremlin spokesperson"),
        ("Kremlin spokesman", "the Kremlin's spokeswoman"),
        ("Kremlin spokesman", "spokesman for the Kremlin"),
        ("Russia's foreign minister", "Russian Foreign Minister"),
        ("Sen.", "senator"),
        ("U.S. president", "President of the United States"),
        ("CEO of Acme", "Acme chief executive"),
        ("ex-president", "former president"),
        ("British Defence Secretary", "U.K. defense secretary"),
        ("4 Norland President", "Norland President"),
        ("the embattled current mayor of Velm", "mayor of Velm"),
    ],
)
def test_forms_of_one_role_are_one(a: str, b: str) -> None:
    assert role_key(a, ENGLISH) == role_key(b, ENGLISH)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("president", "former president"),
        ("president", "vice president"),
        ("foreign minister", "deputy foreign minister"),
        ("president", "president-elect"),
        ("Russian president", "French president"),
        ("presidential candidate", "president"),
        ("foreign minister", "defense minister"),
        ("minister", "prime minister"),
        ("New England coach", "England coach"),
        ("District 9 councillor", "District 4 councillor"),
    ],
)
def test_other_roles_stay_apart(a: str, b: str) -> None:
    assert len(roles_over_time(seen((a, 2020), (b, 2020)))) == 2


def test_spans_have_first_and_last_day_and_come_in_order() -> None:
    rows = seen(
        ("prime minister", 2016),
        ("mayor of London", 2009),
        ("London Mayor", 2012),
        ("former prime minister", 2020),
        ("PM", 2018),
    )
    spans = roles_over_time(rows)
    assert [(span.role, span.first, span.last, span.times) for span in spans] == [
        ("mayor of London", date(2009, 1, 1), date(2012, 1, 1), 2),
        ("prime minister", date(2016, 1, 1), date(2018, 1, 1), 2),
        ("former prime minister", date(2020, 1, 1), date(2020, 1, 1), 1),
    ]
    assert all(roles_over_time(order) == spans for order in permutations(rows))


def test_a_role_without_its_country_joins_the_only_one_with_it() -> None:
    (span,) = roles_over_time(
        seen(("President", 2020), ("Russian president", 2021), ("President", 2022))
    )
    assert span == RoleSpan(
        "President", ("President", "Russian president"), date(2020, 1, 1), date(2022, 1, 1), 3, 3
    )
    assert (
        len(
            roles_over_time(
                seen(("ambassador", 2019), ("French ambassador", 2020), ("German ambassador", 2021))
            )
        )
        == 3
    )


def test_a_rare_wording_of_a_usual_role_is_no_role_of_its_own() -> None:
    usual = [("president", 2019)] * 20
    rare = [("first president", 2018), ("president with crimes", 2020), ("vice president", 2009)]
    spans = roles_over_time(seen(*usual, *rare))
    assert [(span.role, span.documents) for span in spans] == [
        ("vice president", 1),
        ("president", 22),
    ]
    career = [("minister", 2019)] * 8 + [("finance minister", 2015), ("foreign minister", 2017)]
    assert len(roles_over_time(seen(*career))) == 3


def test_roles_without_a_day_come_last_and_have_none() -> None:
    spans = roles_over_time(
        [
            RoleOccurrence("mayor", None, "d1"),
            RoleOccurrence("mayor", None, "d1"),
            RoleOccurrence("governor", date(2020, 1, 1), "d2"),
        ]
    )
    assert [(span.role, span.first, span.times, span.documents) for span in spans] == [
        ("governor", date(2020, 1, 1), 1, 1),
        ("mayor", None, 2, 1),
    ]


def test_a_role_of_no_words_is_none() -> None:
    assert (
        roles_over_time([RoleOccurrence("the", None, "d1"), RoleOccurrence("…", None, "d1")]) == ()
    )


@pytest.mark.parametrize(
    ("articles", "role"),
    [
        ({}, None),
        ({"the": 3}, None),
        (
            {"Kremlin spokesman": 1, "spokesperson for the Kremlin": 1, "aide": 1},
            "spokesperson for the Kremlin",
        ),
        ({"president": 3, "Russian president": 1, "leader": 3}, "president"),
        ({"mayor": 2, "former mayor": 3}, "former mayor"),
    ],
)
def test_the_main_role_is_that_of_most_articles_in_all_its_forms(
    articles: dict[str, int], role: str | None
) -> None:
    assert main_role(articles, language=ENGLISH) == role
