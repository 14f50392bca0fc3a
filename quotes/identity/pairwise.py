"""Pairwise comparison: whether two usages of names are of one speaker.

In: two `NameUsage`s. Out: `PairComparison`: a score, an outcome and the reasons in words. It looks
at the two alone; whether a short name fits others, too, is asked in `clustering`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from quotes.identity.evidence import gather_evidence, genders_differ
from quotes.identity.profiles import Profile, name_key, profile
from quotes.language import Language
from quotes.names.match_weights import MIN_SAME
from quotes.names.organization import relate_organizations
from quotes.names.person_similarity import relate_people
from quotes.names.relation import NameRelation, RelationKind, Side, different
from quotes.records import NameUsage

Outcome = Literal["same", "different", "unsure"]
NAMED = frozenset({"person", "organization", None})  # the kinds whose names are parsed


@dataclass(frozen=True, slots=True)
class PairComparison:
    """The result of comparing two usages.

    Attributes:
        score: Between 0 and 1.
        outcome: "different": they cannot be one; "unsure": they may be.
        reason: Why, in words for people.
        general: The side whose name says less.
        kind: How the names stand to each other.
    """

    score: float
    outcome: Outcome
    reason: str
    general: Side | None = None
    kind: RelationKind = RelationKind.WHOLE


def compare(a: NameUsage, b: NameUsage, *, language: Language) -> PairComparison:
    """Compare two usages of names."""
    return compare_profiles(profile(a, language), profile(b, language), language)


def compare_profiles(a: Profile, b: Profile, language: Language) -> PairComparison:
    """Compare two usages by their profiles."""
    return compare_related(a, b, relate(a, b, language), language)


def compare_related(
    a: Profile, b: Profile, names: NameRelation, language: Language
) -> PairComparison:
    """Compare two usages of which it is known how their names stand to each other."""
    if not names.different and genders_differ(a, b, names, language):
        names = different("a woman and a man")
    if names.different:
        return PairComparison(0.0, "different", names.reason, kind=names.kind)
    found = gather_evidence(a, b, names, language)
    score = round(min(1.0, max(0.0, names.score + sum(piece.adds for piece in found))), 3)
    reason = "; ".join([names.reason, *(piece.reason for piece in found)])
    outcome: Outcome = "same" if score >= MIN_SAME else "unsure"
    return PairComparison(score, outcome, reason, names.general, names.kind)


def relate(a: Profile, b: Profile, language: Language) -> NameRelation:
    """Return how the names stand to each other, by their kinds. Evidence besides is not asked."""
    kinds = {a.kind, b.kind}
    if not kinds <= NAMED:
        same = a.kind == b.kind != "unnamed" and _key(a, language) == _key(b, language)
        return NameRelation(1.0) if same else different("descriptions are not compared")
    if {"person", "organization"} <= kinds:
        return different("a person and an organization")
    relation = (
        relate_organizations(a.organization, b.organization)
        if "organization" in kinds
        else relate_people(a.person, b.person, language)
    )
    if None in kinds and a.kind != b.kind and not relation.different:
        return replace(relation, general="a" if a.kind is None else "b")
    return relation


def _key(of: Profile, language: Language) -> str:
    """Return the same for names that differ in nothing that counts."""
    return name_key(of.name, of.kind, language)
