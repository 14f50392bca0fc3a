"""Roles for comparing: "Kremlin spokesman", "the Kremlin's spokesperson" and "spokeswoman for the Kremlin" have one key.

In: the words of a role. Out: `RoleKey`. A former, acting or deputy holder has another role than the holder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from quotes.language import Language
from quotes.names.transliteration import to_latin
from quotes.names.word_lists import load_words

SMALL = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "for",
        "to",
        "at",
        "in",
        "with",
        "and",
        "from",
        "its",
        "his",
        "her",
        "their",
        "by",
        "on",
    }
)
STANDING = frozenset(
    {
        "former",
        "acting",
        "deputy",
        "vice",
        "assistant",
        "candidate",
        "elect",
        "designate",
        "nominee",
        "late",
        "future",
        "shadow",
        "presumptive",
        "emeritus",
    }
)


@dataclass(frozen=True, slots=True)
class RoleKey:
    """`words` say what the role is (its standing such as "former" among them), `places` where."""

    words: frozenset[str]
    places: frozenset[str]


@lru_cache(maxsize=1 << 16)
def role_key(role: str, language: Language) -> RoleKey:
    """The key of a role; empty for words that say nothing."""
    lists = load_words(language)
    low = re.sub(r"['’]s?\b", "", role)
    tokens = re.findall(r"[^\W_]+", to_latin(low.replace("-", " ")))
    tokens = _replaced(tokens, lists.role_forms)
    words: set[str] = set()
    places: set[str] = set()
    for token in _replaced(tokens, {**{place: "@" + to for place, to in lists.places.items()}}):
        if token.startswith("@"):
            places.add(token[1:])
        elif token not in SMALL:
            words.update(word for word in token.split() if word not in SMALL)
    return RoleKey(frozenset(words), frozenset(places))


def _replaced(tokens: list[str], table: dict[str, str]) -> list[str]:
    found, at = [], 0
    while at < len(tokens):
        length = next(
            (
                n
                for n in (4, 3, 2, 1)
                if at + n <= len(tokens) and " ".join(tokens[at : at + n]) in table
            ),
            0,
        )
        if length and table[" ".join(tokens[at : at + length])].startswith("@"):
            found.append(table[" ".join(tokens[at : at + length])])
        elif length:
            found += table[" ".join(tokens[at : at + length])].split()
        else:
            found.append(tokens[at])
        at += max(1, length)
    return found


def alike(a: RoleKey, b: RoleKey) -> bool:
    """Whether two keys can be forms of one role: equal, or one says more of it without another standing or place."""
    if not a.words or not b.words or (a.words & STANDING) != (b.words & STANDING):
        return False
    if a.places and b.places and a.places != b.places:
        return False
    return a.words == b.words or (
        (a.words < b.words or b.words < a.words) and bool((a.words & b.words) - STANDING)
    )


def weight(a: RoleKey, b: RoleKey, language: Language) -> float:
    """How much it says that two speakers share a role: a whole office more than one word, a word of many people least."""
    if not alike(a, b):
        return 0.0
    shared = (a.words & b.words) | (a.places & b.places)
    if len(shared) > 1:
        return 1.0
    return 0.3 if shared <= load_words(language).generic_roles else 0.7


def related(a: Iterable[RoleKey], b: Iterable[RoleKey], language: Language) -> bool:
    """Whether two people's roles name something in common besides the role itself ("Hamas official", "leader of Hamas")."""
    lists = load_words(language)
    first, second = (
        frozenset().union(*(key.words | key.places for key in keys)) for keys in (a, b)
    )
    common = first & second
    return any(
        word not in lists.generic_roles and word not in STANDING and not lists.lexicon.is_role(word)
        for word in common
    )
