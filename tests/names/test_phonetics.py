"""Spellings of one name."""

from __future__ import annotations

import pytest

from quotes.names.phonetics import (
    Agreement,
    Origin,
    first_names_agree,
    origins_of,
    skeleton,
    sounds,
    words_alike,
)
from quotes.names.word_lists import load_words
from tests.builders import ENGLISH

NOWHERE: frozenset[Origin] = frozenset()
SLAVIC: frozenset[Origin] = frozenset({"slavic"})
ARABIC: frozenset[Origin] = frozenset({"arabic"})


@pytest.mark.parametrize(
    ("a", "b", "origins"), [("lavrov", "lavroff", SLAVIC), ("marzook", "marzouk", ARABIC)]
)
def test_rules_of_romanization_hold_for_names_of_their_origin_only(
    a: str, b: str, origins: frozenset[Origin]
) -> None:
    assert words_alike(a, b, origins, ENGLISH)
    assert not words_alike(a, b, NOWHERE, ENGLISH)


def test_listed_variants_are_alike_whatever_the_origin() -> None:
    assert words_alike("mohammed", "muhammad", NOWHERE, ENGLISH)
    assert not words_alike("grey", "gray", NOWHERE, ENGLISH)


def test_spellings_of_one_name_share_their_skeleton() -> None:
    assert skeleton("lavrov") == skeleton("lavroff")
    assert skeleton("marzook") == skeleton("marzouk")
    assert skeleton("lavrov") != skeleton("peskov")


def test_letters_that_stand_for_one_sound_are_read_as_one() -> None:
    assert len(sounds("zhukov", "slavic", ENGLISH)) == 5
    assert sounds("anna", "slavic", ENGLISH) == sounds("ana", "slavic", ENGLISH)


@pytest.mark.parametrize(
    ("a", "b", "agreement"),
    [
        ("john", "john", Agreement.EQUAL),
        ("j", "john", Agreement.INITIAL),
        ("a", "oleksandr", Agreement.INITIAL),  # Alexander
        ("bill", "william", Agreement.NICKNAME),
        ("steven", "stephen", Agreement.SPELLING),
        ("sergey", "sergei", Agreement.ROMANIZED),
        ("john", "jane", None),
        ("j", "mary", None),
    ],
)
def test_how_first_names_agree(a: str, b: str, agreement: Agreement | None) -> None:
    assert first_names_agree(a, b, SLAVIC, ENGLISH) is agreement
    assert first_names_agree(b, a, SLAVIC, ENGLISH) is agreement


@pytest.mark.parametrize(
    ("tokens", "particles", "origins"),
    [
        (("sergei", "lavrov"), (), {"slavic"}),
        (("anna", "kuznetsova"), (), {"slavic"}),
        (("bashar", "assad"), ("al",), {"arabic"}),
        (("john", "smith"), (), set()),
        ((), (), set()),
    ],
)
def test_a_name_shows_the_script_that_it_comes_from(
    tokens: tuple[str, ...], particles: tuple[str, ...], origins: set[Origin]
) -> None:
    assert origins_of(tokens, particles, load_words(ENGLISH)) == origins
