"""The word lists for names across documents."""

from __future__ import annotations

import pytest

from quotes.names.word_lists import load_words, longest_entry
from tests.builders import ENGLISH

WORDS = load_words(ENGLISH)


def test_the_lists_of_a_language_are_made_once() -> None:
    assert load_words(ENGLISH) is WORDS


def test_forms_lead_to_the_one_that_stands_for_all() -> None:
    assert WORDS.spellings.get("stephen", "stephen") == WORDS.spellings.get("steven", "steven")
    assert WORDS.variants["oleksandr"] == "alexander"
    assert WORDS.role_forms["spokeswoman"] == "spokesperson"
    assert WORDS.organizations["un"] == "united nations"


def test_a_nickname_stands_for_itself_and_its_full_names() -> None:
    assert WORDS.nicknames["bill"] == {"bill", "william"}


@pytest.mark.parametrize(
    ("form", "place"), [("russian", "russia"), ("us", "united states"), ("moscow", "moscow")]
)
def test_adjectives_and_abbreviations_lead_to_their_place(form: str, place: str) -> None:
    assert WORDS.places[form] == place


def test_small_words_of_organizations_have_their_use() -> None:
    small = WORDS.organization_small_words
    assert (small["of"], small["in"], small["and"]) == ("of", "place", "joining")


def test_an_article_in_front_is_taken_off() -> None:
    assert WORDS.without_article("the Kremlin") == "Kremlin"
    assert WORDS.without_article("Theresa May") == "Theresa May"
    assert WORDS.without_article("The") == "The"


def test_possessive_endings_are_taken_off_with_either_apostrophe() -> None:
    assert WORDS.without_possessives("Russia's army") == "Russia army"
    assert WORDS.without_possessives("the ministers’ plan") == "the ministers plan"


def test_the_longest_entry_at_a_place() -> None:
    table = {"new": "x", "new york": "y"}
    assert longest_entry(["in", "new", "york"], 1, table) == 2
    assert longest_entry(["in", "new", "delhi"], 1, table) == 1
    assert longest_entry(["in", "new", "york"], 0, table) == 0
