"""False ends of sentences are mended, right ones stay, and no sentence is too long to parse."""

from __future__ import annotations

import re

import pytest

from quotes.language import Language
from quotes.parsing.sentence_repair import (
    MAX_SENTENCE_TOKENS,
    SentenceWords,
    SyntacticWord,
    Token,
    mend,
    stanza_rows,
)

ENGLISH = SentenceWords.of(Language.load("en"))


def tokenized(marked: str) -> tuple[str, list[list[Token]]]:
    """Return a text with ‖ at the tokenizer's sentence ends, as text and sentences of tokens."""
    text = ""
    sentences: list[list[Token]] = []
    sentence: list[Token] = []
    for found in re.finditer(r"‖|\w+\.(?=\s*‖)|Mr\.|[\w-]+|\s+|.", marked):
        if found[0] == "‖":
            sentences.append(sentence)
            sentence = []
            continue
        if not found[0].isspace():
            sentence.append((SyntacticWord(found[0], len(text), len(text) + len(found[0])),))
        text += found[0]
    return text, [*sentences, sentence]


def ends(marked: str) -> int:
    text, sentences = tokenized(marked)
    mended = mend(sentences, text, ENGLISH)
    assert [token for sentence in mended for token in sentence] == [
        token for sentence in sentences for token in sentence
    ]
    return len(mended)


@pytest.mark.parametrize(
    "marked",
    [
        '"Will you sign it?" ‖he asked.',
        '"Will you sign it?" ‖Mayor Ana Lopez asked.',
        '"We won!" ‖the coach shouted to the crowd.',
        'Who would do that?" ‖Ms Reed said on Tuesday.',
        'She says, ‖"We lose too many of them."',
        '"It is over," ‖Smith said.',
        "He praised Sen. ‖Maria Kim at length.",
        "The vote is on Jan. ‖12 in Rome.",
        "Nobody answered. ‖...",
        "Deputy Premier Paul ‖Toole said that no day is set.",
        "The minister has urged ‖Thais to clean the beaches.",
    ],
)
def test_a_false_end_is_taken_out(marked: str) -> None:
    assert ends(marked) == 1


@pytest.mark.parametrize(
    "marked",
    [
        '"We won!" ‖The crowd went home.',
        'He asked, "Why not?" ‖Smith said nothing to that.',
        '"Why not?" ‖"Because we lost," Smith said.',
        '"We won." ‖Smith said more later.',
        "It was in Jan. ‖Nobody noticed it.",
        'He said yes. ‖"No," said the other.',
        '"Will you sign it?"\n\n‖he asked.',
        "UNDERSTANDING THE NEW LAW ‖Senators spoke about it.",
        "Twins Are Separated in Riyadh ‖The surgical team is specialized.",
        "Retirement accounts ‖Two years ago, the senator spoke of them.",
        "Deputy Premier Paul\n‖Toole said that no day is set.",
    ],
)
def test_a_true_end_stays(marked: str) -> None:
    assert ends(marked) == 2


def test_a_language_without_lists_is_mended_by_characters_alone() -> None:
    text, sentences = tokenized('"Kommst du?" ‖fragte er. ‖Er blieb.')
    assert len(mend(sentences, text, SentenceWords.of(Language.of("xx")))) == 2


def test_a_sentence_too_long_is_cut_at_its_strongest_punctuation() -> None:
    text, sentences = tokenized("one two three, " * 60 + "; " + "four five, " * 120)
    parts = mend(sentences, text, ENGLISH)
    assert [token for part in parts for token in part] == sentences[0]
    assert all(len(part) <= MAX_SENTENCE_TOKENS for part in parts)
    assert parts[0][-1][0].form == ";"


def test_words_of_a_token_are_tokens_of_their_own_where_wished() -> None:
    token = (SyntacticWord("do", 0, 2), SyntacticWord("n't", 2, 5))
    assert [row["id"] for row in stanza_rows([[token]], words_as_tokens=True)[0]] == [(1,), (2,)]
    assert [row["id"] for row in stanza_rows([[token]], words_as_tokens=False)[0]] == [
        (1, 2),
        (1,),
        (2,),
    ]


def test_tokens_cut_inside_a_word_are_joined_and_the_words_of_one_token_are_not() -> None:
    kaczy, nski = SyntacticWord("Kaczy", 0, 5), SyntacticWord("ński", 5, 9)
    can, not_ = SyntacticWord("can", 10, 13), SyntacticWord("not", 13, 16)
    hyphen, poll = SyntacticWord("e-", 17, 19), SyntacticWord("poll", 19, 23)
    mei, yu = SyntacticWord("Mei-", 24, 28), SyntacticWord("yu", 28, 30)
    tokens = [(kaczy,), (nski,), (can, not_), (hyphen,), (poll,), (mei,), (yu,)]
    (sentence,) = mend([tokens], "x" * 30, ENGLISH)
    name, surname = SyntacticWord("Mei-yu", 24, 30), SyntacticWord("Kaczyński", 0, 9)
    assert sentence == [(surname,), (can, not_), (hyphen,), (poll,), (name,)]


def test_a_sentence_does_not_end_inside_what_is_written_together() -> None:
    assert ends("It was 26°‖C on Monday.") == 1
    assert ends("It was cold. ‖Snow fell.") == 2
    assert ends("It fell.‖Snow fell.") == 2
