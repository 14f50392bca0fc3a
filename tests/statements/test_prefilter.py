"""Whether aligning two texts may show anything."""

from __future__ import annotations

import pytest

from quotes.statements.alignment import align
from quotes.statements.prefilter import blocks_may_fit, may_fit, without_opener, word_counts
from quotes.statements.tokens import tokens
from quotes.statements.weights import vocabulary
from tests.builders import ENGLISH

WORDS = vocabulary(ENGLISH)


@pytest.mark.parametrize(
    ("asked", "printed", "fit"),
    [
        ("we will close the library", "we will close the library on Monday", True),
        ("we will close the library on Monday", "close the library", True),
        ("will close the library", "library is old", True),  # an end is a beginning
        ("we will close the library", "the harbour needs a tunnel", False),
        ("the library … closed", "anything at all", True),  # a gap may be anything
        ("the library", "", False),
    ],
)
def test_texts_may_fit(asked: str, printed: str, fit: bool) -> None:
    assert may_fit(asked, printed, WORDS) is fit


@pytest.mark.parametrize(
    ("asked", "printed", "fit"),
    [
        ("we will close the library", "we will open the library", True),
        (
            "the library will close its doors on Monday",
            "the harbour and bridge and tunnel will be built on Monday morning",
            False,
        ),
        ("the library [will] close", "it may close", True),  # an editor's words may be any
    ],
)
def test_blocks_may_be_enough(asked: str, printed: str, fit: bool) -> None:
    blocks = align(tokens(asked), tokens(printed), WORDS)
    assert blocks_may_fit(blocks, asked, printed, WORDS) is fit


def test_a_small_that_in_front_is_the_reporters() -> None:
    assert [token.form for token in without_opener("that we go", WORDS)] == ["we", "go"]
    assert without_opener("That man goes", WORDS)[0].form == "that"
    assert word_counts("that we go", WORDS).forms == ("we", "go")


def test_words_are_counted_and_an_editors_make_a_text_less_plain() -> None:
    counted = word_counts("we go where we go", WORDS)
    assert (counted.counts["we"], counted.plain) == (2, True)
    assert not word_counts("we [the council] go", WORDS).plain
