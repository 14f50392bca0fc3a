"""Names of organizations, parsed and compared: ministries under all names, acronyms, companies.

In: a name as articles print it. Out: `OrganizationName`, and the `NameRelation` of two. Only the
words of bodies of a state may change their order (`state-bodies.txt`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from quotes.language import Language
from quotes.names import match_weights as weight
from quotes.names.relation import NameRelation, RelationKind, Side, different
from quotes.names.transliteration import to_latin
from quotes.names.word_lists import IdentityWords, load_words, longest_entry

ACRONYM = range(2, 7)  # letters of a name in capitals that may be an acronym
PLACE = "@"  # stands before a place that was recognized


@dataclass(frozen=True)
class OrganizationName:
    """An organization's name.

    Attributes:
        text: What it was made from.
        key: The words by which it is compared.
        body: The head noun, where the words may change their order ("ministry").
        words: The other words of such a name ("foreign").
        places: Whose it is ("russia"), or where ("in geneva").
        acronyms: What it may be called for short, itself included.
    """

    text: str
    key: tuple[str, ...]
    body: str = ""
    words: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    acronyms: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 16)
def organization_name(text: str, language: Language) -> OrganizationName:
    """Parse an organization's name ("Russia's Foreign Ministry" → ministry; foreign; russia)."""
    words = load_words(language)
    small = words.organization_small_words
    tokens = _tokens(text, words)
    acronyms = acronyms_of(words.without_article(text)) | _own_acronym(text)
    end = next((i for i, token in enumerate(tokens) if _is_preposition(token, small)), len(tokens))
    if not end or tokens[end - 1] not in words.state_bodies:
        key = tuple(token for token in tokens if small.get(token) != "joining")
        return OrganizationName(text, key, acronyms=acronyms)
    body = tokens[end - 1]
    bare, places = _words_and_places(tokens, words)
    bare -= {body}
    key = (body, *sorted(bare), *sorted(places))
    return OrganizationName(text, key, body, bare, places, acronyms)


def acronyms_of(text: str) -> frozenset[str]:
    """Return the acronyms of a name of several words: of its capitals, and of all its words."""
    words = [word for word in re.split(r"[\s-]+", text) if word]
    if len(words) < 2:
        return frozenset()
    capitals = "".join(word[0] for word in words if word[0].isupper())
    every = "".join(word[0].upper() for word in words)
    return frozenset(acronym for acronym in (capitals, every) if len(acronym) > 1)


def _own_acronym(text: str) -> frozenset[str]:
    """Return the name itself where it looks like an acronym ("U.N." → UN)."""
    own = text.replace(".", "")
    return frozenset({own} if own.isupper() and own.isalpha() and len(own) in ACRONYM else ())


def _is_preposition(token: str, small: Mapping[str, str]) -> bool:
    """Tell whether a word opens what stands behind the head noun ("of", "in")."""
    return small.get(token) in ("of", "place")


def _tokens(text: str, words: IdentityWords) -> list[str]:
    """Return the words in the forms in which they are compared.

    There is no article in front and no legal form behind; listed names, and words with several
    forms, have one form.
    """
    bare = words.without_article(words.without_possessives(text))
    whole = to_latin(bare).replace("-", " ")
    whole = words.organizations.get(whole, whole)
    tokens = re.findall(r"[^\W_]+|&", whole.replace("-", " "))
    while len(tokens) > 1 and tokens[-1] in words.company_forms:
        tokens.pop()
    return _replace(tokens, words.organization_words)


def _replace(tokens: list[str], table: Mapping[str, str], mark: str = "") -> list[str]:
    """Put the values of a table in place of its longest entries, each behind `mark`."""
    found, at = [], 0
    while at < len(tokens):
        length = longest_entry(tokens, at, table)
        found.append(mark + table[" ".join(tokens[at : at + length])] if length else tokens[at])
        at += max(1, length)
    return found


def _words_and_places(
    tokens: list[str], words: IdentityWords
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words and the places of a body's name; behind "in" they are where it is."""
    bare: set[str] = set()
    places: set[str] = set()
    where = ""
    for token in _replace(tokens, words.places, PLACE):
        kind = words.organization_small_words.get(token)
        if kind == "place":
            where = "in "
        elif token.startswith(PLACE):
            places.add(where + token.removeprefix(PLACE))
        elif kind is None:
            bare.add(where + token)
    return frozenset(bare), frozenset(places)


def relate_organizations(a: OrganizationName, b: OrganizationName) -> NameRelation:
    """Return how two names of organizations stand to each other."""
    if a.text == b.text:
        return NameRelation(weight.SAME_NAME)
    if a.key == b.key and a.body == b.body:
        if a.body:
            return NameRelation(weight.OTHER_WORDS, reason="the same name in other words")
        reason = "the same name but for article, spelling or legal form"
        return NameRelation(weight.SAME_SPELLED, reason=reason)
    if a.body and a.body == b.body and a.words == b.words and bool(a.places) != bool(b.places):
        general: Side = "b" if a.places else "a"
        kind = RelationKind.COUNTRY_LEFT_OUT
        return NameRelation(weight.COUNTRY_LEFT_OUT, kind, general=general)
    sides: tuple[tuple[OrganizationName, OrganizationName, Side], ...] = ((a, b, "a"), (b, a, "b"))
    for short, long, side in sides:
        if _is_acronym(short, long):
            reason = f"{short.text} can be short for it"
            return NameRelation(weight.ACRONYM, RelationKind.ACRONYM, reason, side)
    return different()


def _is_acronym(short: OrganizationName, long: OrganizationName) -> bool:
    compact = short.text.replace(".", "")
    return compact in long.acronyms and " " not in short.text and len(long.key) > 1
