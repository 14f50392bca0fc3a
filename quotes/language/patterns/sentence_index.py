"""A sentence as sets of words: which words pass a test, which stand in a relation to which.

A set of words is an integer whose bit i stands for word i: to intersect two sets is one operation,
however long the sentence. Finds no patterns and knows no language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from quotes.records import Sentence
from quotes.text.folding import fold_word


@dataclass(frozen=True, eq=False, slots=True)
class Condition:
    """One test of one attribute.

    There is one for each meaning (`condition`), so that it is worked out once a sentence.
    """

    attribute: str
    values: frozenset[str]
    negated: bool


@dataclass(frozen=True, eq=False, slots=True)
class WordTest:
    """All tests of one node, the most selective first."""

    conditions: tuple[Condition, ...]


@lru_cache(maxsize=8192)
def condition(attribute: str, values: frozenset[str], negated: bool = False) -> Condition:
    """Return the one condition of this meaning."""
    return Condition(attribute, values, negated)


@lru_cache(maxsize=8192)
def word_test(conditions: tuple[Condition, ...]) -> WordTest:
    """Return the one test of these conditions."""
    return WordTest(tuple(sorted(conditions, key=_rarity)))


def selectivity(test: WordTest) -> int:
    """Return a rank, lower for a test that few words pass."""
    return min(map(_rarity, test.conditions), default=99)


def _rarity(tested: Condition) -> int:
    """Rank a condition: lemmas are rare, parts of speech are not."""
    rank = {"lemma": 0, "deprel": 2, "xpos": 3}.get(tested.attribute, 4)
    return rank + (10 if tested.negated else 0)


def bits(mask: int) -> Iterator[int]:
    """Yield the places of the ones in `mask`, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class SentenceIndex:
    """A sentence prepared for searching: words by test and by relation, worked out when needed."""

    def __init__(self, sentence: Sentence) -> None:
        self.words = sentence.words
        self.heads = [word.head for word in sentence.words]
        self.everything = (1 << len(sentence.words)) - 1
        self._tables: dict[str, dict[str, int]] = {}
        self._masks: dict[Condition | WordTest, int] = {}
        self._children: list[int] = []

    def mask(self, test: WordTest) -> int:
        """Return the words that pass all conditions of `test`."""
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
        if len(tested.values) <= len(table):
            for value in tested.values:
                found |= table.get(value, 0)
        else:
            for value in tested.values.intersection(table):
                found |= table[value]
        self._masks[tested] = found = self.everything & ~found if tested.negated else found
        return found

    def _table(self, attribute: str) -> dict[str, int]:
        """Return for each value of the attribute the words that have it."""
        table = self._tables.get(attribute)
        if table is None:
            table = self._tables[attribute] = {}
            for place, word in enumerate(self.words):
                value = getattr(word, attribute)
                value = fold_word(value) if attribute == "lemma" else value
                table[value] = table.get(value, 0) | 1 << place
        return table

    @property
    def children(self) -> list[int]:
        """For each word the set of its dependents."""
        if not self._children:
            self._children = [0] * len(self.heads)
            for place, head in enumerate(self.heads):
                if head >= 0:
                    self._children[head] |= 1 << place
        return self._children

    def related_words(self, operator: str, place: int, label: int) -> int:
        """Return the words B with `place` OPERATOR B.

        `label` holds the words whose own label fits, for `<`.
        """
        if operator == ">":
            return self.children[place]
        if operator == "<":
            return 1 << self.heads[place] if self.heads[place] >= 0 and label >> place & 1 else 0
        return (1 << place) - 1

    def anchors(self, operator: str, targets: int, label: int) -> int:
        """Return the words A with A OPERATOR B for some B of `targets`."""
        if operator == ">":
            heads = (self.heads[place] for place in bits(targets))
            return union(1 << head for head in heads if head >= 0)
        if operator == "<":
            return union(self.children[place] for place in bits(targets)) & label
        return self.everything & -((targets & -targets) << 1)


def union(masks: Iterable[int]) -> int:
    """Return the words that are in any of the sets."""
    found = 0
    for mask in masks:
        found |= mask
    return found
