"""An overview of all statements of a collection: how many prints, wordings and speakers each has.

    overview(groups) → StatementFacts, one for each statement

In: groups of statements. Out: facts, and which statements are the same words under another speaker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.statements.tokens import forms
from quotes.statements.types import Group, Statement

SHINGLE_WORDS = 5  # in a row, which two statements must share to be worth comparing
MAX_SHARED = 40  # statements that share one shingle; of more none is compared: it is a phrase
MIN_SHARE = 0.6  # of the shorter statement's shingles that are in the other


@dataclass(frozen=True, slots=True)
class StatementFacts:
    """What is known of a statement over all documents.

    Attributes:
        group: Its prints.
        outlets: How many outlets print it.
        wordings: How many different wordings it has; a part of another, and other punctuation, are
            none of their own.
        speakers: The ids of its speakers, the one with most prints first.
        elsewhere: The ids of statements (`Group.id`) with the same words under another speaker.
    """

    group: Group
    outlets: int
    wordings: int
    speakers: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()

    @property
    def disputed(self) -> bool:
        """True if prints disagree on who said it."""
        return len(self.speakers) > 1 or bool(self.elsewhere)


def overview(groups: Iterable[Group]) -> tuple[StatementFacts, ...]:
    """Return the facts of each statement, in the order of the groups."""
    groups = tuple(groups)
    elsewhere = _elsewhere(groups)
    return tuple(
        StatementFacts(
            group=group,
            outlets=count_outlets(group.statements),
            wordings=count_wordings(variant.words for variant in group.variants),
            speakers=_speakers(group),
            elsewhere=tuple(sorted(elsewhere[group.id])),
        )
        for group in groups
    )


def count_outlets(printed: Iterable[Statement]) -> int:
    """Count the outlets that print these, as far as they are known."""
    return len({statement.outlet for statement in printed if statement.outlet})


def count_wordings(printed: Iterable[str]) -> int:
    """Count wordings; a part of another, and other punctuation, are none of their own."""
    wordings = sorted({forms(words) for words in printed}, key=len, reverse=True)
    whole = list[tuple[str, ...]]()
    for wording in wordings:
        if not any(_contains(longer, wording) for longer in whole):
            whole.append(wording)
    return len(whole)


def _contains(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    """Tell whether words stand in a row in others."""
    size = len(shorter)
    return any(longer[at : at + size] == shorter for at in range(len(longer) - size + 1))


def _speakers(group: Group) -> tuple[str, ...]:
    """Return the ids of the speakers of a group, the one with most prints first."""
    prints: dict[str, int] = {}
    for statement in group.statements:
        if statement.speaker_id:
            prints[statement.speaker_id] = prints.get(statement.speaker_id, 0) + 1
    return tuple(sorted(prints, key=lambda speaker: (-prints[speaker], speaker)))


def _elsewhere(groups: Sequence[Group]) -> dict[str, set[str]]:
    """Return for each group those with the same words, of which no speaker is the same.

    Where just the same documents have both, these say who quotes whom, and do not disagree.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    shingles = [_shingles(group) for group in groups]
    holding: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, several in enumerate(shingles):
        for shingle in several:
            holding[shingle].append(place)
    pairs = {
        (a, b)
        for places in holding.values()
        if 1 < len(places) <= MAX_SHARED
        for at, a in enumerate(places)
        for b in places[at + 1 :]
    }
    for a, b in pairs:
        own, others = set(_speakers(groups[a])), set(_speakers(groups[b]))
        shared = len(shingles[a] & shingles[b])
        alike = shared >= MIN_SHARE * min(len(shingles[a]), len(shingles[b]))
        apart = set(groups[a].documents) != set(groups[b].documents)
        if own and others and own.isdisjoint(others) and alike and apart:
            found[groups[a].id].add(groups[b].id)
            found[groups[b].id].add(groups[a].id)
    return found


def _shingles(group: Group) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of the first print of a group, none of a short one."""
    words = forms(group.statements[0].words)
    runs = range(len(words) - SHINGLE_WORDS + 1)
    return frozenset(words[at : at + SHINGLE_WORDS] for at in runs)
