"""Folding of case, accents and apostrophes: the one place for it.

In: a word, a name or a text. Out: the same in the form in which it is compared.

    fold_case     upper case only: file endings, headers, lines of lists that are read as they are
    fold_accents  accents only: words of statements
    fold_word     upper case and curly apostrophes: a word to be looked up in a word list
    fold_name     upper case, accents, apostrophes and full stops: a name inside one document

Names of several documents are compared in Latin letters: `quotes.names.transliteration.to_latin`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

APOSTROPHE_VARIANTS = "’‘ʼ`"
"""The characters that stand for the straight apostrophe."""

STRAIGHT_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHE_VARIANTS, "'"))


def fold_case(text: str) -> str:
    """Return a text in lower case, as Unicode folds it ("STRASSE" and "Straße" → strasse)."""
    return text.casefold()


def fold_accents(text: str) -> str:
    """Return a text without accents ("José" → Jose) and compatibility forms."""
    if text.isascii():
        return text
    return _without_marks(unicodedata.normalize("NFKD", text))


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Return a word as word lists have it: in lower case, with a straight apostrophe."""
    return fold_case(word.translate(STRAIGHT_APOSTROPHES))


def fold_words(words: Iterable[str]) -> list[str]:
    """Return words of one line each as `fold_word` does, thousands of them at once."""
    return fold_case("\n".join(words).translate(STRAIGHT_APOSTROPHES)).split("\n")


@lru_cache(maxsize=16384)
def fold_name(name: str) -> str:
    """Return a name in lower case, without accents and full stops, with a straight apostrophe."""
    folded = fold_case(unicodedata.normalize("NFKD", name.translate(STRAIGHT_APOSTROPHES)))
    return _without_marks(folded).replace(".", "")


def _without_marks(text: str) -> str:
    return "".join(char for char in text if not unicodedata.combining(char))
