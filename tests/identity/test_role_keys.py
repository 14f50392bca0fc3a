"""Roles for comparing."""

from __future__ import annotations

import pytest

from quotes.identity.role_keys import RoleKey, alike, related, role_key, role_overlap
from quotes.names.word_lists import load_words
from tests.builders import ENGLISH

STANDINGS = load_words(ENGLISH).role_standings


def key(role: str) -> RoleKey:
    return role_key(role, ENGLISH)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kremlin spokesman", "spokeswoman for the Kremlin"),
        ("Russia's president", "president of Russia"),
        ("Ohio treasurer", "treasurer of Ohio"),
    ],
)
def test_forms_of_one_role_have_one_key(a: str, b: str) -> None:
    assert key(a) == key(b)


def test_a_key_tells_places_from_the_other_words() -> None:
    assert key("president of Russia").places == frozenset({"russia"})
    assert key("president of Russia").words == frozenset({"president"})
    assert key("of the") == RoleKey(frozenset(), frozenset())


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("president", "president of Russia", True),
        ("president of Syria", "president of Russia", False),
        ("former president", "president", False),
        ("deputy foreign minister", "foreign minister", False),
        ("mayor", "footballer", False),
        ("", "mayor", False),
    ],
)
def test_one_may_say_more_but_not_another_standing_or_place(a: str, b: str, same: bool) -> None:
    assert alike(key(a), key(b), STANDINGS) is same
    assert alike(key(b), key(a), STANDINGS) is same


def test_a_whole_office_says_more_than_one_word_and_a_word_for_many_least() -> None:
    office, word, many = (
        role_overlap(key(role), key(role), ENGLISH)
        for role in ("treasurer of Ohio", "treasurer", "analyst")
    )
    assert 1 == office > word > many > 0
    assert role_overlap(key("mayor"), key("footballer"), ENGLISH) == 0


def test_roles_are_related_by_what_they_name_besides_the_role() -> None:
    assert related([key("Hamas official")], [key("leader of Hamas")], ENGLISH)
    assert not related([key("Hamas official")], [key("city official")], ENGLISH)
