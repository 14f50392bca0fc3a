"""Letters of any script as Latin ones."""

from __future__ import annotations

import pytest

from quotes.names.transliteration import (
    latin_key,
    script_of,
    syllables,
    to_latin,
    to_latin_digraphs,
)


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Wałęsa", "walesa"),
        ("Захарова", "zakharova"),
        ("O'Neill", "oneill"),
        ("O’Neill", "oneill"),
        ("U.N.", "un"),
        ("Schröder", "schroder"),
    ],
)
def test_a_name_in_plain_latin_letters(text: str, latin: str) -> None:
    assert to_latin(text) == latin


@pytest.mark.parametrize("text", ["Schröder", "Schro\u0308der"])
def test_an_umlaut_may_be_two_letters_however_it_is_encoded(text: str) -> None:
    assert to_latin_digraphs(text) == "schroeder"


def test_the_key_of_a_name_is_the_same_however_it_is_typed() -> None:
    assert latin_key("  Dmitry   PESKOV ") == latin_key("Dmitry Peskov") == "dmitry peskov"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Jean Müller", "latin"),
        ("Peskov Песков", "cyrillic"),
        ("习近平", "han"),
        ("김정은", "hangul"),
        ("محمد", "abjad"),
        ("בנימין", "abjad"),
        ("Ελλάδα", "other"),
        ("", "latin"),
    ],
)
def test_the_script_of_a_name(text: str, script: str) -> None:
    assert script_of(text) == script


def test_the_syllables_of_a_name() -> None:
    assert syllables("习近平") == ("xi", "jin", "ping")
    assert syllables("김 정은") == ("gim", "jeong", "eun")
