"""Clustering: usages of names put together into speakers, without chains.

In: profiles, and the comparisons of those that may be one. Out: `Clusters` of their indexes, and
why each one came to its cluster. Two names that cannot be one never meet, whatever lies
between. First, names that say as much as each other are joined, the surest pair first. Then, from
the most to the least telling, those that say less (a middle name left out, an initial, a surname
alone) go to the one cluster that they fit; where they fit two, they stay apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from quotes.identity.pairwise import PairComparison, compare_profiles
from quotes.identity.profiles import Profile
from quotes.language import Language
from quotes.names.match_weights import MIN_LEAD, MIN_ONLY_BEARER, ONLY_BEARER
from quotes.names.relation import RelationKind

MOST_TELLING_FIRST = (
    RelationKind.MIDDLE_NAME_LEFT_OUT,
    RelationKind.SOME_MIDDLE_NAMES,
    RelationKind.SECOND_SURNAME_LEFT_OUT,
    RelationKind.FIRST_NAME_LEFT_OUT,
    RelationKind.INITIAL,
)
"""The order in which names that say less are joined to fuller ones; then all others."""


@dataclass(frozen=True, slots=True)
class MergeReason:
    """Why a usage came to its cluster: the score, and the reason in words for people."""

    score: float
    reason: str


@dataclass(slots=True)
class Clusters:
    """Clusters in the making.

    Attributes:
        profiles: All usages; a usage is named by its index here.
        language: Their language.
        known: The number of the known person that a usage is, where a file says so.
        cluster_of: The number of the cluster of each usage.
        members: The usages of each cluster.
        compared: The comparisons made so far, the smaller index first.
        joined: Why usages that say less came to their cluster.
    """

    profiles: Sequence[Profile]
    language: Language
    known: Mapping[int, int]
    cluster_of: list[int] = field(default_factory=list)
    members: dict[int, list[int]] = field(default_factory=dict)
    compared: dict[tuple[int, int], PairComparison] = field(default_factory=dict)
    joined: dict[int, MergeReason] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cluster_of = list(range(len(self.profiles)))
        self.members = {index: [index] for index in self.cluster_of}

    def comparison(self, x: int, y: int) -> PairComparison:
        """Compare two usages, once; the smaller index is its `a`."""
        key = (min(x, y), max(x, y))
        if key not in self.compared:
            first, second = self.profiles[key[0]], self.profiles[key[1]]
            self.compared[key] = compare_profiles(first, second, self.language)
        return self.compared[key]

    def less_specific(self, x: int, y: int) -> int | None:
        """Return which of two usages has the name that says less."""
        side = self.comparison(x, y).general
        return {"a": min(x, y), "b": max(x, y)}.get(side or "")

    def contradict(self, x: int, y: int) -> bool:
        """Tell whether the clusters of two usages hold names that cannot be one speaker's."""
        first, second = self.members[self.cluster_of[x]], self.members[self.cluster_of[y]]
        known = {self.known[index] for index in (*first, *second) if index in self.known}
        if len(known) > 1:
            return True
        return any(
            all(self.comparison(i, j).outcome == "different" for i in one for j in other)
            for one in self._names(first)
            for other in self._names(second)
        )

    def _names(self, members: Sequence[int]) -> list[list[int]]:
        """Return the members one by one, but those of a known person together.

        All names that a file gives to one person are its own: fitting one of them is enough.
        """
        known = [index for index in members if index in self.known]
        single = [[index] for index in members if index not in self.known]
        return [*single, *([known] if known else [])]

    def merge(self, x: int, y: int) -> None:
        """Make one cluster of those of two usages."""
        stays, goes = sorted((self.cluster_of[x], self.cluster_of[y]))
        if stays == goes:
            return
        for index in self.members[goes]:
            self.cluster_of[index] = stays
        self.members[stays] += self.members.pop(goes)


