"""Grouping: the same statement in several documents is one group.

    group(statements) → groups

In: statements of any number of documents, in any order. Out: every statement in exactly one group,
the earliest group first; the order of the input changes nothing. Pairs are compared only where they
share rare words of one speaker or a shingle, a run of words (blocking).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from quotes.language import Language
from quotes.records import SaidOn
from quotes.statements.equivalence import (
    MAX_REPEAT_DAYS,
    MIN_ANY_TIME_WORDS,
    Wording,
    contradict,
    days_of_saying_differ,
    link,
    may_be_equivalent,
    wording,
)
from quotes.statements.index import stemmer
from quotes.statements.tokens import forms
from quotes.statements.types import Group, Reason, Statement, Variant, in_order, place_in_order
from quotes.statements.weights import Vocabulary, vocabulary

SHINGLE_WORDS = 5  # in a row: sharing them two statements are worth comparing, whoever said them
MAX_RARE_WORDS = 4  # of a speaker's statement by which others of the speaker are found
MAX_BLOCK = 40  # statements that share one thing: of more only neighbours in time are compared
MAX_NEIGHBOURS = 6
MIN_TWO_SPEAKERS_SHARE = 0.95  # of two speakers' stems: all but inflected words are the same
MIN_SHARE = 0.5  # of the shorter's stems that must be shared before words are compared
Pair = tuple[int, int]


def group(
    statements: Iterable[Statement], *, words: Vocabulary | None = None, language: Language
) -> tuple[Group, ...]:
    """Group statements. A group says why its wordings are one; precision goes before recall."""
    words = words or vocabulary(language)
    wordings = _wordings(statements, words, language)
    growing = _Groups(wordings)
    for a, b in _most_alike_first(wordings):
        if not growing.joined(a, b):
            reason = link(wordings[a], wordings[b], words)
            if reason:
                growing.join(a, b, reason)
    groups = (
        _group([wordings[place] for place in places], reasons)
        for places, reasons in growing.groups()
    )
    return tuple(sorted(groups, key=lambda found: place_in_order(found.statements[0])))


def may_join(
    words: str, others: Mapping[str, bool], *, known: Vocabulary | None = None, language: Language
) -> frozenset[str]:
    """Return the wordings that may be one statement with some words, whenever they were said.

    Args:
        words: The words.
        others: Other wordings, each with whether one speaker may have said both. If not, a shingle
            must be shared, and the words must be more than reworded.
        known: The vocabulary of a collection.
        language: Their language.
    """
    weights = known or vocabulary(language)
    own = _wording_of(words, weights, language)
    shingles = _shingles(own.forms)
    near = set()
    for text, one_speaker in others.items():
        cut = forms(text)
        if (one_speaker or shingles & _shingles(cut)) and _overlaps_enough(
            own.stems, set(_stems(cut, weights, language))
        ):
            other = _wording_of(text, weights, language)
            if may_be_equivalent(own, other, weights, one_speaker=one_speaker):
                near.add(text)
    return frozenset(near)


def _wording_of(text: str, words: Vocabulary, language: Language) -> Wording:
    """Return a wording that nobody has said yet."""
    (made,) = _wordings([Statement(id="", document="", words=text)], words, language)
    return made


def _wordings(
    statements: Iterable[Statement], words: Vocabulary, language: Language
) -> list[Wording]:
    """Put statements of the same words by the same speaker together, where the days fit."""
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
            for part in _by_period(in_order(found), always=len(sequence) >= MIN_ANY_TIME_WORDS)
        ]
    return sorted(made, key=lambda one: place_in_order(one.statements[0]))


def _stems(cut: Iterable[str], words: Vocabulary, language: Language) -> list[str]:
    """Return the stems of the words that are not common."""
    return stemmer(language)(" ".join(form for form in cut if form not in words.common))


def _by_period(found: Sequence[Statement], *, always: bool) -> Iterator[Sequence[Statement]]:
    """Yield prints of the same words by period, `always` as one.

    Few words are said again and again: where days lie between two prints, a new statement begins.
    """
    start = 0
    for place in range(1, len(found)):
        before, after = found[place - 1].published, found[place].published
        if not always and before and after and (after - before).days > MAX_REPEAT_DAYS:
            yield found[start:place]
            start = place
    yield found[start:]


def _most_alike_first(wordings: Sequence[Wording]) -> list[Pair]:
    """Return the pairs worth comparing, those with the most words in common first.

    So parts join what is nearest to them.
    """
    alike: list[tuple[float, Pair]] = []
    for a, b in _candidates(wordings):
        mine, theirs = wordings[a].stems, wordings[b].stems
        if _worth_comparing(wordings[a], wordings[b]):
            alike.append((-len(mine & theirs) / max(len(mine | theirs), 1), (a, b)))
    return [pair for _, pair in sorted(alike)]


def _worth_comparing(a: Wording, b: Wording) -> bool:
    """Tell whether enough stems are shared: of two speakers' words, nearly all of the shorter's."""
    others = a.speaker and b.speaker and a.speaker != b.speaker
    return _overlaps_enough(a.stems, b.stems, MIN_TWO_SPEAKERS_SHARE if others else MIN_SHARE)


def _overlaps_enough(some: Set[str], others: Set[str], share: float = MIN_SHARE) -> bool:
    return len(some & others) >= min(len(some), len(others)) * share


def _candidates(wordings: Sequence[Wording]) -> set[Pair]:
    """Return candidate pairs, as indexes of the list, which is in order of days."""
    found: set[Pair] = set()
    shingles: dict[int, list[int]] = defaultdict(list)
    spoken: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(wordings):
        for key in _shingles(one.forms):
            shingles[key].append(place)
        if one.speaker:
            for stem in one.stems:
                spoken[one.speaker, stem].append(place)
    for places in shingles.values():
        if len(places) > 1:
            found |= _pairs(places)
    found.update(_by_rarest(wordings, spoken))
    return found


def _shingles(cut: tuple[str, ...]) -> set[int]:
    """Return hashes of the shingles of a statement, or of the whole of a short one.

    They are the same within this process alone.
    """
    return (
        set(map(hash, zip(*(cut[start:] for start in range(SHINGLE_WORDS)), strict=False)))
        if len(cut) >= SHINGLE_WORDS
        else {hash(cut)}
    )


def _pairs(places: Sequence[int]) -> set[Pair]:
    """Return all pairs of a block, of a large one only the neighbours."""
    reach = len(places) if len(places) <= MAX_BLOCK else MAX_NEIGHBOURS
    return {(a, b) for at, a in enumerate(places) for b in places[at + 1 : at + 1 + reach]}


def _by_rarest(
    wordings: Sequence[Wording], spoken: Mapping[tuple[str, str], Sequence[int]]
) -> Iterator[Pair]:
    """Yield pairs of one speaker that share one of the rarest words of either, and another one."""
    for place, one in enumerate(wordings):
        if not one.speaker:
            continue
        held = sorted((len(spoken[one.speaker, stem]), stem) for stem in one.stems)
        rarest = [stem for count, stem in held if count > 1][:MAX_RARE_WORDS]
        for stem in rarest:
            for other in _neighbours(spoken[one.speaker, stem], place):
                if other != place and len(one.stems & wordings[other].stems) >= 2:
                    yield (min(place, other), max(place, other))


def _neighbours(places: Sequence[int], place: int) -> Sequence[int]:
    """Return a block, of a large one only the neighbours of an index."""
    if len(places) <= MAX_BLOCK:
        return places
    at = bisect_left(places, place)
    return places[max(0, at - MAX_NEIGHBOURS) : at + 1 + MAX_NEIGHBOURS]


@dataclass
class _GrowingGroup:
    """A group in the making: its wordings, the longest of them, its speakers and days."""

    places: list[int]
    longest: int
    speakers: set[str]
    said: list[SaidOn]
    reasons: list[Reason] = field(default_factory=list)


class _Groups:
    """Groups that grow by joining.

    A join that would bring two speakers, two days or a contradiction together is refused.
    """

    def __init__(self, wordings: Sequence[Wording]) -> None:
        self._wordings = wordings
        self._group_of = [
            _GrowingGroup(
                [place],
                place,
                {one.speaker} if one.speaker else set(),
                [one.said_on] if one.said_on else [],
            )
            for place, one in enumerate(wordings)
        ]

    def joined(self, a: int, b: int) -> bool:
        """Tell whether two wordings are in one group already."""
        return self._group_of[a] is self._group_of[b]

    def join(self, a: int, b: int, reason: Reason) -> None:
        """Make one group of the groups of two wordings, if nothing speaks against it."""
        left, right = self._group_of[a], self._group_of[b]
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
            self._group_of[place] = left

    def groups(self) -> Iterator[tuple[list[int], list[Reason]]]:
        """Yield the indexes of each group, and the reasons of its joins."""
        for place, one in enumerate(self._group_of):
            if min(one.places) == place:
                yield sorted(one.places), one.reasons


def _group(wordings: Sequence[Wording], reasons: Sequence[Reason]) -> Group:
    """Make a group of wordings: those of the same words are one variant."""
    variants: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for one in wordings:
        variants[one.forms] += one.statements
    made = [Variant(in_order(printed)[0].words, in_order(printed)) for printed in variants.values()]
    made.sort(key=lambda variant: place_in_order(variant.printed[0]))
    repeated: tuple[Reason, ...] = ("same words",) if any(len(v.printed) > 1 for v in made) else ()
    return Group(tuple(made), tuple(dict.fromkeys([*repeated, *reasons])))
