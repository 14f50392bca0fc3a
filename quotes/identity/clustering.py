"""Uses of names put together into speakers, without chains: two names that cannot be one never meet, whatever lies between.

In: profiles, all pairs of which `blocking` thinks worth comparing. Out: groups of places, and how each place came to its group. First names
that say as much as each other are joined, the surest first. Then, from the most to the least telling, those that say less (a middle name
left out, an initial, a surname alone) go to the one group that they fit; where they fit two, they stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from quotes.identity.blocking import pairs
from quotes.identity.pairwise import PairComparison, compare_profiles
from quotes.identity.profiles import Profile
from quotes.language import Language

LEVELS = (
    "middle name left out",
    "not all middle names",
    "second surname left out",
    "first name left out",
    "initial",
)  # then all others
ONLY_ONE = 0.6  # score of a surname alone that fits one speaker of the collection and has nothing against it
FITS = 0.5  # least score for that: other roles or a common surname bring it below
MARGIN = 0.1  # a name that two others, which are apart, could be goes to the one that is better by this, else to none


@dataclass(frozen=True, slots=True)
class MergeReason:
    """How a place came to its group: score and reason."""

    score: float
    reason: str


@dataclass(slots=True)
class Clusters:
    """Groups in the making. `known` numbers the known person that a place is, where a file says so."""

    profiles: Sequence[Profile]
    language: Language
    known: dict[int, int]
    group: list[int] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)
    compared: dict[tuple[int, int], PairComparison] = field(default_factory=dict)
    joined: dict[int, MergeReason] = field(default_factory=dict)

    def comparison(self, x: int, y: int) -> PairComparison:
        """The two compared, the smaller place as `a`; kept."""
        key = (min(x, y), max(x, y))
        if key not in self.compared:
            self.compared[key] = compare_profiles(
                self.profiles[key[0]], self.profiles[key[1]], self.language
            )
        return self.compared[key]

    def general(self, x: int, y: int) -> int | None:
        """Which of two places has the name that says less."""
        side = self.comparison(x, y).general
        return {"a": min(x, y), "b": max(x, y)}.get(side or "")

    def apart(self, x: int, y: int) -> bool:
        """Whether the groups of two places hold two names that cannot be one speaker's."""
        first, second = self.members[self.group[x]], self.members[self.group[y]]
        known = {self.known[at] for at in (*first, *second) if at in self.known}
        if len(known) > 1:
            return True
        return any(
            all(self.comparison(i, j).decision == "different" for i in one for j in other)
            for one in self._names(first)
            for other in self._names(second)
        )

    def _names(self, members: Sequence[int]) -> list[list[int]]:
        """The members one by one, but all names that a file gives to one person together: fitting one of them is enough."""
        known = [at for at in members if at in self.known]
        return [*([at] for at in members if at not in self.known), *([known] if known else [])]

    def unite(self, x: int, y: int) -> None:
        """The groups of two places made one."""
        keep, gone = sorted((self.group[x], self.group[y]))
        if keep == gone:
            return
        for at in self.members[gone]:
            self.group[at] = keep
        self.members[keep] += self.members.pop(gone)


def cluster(profiles: Sequence[Profile], language: Language, known: dict[int, int]) -> Clusters:
    """The groups of all profiles. The order of `profiles` decides ties: sort them."""
    found = Clusters(
        profiles,
        language,
        known,
        list(range(len(profiles))),
        {at: [at] for at in range(len(profiles))},
    )
    by_person: dict[int, int] = {}
    for at, person in sorted(known.items()):
        found.unite(by_person.setdefault(person, at), at)
    near: dict[int, list[int]] = defaultdict(list)
    for x, y in pairs(profiles, language):
        if found.comparison(x, y).decision != "different":
            near[x].append(y)
            near[y].append(x)
        else:
            del found.compared[x, y]
    _join_equals(found, near)
    for level in (*LEVELS, None):
        _place_general(found, near, level)
    return found


def _join_equals(found: Clusters, near: dict[int, list[int]]) -> None:
    """Names that say as much as each other, the surest pair first."""
    edges = [
        (x, y)
        for x in near
        for y in near[x]
        if x < y and found.comparison(x, y).decision == "same" and found.general(x, y) is None
    ]
    linked: dict[int, list[int]] = defaultdict(list)
    for x, y in edges:
        linked[x].append(y)
        linked[y].append(x)
    doubtful = {(min(x, y), max(x, y)) for x in linked for y in _rivals(found, x, linked[x])}
    for x, y in sorted(edges, key=lambda edge: (-found.comparison(*edge).score, edge)):
        if (x, y) not in doubtful and not found.apart(x, y):
            found.unite(x, y)


def _rivals(found: Clusters, x: int, linked: Sequence[int]) -> set[int]:
    """Those of the names linked to `x` that cannot be one with another of them that is as good or better."""
    lost = set()
    for y in linked:
        for z in linked:
            better = found.comparison(x, z).score - found.comparison(x, y).score
            if y != z and better > -MARGIN and found.comparison(y, z).decision == "different":
                lost.add(y)
    return lost


def _place_general(found: Clusters, near: dict[int, list[int]], level: str | None) -> None:
    """Each name of a level that says less than others, put to the one group that it fits."""
    for x in sorted(near):
        fits = [
            y
            for y in near[x]
            if found.general(x, y) == x and _is_level(found.comparison(x, y).how, level)
        ]
        if not fits:
            continue
        rivals = [
            y for y in near[x] if found.general(x, y) == x and found.group[y] != found.group[x]
        ]
        groups = {found.group[y] for y in rivals}
        best = max(fits, key=lambda y: (found.comparison(x, y).score, -y))
        if found.group[best] not in groups or found.apart(x, best):
            continue
        comparison = found.comparison(x, best)
        if len(groups) > 1 and not _outdone(found, x, best, rivals):
            continue
        if comparison.decision == "same":
            found.joined[x] = MergeReason(comparison.score, comparison.reason)
            found.unite(x, best)
        elif comparison.how == "surname alone" and comparison.score >= FITS and len(groups) == 1:
            found.joined[x] = MergeReason(
                ONLY_ONE, f"{comparison.reason}; no other speaker here has it"
            )
            found.unite(x, best)


def _is_level(how: str, level: str | None) -> bool:
    return how == level if level else how not in LEVELS


def _outdone(found: Clusters, x: int, best: int, rivals: Iterable[int]) -> bool:
    """Whether roles or company give an initial to one so clearly that others do not count. Never so for a surname or a middle name."""
    top = found.comparison(x, best)
    others = [found.comparison(x, y).score for y in rivals if found.group[y] != found.group[best]]
    return top.how == "initial" and top.decision == "same" and top.score - max(others) >= 2 * MARGIN
