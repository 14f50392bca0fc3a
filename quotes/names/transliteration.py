"""Letters of any script as plain Latin ones, and which script a name is written in. The only door to anyascii."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from anyascii import anyascii

from quotes.text.folding import fold_case

Script = Literal["latin", "cyrillic", "han", "hangul", "abjad", "other"]

SCRIPTS: dict[str, Script] = {
    "LATIN": "latin",
    "CYRILLIC": "cyrillic",
    "CJK": "han",
    "HANGUL": "hangul",
    "ARABIC": "abjad",
    "HEBREW": "abjad",
}
UMLAUTS = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ø": "oe",
    "å": "aa",
}  # what German, Danish, Norwegian and Swedish names write for want of the letter


@lru_cache(maxsize=1 << 17)
def to_latin(text: str) -> str:
    """Lower-case Latin letters without accents, full stops and apostrophes ("Wałęsa" → walesa, "Захарова" → zakharova)."""
    return fold_case(re.sub(r"[.'`’‘ʼ]", "", anyascii(text)))


@lru_cache(maxsize=1 << 17)
def to_latin_digraphs(text: str) -> str:
    """The same with the umlauts written as two letters ("Schröder" → schroeder)."""
    text = fold_case(unicodedata.normalize("NFC", text))
    return to_latin("".join(UMLAUTS.get(char, char) for char in text))


def latin_key(name: str) -> str:
    """Return the key by which a name is found as people type it: Latin letters, single spaces."""
    return " ".join(to_latin(name).split())


@lru_cache(maxsize=1 << 17)
def script_of(text: str) -> Script:
    """The script of the first letter that is not Latin, else "latin"."""
    if text.isascii():
        return "latin"
    for char in text:
        if char.isalpha():
            script = SCRIPTS.get(unicodedata.name(char, "").partition(" ")[0], "other")
            if script != "latin":
                return script
    return "latin"


def syllables(text: str) -> tuple[str, ...]:
    """The syllables of a name in Chinese characters or Hangul, in Latin letters ("习近平" → xi, jin, ping)."""
    return tuple(to_latin(char) for char in text if char.isalpha())
