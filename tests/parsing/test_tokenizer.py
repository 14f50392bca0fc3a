"""Tokens from the tokenizer's network itself are those that Stanza's own processors find."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.parsing import tokenizer
from quotes.parsing.conllu import read_conllu
from quotes.parsing.parser import TOKENIZING, StanzaParser
from quotes.parsing.sentence_repair import SyntacticWord, Token, tokens_of
from quotes.records import Document
from tests.paths import ROOT

SENTENCE = (
    "The council can't pay for it, Mayor Ana Lopez said on Tuesday. "
    '"We\'d rather wait," she told reporters. '
)
NASTY = [
    "",
    "a",
    " \n\n \t \n",
    "\n\n a \n\n\tb\n \nc ",
    "It isn't over. CAN'T YOU? I CANNOT, DON'T WANT TO, AND IT'S GONNA BE FINE. "
    "They’ll say it’s ours, won’t they? Gimme. 'Tis.",
    "Dr.  Smith\t\tsaid:  \n 'no'. \x85\x97 Then\xa0he left .",
    "Write to press.office@example.org, or see https://example.org/a?b=c. News at example.com!Now. "
    "www.example.org/x\n\nwww.example.net",
    "\ufffd \U0001f600\U0001f600 ελληνικά русский 中文句子。第二句。 ﷺ e\u0301 \x1c.\x00",
    "x" * 350 + " " + "y." * 170 + " " + "don't" * 80,
    "$3.5m-a-year ... (2,000) “What?!” — ‘Yes’ ––– $$$ %%% ''' \"\"\" . . .",
    "Short one.\n\n"
    + SENTENCE * 9
    + "\n\n"
    + SENTENCE * 12
    + "\n\n"
    + SENTENCE * 33
    + "\n\nAnother short one isn't long.",
    "\n\n".join(SENTENCE * (10 + number % 4) + "x" * (number * 7) for number in range(40)),
    "word " * 700 + "\n\n" + "w" * 999 + "\n\n" + "w " * 500 + "\n\n" + "no, don't, " * 130,
]


def by_stanza(parser: Any, text: str) -> list[list[Token]]:
    return tokens_of(parser._loaded.nlp.process(text, processors=list(TOKENIZING)), text)


def same(parser: Any, text: str) -> list[list[Token]]:
    found: list[list[Token]] = parser._loaded.tokenizer.tokenize(text)
    assert found == by_stanza(parser, text)
    return found


def test_tokens_of_articles_are_those_of_stanza(parser: Any) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))]
    parsed = [
        document.text
        for path in sorted((ROOT / "tests" / "parses").glob("*.conllu"))
        for document, _ in read_conllu(path)
    ]
    found = [same(parser, text) for text in (*texts, *parsed, "\n\n".join(parsed))]
    assert (
        sum(len(token) > 1 for text in found for sentence in text for token in sentence) > 20
    )  # multi-word tokens


@pytest.mark.parametrize("text", NASTY)
def test_tokens_of_unusual_texts_are_those_of_stanza(parser: Any, text: str) -> None:
    found = same(parser, text)
    assert bool(found) == bool(text.strip())
    if text == NASTY[3]:
        assert found == [
            [(SyntacticWord("a", 3, 4),)],
            [(SyntacticWord("b", 8, 9),)],
            [(SyntacticWord("c", 12, 13),)],
        ]


PIECES = st.sampled_from(
    [
        *" \n\t.,\"'’-",
        "\n\n",
        "don't",
        "CANNOT",
        "gonna",
        "it’s",
        "Mr.",
        "said",
        "www.a.org",
        "2,000",
        SENTENCE,
        SENTENCE * 11,
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join))
def test_tokens_of_any_text_are_those_of_stanza(parser: Any, text: str) -> None:
    same(parser, text)


def test_batch_and_cache_sizes_change_nothing(parser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokenizer, "BATCH_CHARS", 900)
    monkeypatch.setattr(tokenizer, "MAX_CACHED_SPLITS", 3)
    for text in (NASTY[4], NASTY[-2], NASTY[4]):
        assert (
            len(
                {
                    "".join(piece.form for piece in token)
                    for sentence in same(parser, text)
                    for token in sentence
                    if len(token) > 1
                }
            )
            > 1
        )
    own = parser._loaded.tokenizer
    own.tokenize("He can't say.")
    assert len(own._splits) <= 3


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        (
            "tokenize",
            "feat_funcs",
            ["capitalized", "space_before", "numeric", "end_of_para", "start_of_para"],
        ),
        ("tokenize", "conv_res", "1,9"),
        ("tokenize", "no_ssplit", True),
        ("mwt", "force_exact_pieces", False),
    ],
)
def test_tokenizers_laid_out_in_another_way_are_left_to_stanza(
    parser: Any, monkeypatch: pytest.MonkeyPatch, name: str, key: str, value: Any
) -> None:
    nlp = parser._loaded.nlp
    assert tokenizer.fast_tokenizer(nlp) is not None
    monkeypatch.setitem(nlp.processors[name].config, key, value)
    assert tokenizer.fast_tokenizer(nlp) is None


def test_a_pipeline_without_it_parses_the_same(parser: Any) -> None:
    document = Document(id="a", text=NASTY[4] + "\n\n" + SENTENCE)
    plain = StanzaParser(parser.name, parser.language, replace(parser._loaded, tokenizer=None))
    assert plain.parse(document) == parser.parse(document)
