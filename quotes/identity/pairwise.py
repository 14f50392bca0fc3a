"""Whether two uses of names are of one speaker: a score, a decision and the reasons in words.

In: two `NameUsage`s. Out: `PairComparison`. Looks at the two alone; whether a short name fits others too is asked in clustering.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quotes.identity.evidence import evidence, genders_differ
from quotes.identity.profiles import Profile, profile
from quotes.language import Language
from quotes.names.organization import relate_bodies
from quotes.names.person_similarity import relate_people
from quotes.names.relation import NameRelation, Side, apart
from quotes.records import NameUsage

Decision = Literal["same", "different", "unsure"]
SAME = 0.75  # from this score on two uses are one speaker: chosen so that a nickname alone suffices, an initial or a surname alone does not
NAMED = frozenset({"person", "organization", None})


@dataclass(frozen=True, slots=True)
class PairComparison:
    """`score` between 0 and 1. "different": they cannot be one; "unsure": they may be. `general` is the side whose name says less."""

    score: float
    decision: Decision
    reason: str
    general: Side | None = None
    how: str = ""


def compare(a: NameUsage, b: NameUsage, *, language: Language) -> PairComparison:
    """Whether two uses are of one speaker."""
    return compare_profiles(profile(a, language), profile(b, language), language)


def compare_profiles(a: Profile, b: Profile, language: Language) -> PairComparison:
    """The same for uses that are taken apart already."""
    names = _names(a, b, language)
    if not names.apart and genders_differ(a, b, names, language):
        names = apart("a woman and a man")
    if names.apart:
        return PairComparison(0.0, "different", names.reason)
    found = evidence(a, b, names, language)
    score = round(min(1.0, max(0.0, names.score + sum(item.adds for item in found))), 3)
    reason = "; ".join([names.reason, *(item.reason for item in found)])
    return PairComparison(
        score, "same" if score >= SAME else "unsure", reason, names.general, names.how
    )


def _names(a: Profile, b: Profile, language: Language) -> NameRelation:
    """How the names stand to each other, by their kinds."""
    kinds = {a.kind, b.kind}
    if not kinds <= NAMED:
        same = a.kind == b.kind != "unnamed" and a.key == b.key
        return (
            NameRelation(1.0, "the same name") if same else apart("descriptions are not compared")
        )
    if {"person", "organization"} <= kinds:
        return apart("a person and an organization")
    relation = (
        relate_bodies(a.body, b.body)
        if "organization" in kinds
        else relate_people(a.person, b.person, language)
    )
    if None in kinds and a.kind != b.kind and not relation.apart:
        unknown: Side = "a" if a.kind is None else "b"
        return NameRelation(relation.score, relation.reason, general=unknown, how=relation.how)
    return relation
