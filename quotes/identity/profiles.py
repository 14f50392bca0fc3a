"""What a use of a name says for comparing: the name taken apart, keys of its roles, gender, company, documents.

In: a `NameUsage`. Out: `Profile`, made once for each use.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from quotes.identity.role_keys import RoleKey, role_key
from quotes.language import Language
from quotes.language.lexicon import Gender
from quotes.names.organization import OrganizationName, body_name
from quotes.names.person import PersonName, person_name
from quotes.names.transliteration import to_latin
from quotes.names.word_lists import load_words
from quotes.records import Kind, NameUsage
from quotes.text.folding import fold_word

MOST_ROLES = 20  # the most frequent ones: a long tail is mostly mistakes


@dataclass(frozen=True)
class Profile:
    """A use, ready for comparing. `key` is the same for names that differ in nothing that counts."""

    use: NameUsage
    key: str
    person: PersonName
    body: OrganizationName
    roles: frozenset[RoleKey]
    gender: Gender | None
    others: frozenset[str]
    documents: frozenset[str]

    @property
    def name(self) -> str:
        return self.use.name

    @property
    def kind(self) -> Kind | None:
        return self.use.kind


def profile(use: NameUsage, language: Language) -> Profile:
    """The profile of a use."""
    person = person_name(use.name if use.kind in ("person", None) else "", language)
    body = body_name(use.name if use.kind in ("organization", None) else "", language)
    roles = Counter(dict(use.roles)).most_common(MOST_ROLES)
    keys = frozenset(key for key in (role_key(role, language) for role, _ in roles) if key.words)
    gender = person.gender or gender_of_roles(tuple(sorted(role for role, _ in roles)), language)
    others = frozenset(to_latin(other) for other in use.others) - {to_latin(use.name)}
    return Profile(
        use,
        key_of(use.name, use.kind, language),
        person,
        body,
        keys,
        gender,
        others,
        frozenset(use.documents),
    )


def key_of(name: str, kind: Kind | None, language: Language) -> str:
    """The same for names that differ only in accents, capitals, spacing, titles and articles."""
    if kind == "organization":
        return " ".join(body_name(name, language).key)
    if kind in ("group", "document", "unnamed"):
        return re.sub(r"^the ", "", to_latin(" ".join(name.split())))
    person = person_name(name, language)
    if person.script not in ("latin", "cyrillic"):
        return to_latin(name)
    parts = [
        " ".join((*before, unit))
        for before, unit in zip(person.particles, person.units, strict=True)
    ]
    return " ".join(
        part for part in (*parts, person.suffix, "" if person.full else person.gender) if part
    )


@lru_cache(maxsize=1 << 15)
def gender_of_roles(roles: tuple[str, ...], language: Language) -> Gender | None:
    """The gender that the words of roles show ("spokeswoman"), None where they disagree."""
    lexicon = load_words(language).lexicon
    found = {
        lexicon.gender_of([word]) for role in roles for word in map(fold_word, role.split())
    } - {None}
    return found.pop() if len(found) == 1 else None


def guessed_gender(of: Profile, language: Language) -> Gender | None:
    """The gender that roles or forms of address show, else the one that the first name suggests."""
    if of.gender:
        return of.gender
    return (
        load_words(language).lexicon.gender_of_first_name(of.person.units[0])
        if of.person.full
        else None
    )
