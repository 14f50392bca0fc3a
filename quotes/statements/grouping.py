"""Many statements to groups: the same statement in several documents is one group.

    group(statements) → groups

In: statements of any number of documents, in any order. Out: every statement in exactly one group, the earliest group first; the order
of the input changes nothing. Pairs are compared only where they share rare words of one speaker or a run of words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from quotes.language import Language
from quotes.records import SaidOn
from quotes.statements.equivalence import (
    AGAIN,
    MANY,
    Wording,
    contradict,
    days_of_saying_differ,
    link,
    may_be_one,
    wording,
)
from quotes.statements.index import stemmer
from quotes.statements.tokens import forms
from quotes.statements.types import Group, Reason, Statement, Variant, in_order, place_in_order
from quotes.statements.weights import Vocabulary, vocabulary

RUN = 5  # words in a row that show two statements to be worth comparing, whoever said them
RAREST = 4  # words of a speaker's statement by which others of his are found
CROWD = 40  # of so many statements that share one thing, only neighbours in time are compared
NEIGHBOURS = 6
ALL_BUT_INFLECTED = (
    0.95  # of two speakers' words: only the same ones, or a part, could be one statement
)
SHARED = 0.5  # of the stems of the shorter must be shared before words are compared
Pair = tuple[int, int]


def group(
    statements: Iterable[Statement], *, words: Vocabulary | None = None, language: Language
) -> tuple[Group, ...]:
    """Group statements. A group says why its wordings are one statement; precision goes before completeness."""
    words = words or vocabulary(language)
    wordings = _wordings(statements, words, language)
    forest = _Forest(wordings)
    for a, b in _most_alike_first(wordings):
        if not forest.joined(a, b):
            reason = link(wordings[a], wordings[b], words)
            if reason:
                forest.join(a, b, reason)
    groups = (
        _group([wordings[place] for place in places], reasons)
        for places, reasons in forest.groups()
    )
    return tuple(sorted(groups, key=lambda found: place_in_order(found.statements[0])))


def may_join(
    words: str, others: Mapping[str, bool], *, known: Vocabulary | None = None, language: Language
) -> frozenset[str]:
    """Of other wordings those that may be one statement with the words, whenever they were said: the only ones worth a closer look.

    Each stands with whether one speaker may have said both: if not, a run of words must be shared, and the words be more than told twice.
    """
    vocabulary_of = known or vocabulary(language)
    own = _wording_of(words, vocabulary_of, language)
    runs = _runs(own.forms)
    near = set()
    for text, one_speaker in others.items():
        cut = forms(text)
        if (one_speaker or runs & _runs(cut)) and _share_enough(
            own.stems, set(_stems(cut, vocabulary_of, language))
        ):
            other = _wording_of(text, vocabulary_of, language)
            if may_be_one(own, other, vocabulary_of, one_speaker=one_speaker):
                near.add(text)
    return frozenset(near)


def _wording_of(text: str, words: Vocabulary, language: Language) -> Wording:
    """A wording that nobody has said yet."""
    (made,) = _wordings([Statement(id="", document="", words=text)], words, language)
    return made


def _wordings(
    statements: Iterable[Statement], words: Vocabulary, language: Language
) -> list[Wording]:
    """Statements of the same words by the same speaker together, where the days fit."""
    alike: dict[tuple[tuple[str, ...], str | None, SaidOn | None], list[Statement]] = defaultdict(
        list
    )
    for statement in statements:
        alike[forms(statement.words), statement.speaker_id, statement.said_on].append(statement)
    made = []
    for (cut, _, _), found in alike.items():
        sequence = _stems(cut, words, language)
        made += [
            wording(part, cut, sequence, words)
            for part in _parted(in_order(found), always=len(sequence) >= MANY)
        ]
    return sorted(made, key=lambda one: place_in_order(one.statements[0]))


def _stems(cut: Iterable[str], words: Vocabulary, language: Language) -> list[str]:
    """The stems of the words that are not common."""
    return stemmer(language)(" ".join(form for form in cut if form not in words.common))


def _parted(found: Sequence[Statement], *, always: bool) -> Iterator[Sequence[Statement]]:
    """Few words are said again and again: a new statement where days lie between two prints."""
    start = 0
    for place in range(1, len(found)):
        before, after = found[place - 1].published, found[place].published
        if not always and before and after and (after - before).days > AGAIN:
            yield found[start:place]
            start = place
    yield found[start:]


def _most_alike_first(wordings: Sequence[Wording]) -> list[Pair]:
    """The pairs worth comparing, those with the largest share of words in common first, so that parts join what is nearest to them."""
    alike: list[tuple[float, Pair]] = []
    for a, b in _candidates(wordings):
        mine, theirs = wordings[a].stems, wordings[b].stems
        if _worth_comparing(wordings[a], wordings[b]):
            alike.append((-len(mine & theirs) / max(len(mine | theirs), 1), (a, b)))
    return [pair for _, pair in sorted(alike)]


def _worth_comparing(a: Wording, b: Wording) -> bool:
    """Whether enough stems are shared: of two speakers' words, nearly all of the shorter ones."""
    others = a.speaker and b.speaker and a.speaker != b.speaker
    return _share_enough(a.stems, b.stems, ALL_BUT_INFLECTED if others else SHARED)


