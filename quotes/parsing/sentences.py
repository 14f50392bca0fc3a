"""Tokens in sentences, between Stanza's tokenizer and its tagger.

In: a Stanza document that was tokenized, over a `Normal` text. Out: the same as sentences of `Token`, and back as a Stanza document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST_WORD = 100  # letters of a word that the networks see; the encoder knows no longer word either


@dataclass(frozen=True, slots=True)
class Piece:
    """A syntactic word: its form and where its letters stand in the normal text."""

    form: str
    start: int
    end: int


Token = tuple[Piece, ...]  # one word, or the words of a multi-word token


def tokens_of(tokenized: Any, text: str) -> list[list[Token]]:
    """The tokens of a tokenized Stanza document, a list a sentence."""
    return [[_token(token, text) for token in sentence.tokens] for sentence in tokenized.sentences]


def _token(token: Any, text: str) -> Token:
    start, end = token.start_char, token.end_char
    forms = [word.text for word in token.words]
    letters = text[start:end]
    if len(forms) == 1:
        return (Piece(letters, start, end),)
    split = re.fullmatch(r"\s*".join(f"({re.escape(form)})" for form in forms), letters, re.IGNORECASE)
    if split is None:
        return tuple(Piece(form, start, end) for form in forms)
    return tuple(Piece(split[i + 1], start + split.start(i + 1), start + split.end(i + 1)) for i in range(len(forms)))


def rows(sentences: Iterable[Sequence[Token]], *, words_as_tokens: bool) -> list[list[dict[str, Any]]]:
    """Sentences as the rows from which a Stanza document is built, every word a token of its own if so wished."""
    return [_sentence_rows(sentence, words_as_tokens) for sentence in sentences]


def _sentence_rows(sentence: Sequence[Token], words_as_tokens: bool) -> list[dict[str, Any]]:
    out: list[dict[str, Any]] = []
    number = 0
    for token in sentence:
        grouped = len(token) > 1 and not words_as_tokens
        if grouped:
            letters = "".join(piece.form for piece in token)
            out.append(_row((number + 1, number + len(token)), letters, token[0].start, token[-1].end))
        for piece in token:
            number += 1
            out.append({"id": (number,), "text": piece.form} if grouped else _row((number,), piece.form, piece.start, piece.end))
    return out


def _row(number: tuple[int, ...], form: str, start: int, end: int) -> dict[str, Any]:
    return {"id": number, "text": form[:LONGEST_WORD], "start_char": start, "end_char": end}
