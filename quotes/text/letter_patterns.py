"""Regular expressions (RE2) of words in any case and with any accents, for texts as they stand.

In: words. Out: patterns. To fold each text before it is searched takes ten times as long.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

ANY_CASE = "(?i)"  # before a pattern made of these
LAST = 0x10000  # letters with accents of their own lie below
MARKS = r"\pM*"  # accents that are characters of their own
WORD = re.compile(r"[^\W_]+")


def words_pattern(text: str) -> str | None:
    """Return the pattern of words that follow each other; the last may be the beginning of one.

    None for a text without words.
    """
    words = ["".join(map(letter_pattern, word)) for word in WORD.findall(without_accents(text))]
    return rf"{ANY_CASE}(?:^|[^\pL\pN\pM])" + r"[^\pL\pN]+".join(words) if words else None


def letter_pattern(letter: str) -> str:
    """Return the pattern of a letter with any accents.

    Args:
        letter: In lower case, without accents.
    """
    others = _with_accents().get(letter, "")
    pattern = f"[{letter}{others}]" if others else re.escape(letter)
    return pattern + MARKS if letter.isalpha() else pattern


def without_accents(text: str) -> str:
    """Return a text in lower case without accents; letters stay those that they are."""
    apart = unicodedata.normalize("NFD", text.lower())
    left = (char for char in apart if not unicodedata.category(char).startswith("M"))
    return unicodedata.normalize("NFC", "".join(left))


@cache
def _with_accents() -> Mapping[str, str]:
    """Return for each letter those that are it with accents, in both cases."""
    found = defaultdict[str, str](str)
    for letter in map(chr, range(0xC0, LAST)):
        if unicodedata.category(letter) == "Cs":  # no character
            continue
        apart = unicodedata.normalize("NFD", letter)
        marks = apart[1:]
        if marks and all(unicodedata.category(mark).startswith("M") for mark in marks):
            found[apart[0].lower()] += letter
    return dict(found)
