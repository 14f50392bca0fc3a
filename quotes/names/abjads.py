"""Names in Arabic or Hebrew letters, compared with names in Latin ones.

In: `PersonName`s. Out: yes or no. Short vowels are not written in these scripts, so that any may
stand between two consonants; long ones are, and must be there in the other name. No more than what
several readings share ("حسن" could be Hasan or Hasn) can be compared.
"""

from __future__ import annotations

from functools import lru_cache

from quotes.names.person import PersonName
from quotes.names.transliteration import to_latin

ARTICLE, SON, SERVANT = "ال", ("بن", "ابن"), "عبد"
ALIFS = str.maketrans({"ا": "a", "آ": "a", "ى": "a", "أ": "a", "إ": "a"})
VOWELS = frozenset("aeiou")
GLIDES = frozenset("yw")
READINGS = ("qkg", "dz", "gj", "jg", "kc", "sz", "bp", "yiej", "wuov", "vbwuo")  # first: as written
STANDS_FOR = {char: frozenset(char) for char in "abcdefghijklmnopqrstuvwxyz"} | {
    letters[0]: frozenset(letters) for letters in READINGS
}


@lru_cache(maxsize=1 << 14)
def abjad_units(text: str) -> tuple[str, ...]:
    """Return the letters of each word in Latin ones ("بشار الأسد" → bshar, sd).

    The article, "son of" and a vowel at the start are left out.
    """
    found: list[str] = []
    servant = ""
    for word in text.split():
        bare = word.removeprefix(ARTICLE) if len(word) > 4 or found else word
        if bare == SERVANT:
            servant = to_latin(SERVANT).strip("a")
        elif bare not in SON:
            letters = to_latin(bare.translate(ALIFS))
            found.append(servant + (letters[1:] if letters[:1] == "a" else letters))
            servant = ""
    return tuple(found)


def fits_abjad(a: PersonName, b: PersonName) -> bool:
    """Tell whether `b`, in Latin letters, can be a reading of `a`, in Arabic or Hebrew ones."""
    written = abjad_units(a.text)
    return len(written) == len(b.units) and all(
        _can_be_read(x, y) for x, y in zip(written, b.units, strict=True)
    )


def _can_be_read(written: str, read: str) -> bool:
    """Tell whether `read` is `written` with short vowels put in.

    Doubled letters count once; an h at the end may be silent.
    """
    at, before = 0, ""
    for char in read:
        if at < len(written) and char in STANDS_FOR.get(written[at], written[at]):
            at += 1
        elif char != before and char not in VOWELS and not (char in GLIDES and before in VOWELS):
            return False
        before = char
    return at == len(written) or written[at:] in ("h", "a")
