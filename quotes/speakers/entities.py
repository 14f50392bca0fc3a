"""The entities of a document: people and organizations with their names, roles and gender.

In: what `entity_linking` has read. Out: records, and the role to print for an entity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from quotes.language.lexicon import Gender, Lexicon
from quotes.records import Kind
from quotes.text.folding import fold_word

RoleSort = Literal["office", "person", "description", "circumstance"]
SORTS: tuple[RoleSort, ...] = (  # the one that says most first
    "office",
    "person",
    "description",
    "circumstance",
)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of an entity: its words, where they begin and end, its head noun and its sort."""

    text: str
    start: int
    noun: str
    words: frozenset[str]
    end: int = 0
    sort: RoleSort = "office"


@dataclass(frozen=True, slots=True)
class Entity:
    """A person or organization known by name.

    `gender_shown` tells that the text shows the gender, which is not only guessed from the first
    name.
    """

    name: str
    kind: Kind | None
    names: tuple[str, ...] = ()
    gender: Gender | None = None
    gender_shown: bool = False
    roles: tuple[HeldRole, ...] = ()
    mentioned: int = 0
    last: int = -1


@dataclass(frozen=True, slots=True)
class DocumentEntities:
    """The entities known so far, in order of appearance.

    `speaker` is who spoke last, an index into `entities`.
    """

    entities: tuple[Entity, ...] = ()
    speaker: int | None = None


def best_role(entity: Entity, near: Iterable[int], lexicon: Lexicon) -> str | None:
    """Return the role to print for an entity.

    An office that stands at `near` (offsets of the words at the quote), else of the one given most
    often and first the words that say most; without an office what else describes a person, and
    last what one belongs to or leads. Whose relative or counterpart somebody is, or how old, is no
    role by itself.
    """
    at = set(near)
    held = [role for role in entity.roles if not _is_kinship_alone(role, lexicon)]
    for sort in SORTS:
        own = [role for role in held if role.sort == sort]
        full = [role for role in own if not _short_title(role, lexicon)]
        here = [role for role in full if role.start in at]
        if here:
            return max(here, key=lambda role: len(role.words)).text
        if own:
            nouns = Counter(role.noun for role in full or own)
            noun, _ = nouns.most_common(1)[0]
            same = [role for role in full or own if role.noun == noun]
            return max(same, key=lambda role: len(role.words)).text
    return None


def _is_kinship_alone(role: HeldRole, lexicon: Lexicon) -> bool:
    """Return True for a relative or an age alone: not "a mother of four and head teacher"."""
    joined = not role.words.isdisjoint(lexicon.coordinators) and any(
        lexicon.is_role(word) and word not in lexicon.kinship for word in role.words
    )
    return role.noun in lexicon.kinship and not joined


def _short_title(role: HeldRole, lexicon: Lexicon) -> bool:
    """Return True for a title that says less than a role noun with its complement.

    "Sen.", "former Gov."
    """
    prefixes = tuple(f"{prefix}-" for prefix in lexicon.role_prefixes)
    title = role.noun in lexicon.titles and role.noun not in lexicon.roles
    plain = title and len(role.words) <= 2
    return plain or fold_word(role.text).startswith(prefixes)