def cluster(
    profiles: Sequence[Profile],
    language: Language,
    known: Mapping[int, int],
    compared: Mapping[tuple[int, int], PairComparison],
) -> Clusters:
    """Cluster profiles. The order of `profiles` decides ties: sort them.

    Args:
        profiles: All usages.
        language: Their language.
        known: The number of the known person that a usage is, where a file says so.
        compared: The comparisons of all pairs that may be one, the smaller index first.
    """
    clusters = Clusters(profiles, language, known, compared=dict(compared))
    first_of: dict[int, int] = {}
    for index, person in sorted(known.items()):
        clusters.merge(first_of.setdefault(person, index), index)
    near: dict[int, list[int]] = defaultdict(list)
    for x, y in sorted(compared):
        if compared[x, y].outcome != "different":
            near[x].append(y)
            near[y].append(x)
    _join_equals(clusters, near)
    for kind in MOST_TELLING_FIRST:
        _join_less_specific(clusters, near, frozenset({kind}))
    _join_less_specific(clusters, near, frozenset(RelationKind) - set(MOST_TELLING_FIRST))
    return clusters


def _join_equals(clusters: Clusters, near: Mapping[int, list[int]]) -> None:
    """Join names that say as much as each other, the surest pair first."""
    edges = [
        (x, y)
        for x in near
        for y in near[x]
        if x < y
        and clusters.comparison(x, y).outcome == "same"
        and clusters.less_specific(x, y) is None
    ]
    linked: dict[int, list[int]] = defaultdict(list)
    for x, y in edges:
        linked[x].append(y)
        linked[y].append(x)
    doubtful = {(min(x, y), max(x, y)) for x in linked for y in _with_rival(clusters, x, linked[x])}
    for x, y in sorted(edges, key=lambda edge: (-clusters.comparison(*edge).score, edge)):
        if (x, y) not in doubtful and not clusters.contradict(x, y):
            clusters.merge(x, y)


def _with_rival(clusters: Clusters, x: int, linked: Sequence[int]) -> set[int]:
    """Return the usages linked to `x` that have a rival.

    A rival cannot be one with them, and is linked to `x` as well as they are, or better.
    """
    lost = set()
    for y in linked:
        for z in linked:
            lead = clusters.comparison(x, z).score - clusters.comparison(x, y).score
            if y != z and lead > -MIN_LEAD and clusters.comparison(y, z).outcome == "different":
                lost.add(y)
    return lost


def _join_less_specific(
    clusters: Clusters, near: Mapping[int, list[int]], kinds: frozenset[RelationKind]
) -> None:
    """Join each name that says less, in one of these ways, to the one cluster that it fits."""
    for x in sorted(near):
        fuller = [y for y in near[x] if clusters.less_specific(x, y) == x]
        fits = [y for y in fuller if clusters.comparison(x, y).kind in kinds]
        if not fits:
            continue
        rivals = [y for y in fuller if clusters.cluster_of[y] != clusters.cluster_of[x]]
        rival_clusters = {clusters.cluster_of[y] for y in rivals}
        best = max(fits, key=lambda y: (clusters.comparison(x, y).score, -y))
        if clusters.cluster_of[best] not in rival_clusters or clusters.contradict(x, best):
            continue
        only = len(rival_clusters) == 1
        if only or _is_clear(clusters, x, best, rivals):
            _join_to(clusters, x, best, only=only)


def _join_to(clusters: Clusters, x: int, best: int, *, only: bool) -> None:
    """Join a name to the cluster of another where the score suffices.

    A surname alone needs less where it fits `only` one cluster.
    """
    found = clusters.comparison(x, best)
    if found.outcome == "same":
        clusters.joined[x] = MergeReason(found.score, found.reason)
    elif only and found.kind is RelationKind.SURNAME_ALONE and found.score >= MIN_ONLY_BEARER:
        reason = f"{found.reason}; no other speaker here has it"
        clusters.joined[x] = MergeReason(ONLY_BEARER, reason)
    else:
        return
    clusters.merge(x, best)


def _is_clear(clusters: Clusters, x: int, best: int, rivals: Iterable[int]) -> bool:
    """Tell whether roles or company give an initial to one so clearly that others do not count.

    They never do so for a surname or a middle name.
    """
    top = clusters.comparison(x, best)
    others = [
        clusters.comparison(x, y).score
        for y in rivals
        if clusters.cluster_of[y] != clusters.cluster_of[best]
    ]
    if top.kind is not RelationKind.INITIAL or top.outcome != "same":
        return False
    return top.score - max(others) >= 2 * MIN_LEAD
