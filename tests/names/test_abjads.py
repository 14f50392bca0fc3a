"""Names in Arabic or Hebrew letters, read in Latin ones."""

from __future__ import annotations

import pytest

from quotes.names.abjads import abjad_units, fits_abjad
from quotes.names.person import person_name
from tests.builders import ENGLISH


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("بشار الأسد", ("bshar", "sd")),  # without the article
        ("محمد بن سلمان", ("mhmd", "slman")),  # without "son of"
        ("عبد الله", ("bdllh",)),  # "servant of" belongs to the next word
    ],
)
def test_the_written_letters_of_a_name(text: str, units: tuple[str, ...]) -> None:
    assert abjad_units(text) == units


@pytest.mark.parametrize(
    ("written", "latin", "fits"),
    [
        ("بشار الأسد", "Bashar al-Assad", True),
        ("محمد بن سلمان", "Mohammed bin Salman", True),
        ("בנימין נתניהו", "Benjamin Netanyahu", True),
        ("بشار الأسد", "Maher al-Assad", False),
        ("بشار الأسد", "Bashar", False),
        ("حسن", "Hassan", True),
        ("حسين", "Hassan", False),  # its long vowel is written
    ],
)
def test_short_vowels_may_be_put_in(written: str, latin: str, fits: bool) -> None:
    assert fits_abjad(person_name(written, ENGLISH), person_name(latin, ENGLISH)) is fits
