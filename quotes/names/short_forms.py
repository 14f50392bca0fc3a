"""Short forms of names inside one document: which fits which, and how a name is shown.

In: names cut from a text. Out: the way in which a short one can stand for a full one. Knows no
document; who is meant where several fit is decided elsewhere. Across documents, where spelling and
script differ, names are compared by `person_similarity`.
"""

from __future__ import annotations

import re
from enum import Enum

from quotes.language.lexicon import Lexicon, load_lexicon
from quotes.names.person import PersonName
from quotes.text.folding import STRAIGHT_APOSTROPHES

MAX_INITIALS = 3  # letters of initials that are written together
MIN_SURNAMES = 2  # words of a full name of which the last alone is a surname
TWO_SYLLABLES = re.compile(r"[^\W\d_]+-[^\W\d_A-Z]+")  # a Chinese given name: "Ka-chiu"
EDGES = ' ,;:"“”«»„()[]–—-'  # what a name cut from a text may have at its ends


class ShortForm(Enum):
    """The ways in which one name stands for another; the value is the words for people."""

    SAME = "same"  # two spellings of a full name, or equal names
    SURNAME = "surname"
    FIRST_NAME = "first name"


def short_form_of(short: PersonName, full: PersonName) -> ShortForm | None:
    """Return how `short` can stand for `full` in one document, or None where it cannot."""
    if short.suffix != full.suffix and (short.suffix or short.several_words):
        return None
    a, b = short.tokens, full.tokens
    if not a or not b:
        return None
    if a == b or (len(a) > 1 and _same_full(a, b, load_lexicon(short.language))):
        return ShortForm.SAME
    if len(a) >= len(b):
        return None
    lexicon = load_lexicon(short.language)
    surname = _equal(a, b[-len(a) :]) or _is_first_surname(a, b, lexicon)
    if surname or _is_before_given_name(a, full, lexicon):
        return ShortForm.SURNAME
    opens = a == b[: len(a)] if len(a) > 1 else a[0] == _first_name(full)
    return ShortForm.FIRST_NAME if opens else None


def _first_name(full: PersonName) -> str:
    """Return the first of the names behind initials that are written together ("BZ")."""
    written = zip(full.words, full.tokens, strict=True)
    return next(
        (token for word, token in written if not (word.isupper() and len(word) <= MAX_INITIALS)),
        full.tokens[0],
    )


def _is_first_surname(a: tuple[str, ...], b: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Tell whether a short name ends with the first of two surnames of the full one.

    "Abdo" and "Mario Abdo" stand for "Mario Abdo Benítez"; a middle name is no surname.
    """
    surname = a[-1]
    return (
        len(b) > MIN_SURNAMES
        and surname == b[-2]
        and (len(a) == 1 or a == b[: len(a)])
        and len(surname) > 1
        and surname not in lexicon.first_names
        and surname not in lexicon.particles
    )


def _is_before_given_name(a: tuple[str, ...], full: PersonName, lexicon: Lexicon) -> bool:
    """Tell whether a surname stands between two given names: "Lee" in "John Lee Ka-chiu"."""
    if len(full.words) <= MIN_SURNAMES or a != full.tokens[-2:-1]:
        return False
    last = full.words[-1]
    return bool(TWO_SYLLABLES.fullmatch(last)) and (
        full.tokens[-1].partition("-")[0] not in lexicon.particles
    )


def _equal(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Tell whether two are equal but for the article of an Arabic surname in the second."""
    if a == b:
        return True
    article, _, bare = b[0].partition("-")
    return a[1:] == b[1:] and bare == a[0] and len(article) <= 2


def _same_full(a: tuple[str, ...], b: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Tell whether two full names are one person's.

    Their surnames are the same, first names agree, middle names do not contradict each other. A
    middle initial is the first of the middle names (George W. Bush is not George H. W. Bush); one
    written out may be any of them.
    """
    if len(b) < 2 or (not _equal(a[-1:], b[-1:]) and not _equal(b[-1:], a[-1:])):
        return False
    if not _first_names_agree(a[0], b[0], lexicon):
        return False
    fewer, more = sorted((a[1:-1], b[1:-1]), key=len)
    return all(
        _same_or_initial(x, more[place])
        if len(x) == 1
        else any(_same_or_initial(x, y) for y in more)
        for place, x in enumerate(fewer)
    )


def _first_names_agree(a: str, b: str, lexicon: Lexicon) -> bool:
    return _same_or_initial(a, b) or (a, b) in lexicon.nicknames or (b, a) in lexicon.nicknames


def _same_or_initial(a: str, b: str) -> bool:
    """Tell whether two are equal, or one is the initial of the other."""
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def fuller(a: str, b: str) -> str:
    """Return the fuller of two spellings of one person's full name; the first where neither is."""
    ranks = [
        (not n.isupper(), len(n.split()), sum(len(word.rstrip(".")) > 1 for word in n.split()))
        for n in (a, b)
    ]
    return b if ranks[1] > ranks[0] else a


def display_name(text: str, lexicon: Lexicon) -> str:
    """Return a name or description as it is shown.

    White space is collapsed; marks and a possessive ending at its edges are gone.
    """
    text = re.sub(r"\s+", " ", text)
    shown = text.strip(EDGES)
    closed = shown.rfind("(") > shown.rfind(")") and f"{shown})" in text
    text = f"{shown})" if closed else shown  # "director of the Harbour Fund (HF)"
    plain = text.translate(STRAIGHT_APOSTROPHES)
    for ending, stays in sorted(lexicon.possessives.items()):
        if plain.endswith(ending):
            return text[: len(text) - len(ending)] + stays
    return text
