"""Names of organizations taken apart and compared: ministries under all their names, acronyms, companies.

In: a name as articles print it. Out: `OrganizationName`, and the `NameRelation` of two. Only bodies of a state may change the order of their words
(data/<language>/words/state-bodies.txt).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from quotes.language import Language
from quotes.names.relation import NameRelation, apart
from quotes.names.short_forms import acronym_of
from quotes.names.transliteration import to_latin
from quotes.names.word_lists import IdentityWords, load_words

SAME, WRITTEN, TURNED, ACRONYM, NO_COUNTRY = 1.0, 0.97, 0.92, 0.5, 0.55
OF = ("of", "for", "the", "and")
WHERE = ("in", "to", "at")


@dataclass(frozen=True)
class OrganizationName:
    """`key` is the name for comparing; `body` the head noun if words may be turned round, `words` the rest, `places` whose it is."""

    text: str
    key: tuple[str, ...]
    body: str = ""
    words: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    acronyms: frozenset[str] = frozenset()


@lru_cache(maxsize=1 << 16)
def body_name(text: str, language: Language) -> OrganizationName:
    """The parts of an organization's name ("Russia's Foreign Ministry" → ministry; foreign; russia)."""
    words = load_words(language)
    tokens = _tokens(text, words)
    acronyms = acronym_of(re.sub(r"^[Tt]he ", "", text), words.lexicon)
    own = re.sub(r"\.", "", text)
    acronyms |= {own} if own.isupper() and own.isalpha() and 2 <= len(own) <= 6 else frozenset()
    segment = next(
        (at for at, token in enumerate(tokens) if token in (*OF[:2], *WHERE)), len(tokens)
    )
    if not segment or tokens[segment - 1] not in words.state_bodies:
        return OrganizationName(
            text, tuple(token for token in tokens if token not in ("the", "and")), acronyms=acronyms
        )
    bare, places = _content(tokens, words)
    body = tokens[segment - 1]
    bare.discard(body)
    return OrganizationName(
        text,
        (body, *sorted(bare), *sorted(places)),
        body,
        frozenset(bare),
        frozenset(places),
        acronyms,
    )


def _tokens(text: str, words: IdentityWords) -> list[str]:
    """The words in the forms they are compared in: no article in front, no form of company behind, places as one word."""
    low = re.sub(r"['’]s\b", "", text).replace("s’ ", "s ").replace("s' ", "s ")
    whole = to_latin(re.sub(r"^[Tt]he ", "", low)).replace("-", " ")
    whole = words.organizations.get(whole, whole)
    tokens = re.findall(r"[^\W_]+|&", whole.replace("-", " "))
    while len(tokens) > 1 and tokens[-1] in words.company_forms:
        tokens.pop()
    return _replaced(
        ["and" if token == "&" else token for token in tokens], words.organization_words, ""
    )


def _replaced(tokens: list[str], table: dict[str, str], mark: str) -> list[str]:
    """The longest entries of a table put in place of what they stand for; `mark` goes before the new word."""
    found, at = [], 0
    while at < len(tokens):
        length = next(
            (
                n
                for n in (4, 3, 2, 1)
                if " ".join(tokens[at : at + n]) in table and at + n <= len(tokens)
            ),
            0,
        )
        found.append(mark + table[" ".join(tokens[at : at + length])] if length else tokens[at])
        at += max(1, length)
    return found


def _content(tokens: list[str], words: IdentityWords) -> tuple[set[str], set[str]]:
    """The words and the places of a body's name; those after "in" are where it is, not whose."""
    bare: set[str] = set()
    places: set[str] = set()
    where = False
    for token in _replaced(tokens, words.places, "@"):
        if token in WHERE:
            where = True
        elif token in OF:
            continue
        elif token.startswith("@"):
            places.add("in " + token[1:] if where else token[1:])
        else:
            bare.add("in " + token if where else token)
    return bare, places


def relate_bodies(a: OrganizationName, b: OrganizationName) -> NameRelation:
    """How two names of organizations stand to each other."""
    if a.text == b.text:
        return NameRelation(SAME, "the same name")
    if a.key == b.key and a.body == b.body:
        return NameRelation(
            TURNED if a.body else WRITTEN,
            "the same name in other words"
            if a.body
            else "the same name but for article, spelling or legal form",
        )
    if a.body and a.body == b.body and a.words == b.words and bool(a.places) != bool(b.places):
        return NameRelation(
            NO_COUNTRY, "country left out", general="b" if a.places else "a", how="country left out"
        )
    short = [
        (x, y)
        for x, y in ((a, b), (b, a))
        if _compact(x) in y.acronyms and " " not in x.text and len(y.key) > 1
    ]
    if short:
        return NameRelation(
            ACRONYM,
            f"{short[0][0].text} can be short for it",
            general="a" if short[0][0] is a else "b",
            how="acronym",
        )
    return apart("different names")


def _compact(name: OrganizationName) -> str:
    return name.text.replace(".", "")
