"""Transliteration: letters of any script as plain Latin ones, and the script of a name.

In: text. Out: text. The one module that imports anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from anyascii import anyascii

from quotes.text.folding import APOSTROPHE_VARIANTS, fold_case

Script = Literal["latin", "cyrillic", "han", "hangul", "abjad", "other"]

SCRIPTS: dict[str, Script] = {
    "LATIN": "latin",
    "CYRILLIC": "cyrillic",
    "CJK": "han",
    "HANGUL": "hangul",
    "ARABIC": "abjad",
    "HEBREW": "abjad",
}
DIGRAPHS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
"""The two letters that German, Danish, Norwegian and Swedish names have for want of the one."""


@lru_cache(maxsize=1 << 17)
def to_latin(text: str) -> str:
    """Return a text in lower-case Latin letters ("Wałęsa" → walesa, "Захарова" → zakharova).

    Accents, full stops and apostrophes are left out.
    """
    return fold_case(re.sub(f"[.'{APOSTROPHE_VARIANTS}]", "", anyascii(text)))


@lru_cache(maxsize=1 << 17)
def to_latin_digraphs(text: str) -> str:
    """Return the same with umlauts written as two letters ("Schröder" → schroeder)."""
    text = fold_case(unicodedata.normalize("NFC", text))
    return to_latin("".join(DIGRAPHS.get(char, char) for char in text))


def latin_key(name: str) -> str:
    """Return the key by which a name is found as people type it: Latin letters, single spaces."""
    return " ".join(to_latin(name).split())


@lru_cache(maxsize=1 << 17)
def script_of(text: str) -> Script:
    """Return the script of the first letter that is not Latin, else "latin"."""
    if text.isascii():
        return "latin"
    for char in text:
        if char.isalpha():
            script = SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0], "other")
            if script != "latin":
                return script
    return "latin"


def syllables(text: str) -> tuple[str, ...]:
    """Return the syllables of a name in Chinese characters or Hangul ("习近平" → xi, jin, ping)."""
    return tuple(to_latin(char) for char in text if char.isalpha())
