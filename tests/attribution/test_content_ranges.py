"""Contents as ranges: punctuation off their ends, marks of several paragraphs cut apart."""

from __future__ import annotations

import pytest

from quotes.analysis import token_numbers
from quotes.attribution.content_ranges import (
    content_ranges,
    punctuation_between,
    split_at_marks,
    trimmed,
    without,
)
from tests.builders import build_analysis, build_candidate, printed, ranges_of

RAIN = build_analysis(
    """
    He    he    PRON  2 nsubj
    said  say   VERB  0 root
    ,     ,     PUNCT 2 punct
    it    it    PRON  5 nsubj
    rains rain  VERB  2 ccomp
    ,     ,     PUNCT 7 punct
    snows snow  VERB  5 conj
    .     .     PUNCT 2 punct
    """
)
TWO_PARAGRAPHS = build_analysis(
    """
    He    he    PRON  2 nsubj
    said  say   VERB  0 root
    :     :     PUNCT 2 punct
    “     “     PUNCT 6 punct
    It    it    PRON  6 nsubj
    rains rain  VERB  2 ccomp
    .     .     PUNCT 6 punct
    ¶
    It    it    PRON  2 nsubj
    snows snow  VERB  0 root
    .     .     PUNCT 2 punct
    ”     ”     PUNCT 2 punct
    """
)


def test_ranges_lose_punctuation_at_their_ends_and_empty_ones_go() -> None:
    assert printed(RAIN, trimmed(RAIN, [(2, 6), (7, 8), (3, 3)])) == ["it rains"]


def test_punctuation_between_words_bridges_a_gap() -> None:
    assert punctuation_between(RAIN, [4, 6]) == {5}
    assert punctuation_between(RAIN, []) == frozenset()
    assert printed(RAIN, content_ranges(RAIN, [3, 4, 6], 1)) == ["it rains, snows"]


def test_a_mark_of_two_paragraphs_is_two_ranges() -> None:
    words = token_numbers(TWO_PARAGRAPHS.mark_runs[0])
    found = content_ranges(TWO_PARAGRAPHS, words, anchor=1)
    assert printed(TWO_PARAGRAPHS, found) == ["It rains.", "It snows"]


@pytest.mark.parametrize(("anchor", "parts"), [(1, 2), (5, 1)])
def test_a_mark_around_the_anchor_cuts_nothing(anchor: int, parts: int) -> None:
    assert len(split_at_marks(TWO_PARAGRAPHS, ((4, 9),), anchor)) == parts


def test_words_are_taken_out_of_a_content() -> None:
    candidate = build_candidate(RAIN, cue="said", source="He", content="it rains, snows")
    taken = token_numbers(ranges_of(RAIN, "snows"))
    assert printed(RAIN, without(RAIN, candidate, taken).content) == ["it rains"]
