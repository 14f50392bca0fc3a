"""Names as strings: their parts, and whether two of them can name one person or one organization.

In: names cut from a text. Out: `Name` and the way in which one fits another. Knows no document; who is meant where several fit is
decided elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from quotes.language.lexicon import Lexicon
from quotes.text.folding import fold_name, fold_word

Fit = Literal["same", "surname", "first name"]


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name without titles: `tokens` in lower case without accents and full stops, the generation suffix apart."""

    tokens: tuple[str, ...]
    suffix: str = ""

    @property
    def full(self) -> bool:
        return len(self.tokens) > 1


def parse_name(text: str, lexicon: Lexicon) -> Name:
    """The parts of a person's name ("Sen. Robert F. Kennedy Jr." → robert, f, kennedy; jr). Titles before it and nicknames in marks go."""
    text = re.sub(r"[\"“”„(«][^\"“”()»]*[\"“”)»]", " ", text)
    words = [word for word in re.split(r"[\s,]+", text) if word]
    suffix = ""
    while len(words) > 1 and lexicon.suffixes.get(fold_word(words[-1])):
        if lexicon.suffixes[fold_word(words[-1])] == "generation":
            suffix = {"junior": "jr", "senior": "sr"}.get(
                fold_name(words[-1]), fold_name(words[-1])
            )
        words.pop()
    while len(words) > 1 and _is_title(fold_word(words[0]), lexicon):
        words.pop(0)
    return Name(tuple(fold_name(word) for word in words), suffix)


def _is_title(word: str, lexicon: Lexicon) -> bool:
    return (
        word in lexicon.honorifics or word in lexicon.titles
    ) and word not in lexicon.first_names


def fit(short: Name, long: Name, lexicon: Lexicon) -> Fit | None:
    """How `short` can stand for `long`, or None. "same": two spellings of a full name, or equal ones."""
    if short.suffix != long.suffix and (short.suffix or short.full):
        return None
    a, b = short.tokens, long.tokens
    if not a or not b:
        return None
    if a == b:
        return "same"
    if len(a) > 1 and _same_full(a, b, lexicon):
        return "same"
    if len(a) >= len(b):
        return None
    if _equal(a, b[-len(a) :]):
        return "surname"
    return "first name" if len(a) == 1 and a[0] == b[0] else None


def _equal(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Equal, or the article of an Arabic surname left out ("Assad" for "al-Assad")."""
    return a == b or (
        a[1:] == b[1:] and b[0].partition("-")[2] == a[0] and len(b[0].partition("-")[0]) <= 2
    )


def _same_full(a: tuple[str, ...], b: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Two full names of one person: same surname, first names that agree, middle names that do not contradict each other.

    A middle initial is the first of the middle names (George W. Bush is not George H. W. Bush); one written out may be any of them.
    """
    if len(b) < 2 or (not _equal(a[-1:], b[-1:]) and not _equal(b[-1:], a[-1:])):
        return False
    if not _first_agree(a[0], b[0], lexicon):
        return False
    fewer, more = sorted((a[1:-1], b[1:-1]), key=len)
    return all(
        _initial(x, more[place]) if len(x) == 1 else any(_initial(x, y) for y in more)
        for place, x in enumerate(fewer)
    )


def _first_agree(a: str, b: str, lexicon: Lexicon) -> bool:
    return _initial(a, b) or (a, b) in lexicon.nicknames or (b, a) in lexicon.nicknames


def _initial(a: str, b: str) -> bool:
    """Equal, or one is the initial of the other."""
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def fuller(a: str, b: str) -> str:
    """The fuller of two spellings of one person's full name; the first where neither is."""
    rank = [
        (len(n.split()), sum(len(w.rstrip(".")) > 1 for w in n.split()), not n.isupper())
        for n in (a, b)
    ]
    return b if (rank[1][2], rank[1][0], rank[1][1]) > (rank[0][2], rank[0][0], rank[0][1]) else a


def acronym_of(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The acronyms by which an organization of several words can be called: from all capitals, and without its small words."""
    words = [word for word in re.split(r"[\s-]+", text) if word]
    if len(words) < 2:
        return frozenset()
    capital = "".join(word[0] for word in words if word[0].isupper())
    every = "".join(word[0].upper() for word in words)
    return frozenset(a for a in (capital, every) if len(a) > 1)


def display(text: str) -> str:
    """A name or description for showing: white space collapsed, marks and a possessive ending at the edges gone."""
    text = re.sub(r"\s+", " ", text).strip(' ,;:"“”«»„()[]–—-')
    return re.sub(r"(?:['’]s|(?<=s)['’])$", "", text)
