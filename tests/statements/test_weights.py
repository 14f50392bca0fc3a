"""Weights of words in a comparison."""

from __future__ import annotations

import pytest

from quotes.statements.tokens import tokens
from quotes.statements.weights import (
    COMMON_WEIGHT,
    DEFAULT_WEIGHT,
    MIN_COLLECTION,
    Vocabulary,
    rarity,
    vocabulary,
)
from tests.builders import ENGLISH

WORDS = vocabulary(ENGLISH)


def test_a_common_word_says_less_than_another() -> None:
    assert WORDS.weight("the") == COMMON_WEIGHT < WORDS.weight("bridge") == DEFAULT_WEIGHT


def test_common_words_have_no_substance() -> None:
    assert WORDS.content_weight(["the", "bridge", "closes"]) == 2 * DEFAULT_WEIGHT
    assert WORDS.content(["the", "bridge", "closes"]) == 2


@pytest.mark.parametrize(("form", "reverses"), [("not", True), ("don't", True), ("do", False)])
def test_some_words_reverse_a_statement(form: str, reverses: bool) -> None:
    assert WORDS.reverses(form) is reverses
    assert WORDS.any_reverses(tokens(f"we {form} close it")) is reverses


def test_a_collection_weighs_what_is_not_common() -> None:
    counted = Vocabulary(frozenset({"the"}), frozenset(), rarity=len)
    assert (counted.weight("the"), counted.weight("bridge")) == (COMMON_WEIGHT, 6)


def test_the_rarer_a_word_the_more_it_weighs() -> None:
    shares = [rarity(count, 100_000) for count in (100_000, 10_000, 1_000, 10, 0)]
    assert shares == sorted(shares)
    assert rarity(10_000, 100_000) == pytest.approx(0.5, abs=0.01)
    assert rarity(1_000, 100_000) == pytest.approx(1.0, abs=0.01)


def test_in_a_small_collection_counts_say_little() -> None:
    assert rarity(1, MIN_COLLECTION - 1) == DEFAULT_WEIGHT
