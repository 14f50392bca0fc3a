"""Roles for comparing: "Kremlin spokesman" and "spokeswoman for the Kremlin" have one key.

In: the words of a role. Out: `RoleKey`. A former, acting or deputy holder has another role than the
holder (`role-standings.txt`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

from quotes.language import Language
from quotes.names.match_weights import GENERIC_ROLE, ROLE_OF_ONE_WORD
from quotes.names.transliteration import to_latin
from quotes.names.word_lists import load_words, longest_entry


@dataclass(frozen=True, slots=True)
class RoleKey:
    """A role: `words` say what it is (its standing, "former", among them), `places` where."""

    words: frozenset[str]
    places: frozenset[str]


@lru_cache(maxsize=1 << 16)
def role_key(role: str, language: Language) -> RoleKey:
    """Return the key of a role; empty for words that say nothing.

    A number in front is none of it: it counts the holders.
    """
    lists = load_words(language)
    bare = to_latin(lists.without_possessives(role).replace("-", " "))
    found = re.findall(r"[^\W_]+", bare)
    tokens = _in_one_form(list(dropwhile(str.isdigit, found)), lists.role_forms)
    words: set[str] = set()
    places: set[str] = set()
    at = 0
    while at < len(tokens):
        length = longest_entry(tokens, at, lists.places)
        if length:
            places.add(lists.places[" ".join(tokens[at : at + length])])
        else:
            words.add(tokens[at])
        at += max(1, length)
    return RoleKey(frozenset(words - lists.role_small_words), frozenset(places))


def _in_one_form(tokens: list[str], forms: Mapping[str, str]) -> list[str]:
    """Put words in place of their other forms; an entry may have several words on both sides."""
    found, at = [], 0
    while at < len(tokens):
        length = longest_entry(tokens, at, forms)
        found += (
            forms[" ".join(tokens[at : at + length])].split() if length else tokens[at : at + 1]
        )
        at += max(1, length)
    return found


def alike(a: RoleKey, b: RoleKey, standings: frozenset[str]) -> bool:
    """Tell whether two keys can be forms of one role.

    They are equal, or one says more of it without another standing or place.
    """
    if not a.words or not b.words or (a.words & standings) != (b.words & standings):
        return False
    if a.places and b.places and a.places != b.places:
        return False
    if a.words == b.words:
        return True
    return (a.words < b.words or b.words < a.words) and bool((a.words & b.words) - standings)


def role_overlap(a: RoleKey, b: RoleKey, language: Language) -> float:
    """Return how much it says that two usages share a role, between 0 and 1.

    A whole office says more than one word, a word for many people least.
    """
    lists = load_words(language)
    if not alike(a, b, lists.role_standings):
        return 0.0
    shared = (a.words & b.words) | (a.places & b.places)
    if len(shared) > 1:
        return 1.0
    return GENERIC_ROLE if shared <= lists.generic_roles else ROLE_OF_ONE_WORD


def related(a: Iterable[RoleKey], b: Iterable[RoleKey], language: Language) -> bool:
    """Tell whether roles have something in common besides the role itself.

    "Hamas official" and "leader of Hamas" have.
    """
    lists = load_words(language)
    first, second = (
        frozenset[str]().union(*(key.words | key.places for key in keys)) for keys in (a, b)
    )
    return any(
        word not in lists.generic_roles
        and word not in lists.role_standings
        and not lists.lexicon.is_role(word)
        for word in first & second
    )
