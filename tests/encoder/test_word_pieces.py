"""Words are cut into pieces as transformers' own tokenizer cuts them, and once only."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.attribution.generators.tagger import tagger_input
from quotes.encoder import word_pieces
from quotes.encoder.bert import LONGEST
from quotes.encoder.word_pieces import WordPieceTokenizer
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
def tokenizer(parser: Any) -> Any:
    return parser._loaded.nlp.processors["pos"].trainer.model.bert_tokenizer


def check(tokenizer: Any, cutter: WordPieceTokenizer, sentences: list[tuple[str, ...]]) -> None:
    wanted = tokenizer(
        [list(words) for words in sentences],
        is_split_into_words=True,
        truncation=True,
        max_length=LONGEST,
    )
    found = [one.shortened(LONGEST) for one in cutter.of(sentences)]
    assert [one.ids for one in found] == wanted["input_ids"]
    assert [one.words for one in found] == [wanted.word_ids(row) for row in range(len(sentences))]


def test_sentences_are_cut_as_by_transformers(tokenizer: Any) -> None:
    cutter = WordPieceTokenizer(tokenizer)
    check(tokenizer, cutter, SENTENCES)
    check(tokenizer, cutter, [*SENTENCES[::-1], *SENTENCES])
    assert (
        cutter.alone(["mayor", "", "e-mail"])
        == tokenizer(["mayor", "", "e-mail"], add_special_tokens=False)["input_ids"]
    )


@settings(max_examples=40, deadline=None)
@given(
    sentences=st.lists(
        st.lists(st.text(max_size=6), min_size=1, max_size=5).map(tuple), min_size=1, max_size=4
    )
)
def test_any_words_are_cut_as_by_transformers(
    tokenizer: Any, sentences: list[tuple[str, ...]]
) -> None:
    check(tokenizer, WordPieceTokenizer(tokenizer), sentences)


def test_each_word_ends_with_its_last_piece(tokenizer: Any) -> None:
    [cut] = WordPieceTokenizer(tokenizer).of([("a", "\u200b", "b")])
    assert cut.ends(3) == [1, None, 2]


def test_what_is_kept_is_bounded_and_changes_nothing(
    tokenizer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_pieces, "KEPT", 30)
    cutter = WordPieceTokenizer(tokenizer)
    for number in range(40):
        check(tokenizer, cutter, [("word", str(number), "again")])
        assert len(cutter._known) <= 8
    check(tokenizer, cutter, SENTENCES)


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
    assert states.tokenizer is models.parser._loaded.together.cutter
    assert states.tokenizer is models.tagger._vectors._tokenizer
    monkeypatch.setattr(states.tokenizer, "_tokenizer", None)
    assert len(states.of(tagger_input(table).sentences)) == len(table.words)
