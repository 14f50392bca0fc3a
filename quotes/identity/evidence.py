"""Evidence besides the names: roles, company, documents, gender.

In: two `Profile`s and the `NameRelation` of their names. Out: `Evidence`: what each piece adds to
the score, and the reason in words.
"""

from __future__ import annotations

from dataclasses import dataclass

from quotes.identity.profiles import Profile, guessed_gender
from quotes.identity.role_keys import RoleKey, related, role_key, role_overlap
from quotes.language import Language
from quotes.names import match_weights as weight
from quotes.names.relation import NameRelation, RelationKind
from quotes.names.word_lists import load_words

NO_FIRST_NAME = frozenset(
    {RelationKind.SURNAME_ALONE, RelationKind.INITIAL, RelationKind.FIRST_NAME_LEFT_OUT}
)
"""The relations in which first names do not settle whether the genders agree."""
USUAL_SIDE_BY_SIDE = frozenset({RelationKind.SURNAME_ALONE, RelationKind.COUNTRY_LEFT_OUT})
"""The relations of which both forms usually stand in one article."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason. `adds` to the score is positive where it speaks for one speaker."""

    adds: float
    reason: str


def gather_evidence(
    a: Profile, b: Profile, names: NameRelation, language: Language
) -> tuple[Evidence, ...]:
    """Return everything that adds to the score of two names that may be one."""
    pieces = [_roles(a, b, names, language), _company(a, b), _documents(a, b, names)]
    found = [piece for piece in pieces if piece is not None]
    if (
        not _is_whole(names)
        and not any(piece.adds > 0 for piece in found)
        and _has_common_surname(a, b, language)
    ):
        found.append(Evidence(weight.COMMON_SURNAME, "common surname"))
    return tuple(found)


def genders_differ(a: Profile, b: Profile, names: NameRelation, language: Language) -> bool:
    """Tell whether one is a woman and the other a man, where first names do not settle it."""
    if names.kind not in NO_FIRST_NAME:
        return False
    first, second = guessed_gender(a, language), guessed_gender(b, language)
    return bool(first and second and first != second)


def _roles(a: Profile, b: Profile, names: NameRelation, language: Language) -> Evidence | None:
    if not a.roles or not b.roles:
        return None
    overlap = max(role_overlap(x, y, language) for x in a.roles for y in b.roles)
    if overlap:
        reason = f"the same role ({_shared_role(a, b, language)})"
        return Evidence(round(weight.SAME_ROLE * overlap, 3), reason)
    if related(a.roles, b.roles, language):
        return Evidence(weight.RELATED_ROLES, "roles that name the same place or organization")
    return None if _is_whole(names) else Evidence(weight.OTHER_ROLES, "no role in common")


def _shared_role(a: Profile, b: Profile, language: Language) -> str:
    """Return the words of the most frequent role of `a` that `b` has, too."""

    def overlap(key: RoleKey) -> float:
        return max(role_overlap(key, other, language) for other in b.roles)

    roles = sorted(
        a.usage.roles, key=lambda row: (-overlap(role_key(row[0], language)), -row[1], row[0])
    )
    return roles[0][0]


def _company(a: Profile, b: Profile) -> Evidence | None:
    common = len(a.company & b.company)
    smaller = min(len(a.company), len(b.company))
    if common >= 2 and 2 * common >= smaller:
        return Evidence(weight.MOST_COMPANY, "quoted beside the same speakers")
    if common >= 2 or (common and 3 * common >= smaller):
        return Evidence(weight.SOME_COMPANY, "quoted beside some of the same speakers")
    return None


def _documents(a: Profile, b: Profile, names: NameRelation) -> Evidence | None:
    common = len(a.documents & b.documents)
    if not common:
        return None
    if names.kind is RelationKind.ACRONYM:
        return Evidence(weight.ACRONYM_BESIDE_NAME, "both in the same articles")
    if names.kind in USUAL_SIDE_BY_SIDE:
        return None
    share = common / min(len(a.documents), len(b.documents))
    whole = names.score >= weight.MIN_WHOLE
    against = weight.SIDE_BY_SIDE_WHOLE if whole else weight.SIDE_BY_SIDE
    return Evidence(round(against * share, 3), "both forms side by side in the same articles")


def _is_whole(names: NameRelation) -> bool:
    """Tell whether no part of either name is left out, so that they speak for themselves."""
    return names.score >= weight.MIN_WHOLE and names.kind is RelationKind.WHOLE


def _has_common_surname(a: Profile, b: Profile, language: Language) -> bool:
    if "organization" in (a.kind, b.kind):
        return False
    common = load_words(language).common_surnames
    return a.person.family in common or b.person.family in common
