"""The one model of person names: its parts, and the two questions asked of it."""

from __future__ import annotations

import pytest

from quotes.names.person import PersonName, person_name, unparsed_name, without_nickname
from quotes.names.person_similarity import relate_people
from quotes.names.relation import RelationKind
from quotes.names.short_forms import ShortForm, short_form_of
from tests.builders import ENGLISH


def name(text: str) -> PersonName:
    return person_name(text, ENGLISH)


@pytest.mark.parametrize(
    ("text", "tokens", "units", "suffix"),
    [
        ("Sen. Robert F. Hale, Jr.", "robert f hale", "robert f hale", "jr"),
        ("Robert Hale Junior", "robert hale", "robert hale", "jr"),
        ("Robert Hale III", "robert hale", "robert hale", "iii"),
        ("Robert Hale, Ph.D.", "robert hale", "robert hale", ""),
        ('Robert "Bobby" Hale', "robert hale", "robert hale", ""),
        ("Prime Minister Anna Lund", "anna lund", "anna lund", ""),
        ("Lavrov, Sergei", "sergei lavrov", "sergei lavrov", ""),
        ("José Müller", "jose muller", "jose muller", ""),
        ("Mary O’Neill", "mary o'neill", "mary oneill", ""),
        ("Bill de Groot", "bill de groot", "bill groot", ""),
        ("Bashar al-Assad", "bashar al-assad", "bashar assad", ""),
        ("Xi Jinping", "xi jinping", "jinping xi", ""),
        ("Сергей Лавров", "сергеи лавров", "sergey lavrov", ""),
    ],
)
def test_parts_of_a_name(text: str, tokens: str, units: str, suffix: str) -> None:
    parsed = name(text)
    assert " ".join(parsed.tokens) == tokens
    assert " ".join(parsed.units) == units
    assert parsed.suffix == suffix


def test_a_form_of_address_shows_the_gender() -> None:
    assert (name("Mrs. Lund").gender, name("Mrs. Lund").titled) == ("female", True)
    assert (name("Lund").gender, name("Lund").titled) == (None, False)


def test_equal_names_have_one_key_however_they_are_titled() -> None:
    assert name("Sen. Robert Hale Jr.").key == name("Robert Hale, Junior").key
    assert name("Robert Hale").key != name("Robert Hale Jr.").key


def test_what_is_no_persons_name_is_not_taken_apart() -> None:
    assert not unparsed_name("bank of america", ENGLISH).several_words


SAME, SURNAME, FIRST = ShortForm.SAME, ShortForm.SURNAME, ShortForm.FIRST_NAME


@pytest.mark.parametrize(
    ("short", "full", "form", "kind"),
    [
        ("Daniel Okafor", "Daniel Okafor", SAME, RelationKind.WHOLE),
        ("Okafor", "Daniel Okafor", SURNAME, RelationKind.SURNAME_ALONE),
        ("Mr. Okafor", "Daniel Okafor", SURNAME, RelationKind.SURNAME_ALONE),
        ("Daniel", "Daniel Okafor", FIRST, RelationKind.FIRST_NAME_ALONE),
        ("D. Okafor", "Daniel Okafor", SAME, RelationKind.INITIAL),
        ("Bill Jensen", "William Jensen", SAME, RelationKind.NICKNAME),
        ("Daniel Okafor", "Daniel J. Okafor", SAME, RelationKind.MIDDLE_NAME_LEFT_OUT),
        ("Jose Garcia", "José García", SAME, RelationKind.WHOLE),
        ("Assad", "Bashar al-Assad", SURNAME, RelationKind.SURNAME_ALONE),
        ("Jane Smith", "John Smith", None, RelationKind.DIFFERENT),
        ("Robert Hale", "Robert Hale Jr.", None, RelationKind.DIFFERENT),
        ("Hale", "Robert Hale Jr.", SURNAME, RelationKind.SURNAME_ALONE),
        ("George W. Lund", "George H. W. Lund", None, RelationKind.DIFFERENT),
        # inside a document one spelling can be relied on, across documents it cannot
        ("Sergey Lavrov", "Sergei Lavrov", None, RelationKind.WHOLE),
        ("Сергей Лавров", "Sergei Lavrov", None, RelationKind.WHOLE),
        ("Xi Jinping", "Jinping Xi", None, RelationKind.WHOLE),
    ],
)
def test_both_questions_over_the_same_names(
    short: str, full: str, form: ShortForm | None, kind: RelationKind
) -> None:
    a, b = name(short), name(full)
    assert short_form_of(a, b) is form
    there, back = relate_people(a, b, ENGLISH), relate_people(b, a, ENGLISH)
    assert there.kind is back.kind is kind
    assert there.score == back.score
    assert (form is None) or not there.different


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Walid “Uncle Sam” Haddad", "Walid Haddad"),
        ("Ada (Mimi) Roe", "Ada Roe"),
        ("“Uncle Sam”", "“Uncle Sam”"),
        ("Ada Roe", "Ada Roe"),
    ],
)
def test_a_nickname_in_the_middle_is_left_out(text: str, plain: str) -> None:
    assert without_nickname(text) == plain
