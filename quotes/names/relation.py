"""How two names alone stand to each other, before any other evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["a", "b"]


@dataclass(frozen=True, slots=True)
class NameRelation:
    """`score` is what the names alone are worth; `reason` says so in words. `apart`: they cannot be one speaker.

    `general` is the side that says less ("Lavrov", "J. Smith", "the Foreign Ministry"): it could stand for several. `how` is short for it.
    """

    score: float
    reason: str
    apart: bool = False
    general: Side | None = None
    how: str = ""


def apart(reason: str) -> NameRelation:
    """Two names that cannot be one speaker's."""
    return NameRelation(0.0, reason, apart=True)
