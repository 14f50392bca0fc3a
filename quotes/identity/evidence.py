"""What besides the names speaks for or against two uses being of one speaker: roles, company, documents, gender.

In: two `Profile`s and the `NameRelation` of their names. Out: `Evidence`: each with what it adds to the score and the reason in words.
"""

from __future__ import annotations

from dataclasses import dataclass

from quotes.identity.profiles import Profile, guessed_gender
from quotes.identity.role_keys import RoleKey, related, role_key, weight
from quotes.language import Language
from quotes.names.relation import NameRelation
from quotes.names.word_lists import load_words

SAME_ROLE, RELATED_ROLES, OTHER_ROLES = 0.36, 0.1, -0.15
MUCH_COMPANY, SOME_COMPANY = 0.2, 0.1
SIDE_BY_SIDE, SIDE_BY_SIDE_SURE, ACRONYM_BESIDE = -0.3, -0.1, 0.2
COMMON = -0.1
SURE = 0.9  # from here on names of which no part is left out speak for themselves: other roles and a common surname do not count


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason. `adds` is positive where it speaks for one speaker."""

    adds: float
    reason: str


def evidence(
    a: Profile, b: Profile, names: NameRelation, language: Language
) -> tuple[Evidence, ...]:
    """Everything that adds to the score of two names that are not apart."""
    found = [_roles(a, b, names, language), _company(a, b), _documents(a, b, names)]
    if (
        not _sure(names)
        and not any(item.adds > 0 for item in found if item)
        and _common(a, b, language)
    ):
        found.append(Evidence(COMMON, "common surname"))
    return tuple(item for item in found if item)


def genders_differ(a: Profile, b: Profile, names: NameRelation, language: Language) -> bool:
    """Whether one is shown to be a woman and the other a man; asked only where the first names do not settle it."""
    if names.how not in ("surname alone", "initial", "first name left out"):
        return False
    first, second = guessed_gender(a, language), guessed_gender(b, language)
    return bool(first and second and first != second)


def _roles(a: Profile, b: Profile, names: NameRelation, language: Language) -> Evidence | None:
    if not a.roles or not b.roles:
        return None
    best = max(
        (weight(x, y, language), sorted(x.words | x.places)) for x in a.roles for y in b.roles
    )
    if best[0]:
        return Evidence(
            round(SAME_ROLE * best[0], 3), f"the same role ({_shared_role(a, b, language)})"
        )
    if related(a.roles, b.roles, language):
        return Evidence(RELATED_ROLES, "roles that name the same place or organization")
    return Evidence(OTHER_ROLES, "no role in common") if not _sure(names) else None


def _shared_role(a: Profile, b: Profile, language: Language) -> str:
    """The words of the most frequent role of `a` that `b` has too."""

    def shared(key: RoleKey) -> float:
        return max(weight(key, other, language) for other in b.roles)

    roles = sorted(
        a.use.roles, key=lambda row: (-shared(role_key(row[0], language)), -row[1], row[0])
    )
    return roles[0][0]


def _company(a: Profile, b: Profile) -> Evidence | None:
    common = len(a.others & b.others)
    smaller = min(len(a.others), len(b.others))
    if common >= 2 and 2 * common >= smaller:
        return Evidence(MUCH_COMPANY, "quoted beside the same speakers")
    if common >= 2 or (common and 3 * common >= smaller):
        return Evidence(SOME_COMPANY, "quoted beside some of the same speakers")
    return None


def _documents(a: Profile, b: Profile, names: NameRelation) -> Evidence | None:
    common = len(a.documents & b.documents)
    if not common:
        return None
    if names.how == "acronym":
        return Evidence(ACRONYM_BESIDE, "both in the same articles")
    if names.how in ("surname alone", "country left out"):
        return None
    share = common / min(len(a.documents), len(b.documents))
    against = SIDE_BY_SIDE_SURE if names.score >= SURE else SIDE_BY_SIDE
    return Evidence(round(against * share, 3), "both forms side by side in the same articles")


def _sure(names: NameRelation) -> bool:
    return names.score >= SURE and not names.how


def _common(a: Profile, b: Profile, language: Language) -> bool:
    common = load_words(language).common
    return (
        a.kind != "organization"
        and b.kind != "organization"
        and (a.person.family in common or b.person.family in common)
    )
