"""Pairs of speakers that a person should look at."""

from __future__ import annotations

from quotes.identity import alike_names, is_likely_same, likely_pairs
from tests.builders import ENGLISH
from tests.identity.sample_usages import PEOPLE, identify, use


def test_each_likely_pair_comes_once_and_unlike_names_never() -> None:
    names = ["John Smith", "Jon Smith", "Ida Falk", "Per Lund"]
    speakers = identify([use(name, documents=[name]) for name in names])
    ids = sorted(speaker.id for speaker in speakers)
    assert ids == ["ida-falk", "john-smith", "jon-smith", "per-lund"]
    (pair,) = likely_pairs(speakers, speakers, language=ENGLISH)
    assert {pair.speaker.id, pair.other.id} == {"john-smith", "jon-smith"}
    falk = [speaker for speaker in speakers if speaker.id == "ida-falk"]
    assert likely_pairs(falk, speakers, language=ENGLISH) == ()


def test_names_that_share_a_word_or_most_letters_are_alike() -> None:
    speakers = identify([use(n, documents=[n]) for n in ("John Smith", "Jon Smyth", "Ada Quist")])
    john = next(speaker for speaker in speakers if speaker.id == "john-smith")
    assert [speaker.id for speaker in alike_names(speakers, john)] == ["jon-smyth"]
    assert john not in alike_names(PEOPLE, john)


def test_letters_alone_make_a_pair_only_where_nearly_all_are_equal() -> None:
    assert is_likely_same(0.1, "Volodymyr Zelenskiy", "Volodymyr Zelensky")
    assert not is_likely_same(0.1, "Tom Reed", "Ida Falk")
    assert is_likely_same(0.5, "Tom Reed", "Ida Falk")
