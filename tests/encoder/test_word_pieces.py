"""Words are cut into pieces as transformers' own tokenizer cuts them, and once only."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.attribution.generators.tagger import tagger_input
from quotes.encoder import word_pieces
from quotes.encoder.bert import MAX_ROW_PIECES
from quotes.encoder.word_pieces import WordPieceTokenizer, load_tokenizer
from quotes.parsing import EMBEDDED
from quotes.records import Document
from tests.builders import analysis_of

SENTENCES = [
    ("The", "mayor", "doesn't", "e-mail", "Łódź", "."),
    ("",),
    ("unaffordable",) * 300,
    ("a", "\u200b", "b"),
    ("The", "mayor"),
]


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    """The tokenizer as transformers loads it."""
    from transformers import PreTrainedTokenizerFast

    made = PreTrainedTokenizerFast.from_pretrained(EMBEDDED / "encoder", local_files_only=True)
    made.deprecation_warnings["sequence-length-is-longer-than-the-specified-maximum"] = True
    return made


def own() -> WordPieceTokenizer:
    return load_tokenizer(EMBEDDED / "encoder")


def check(tokenizer: Any, splitter: WordPieceTokenizer, sentences: list[tuple[str, ...]]) -> None:
    wanted = tokenizer(
        [list(words) for words in sentences],
        is_split_into_words=True,
        truncation=True,
        max_length=MAX_ROW_PIECES,
    )
    found = [one.shortened(MAX_ROW_PIECES) for one in splitter.split(sentences)]
    assert [one.ids for one in found] == wanted["input_ids"]
    assert [one.words for one in found] == [wanted.word_ids(row) for row in range(len(sentences))]


def test_sentences_are_cut_as_by_transformers(tokenizer: Any) -> None:
    splitter = own()
    check(tokenizer, splitter, SENTENCES)
    check(tokenizer, splitter, [*SENTENCES[::-1], *SENTENCES])
    assert (
        splitter.split_words(["mayor", "", "e-mail"])
        == tokenizer(["mayor", "", "e-mail"], add_special_tokens=False)["input_ids"]
    )


@settings(max_examples=40)
@given(
    sentences=st.lists(
        st.lists(st.text(max_size=6), min_size=1, max_size=5).map(tuple), min_size=1, max_size=4
    )
)
def test_any_words_are_cut_as_by_transformers(
    tokenizer: Any, sentences: list[tuple[str, ...]]
) -> None:
    check(tokenizer, own(), sentences)


def test_each_word_ends_with_its_last_piece(tokenizer: Any) -> None:
    [cut] = own().split([("a", "\u200b", "b")])
    assert cut.ends(3) == [1, None, 2]


def test_the_cache_is_bounded_and_changes_nothing(
    tokenizer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_pieces, "MAX_CACHED_PIECES", 30)
    splitter = own()
    for number in range(40):
        check(tokenizer, splitter, [("word", str(number), "again")])
        assert len(splitter._known) <= 8
    check(tokenizer, splitter, SENTENCES)


def test_what_the_parse_cut_is_not_cut_again_for_the_tagger(
    models: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = Document(
        id="a",
        text="Nobody knew the ferry's name, Ines Moreau told the inquiry. It isn't over.",
        language="en",
    )
    table = analysis_of(document, models.parser.parse(document))
    states = models.parser.word_states
    assert states.tokenizer is models.parser._loaded.multitask._tokenizer
    assert states.tokenizer is models.tagger._vectors._tokenizer
    monkeypatch.setattr(states.tokenizer, "_tokenizer", None)
    assert len(states.of(tagger_input(table).sentences)) == len(table.words)
