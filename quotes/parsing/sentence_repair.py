"""Tokens in sentences, between the tokenizer and the tagger.

In: the tokens of a normalized text. Out: its sentences as lists of tokens, joined where quotations
and abbreviations mislead the tokenizer, split where they are too long to parse, and as rows for a
Stanza document. Otherwise sentences and tokens stay as the tokenizer has them.

In news about one sentence in 200 is mended: mostly `?" ‖ he asked.`, split after the closing mark,
and names that are split (`Peter ‖ Thiel said`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from quotes.language import Language
from quotes.text.folding import fold_word

MAX_SENTENCE_TOKENS = 400  # the parser's memory grows with the square
MAX_WORD_LETTERS = 100  # letters of a word that networks and encoder read
CLOSING = ('"', "'")
SENTENCE_ENDS = frozenset(".!?…:;\"')]}»*|>")
MAX_REPORTING_TOKENS = 8  # tokens after a quotation within which the verb follows
BREAK_STRENGTH = {".": 4, "!": 4, "?": 4, ";": 3, ":": 2, "—": 2, "–": 2, "--": 2, '"': 2, ",": 1}


@dataclass(frozen=True, slots=True)
class SyntacticWord:
    """A syntactic word: its form, and where its letters stand in the normalized text."""

    form: str
    start: int
    end: int


Token = tuple[SyntacticWord, ...]  # one word, or the words of a multi-word token


def tokens_of(tokenized: Any, text: str) -> list[list[Token]]:
    """Return the tokens of a tokenized Stanza document, a list for each sentence."""
    return [
        [
            token(its.start_char, its.end_char, [word.text for word in its.words], text)
            for its in sentence.tokens
        ]
        for sentence in tokenized.sentences
    ]


def token(start: int, end: int, forms: Sequence[str], text: str) -> Token:
    """Return the token at `start:end` of a text.

    `forms` are the words that it is made of if they are more than one.
    """
    letters = text[start:end]
    if len(forms) <= 1:
        return (SyntacticWord(letters, start, end),)
    split = re.fullmatch(
        r"\s*".join(f"({re.escape(form)})" for form in forms), letters, re.IGNORECASE
    )
    if split is None:
        return tuple(SyntacticWord(form, start, end) for form in forms)
    return tuple(
        SyntacticWord(split[i + 1], start + split.start(i + 1), start + split.end(i + 1))
        for i in range(len(forms))
    )


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """Abbreviations of a language, verbs behind a quotation, and words that begin sentences."""

    abbreviations: frozenset[str] = frozenset()
    before_numbers: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, language: Language) -> SentenceWords:
        """Return the lists of a language; empty ones where it has none."""
        names = ("abbreviations", "abbreviations-before-numbers", "cue-forms")
        abbreviations, before_numbers, cues = map(language.optional_words, names)
        numbers = {line.partition("\t")[0] for line in language.optional_words("number-words")}
        openers = language.optional_words("common-words") | numbers
        return cls(abbreviations, before_numbers, cues, openers)


def mend(sentences: Iterable[list[Token]], text: str, words: SentenceWords) -> list[list[Token]]:
    """Join sentences of a normalized text that a false end separates, and split those too long.

    Sentences of different paragraphs are not joined.
    """
    out: list[list[Token]] = []
    for sentence in map(_with_whole_words, sentences):
        if (
            out
            and "\n" not in text[out[-1][-1][-1].end : sentence[0][0].start]
            and _are_one(out[-1], sentence, words)
        ):
            out[-1] = out[-1] + sentence
        else:
            out.append(sentence)
    return [part for sentence in out for part in _parts(sentence)]


def _is_first_part_of_name(form: str) -> bool:
    """Return True for a capitalized word with a hyphen at its end."""
    return form[0].isupper() and form.endswith("-") and form[:-1].isalpha()


def _with_whole_words(sentence: list[Token]) -> list[Token]:
    """Return a sentence with tokens joined that the tokenizer cut inside a word.

    That happens between two letters, beside ones which it hardly knows (Kaczy | ński), and behind
    the hyphen in a name (Mei- | yu). The words of a multi-word token (can | not) stay as they are.
    """
    out: list[Token] = []
    for token in sentence:
        before = out[-1][-1] if out and len(out[-1]) == len(token) == 1 else None
        own = token[0]
        if (
            before is not None
            and before.end == own.start
            and own.form.isalpha()
            and (before.form.isalpha() or _is_first_part_of_name(before.form))
        ):
            out[-1] = (SyntacticWord(before.form + own.form, before.start, own.end),)
        else:
            out.append(token)
    return out


def _are_one(before: Sequence[Token], after: Sequence[Token], words: SentenceWords) -> bool:
    """Return True if two sentences are really one."""
    last, first = _form(before[-1]), _form(after[0])
    if before[-1][-1].end == after[0][0].start and last[-1] not in SENTENCE_ENDS:
        return True  # "26 ° ‖ C"
    if not any(char.isalnum() for token in after for char in _form(token)):
        return True
    if last in words.abbreviations or (last in words.before_numbers and first[0].isdigit()):
        return True
    if last in CLOSING and len(before) > 1:
        return (
            first[0].islower()
            or _form(before[-2]) == ","
            or (_form(before[-2])[-1] in "?!" and _follows_quotation(before, after, words))
        )
    return last == "," or _is_split_name(last, first, words)


def _is_split_name(last: str, first: str, words: SentenceWords) -> bool:
    """Return True if a sentence without end mark goes on with a capitalized word: Peter ‖ Thiel.

    A headline may stand before a sentence without a mark between them: in capitals, or before a
    word with which sentences begin.
    """
    return (
        bool(words.openers)
        and last[-1].isalnum()
        and not (last.isupper() and len(last) > 1)
        and first[0].isupper()
        and fold_word(first) not in words.openers
    )


def _follows_quotation(
    before: Sequence[Token], after: Sequence[Token], words: SentenceWords
) -> bool:
    """Return True if `before` is all quotation, and `after` begins like `Smith said`."""
    own = [_form(token) for token in before[:-1]]
    if any(mark in own[1:] for mark in CLOSING):
        return False
    start = [_form(token) for token in after[:MAX_REPORTING_TOKENS]]
    cue = next((index for index, form in enumerate(start) if form in words.cues), 0)
    return cue > 0 and not any(form in (*CLOSING, ":", ";") for form in start[:cue])


def _parts(sentence: list[Token]) -> Iterator[list[Token]]:
    """Yield a sentence in parts that can be parsed.

    It is cut after the strongest punctuation in the second half of the longest part allowed.
    """
    while len(sentence) > MAX_SENTENCE_TOKENS:
        half = range(MAX_SENTENCE_TOKENS // 2, MAX_SENTENCE_TOKENS)
        cut = (
            max(half, key=lambda index: (BREAK_STRENGTH.get(_form(sentence[index]), 0), index)) + 1
        )
        yield sentence[:cut]
        sentence = sentence[cut:]
    yield sentence


def _form(token: Token) -> str:
    return "".join(piece.form for piece in token) if len(token) > 1 else token[0].form


def stanza_rows(
    sentences: Iterable[Sequence[Token]], *, words_as_tokens: bool
) -> list[list[dict[str, Any]]]:
    """Return sentences as the rows from which a Stanza document is built.

    With `words_as_tokens` the words of a multi-word token become tokens of their own.
    """
    return [_sentence_rows(sentence, words_as_tokens) for sentence in sentences]


def _sentence_rows(sentence: Sequence[Token], words_as_tokens: bool) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    number = 0
    for token in sentence:
        grouped = len(token) > 1 and not words_as_tokens
        if grouped:
            letters = "".join(piece.form for piece in token)
            out.append(
                _row((number + 1, number + len(token)), letters, token[0].start, token[-1].end)
            )
        for piece in token:
            number += 1
            out.append(
                {"id": (number,), "text": piece.form}
                if grouped
                else _row((number,), piece.form, piece.start, piece.end)
            )
    return out


def _row(number: tuple[int, ...], form: str, start: int, end: int) -> dict[str, Any]:
    return {"id": number, "text": form[:MAX_WORD_LETTERS], "start_char": start, "end_char": end}
