"""Short forms in one document: what stands for what, which spelling is fuller, what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.language.lexicon import load_lexicon
from quotes.names.organization import acronyms_of
from quotes.names.person import person_name
from quotes.names.short_forms import ShortForm, display_name, fuller, short_form_of
from tests.builders import ENGLISH

LEXICON = load_lexicon(ENGLISH)

FITS = [
    ("Okafor", "Daniel Okafor", "surname"),
    ("Mr. Okafor", "Daniel Okafor", "surname"),
    ("Abu Salem", "Mousa Abu Salem", "surname"),
    ("Daniel", "Daniel Okafor", "first name"),
    ("Kim", "Kim Jong Un", "first name"),
    ("Daniel Okafor", "Daniel J. Okafor", "same"),
    ("D. Okafor", "Daniel Okafor", "same"),
    ("Bill Jensen", "William Jensen", "same"),
    ("Jose Garcia", "José García", "same"),
    ("O’Neill", "Mary O'Neill", "surname"),
    ("Assad", "Bashar al-Assad", "surname"),
    ("de Groot", "Bill de Groot", "surname"),
    ("Jane Smith", "John Smith", None),
    ("Robert Hale", "Robert Hale Jr.", None),
    ("Hale Jr.", "Robert Hale Jr.", "surname"),
    ("Hale", "Robert Hale Jr.", "surname"),
    ("Kim Jong Un", "Kim Jong Il", None),
    ("Anna B. Lund", "Anna C. Lund", None),
    ("Ivar B. Lund", "Ivar K. B. Lund", None),
    ("Ivar K. Lund", "Ivar K. B. Lund", "same"),
    ("Ivar Berg Lund", "Ivar K. Berg Lund", "same"),
    ("Brown", "Tom Browne", None),
    ("Abdo", "Mario Abdo Benítez", "surname"),
    ("Mario Abdo", "Mario Abdo Benítez", "surname"),
    ("Benítez", "Mario Abdo Benítez", "surname"),
    ("Luther", "Martin Luther King", None),
    ("Lee", "John Lee Ka-chiu", "surname"),
    ("Lee", "Ann Lee Park-Lund", None),
    ("Zameer", "BZ Zameer Ahmed Khan", "first name"),
    ("Abdel Shakour", "Abdel Shakour Muhammad Khamis", "first name"),
    ("Shakour Muhammad", "Abdel Shakour Muhammad Khamis", None),
]


@pytest.mark.parametrize(("short", "long", "wanted"), FITS)
def test_a_short_form_stands_for_a_full_name(short: str, long: str, wanted: str | None) -> None:
    form = short_form_of(person_name(short, ENGLISH), person_name(long, ENGLISH))
    assert (form and form.value) == wanted


@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ("Daniel Okafor", "Daniel J. Okafor", "Daniel J. Okafor"),
        ("D. Okafor", "Daniel Okafor", "Daniel Okafor"),
        ("DANIEL OKAFOR", "Daniel Okafor", "Daniel Okafor"),
        ("Daniel Okafor", "Daniel Okafor", "Daniel Okafor"),
    ],
)
def test_fuller(a: str, b: str, wanted: str) -> None:
    assert fuller(a, b) == wanted


def test_acronyms() -> None:
    assert "FBI" in acronyms_of("Federal Bureau of Investigation")
    assert acronyms_of("Reuters") == frozenset()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Daniel\nOkafor", "Daniel Okafor"),
        ("Hamas’", "Hamas"),
        ("“Trump’s", "Trump"),
        ("the party,", "the party"),
        ("director of Harbour Fund (HF)", "director of Harbour Fund (HF)"),
        ("the party (in office),", "the party (in office)"),
        ("the party)", "the party"),
    ],
)
def test_display(text: str, wanted: str) -> None:
    assert display_name(text, LEXICON) == wanted


@given(
    st.lists(
        st.sampled_from(["Anna", "B.", "Lund", "de", "Groot", "O'Neill", "al-Assad", "Jr."]),
        min_size=1,
        max_size=5,
    )
)
def test_a_name_is_the_same_as_itself(tokens: list[str]) -> None:
    name = person_name(" ".join(tokens), ENGLISH)
    assert short_form_of(name, name) is ShortForm.SAME
