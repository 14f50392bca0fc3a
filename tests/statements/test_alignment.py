"""Which words two texts share in order."""

from __future__ import annotations

from quotes.statements.alignment import align
from quotes.statements.tokens import tokens
from quotes.statements.weights import vocabulary
from tests.builders import ENGLISH


def shared(asked: str, printed: str) -> list[str]:
    """Return the words of each block, which must be the same in both texts."""
    ours, theirs = tokens(asked), tokens(printed)
    found = []
    for block in align(ours, theirs, vocabulary(ENGLISH)):
        mine = [token.form for token in ours[block.asked : block.asked + block.size]]
        assert mine == [token.form for token in theirs[block.printed : block.printed + block.size]]
        found.append(" ".join(mine))
    return found


def test_equal_texts_are_one_block() -> None:
    assert shared("We will close it", "we will close it!") == ["we will close it"]


def test_a_changed_word_stands_between_two_blocks() -> None:
    assert shared("we will not close the library", "we will never close the library") == [
        "we will",
        "close the library",
    ]


def test_a_short_text_is_found_where_it_fits_a_long_one() -> None:
    padding = " ".join(f"word{n}" for n in range(40))
    assert shared("close the old library", f"{padding} close the old library {padding}") == [
        "close the old library"
    ]


def test_words_left_out_are_like_nothing_in_the_other_text() -> None:
    assert shared("the bridge … closed", "the bridge … closed") == ["the bridge", "closed"]


def test_a_light_word_far_from_the_others_is_there_by_chance() -> None:
    far = "of one two three four five six seven eight nine ten eleven library fund"
    assert shared("of the library fund", far) == ["library fund"]


def test_texts_with_nothing_in_common_have_no_block() -> None:
    assert shared("we close", "ships sail") == []
    assert shared("", "ships sail") == []
