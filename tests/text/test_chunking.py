"""Cutting a long text into chunks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.text.chunking import best_cut, chunks
from tests.builders import ENGLISH

TEXT = "First one. Second one.\n\nThird one here. Fourth.\n\nFifth."


def cut(text: str, size: int) -> list[str]:
    return [span.of(text) for span in chunks(text, ENGLISH, size=size)]


def test_a_short_text_is_one_chunk_and_an_empty_one_none() -> None:
    assert cut(TEXT, 1000) == [TEXT]
    assert cut("", 1000) == []


def test_cuts_are_between_paragraphs() -> None:
    assert cut(TEXT, 30) == ["First one. Second one.", "\n\nThird one here. Fourth.", "\n\nFifth."]


def test_a_paragraph_longer_than_a_chunk_is_cut_after_a_sentence() -> None:
    assert cut("One is here. Two is there. Three is gone.", 30) == [
        "One is here. Two is there. ",
        "Three is gone.",
    ]


@pytest.mark.parametrize(
    ("window", "first"),
    [
        ("One two. Three four. Five si", "One two. Three four. "),
        ("aaaa bbbb cccc dd", "aaaa bbbb cccc "),
        ("aaaaaaaa", "aaaaaaaa"),
    ],
)
def test_the_best_cut_is_after_a_sentence_else_at_a_space_else_at_the_end(
    window: str, first: str
) -> None:
    assert window[: best_cut(window)] == first


@given(text=st.text(alphabet="ab .!”\n\t", max_size=200), size=st.integers(5, 50))
def test_chunks_cover_any_text_and_none_is_too_long(text: str, size: int) -> None:
    found = cut(text, size)
    assert "".join(found) == text
    assert all(0 < len(chunk) <= size for chunk in found)