def _share_enough(some: Set[str], others: Set[str], share: float = SHARED) -> bool:
    return len(some & others) >= min(len(some), len(others)) * share


def _candidates(wordings: Sequence[Wording]) -> set[Pair]:
    """Pairs worth comparing: places in the list, which is in order of days."""
    found: set[Pair] = set()
    runs: dict[int, list[int]] = defaultdict(list)
    spoken: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(wordings):
        for key in _runs(one.forms):
            runs[key].append(place)
        if one.speaker:
            for stem in one.stems:
                spoken[one.speaker, stem].append(place)
    for places in runs.values():
        if len(places) > 1:
            found |= _pairs(places)
    found.update(_by_rarest(wordings, spoken))
    return found


def _runs(cut: tuple[str, ...]) -> set[int]:
    """Numbers for the runs of words in a statement, and for the whole of a short one; they are the same within this process alone."""
    return (
        set(map(hash, zip(*(cut[start:] for start in range(RUN)), strict=False)))
        if len(cut) >= RUN
        else {hash(cut)}
    )


def _pairs(places: Sequence[int]) -> set[Pair]:
    """All pairs, or in a crowd the neighbours."""
    reach = len(places) if len(places) <= CROWD else NEIGHBOURS
    return {(a, b) for at, a in enumerate(places) for b in places[at + 1 : at + 1 + reach]}


def _by_rarest(
    wordings: Sequence[Wording], spoken: Mapping[tuple[str, str], Sequence[int]]
) -> Iterator[Pair]:
    """Pairs of one speaker that share one of the rarest words of either, and another one."""
    for place, one in enumerate(wordings):
        if not one.speaker:
            continue
        held = sorted((len(spoken[one.speaker, stem]), stem) for stem in one.stems)
        rarest = [stem for count, stem in held if count > 1][:RAREST]
        for stem in rarest:
            for other in _near(spoken[one.speaker, stem], place):
                if other != place and len(one.stems & wordings[other].stems) >= 2:
                    yield (min(place, other), max(place, other))


def _near(places: Sequence[int], place: int) -> Sequence[int]:
    """All, or in a crowd the neighbours of a place."""
    if len(places) <= CROWD:
        return places
    at = bisect_left(places, place)
    return places[max(0, at - NEIGHBOURS) : at + 1 + NEIGHBOURS]


@dataclass
class _Tree:
    """A group that grows."""

    places: list[int]
    longest: int
    speakers: set[str]
    said: list[SaidOn]
    reasons: list[Reason] = field(default_factory=list)


class _Forest:
    """Groups that grow by joining: a join that would bring two speakers, two days or a contradiction together is refused."""

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._wordings = wordings
        self._trees = [
            _Tree(
                [place],
                place,
                {one.speaker} if one.speaker else set(),
                [one.said_on] if one.said_on else [],
            )
            for place, one in enumerate(wordings)
        ]

    def joined(self, a: int, b: int) -> bool:
        """Whether two wordings are in one group already."""
        return self._trees[a] is self._trees[b]

    def join(self, a: int, b: int, reason: Reason) -> None:
        """Make one group of the groups of two wordings, if nothing speaks against it."""
        left, right = self._trees[a], self._trees[b]
        if (
            reason in {"altered", "reworded"}
            and left.speakers
            and right.speakers
            and not left.speakers & right.speakers
        ):
            return
        if any(days_of_saying_differ(one, other) for one in left.said for other in right.said):
            return
        if {left.longest, right.longest} != {a, b} and contradict(
            self._wordings[left.longest], self._wordings[right.longest]
        ):
            return
        if len(left.places) < len(right.places):
            left, right = right, left
        left.places += right.places
        left.longest = max(
            left.longest,
            right.longest,
            key=lambda place: (len(self._wordings[place].sequence), -place),
        )
        left.speakers |= right.speakers
        left.said = list(dict.fromkeys([*left.said, *right.said]))
        left.reasons = list(dict.fromkeys([*left.reasons, *right.reasons, reason]))
        for place in right.places:
            self._trees[place] = left

    def groups(self) -> Iterator[tuple[list[int], list[Reason]]]:
        """The places of each group, and the reasons of its joins."""
        for place, tree in enumerate(self._trees):
            if min(tree.places) == place:
                yield sorted(tree.places), tree.reasons


def _group(wordings: Sequence[Wording], reasons: Sequence[Reason]) -> Group:
    """A group of wordings: those of the same words are one variant."""
    variants: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for one in wordings:
        variants[one.forms] += one.statements
    made = [Variant(in_order(printed)[0].words, in_order(printed)) for printed in variants.values()]
    made.sort(key=lambda variant: place_in_order(variant.printed[0]))
    repeated: tuple[Reason, ...] = ("same words",) if any(len(v.printed) > 1 for v in made) else ()
    return Group(tuple(made), tuple(dict.fromkeys([*repeated, *reasons])))
