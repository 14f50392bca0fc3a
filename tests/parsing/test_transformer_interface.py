"""The tokenizer that Stanza's processors call gives what transformers' gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.encoder.word_pieces import load_tokenizer
from quotes.parsing import EMBEDDED
from quotes.parsing.transformer_interface import TransformerTokenizer

SENTENCES = [
    ["The", "mayor", "doesn't", "e-mail", "Łódź", "."],
    ["a", "\u200b", "b"],
    ["unaffordable"] * 300,
]


@pytest.fixture(scope="module")
def theirs() -> Any:
    from transformers import PreTrainedTokenizerFast

    made = PreTrainedTokenizerFast.from_pretrained(EMBEDDED / "encoder", local_files_only=True)
    made.deprecation_warnings["sequence-length-is-longer-than-the-specified-maximum"] = True
    return made


@pytest.fixture(scope="module")
def ours() -> TransformerTokenizer:
    return TransformerTokenizer(load_tokenizer(EMBEDDED / "encoder"))


def check(ours: TransformerTokenizer, theirs: Any, sentences: list[list[str]]) -> None:
    options: dict[str, Any] = {"padding": "longest", "is_split_into_words": True}
    found, wanted = ours(sentences, **options), theirs(sentences, **options)
    assert found["input_ids"] == wanted["input_ids"]
    assert found["attention_mask"] == wanted["attention_mask"]
    for row in range(len(sentences)):
        assert found.word_ids(batch_index=row) == wanted.word_ids(batch_index=row)
    words = [word for sentence in sentences for word in sentence]
    assert ours(words).input_ids == theirs(words).input_ids
    assert ours.model_max_length == theirs.model_max_length


def test_sentences_are_split_and_padded_as_by_transformers(
    ours: TransformerTokenizer, theirs: Any
) -> None:
    check(ours, theirs, SENTENCES)


@settings(max_examples=40)
@given(st.lists(st.lists(st.text(max_size=6), min_size=1, max_size=5), min_size=1, max_size=4))
def test_any_words_are_split_as_by_transformers(
    ours: TransformerTokenizer, theirs: Any, sentences: list[list[str]]
) -> None:
    check(ours, theirs, sentences)
