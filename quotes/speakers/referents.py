"""Referents: who or what can be meant by a name, a description or a pronoun of a chunk.

In: the entities. Out: a `Referent` for each; those who are only described are added while a text is
read (`descriptions`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes.language.lexicon import Gender, Number
from quotes.records import Kind
from quotes.speakers.entities import Entity
from quotes.text.folding import fold_word


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


def referents_of(entities: Sequence[Entity]) -> list[Referent]:
    """Return the entities as referents, in their order."""
    found = []
    for number, entity in enumerate(entities):
        words = frozenset(word for role in entity.roles for word in (*role.words, role.noun))
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
                words,
                entity.mentioned,
            )
        )
    return found
