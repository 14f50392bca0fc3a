"""A compiled pattern and its search.

In: a sentence index. Out: for every match the words by name. The language is that of
`quotes.language.patterns`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from quotes.language.patterns.sentence_index import SentenceIndex, WordTest, bits
from quotes.records import Sentence

Row = tuple[int, ...]  # for each name of the pattern the word, or -1


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """A word of the pattern. `slot` is the place of its name in `Pattern.names`."""

    test: WordTest
    slot: int | None
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Clause:
    """A relation that holds between the anchor and `node`, or that must not hold (`negated`).

    The label of `>` is in the test of `node`; that of `<` is here. `named` tells whether a name
    stands anywhere inside.
    """

    operator: str
    label: WordTest | None
    node: Node
    negated: bool
    named: bool


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern. Two patterns are equal when their texts are.

    `required` are tests that each need a word for a match to exist, the rarest first.
    """

    text: str
    root: Node = field(compare=False, repr=False)
    names: tuple[str, ...] = field(compare=False)
    required: tuple[WordTest, ...] = field(compare=False, repr=False)

    def find(self, sentence: Sentence) -> Iterator[dict[str, int]]:
        """Yield every distinct way to name words, as indices into `sentence.words`.

        Ordered by the word of the first name, then that of the second, and so on.
        """
        return self.find_in(SentenceIndex(sentence))

    def find_in(self, index: SentenceIndex) -> Iterator[dict[str, int]]:
        """Yield the same where many patterns are tried on one sentence: the index is shared."""
        for test in self.required:
            if not index.mask(test):
                return
        for row in Search(index, len(self.names)).find(self.root):
            yield dict(zip(self.names, row, strict=True))


class Search:
    """One pattern on one sentence. Results are cached, so that nothing is worked out twice."""

    def __init__(self, index: SentenceIndex, size: int) -> None:
        self.index = index
        self.nothing: Row = (-1,) * size
        self._fitting: dict[Node, int] = {}
        self._anchors: dict[Clause, int] = {}
        self._rows: dict[tuple[Node, int], set[Row]] = {}

    def find(self, root: Node) -> list[Row]:
        """Return all distinct rows: for each name the word."""
        return sorted({row for place in bits(self.fitting(root)) for row in self.rows(root, place)})

    def fitting(self, node: Node) -> int:
        """Return the words that can fill the node, names left aside."""
        if node not in self._fitting:
            mask = self.index.mask(node.test)
            for clause in node.clauses:
                if not mask:
                    break
                anchors = self.anchors(clause)
                mask &= ~anchors if clause.negated else anchors
            self._fitting[node] = mask
        return self._fitting[node]

    def anchors(self, clause: Clause) -> int:
        """Return the words of which the relation can hold."""
        if clause not in self._anchors:
            self._anchors[clause] = self.index.anchors(
                clause.operator, self.fitting(clause.node), self.label(clause)
            )
        return self._anchors[clause]

    def label(self, clause: Clause) -> int:
        """Return the words whose own label fits the relation."""
        return self.index.mask(clause.label) if clause.label else self.index.everything

    def rows(self, node: Node, place: int) -> set[Row]:
        """Return the ways to name words when the node is the word at `place`, which fits it."""
        key = (node, place)
        if key not in self._rows:
            start = list(self.nothing)
            if node.slot is not None:
                start[node.slot] = place
            found = {tuple(start)}
            for clause in node.clauses:
                if clause.named:  # the others are filters, which `fitting` has seen to
                    found = set(_join(found, self.clause_rows(clause, place)))
            self._rows[key] = found
        return self._rows[key]

    def clause_rows(self, clause: Clause, place: int) -> set[Row]:
        """Return the ways to name words in what a clause ties to the word at `place`."""
        reached = self.index.related_words(clause.operator, place, self.label(clause))
        return {
            row
            for target in bits(reached & self.fitting(clause.node))
            for row in self.rows(clause.node, target)
        }


def _join(left: Iterable[Row], right: Iterable[Row]) -> Iterator[Row]:
    """Yield every pair of rows that agree on the names that both bind, as one row."""
    for one in left:
        for other in right:
            joined = _merge(one, other)
            if joined is not None:
                yield joined


def _merge(one: Row, other: Row) -> Row | None:
    merged = []
    for a, b in zip(one, other, strict=True):
        if a >= 0 and b >= 0 and a != b:
            return None
        merged.append(a if a >= 0 else b)
    return tuple(merged)
