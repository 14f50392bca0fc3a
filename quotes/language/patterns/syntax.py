"""The text of a pattern in, a compiled pattern out.

A mistake is a RuleError that shows its place. The language is that of `quotes.language.patterns`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from quotes.errors import RuleError
from quotes.language.patterns.matcher import Clause, Node, Pattern
from quotes.language.patterns.sentence_index import (
    Condition,
    WordTest,
    condition,
    selectivity,
    word_test,
)
from quotes.text.folding import fold_word

OPERATORS = (">", "<", "--")
LABELLED = frozenset({">", "<"})
ATTRIBUTES = ("lemma", "upos", "xpos", "deprel")
TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
RELATIONS = (
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse "
    "dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis "
    "punct reparandum root vocative xcomp"
)
UPOS = frozenset(TAGS.split())
DEPRELS = frozenset(RELATIONS.split())
MAX_DEPTH = 40  # brackets within brackets; a rule has two or three
SPACE = re.compile(r"\s*")
NAME = re.compile(r"[A-Za-z_]\w*")
ATTRIBUTE = re.compile(r"[A-Za-z_]+")
BARE = re.compile(r"[^\s;{}|\"@][^\s;{}|\"]*")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
LIST = re.compile(r"@([\w-]+)")
LABEL = re.compile(r"[A-Za-z]+(?::[A-Za-z]+)?")


def compile_pattern(text: str, lists: Mapping[str, frozenset[str]]) -> Pattern:
    """Read a pattern.

    Args:
        text: The pattern.
        lists: The word lists that it may name.

    Raises:
        RuleError: where the pattern is broken; the message shows the place.
    """
    reader = Reader(text, lists)
    root = reader.pattern()
    required = sorted(
        dict.fromkeys(test for test in _required(root) if test.conditions), key=selectivity
    )
    return Pattern(text, root, tuple(reader.names), tuple(required))


def _required(node: Node) -> Iterator[WordTest]:
    """Yield the tests of all nodes that every match has."""
    yield node.test
    for clause in node.clauses:
        if not clause.negated:
            if clause.label:
                yield clause.label
            yield from _required(clause.node)


class Reader:
    """The text of one pattern, read from left to right."""

    def __init__(self, text: str, lists: Mapping[str, frozenset[str]]) -> None:
        self.text = text
        self.lists = lists
        self.at = 0
        self.names: dict[str, int] = {}
        self.named = 0  # how often a name has been read
        self.negated = False
        self.opened = 0

    def mistake(self, reason: str, at: int | None = None) -> RuleError:
        """Return an error that shows the line with a caret at the place."""
        at = self.at if at is None else at
        start = self.text.rfind("\n", 0, at) + 1
        line = self.text[start:].split("\n", 1)[0].replace("\t", " ")
        number = self.text.count("\n", 0, at)
        where = (
            f"line {number + 1}, column {at - start + 1}" if number else f"column {at - start + 1}"
        )
        return RuleError(f"pattern, {where}: {reason}\n  {line}\n  {' ' * (at - start)}^")

    def skip(self) -> None:
        """Move past white space."""
        found = SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def take(self, token: str) -> bool:
        """Read `token`, with the space after it, if it comes next; tell whether it did."""
        if not self.text.startswith(token, self.at):
            return False
        self.at += len(token)
        self.skip()
        return True

    def expect(self, token: str, why: str) -> None:
        """Read `token`. Raises RuleError where something else comes next."""
        if not self.take(token):
            found = repr(self.text[self.at]) if self.at < len(self.text) else "the end"
            raise self.mistake(f"expected {token!r} {why}, found {found}")

    def fits(self, regex: re.Pattern[str]) -> re.Match[str] | None:
        """Read what fits the expression, or nothing."""
        found = regex.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def pattern(self) -> Node:
        """Read the whole pattern."""
        self.skip()
        root = self.node((), chained=True)
        if self.at < len(self.text):
            raise self.mistake("expected a relation such as >nsubj or the end")
        return root

    def node(self, extra: tuple[Condition, ...], *, chained: bool) -> Node:
        """Read `{...}=name`, `=name`, or the same with relations in round brackets.

        `extra` is what the relation before it asks of the word; `chained` reads the relations after
        it, too.
        """
        if self.take("("):
            self.opened += 1
            if self.opened > MAX_DEPTH:
                raise self.mistake(f"more than {MAX_DEPTH} brackets within each other")
            inner = self.node(extra, chained=True)
            self.expect(")", "to close the bracket")
            self.opened -= 1
            clauses = inner.clauses + (self.clauses() if chained else ())
            return Node(inner.test, inner.slot, clauses)
        bare = self.text.startswith("=", self.at)
        conditions = () if bare else self.conditions()
        slot = self.name() if self.take("=") else None
        return Node(word_test(conditions + extra), slot, self.clauses() if chained else ())

    def name(self) -> int:
        """Read a name; return its place among the names."""
        at, found = self.at, self.fits(NAME)
        if not found:
            raise self.mistake("expected a name of letters after '='")
        if self.negated:
            raise self.mistake(
                f"{found[0]!r} stands inside '!': nothing can be found there to bear the name", at
            )
        self.skip()
        self.named += 1
        return self.names.setdefault(found[0], len(self.names))

    def conditions(self) -> tuple[Condition, ...]:
        """Read the tests of a word in braces."""
        self.expect("{", "to begin a word")
        found: list[Condition] = []
        while not self.take("}"):
            if found:
                self.expect(";", "or '}' after a test")
            found.append(self.condition())
        return tuple(found)

    def condition(self) -> Condition:
        """Read one test of a word."""
        negated = self.take("!")
        at, named = self.at, self.fits(ATTRIBUTE)
        attribute = named[0] if named else ""
        if attribute not in ATTRIBUTES:
            raise self.mistake(
                f"unknown attribute {attribute!r}: there are {', '.join(ATTRIBUTES)}", at
            )
        self.skip()
        self.expect(":", f"after {attribute}")
        values = self.values(attribute)
        while self.take("|"):
            values |= self.values(attribute)
        return condition(attribute, values, negated)

    def values(self, attribute: str) -> frozenset[str]:
        """Read one value of a test, or all entries of a list."""
        at = self.at
        if found := self.fits(LIST):
            if found[1] not in self.lists:
                known = ", ".join(sorted(self.lists)) or "none"
                raise self.mistake(f"unknown word list {found[1]!r}: there are {known}", at)
            if attribute != "lemma":
                raise self.mistake(f"a word list holds lemmas, not {attribute}", at)
            self.skip()
            return frozenset(fold_word(entry) for entry in self.lists[found[1]])
        if found := self.fits(QUOTED):
            value = re.sub(r"\\(.)", r"\1", found[1])
        elif found := self.fits(BARE):
            value = found[0]
        else:
            raise self.mistake(f'expected a value for {attribute}: a word, "quoted text" or @list')
        if attribute == "upos" and value not in UPOS:
            raise self.mistake(f"unknown upos {value!r}: there are {', '.join(sorted(UPOS))}", at)
        if attribute == "deprel":
            self.check_relation(value, at)
        self.skip()
        return frozenset([fold_word(value) if attribute == "lemma" else value])

    def check_relation(self, label: str, at: int) -> None:
        """Raise RuleError for a label that Universal Dependencies do not have."""
        if label.split(":", 1)[0] not in DEPRELS:
            known = ", ".join(sorted(DEPRELS))
            raise self.mistake(f"unknown relation {label!r}: there are {known} and subtypes", at)

    def clauses(self) -> tuple[Clause, ...]:
        """Read the relations that follow a word."""
        found = []
        while self.at < len(self.text) and self.text[self.at] != ")":
            found.append(self.clause())
        return tuple(found)

    def clause(self) -> Clause:
        """Read one relation with the word on its right."""
        outside, before = self.negated, self.named
        negated = self.take("!")
        operator = next((sign for sign in OPERATORS if self.text.startswith(sign, self.at)), None)
        if operator is None:
            raise self.mistake("expected a relation such as >nsubj")
        self.at += len(operator)
        at, label = self.at, self.label()
        if label and operator not in LABELLED:
            raise self.mistake(f"{operator!r} takes no label", at)
        self.skip()
        self.negated = outside or negated
        node = self.node((label,) if label and operator == ">" else (), chained=False)
        self.negated = outside
        own = word_test((label,)) if label and operator == "<" else None
        return Clause(operator, own, node, negated, self.named > before)

    def label(self) -> Condition | None:
        """Read `nsubj|obl:agent` right after the sign of a relation, as a test of the own label."""
        labels: set[str] = set()
        while True:
            at = self.at
            if found := self.fits(LABEL):
                self.check_relation(found[0], at)
                labels.add(found[0])
            elif labels:
                raise self.mistake("expected a relation after '|'")
            else:
                return None
            if not self.text.startswith("|", self.at):
                return condition("deprel", frozenset(labels))
            self.at += 1
