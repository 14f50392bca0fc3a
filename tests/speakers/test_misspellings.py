"""Surnames that a letter tells from one in the article."""

import pytest

from quotes.names.person import person_name
from quotes.speakers.misspellings import misspelt
from tests.builders import ENGLISH


def meant(name: str, *people: str) -> int | None:
    named = {index: person_name(person, ENGLISH) for index, person in enumerate(people)}
    return misspelt(person_name(name, ENGLISH), named)


@pytest.mark.parametrize("name", ["Eldrige", "Eldrdige", "Elderidge", "Eldritge", "John Eldrige"])
def test_a_letter_left_out_added_changed_or_exchanged(name: str) -> None:
    assert meant(name, "Anna Roe", "John Eldridge") == 1


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Kumari", "Sanjay Kumar"),
        ("Roberts", "Ann Robert"),
        ("Rossi", "Ann Rosso"),
        ("Row", "Anna Roe"),  # too short
        ("Paul Eldrige", "John Eldridge"),
        ("Beldridge", "John Eldridge"),  # another first letter
        ("Eldridge", "Eldrige"),  # no full name
        ("Eldridge", "John Eldridge"),
    ],
)
def test_other_names_are_none(name: str, person: str) -> None:
    assert meant(name, person) is None


def test_of_two_people_none_is_meant() -> None:
    assert meant("Hansan", "John Hansen", "Ann Hanson") is None
