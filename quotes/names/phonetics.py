"""Spellings of one name: by rules of romanization, by listed variants, by letters written out.

In: words of names in Latin letters. Out: how they agree. Rules of romanization hold only where
something shows that the name comes from another script: "Sergey" and "Sergei" are one, "Grey" and
"Gray" are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from quotes.language import Language
from quotes.names.word_lists import IdentityWords, Romanization, Sound, load_words

Origin = Literal["slavic", "arabic"]


class Agreement(Enum):
    """The ways in which two first names can be one person's."""

    EQUAL = auto()
    ROMANIZED = auto()  # two spellings by rules of romanization or by a list of variants
    NICKNAME = auto()
    SPELLING = auto()  # two usual English spellings (Steven, Stephen)
    ONE_LETTER = auto()  # a letter wrong, left out or too many, or two swapped
    INITIAL = auto()


MIN_MISTAKEN_LETTERS = 6  # of a first name in which one letter may be a mistake
HISSING = re.compile("shch|tsch|tch|sch|sh|ch|zh")
CLASSES = str.maketrans(
    {
        **dict.fromkeys("aeiouywhj-"),
        **dict.fromkeys("qgc", "k"),
        **dict.fromkeys("dtzs", "t"),
        **dict.fromkeys("fvb", "p"),
        "x": "kt",
    }
)


def words_alike(a: str, b: str, origins: frozenset[Origin], language: Language) -> bool:
    """Tell whether two words are spellings of one name.

    They are where a list has them as variants, or where they have the same sounds by the rules of
    one of the `origins`.
    """
    if a == b:
        return True
    words = load_words(language)
    a, b = words.variants.get(a, a), words.variants.get(b, b)
    if a == b:
        return True
    if min(len(a), len(b)) < 3 or skeleton(a) != skeleton(b):
        return False
    return any(
        _agree(sounds(a, origin, language), sounds(b, origin, language)) for origin in origins
    )


@lru_cache(maxsize=1 << 17)
def sounds(word: str, origin: Origin, language: Language) -> tuple[Sound, ...]:
    """Return the sounds of a word by the rules of an origin."""
    words = load_words(language)
    romanization = words.slavic if origin == "slavic" else words.arabic
    found: list[Sound] = []
    at = 0
    while at < len(word):
        step, heard = _rule(romanization, word, at)
        at += step
        for sound in heard:
            if not found or found[-1] != sound:
                found.append(sound)
    return tuple(found)


def _rule(romanization: Romanization, word: str, at: int) -> tuple[int, tuple[Sound, ...]]:
    """Return how many letters the longest rule at a place takes, and their sounds."""
    for length in range(min(romanization.longest, len(word) - at), 0, -1):
        letters = word[at : at + length]
        keys = (
            (("^" + letters,) if at == 0 else ())
            + ((letters + "$",) if at + length == len(word) else ())
            + (letters,)
        )
        for key in keys:
            if key in romanization.rules:
                return length, romanization.rules[key]
    return 1, (frozenset(word[at]),)


def _agree(a: Iterable[Sound], b: Iterable[Sound]) -> bool:
    a, b = tuple(a), tuple(b)
    return len(a) == len(b) and all(x & y for x, y in zip(a, b, strict=True))


@lru_cache(maxsize=1 << 17)
def skeleton(word: str) -> str:
    """Return the consonants of a word by class, doubled ones once.

    Two spellings of one name share it, as two words share a Soundex code.
    """
    bare = HISSING.sub("t", word).translate(CLASSES)
    return "".join(char for at, char in enumerate(bare) if at == 0 or bare[at - 1] != char)


def first_names_agree(
    a: str, b: str, origins: frozenset[Origin], language: Language
) -> Agreement | None:
    """Return the surest way in which two first names can be one person's, or None."""
    if a == b:
        return Agreement.EQUAL
    if min(len(a), len(b)) == 1:
        return Agreement.INITIAL if a[0] == b[0] or _variant_initial(a, b, language) else None
    if words_alike(a, b, origins, language):
        return Agreement.ROMANIZED
    words = load_words(language)
    if b in words.nicknames.get(a, ()) or a in words.nicknames.get(b, ()):
        return Agreement.NICKNAME
    return Agreement.SPELLING if words.spellings.get(a, a) == words.spellings.get(b, b) else None


def one_letter_apart(a: str, b: str, origins: frozenset[Origin], language: Language) -> bool:
    """Tell whether one of two first names can be the other with a mistake in one letter.

    Not of short ones, nor of Arabic ones, in which a vowel tells two names apart, nor of two that
    are both usual first names (Marina, Marino).
    """
    if "arabic" in origins:
        return False
    known = load_words(language).lexicon.first_names
    if min(len(a), len(b)) < MIN_MISTAKEN_LETTERS or (a in known and b in known):
        return False
    return OSA.distance(a, b, score_cutoff=1) == 1


def _variant_initial(a: str, b: str, language: Language) -> bool:
    """Tell whether an initial fits another form of the name ("A." for Oleksandr)."""
    variants = load_words(language).variants
    return variants.get(a, a)[0] == variants.get(b, b)[0]


def origins_of(
    tokens: Iterable[str], particles: Iterable[str], words: IdentityWords
) -> frozenset[Origin]:
    """Return the scripts from which a name shows itself to be transliterated."""
    tokens = tuple(tokens)
    found: set[Origin] = set()
    if any(token in words.slavic_names for token in tokens) or (
        tokens and len(tokens[-1]) > 5 and tokens[-1].endswith(words.slavic_endings)
    ):
        found.add("slavic")
    variants = {words.variants.get(token, token) for token in tokens}
    if (
        variants & words.arabic_names
        or not words.arabic_particles.keys().isdisjoint(particles)
        or any(token.startswith("abd") for token in tokens)
    ):
        found.add("arabic")
    return frozenset(found)
