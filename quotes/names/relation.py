"""The relation of two names, before any other evidence.

In: nothing. Out: `NameRelation` and its `RelationKind`s. Code compares kinds only; `PHRASES` has
the words in which a kind is shown to people.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Literal

Side = Literal["a", "b"]


class RelationKind(Enum):
    """The ways in which two names can be forms of one, and `DIFFERENT`."""

    WHOLE = auto()  # no part is left out on either side
    NICKNAME = auto()
    FIRST_NAME_SPELLING = auto()
    FIRST_NAME_ONE_LETTER = auto()
    OTHER_ORDER = auto()
    MIDDLE_INITIAL = auto()
    MIDDLE_NAME_LEFT_OUT = auto()
    SOME_MIDDLE_NAMES = auto()
    SECOND_SURNAME_LEFT_OUT = auto()
    FIRST_NAME_LEFT_OUT = auto()
    INITIAL = auto()
    SURNAME_ALONE = auto()
    FIRST_NAME_ALONE = auto()
    COUNTRY_LEFT_OUT = auto()
    ACRONYM = auto()
    DIFFERENT = auto()  # they cannot be one speaker's


PHRASES: dict[RelationKind, str] = {
    RelationKind.WHOLE: "the same name",
    RelationKind.NICKNAME: "nickname",
    RelationKind.FIRST_NAME_SPELLING: "two spellings of a first name",
    RelationKind.FIRST_NAME_ONE_LETTER: "first names one letter apart",
    RelationKind.OTHER_ORDER: "the same words in another order",
    RelationKind.MIDDLE_INITIAL: "middle name as an initial",
    RelationKind.MIDDLE_NAME_LEFT_OUT: "middle name left out",
    RelationKind.SOME_MIDDLE_NAMES: "not all middle names",
    RelationKind.SECOND_SURNAME_LEFT_OUT: "second surname left out",
    RelationKind.FIRST_NAME_LEFT_OUT: "first name left out",
    RelationKind.INITIAL: "initial",
    RelationKind.SURNAME_ALONE: "surname alone",
    RelationKind.FIRST_NAME_ALONE: "only the first name",
    RelationKind.COUNTRY_LEFT_OUT: "country left out",
    RelationKind.ACRONYM: "acronym",
    RelationKind.DIFFERENT: "different names",
}
"""The words for people beside each kind."""


@dataclass(frozen=True, slots=True)
class NameRelation:
    """How two names stand to each other.

    Attributes:
        score: What the names alone are worth, between 0 and 1.
        kind: The kind that code compares.
        reason: The words for people; those of the kind where nothing is given.
        general: The side that says less ("Lavrov", "J. Smith", "the Foreign Ministry"), which could
            stand for several speakers.
    """

    score: float
    kind: RelationKind = RelationKind.WHOLE
    reason: str = ""
    general: Side | None = None

    def __post_init__(self) -> None:
        if not self.reason:
            object.__setattr__(self, "reason", PHRASES[self.kind])

    @property
    def different(self) -> bool:
        """True if the two names cannot be one speaker's."""
        return self.kind is RelationKind.DIFFERENT


def different(reason: str = "") -> NameRelation:
    """Return the relation of two names that cannot be one speaker's."""
    return NameRelation(0.0, RelationKind.DIFFERENT, reason)
