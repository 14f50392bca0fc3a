"""Names in Arabic or Hebrew letters beside names in Latin ones.

Short vowels are not written there, so any may stand between two consonants; long ones are, and must be there in the other name. What
several readings share ("حسن" could be Hasan or Hasn) is the most that can be asked.
"""

from __future__ import annotations

from functools import lru_cache

from quotes.names.person import PersonName
from quotes.names.transliteration import to_latin

ARTICLE, SON, SERVANT = "ال", ("بن", "ابن"), "عبد"
ALIFS = str.maketrans({"ا": "a", "آ": "a", "ى": "a", "أ": "a", "إ": "a"})
VOWELS = frozenset("aeiou")
GLIDES = frozenset("yw")
STANDS_FOR = {
    **{char: frozenset(char) for char in "abcdefghijklmnopqrstuvwxyz"},
    "q": frozenset("qkg"), "d": frozenset("dz"), "g": frozenset("gj"), "j": frozenset("jg"), "k": frozenset("kc"), "s": frozenset("sz"),
    "b": frozenset("bp"), "y": frozenset("yiej"), "w": frozenset("wuov"), "v": frozenset("vbwuo"),
}  # fmt: skip


@lru_cache(maxsize=1 << 14)
def written_units(text: str) -> tuple[str, ...]:
    """The letters of each word without article, "son of" and the vowel at the start ("بشار الأسد" → bshar, sd)."""
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


def same_abjad(a: PersonName, b: PersonName) -> bool:
    """Whether `b`, in Latin letters, can be how `a`, in Arabic or Hebrew ones, is read."""
    written = written_units(a.text)
    return len(written) == len(b.units) and all(
        _fits(x, y) for x, y in zip(written, b.units, strict=True)
    )


def _fits(written: str, read: str) -> bool:
    """Whether `read` is `written` with short vowels put in; doubled letters count once, an h at the end may be silent."""
    at, before = 0, ""
    for char in read:
        if at < len(written) and char in STANDS_FOR.get(written[at], written[at]):
            at += 1
        elif char != before and char not in VOWELS and not (char in GLIDES and before in VOWELS):
            return False
        before = char
    return at == len(written) or written[at:] in ("h", "a")
