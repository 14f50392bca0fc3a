"""A compiled pattern and its search: a sentence index in, for every match the words by name out. The language is in quotes.language.patterns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from quotes.language.patterns.sentence_index import SentenceIndex, WordTest, bits, union
from quotes.records import Sentence

Mode = Literal["must", "not", "maybe"]
Row = tuple[int, ...]  # for each name of the pattern the word, or -1


@dataclass(frozen=True, eq=False, slots=True)
class Node:
    """A word of the pattern. `slot` is the place of its name in `Pattern.names`."""

    test: WordTest
    slot: int | None
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Edge:
    """A relation from the anchor to `node`. The label of `>` and `>>` is in the test of `node`; that of `<` and `<<` is here."""

    operator: str
    label: WordTest | None
    node: Node


@dataclass(frozen=True, eq=False, slots=True)
class Group:
    """`[ ... | ... ]`: for each alternative the clauses that must all hold."""

    alternatives: tuple[tuple[Clause, ...], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Clause:
    """What holds of an anchor. `named` tells whether a name is mentioned anywhere inside."""

    mode: Mode
    body: Edge | Group
    named: bool


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern. Two patterns are equal when their texts are.

    `always` are the names that every match binds; `required` are tests that each need a word for a match to exist, the rarest first.
    """

    text: str
    root: Node = field(compare=False, repr=False)
    names: tuple[str, ...] = field(compare=False)
    always: frozenset[str] = field(compare=False, repr=False)
    required: tuple[WordTest, ...] = field(compare=False, repr=False)

    def find(self, sentence: Sentence) -> Iterator[dict[str, int]]:
        """Every distinct set of named words, as indices into `sentence.words`, ordered by the first name's word, then the second's ..."""
        return self.find_in(SentenceIndex(sentence))

    def find_in(self, index: SentenceIndex) -> Iterator[dict[str, int]]:
        """The same where many patterns are tried on one sentence: the index is shared."""
        for test in self.required:
            if not index.mask(test):
                return
        for row in Search(index, len(self.names)).find(self.root):
            yield {name: word for name, word in zip(self.names, row, strict=True) if word >= 0}


Pending = tuple[
    tuple[Clause, int], ...
]  # negations that mention names, with their anchors: judged when all names are bound
Naming = tuple[Row, Pending]


class Search:
    """One pattern on one sentence. All that is worked out is kept, so that nothing is worked out twice."""

    def __init__(self, index: SentenceIndex, size: int) -> None:
        self.index = index
        self.nothing: Row = (-1,) * size
        self._fitting: dict[Node, int] = {}
        self._anchors: dict[Edge | Group, int] = {}
        self._rows: dict[tuple[Node, int], set[Naming]] = {}

    def find(self, root: Node) -> list[Row]:
        """All distinct rows: for each name the word, or -1."""
        found = {
            row
            for place in bits(self.fitting(root))
            for row, pending in self.rows(root, place)
            if self.allowed(row, pending)
        }
        return sorted(found)

    def fitting(self, node: Node) -> int:
        """The words that can fill the node, names left aside."""
        if node not in self._fitting:
            mask = self.index.mask(node.test)
            self._fitting[node] = mask and self.holding(node.clauses, mask)
        return self._fitting[node]

    def holding(self, clauses: tuple[Clause, ...], mask: int) -> int:
        """Those words of `mask` of which all clauses can hold."""
        for clause in clauses:
            if not mask:
                break
            if clause.mode == "must":
                mask &= self.anchors(clause.body)
            elif clause.mode == "not" and not clause.named:
                mask &= ~self.anchors(clause.body)
        return mask

    def anchors(self, body: Edge | Group) -> int:
        """The words of which the relation, or one of the alternatives, can hold."""
        if body not in self._anchors:
            if isinstance(body, Group):
                found = union(
                    self.holding(clauses, self.index.everything) for clauses in body.alternatives
                )
            else:
                found = self.index.anchors(body.operator, self.fitting(body.node), self.label(body))
            self._anchors[body] = found
        return self._anchors[body]

    def label(self, edge: Edge) -> int:
        return self.index.mask(edge.label) if edge.label else self.index.everything

    def rows(self, node: Node, place: int) -> set[Naming]:
        """The ways to name words when the node is the word at `place`, one of those that fit."""
        key = (node, place)
        if key not in self._rows:
            start = (
                self.nothing
                if node.slot is None
                else (*self.nothing[: node.slot], place, *self.nothing[node.slot + 1 :])
            )
            self._rows[key] = self.extend(start, node.clauses, place)
        return self._rows[key]

    def extend(self, start: Row, clauses: tuple[Clause, ...], place: int) -> set[Naming]:
        found: set[Naming] = {(start, ())}
        for clause in clauses:
            if not clause.named:
                continue  # a filter: `fitting` saw to it
            if clause.mode == "not":
                found = {(row, (*pending, (clause, place))) for row, pending in found}
            else:
                found = set(_join(found, self.below(clause, place)))
        return found

    def below(self, clause: Clause, place: int) -> set[Naming]:
        found = self.through(clause.body, place)
        if clause.mode == "must":
            return found
        return {(row, ()) for row, pending in found if self.allowed(row, pending)} or {
            (self.nothing, ())
        }

    def through(self, body: Edge | Group, place: int) -> set[Naming]:
        """The ways to name words in what hangs on the word at `place`."""
        found: set[Naming] = set()
        if isinstance(body, Group):
            for clauses in body.alternatives:
                if self.holding(clauses, 1 << place):
                    found |= self.extend(self.nothing, clauses, place)
            return found
        for target in bits(
            self.index.reach(body.operator, place, self.label(body)) & self.fitting(body.node)
        ):
            found |= self.rows(body.node, target)
        return found

    def allowed(self, row: Row, pending: Pending) -> bool:
        """Whether none of the negations is broken by these names."""
        return not any(self.broken(row, clause, place) for clause, place in pending)

    def broken(self, row: Row, clause: Clause, place: int) -> bool:
        inside = self.through(clause.body, place)
        return any(self.allowed(joined, pending) for joined, pending in _join({(row, ())}, inside))


def _join(left: Iterable[Naming], right: Iterable[Naming]) -> Iterator[Naming]:
    """Every pair of rows that agree on the names that both bind, as one row."""
    for one, before in left:
        for other, after in right:
            joined = _merge(one, other)
            if joined is not None:
                yield joined, before + after


def _merge(one: Row, other: Row) -> Row | None:
    merged = []
    for a, b in zip(one, other, strict=True):
        if a >= 0 and b >= 0 and a != b:
            return None
        merged.append(a if a >= 0 else b)
    return tuple(merged)
