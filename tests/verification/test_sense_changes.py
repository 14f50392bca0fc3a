"""Writings of the same words, and differences that change the sense."""

from __future__ import annotations

import pytest

from quotes.verification.findings import Sense
from quotes.verification.sense_changes import same_in_writing, senses
from tests.verification.sources import ENGLISH


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("20%", "twenty per cent"),
        ("25", "twenty-five"),
        ("3 million", "three million"),
        ("going to", "gonna"),
        ("organise", "organize"),
        ("honour", "honor"),
        ("centre", "center"),
    ],
)
def test_one_word_in_two_writings(claim: str, source: str) -> None:
    assert same_in_writing(claim, source, ENGLISH)
    assert same_in_writing(source, claim, ENGLISH)


@pytest.mark.parametrize(
    ("claim", "source"),
    [("four", "for"), ("increase", "increased"), ("Austria", "Australia"), ("30", "13"), ("", "a")],
)
def test_two_words(claim: str, source: str) -> None:
    assert not same_in_writing(claim, source, ENGLISH)


@pytest.mark.parametrize(
    ("claim", "source", "expected"),
    [
        ("will", "will not", ("negation",)),
        ("40 people", "four people", ("number",)),
        ("in Kyiv", "in Minsk", ("name",)),
        ("more", "less", ("comparison",)),
        ("may", "will", ("certainty",)),
        ("", "unless they stay", ("negation", "condition")),
        ("glad", "happy", ()),
        ("We", "they", ()),
    ],
)
def test_a_change_of_the_sense(claim: str, source: str, expected: tuple[Sense, ...]) -> None:
    assert senses(claim, source, ENGLISH) == expected
