"""Profiles: what a usage of a name says for comparing.

In: a `NameUsage`. Out: `Profile`, made once for each usage: the parsed name, keys of its roles,
gender, company, documents.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from quotes.identity.role_keys import RoleKey, role_key
from quotes.language import Language
from quotes.language.lexicon import Gender
from quotes.names.organization import OrganizationName, organization_name
from quotes.names.person import PersonName, person_name
from quotes.names.transliteration import to_latin
from quotes.names.word_lists import load_words
from quotes.records import Kind, NameUsage
from quotes.text.folding import fold_word

MAX_ROLES = 20  # the most frequent ones: a long tail is mostly mistakes


@dataclass(frozen=True)
class Profile:
    """A usage, ready for comparing.

    Attributes:
        usage: What it was made from.
        person: The name as a person's; empty where it is none's.
        organization: The name as an organization's; empty where it is none's.
        roles: The keys of its most frequent roles.
        gender: The gender that a form of address or roles show.
        company: Other speakers of the same documents, in Latin letters.
        documents: The documents that use the name.
    """

    usage: NameUsage
    person: PersonName
    organization: OrganizationName
    roles: frozenset[RoleKey]
    gender: Gender | None
    company: frozenset[str]
    documents: frozenset[str]

    @property
    def name(self) -> str:
        """The name as articles print it."""
        return self.usage.name

    @property
    def kind(self) -> Kind | None:
        """What the name is a name of, None where unknown."""
        return self.usage.kind


def profile(usage: NameUsage, language: Language) -> Profile:
    """Make the profile of a usage."""
    name, kind = usage.name, usage.kind
    person = person_name(name if kind in ("person", None) else "", language)
    organization = organization_name(name if kind in ("organization", None) else "", language)
    roles = [role for role, _ in Counter(dict(usage.roles)).most_common(MAX_ROLES)]
    keys = (role_key(role, language) for role in roles)
    return Profile(
        usage=usage,
        person=person,
        organization=organization,
        roles=frozenset(key for key in keys if key.words),
        gender=person.gender or gender_of_roles(tuple(sorted(roles)), language),
        company=frozenset(to_latin(other) for other in usage.others) - {to_latin(name)},
        documents=frozenset(usage.documents),
    )


def name_key(name: str, kind: Kind | None, language: Language) -> str:
    """Return the same for names that differ only in accents, capitals, titles and articles."""
    if kind == "organization":
        return " ".join(organization_name(name, language).key)
    if kind in ("group", "document", "unnamed"):
        return load_words(language).without_article(to_latin(" ".join(name.split())))
    person = person_name(name, language)
    if person.script not in ("latin", "cyrillic"):
        return to_latin(name)
    parts = [
        " ".join((*before, unit))
        for before, unit in zip(person.particles, person.units, strict=True)
    ]
    parts += [person.suffix, "" if person.full else person.gender or ""]
    return " ".join(part for part in parts if part)


@lru_cache(maxsize=1 << 15)
def gender_of_roles(roles: tuple[str, ...], language: Language) -> Gender | None:
    """Return the gender that words of roles show ("spokeswoman"), None where they disagree."""
    lexicon = load_words(language).lexicon
    genders = {lexicon.gender_of([fold_word(word)]) for role in roles for word in role.split()}
    genders.discard(None)
    return genders.pop() if len(genders) == 1 else None


def guessed_gender(of: Profile, language: Language) -> Gender | None:
    """Return the gender that is shown, else the one that the first name suggests."""
    if of.gender:
        return of.gender
    if not of.person.full:
        return None
    return load_words(language).lexicon.gender_of_first_name(of.person.units[0])
