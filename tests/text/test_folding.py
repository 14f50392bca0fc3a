"""Folding of case, accents and apostrophes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.text.folding import fold_accents, fold_case, fold_name, fold_word, fold_words


@pytest.mark.parametrize(
    ("text", "case", "accents", "word", "name"),
    [
        ("López", "lópez", "Lopez", "lópez", "lopez"),
        ("O’Neill", "o’neill", "O’Neill", "o'neill", "o'neill"),
        ("Jr.", "jr.", "Jr.", "jr.", "jr"),
        ("Straße", "strasse", "Straße", "strasse", "strasse"),
        ("ﬁnance", "finance", "finance", "finance", "finance"),
        ("Cafe\u0301", "cafe\u0301", "Cafe", "cafe\u0301", "cafe"),
        ("AL-ASSAD", "al-assad", "AL-ASSAD", "al-assad", "al-assad"),
    ],
)
def test_each_folding(text: str, case: str, accents: str, word: str, name: str) -> None:
    assert fold_case(text) == case
    assert fold_accents(text) == accents
    assert fold_word(text) == word
    assert fold_name(text) == name


@given(st.text(max_size=20))
def test_folding_a_word_twice_changes_nothing(text: str) -> None:
    assert fold_case(fold_case(text)) == fold_case(text)
    assert fold_accents(fold_accents(text)) == fold_accents(text)
    assert fold_word(fold_word(text)) == fold_word(text)


@given(st.lists(st.text(st.characters(exclude_characters="\n")), min_size=1))
def test_words_are_folded_at_once_as_one_by_one(words: list[str]) -> None:
    assert fold_words(words) == [fold_word(word) for word in words]
