"""Referents: who or what can be meant by a name, a description or a pronoun of a chunk.

In: the entities. Out: a `Referent` for each; those who are only described are added while a text is
read (`descriptions`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.language.lexicon import Gender, Number
from quotes.records import Kind
from quotes.speakers.entities import Entity, HeldRole
from quotes.text.folding import fold_word

WORD = re.compile(r"\w+")
SHORTEST_ACRONYM = 2  # letters


@dataclass(frozen=True, slots=True)
class ReferentMention:
    """One mention of a referent.

    Attributes:
        mention: Its place among the mentions.
        sentence: The number of its sentence.
        start: Its offset.
        confidence: How sure it is that the referent is meant.
    """

    mention: int
    sentence: int
    start: int
    confidence: float


@dataclass(slots=True)
class Referent:
    """Somebody or something that can be meant: an entity, or who a description brings in.

    Attributes:
        entity: Its number among the entities, None of one that is only described.
        text: Its name, or the description.
        kind: What it is.
        gender: Female or male, None where it is unknown.
        shown: The text shows the gender.
        number: Singular or plural.
        noun: The noun of the description, or the last word of an organization's name.
        words: The words of its roles, or of the description.
        offices: The words of each of its roles, with the acronyms of the organizations named there.
        named: How often the text names it.
        place: It is named as a place only.
        referent_mentions: Its mentions so far.
    """

    entity: int | None
    text: str
    kind: Kind | None
    gender: Gender | None = None
    shown: bool = False
    number: Number = "sing"
    noun: str = ""
    words: frozenset[str] = frozenset()
    named: int = 0
    place: bool = False
    referent_mentions: list[ReferentMention] = field(default_factory=list)
    offices: tuple[frozenset[str], ...] = ()


def referents_of(entities: Sequence[Entity]) -> list[Referent]:
    """Return the entities as referents, in their order."""
    found = []
    for number, entity in enumerate(entities):
        offices = tuple(_words_of(role) for role in entity.roles)
        last = fold_word(entity.name.split()[-1]) if entity.kind == "organization" else ""
        found.append(
            Referent(
                number,
                entity.name,
                entity.kind,
                entity.gender,
                entity.gender_shown,
                "sing",
                last,
                frozenset[str]().union(*offices),
                entity.mentioned,
                offices=offices,
            )
        )
    return found


def _words_of(role: HeldRole) -> frozenset[str]:
    """Return the words of a role and the acronyms of the names in it, folded.

    "Head of the Constitutional Democratic Party of Japan": CDP, CDPJ.
    """
    words = role.text.replace("-", " ").split()
    initials = "".join(fold_word(word[0]) for word in words if word[0].isupper())
    starts = range(len(initials) - SHORTEST_ACRONYM + 1)
    acronyms = {
        initials[start:end]
        for start in starts
        for end in range(start + SHORTEST_ACRONYM, len(initials) + 1)
    }
    return role.words | {role.noun} | acronyms


def named_in_title(title: str | None, referents: Sequence[Referent]) -> frozenset[int]:
    """Return the referents whose last name, or whole name, stands in the title of a document."""
    words = {fold_word(word) for word in WORD.findall(title or "")}
    if not words:
        return frozenset()
    return frozenset(
        number
        for number, referent in enumerate(referents)
        if referent.entity is not None
        and (own := [fold_word(word) for word in WORD.findall(referent.text)])
        and (own[-1] in words if referent.kind != "organization" else words.issuperset(own))
    )
