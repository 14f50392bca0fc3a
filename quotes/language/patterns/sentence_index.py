"""A sentence as sets of words: which words pass a test, which stand in a relation to which. Finds no patterns and knows no English.

A set of words is an integer whose bit i stands for word i: to intersect two sets is one operation, however long the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from quotes.records import Sentence

OPPOSITE = {">": "<", "$++": "$--", "$--": "$++", "$+": "$-", "$-": "$+"}


@dataclass(frozen=True, eq=False, slots=True)
class Condition:
    """One test of one attribute. Made once for each meaning (`condition`), so that what it selects is worked out once a sentence."""

    attribute: str
    literals: frozenset[str]
    regexes: tuple[re.Pattern[str], ...]
    negated: bool


@dataclass(frozen=True, eq=False, slots=True)
class WordTest:
    """All tests of one node, the most selective first."""

    conditions: tuple[Condition, ...]


@lru_cache(maxsize=8192)
def condition(
    attribute: str,
    literals: frozenset[str],
    regexes: tuple[re.Pattern[str], ...] = (),
    negated: bool = False,
) -> Condition:
    return Condition(attribute, literals, regexes, negated)


@lru_cache(maxsize=8192)
def word_test(conditions: tuple[Condition, ...]) -> WordTest:
    return WordTest(tuple(sorted(conditions, key=_rarity)))


def selectivity(test: WordTest) -> int:
    """Lower for a test that few words pass."""
    return min(map(_rarity, test.conditions), default=99)


def _rarity(tested: Condition) -> int:
    """Words and lemmas are rare, parts of speech are not."""
    rank = {"word": 0, "lemma": 0, "position": 1, "deprel": 2, "xpos": 3}.get(tested.attribute, 4)
    return rank + (10 if tested.negated else 0) + (5 if tested.regexes else 0)


def bits(mask: int) -> Iterator[int]:
    """The places of the ones in `mask`, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class SentenceIndex:
    """A sentence prepared for searching: for each test the words that pass it, for each word its relations. Worked out when asked for."""

    def __init__(self, sentence: Sentence) -> None:
        self.words = sentence.words
        self.heads = [word.head for word in sentence.words]
        self.everything = (1 << len(sentence.words)) - 1
        self._tables: dict[str, dict[str, int]] = {}
        self._masks: dict[Condition | WordTest, int] = {}
        self._children: list[int] = []
        self._below: list[int] = []

    def mask(self, test: WordTest) -> int:
        """The words that pass all conditions of `test`."""
        known = self._masks.get(test)
        if known is not None:
            return known
        found = self.everything
        for tested in test.conditions:
            found &= self._select(tested)
            if not found:
                break
        self._masks[test] = found
        return found

    def _select(self, tested: Condition) -> int:
        known = self._masks.get(tested)
        if known is not None:
            return known
        table, found = self._table(tested.attribute), 0
        if len(tested.literals) <= len(table):
            for value in tested.literals:
                found |= table.get(value, 0)
        else:
            for value, mask in table.items():
                if value in tested.literals:
                    found |= mask
        for regex in tested.regexes:
            for value, mask in table.items():
                if regex.fullmatch(value):
                    found |= mask
        self._masks[tested] = found = self.everything & ~found if tested.negated else found
        return found

    def _table(self, attribute: str) -> dict[str, int]:
        """For each value of the attribute the words that have it."""
        table = self._tables.get(attribute)
        if table is None:
            table = self._tables[attribute] = {}
            for place, value in self._values(attribute):
                table[value] = table.get(value, 0) | 1 << place
        return table

    def _values(self, attribute: str) -> Iterator[tuple[int, str]]:
        words = enumerate(self.words)
        if attribute == "word":
            return ((place, word.form.lower()) for place, word in words)
        if attribute == "lemma":
            return ((place, word.lemma.lower()) for place, word in words)
        if attribute == "position":
            return iter([(0, "first"), (len(self.words) - 1, "last")])
        if attribute.startswith("feats."):
            name = attribute.removeprefix("feats.")
            return (
                (place, value) for place, word in words for key, value in word.feats if key == name
            )
        return ((place, getattr(word, attribute)) for place, word in words)

    @property
    def children(self) -> list[int]:
        """For each word the set of its dependents."""
        if not self._children:
            self._children = [0] * len(self.heads)
            for place, head in enumerate(self.heads):
                if head >= 0:
                    self._children[head] |= 1 << place
        return self._children

    @property
    def below(self) -> list[int]:
        """For each word the set of all words below it."""
        if not self._below:
            order = [place for place, head in enumerate(self.heads) if head < 0]
            for place in order:  # grows on the way: heads come before what hangs on them
                order.extend(bits(self.children[place]))
            self._below = list(self.children)
            for place in reversed(order):
                if self.heads[place] >= 0:
                    self._below[self.heads[place]] |= self._below[place]
        return self._below

    def siblings(self, place: int) -> int:
        """The dependents of the word's head, itself among them; none for the root."""
        head = self.heads[place]
        return self.children[head] if head >= 0 else 0

    def reach(self, operator: str, place: int, label: int) -> int:
        """The words B with `place` OPERATOR B. `label` is the set of words whose own label fits, for `<` and `<<`."""
        before, after = (1 << place) - 1, -1 << (place + 1)
        match operator:
            case ">":
                return self.children[place]
            case ">>":
                return self.below[place]
            case "<":
                return (
                    1 << self.heads[place] if self.heads[place] >= 0 and label >> place & 1 else 0
                )
            case "<<":
                return self._above(place, label)
            case ".":
                return 1 << (place + 1) & self.everything
            case "-":
                return 1 << place >> 1
            case "..":
                return after & self.everything
            case "--":
                return before
            case "$++":
                return self.siblings(place) & after
            case "$--":
                return self.siblings(place) & before
            case "$+":
                return _lowest(self.siblings(place) & after)
            case _:
                return _highest(self.siblings(place) & before)

    def _above(self, place: int, label: int) -> int:
        found = seen = 0
        while (head := self.heads[place]) >= 0 and not seen >> head & 1:
            seen |= 1 << head
            found |= 1 << head if label >> place & 1 else 0
            place = head
        return found

    def anchors(self, operator: str, targets: int, label: int) -> int:
        """The words A with A OPERATOR B for some B of `targets`."""
        match operator:
            case "<":
                return union(self.children[place] for place in bits(targets)) & label
            case "<<":
                top = union(self.children[place] for place in bits(targets)) & label
                return top | union(self.below[place] for place in bits(top))
            case ">>":
                return self._ancestors(targets)
            case ".":
                return targets >> 1
            case "-":
                return targets << 1 & self.everything
            case "..":
                return (_highest(targets) or 1) - 1
            case "--":
                return self.everything & ~((_lowest(targets) << 1) - 1) if targets else 0
            case _:
                return union(
                    self.reach(OPPOSITE[operator], place, self.everything)
                    for place in bits(targets)
                )

    def _ancestors(self, targets: int) -> int:
        found = 0
        for place in bits(targets):
            head = self.heads[place]
            while head >= 0 and not found >> head & 1:
                found |= 1 << head
                head = self.heads[head]
        return found


def union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _lowest(mask: int) -> int:
    return mask & -mask


def _highest(mask: int) -> int:
    return 1 << mask.bit_length() >> 1
