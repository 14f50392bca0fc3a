"""A small pattern language over dependency trees: a pattern and a Sentence in, the words that the pattern names out. Knows no English.

The language is a subset of Semgrex (Chambers et al. 2007, "Learning Alignments and Leveraging Natural Logic", section 4.1; Bauer et al.
2023, "Semgrex and Ssurgeon, Searching and Manipulating Dependency Graphs"), written for trees in Universal Dependencies.

    {}                               any word
    {upos:VERB; lemma:@speech}       a word that passes every test; a test is `attribute:value`, `!` before it negates it
    {...}=cue                        the same, and its place in the sentence is given out under the name `cue`
    {...} >nsubj {...} >obj {...}    the word on the left (the anchor) stands in every relation that follows it
    {...} >conj ({...} >nsubj {})    with brackets the relations belong to the inner word

Attributes: `word` and `lemma` (upper and lower case are the same), `upos`, `xpos`, `deprel`, `feats.NAME`, and `position` (first, last).
Values: as written, `"in quotes"`, a `/regular expression/` that fits the whole, `@list` for any entry of a word list; `|` between several.

    A >r B     A is the head of B by relation r          A <r B     A depends on B by r
    A >>r B    B is somewhere below A, its own label r   A <<r B    B is somewhere above A; r is the label of the last step to B
    A . B      A stands right before B                   A - B      A stands right after B
    A .. B     A stands anywhere before B                A -- B     A stands anywhere after B
    A $+ B     A is the next sibling left of B           A $- B     A is the next sibling right of B
    A $++ B    A is a sibling left of B                  A $-- B    A is a sibling right of B

The label r may be left out; `nsubj` is just that, `nsubj:*` also its subtypes, `/.../` a regular expression, `|` between several.

    !>r {...}            there is no such B
    ?>r {...}=x          if there are such B, each of them is x in a match of its own; if there is none, x stays unnamed
    [ >r {} | >s {} ]    at least one of the groups of relations holds; `!` and `?` may stand before it too
    {...}=x  or  =x      a name that was used before: the same word again

What is found is what a reader of logic expects, without order or greed: every distinct way to name words so that all relations hold.
Two nodes may be the same word unless a relation keeps them apart. Two limits keep this exact: a name inside `!` must be bound outside it,
and a name inside `?` must not be used outside it (save in another alternative). Where a pattern breaks them, RuleError says so.

How: bottom-up, each node gets the set of words that can fill it (sets are integers, one bit a word); only then are names read off from
the top, so that no choice is made that cannot be completed (Yannakakis 1981). Time grows with the pattern, the sentence and what is found.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from quotes.errors import RuleError
from quotes.records import Sentence
from quotes.trees import Condition, SentenceIndex, WordTest, bits, condition, selectivity, union, word_test

Mode = Literal["must", "not", "maybe"]
Row = tuple[int, ...]

OPERATORS = (">>", "<<", ">", "<", "..", ".", "--", "-", "$++", "$--", "$+", "$-")
LABELLED = frozenset({">", "<", ">>", "<<"})
FOLDED = frozenset({"word", "lemma"})  # compared without regard to case
ATTRIBUTES = ("word", "lemma", "upos", "xpos", "deprel", "position", "feats.NAME")
TAGS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
RELATIONS = (
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed flat goeswith iobj "
    "list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp"
)
UPOS = frozenset(TAGS.split())
DEPRELS = frozenset(RELATIONS.split())
DEEPEST = 40  # brackets within brackets; a rule has two or three


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
        if not all(index.mask(test) for test in self.required):
            return
        for row in Search(index, len(self.names)).find(self.root):
            yield {name: word for name, word in zip(self.names, row, strict=True) if word >= 0}


# --- the search -------------------------------------------------------------------------------------------------------------------------

Pending = tuple[tuple[Clause, int], ...]  # negations that mention names, with their anchors: judged when all names are bound


class Search:
    """One pattern on one sentence. All that is worked out is kept, so that nothing is worked out twice."""

    def __init__(self, index: SentenceIndex, size: int) -> None:
        self.index = index
        self.nothing: Row = (-1,) * size
        self._fitting: dict[Node, int] = {}
        self._anchors: dict[Edge | Group, int] = {}
        self._rows: dict[tuple[Node, int], set[tuple[Row, Pending]]] = {}

    def find(self, root: Node) -> list[Row]:
        """All distinct rows: for each name the word, or -1."""
        found = {row for place in bits(self.fitting(root)) for row, pending in self.rows(root, place) if self.allowed(row, pending)}
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
                found = union(self.holding(clauses, self.index.everything) for clauses in body.alternatives)
            else:
                found = self.index.anchors(body.operator, self.fitting(body.node), self.label(body))
            self._anchors[body] = found
        return self._anchors[body]

    def label(self, edge: Edge) -> int:
        return self.index.mask(edge.label) if edge.label else self.index.everything

    def rows(self, node: Node, place: int) -> set[tuple[Row, Pending]]:
        """The ways to name words when the node is the word at `place`, one of those that fit."""
        key = (node, place)
        if key not in self._rows:
            start = self.nothing if node.slot is None else (*self.nothing[: node.slot], place, *self.nothing[node.slot + 1 :])
            self._rows[key] = self.extend(start, node.clauses, place)
        return self._rows[key]

    def extend(self, start: Row, clauses: tuple[Clause, ...], place: int) -> set[tuple[Row, Pending]]:
        found: set[tuple[Row, Pending]] = {(start, ())}
        for clause in clauses:
            if not clause.named:
                continue  # a filter: `fitting` saw to it
            if clause.mode == "not":
                found = {(row, (*pending, (clause, place))) for row, pending in found}
            else:
                found = set(_join(found, self.below(clause, place)))
        return found

    def below(self, clause: Clause, place: int) -> set[tuple[Row, Pending]]:
        found = self.through(clause.body, place)
        if clause.mode == "must":
            return found
        return {(row, ()) for row, pending in found if self.allowed(row, pending)} or {(self.nothing, ())}

    def through(self, body: Edge | Group, place: int) -> set[tuple[Row, Pending]]:
        """The ways to name words in what hangs on the word at `place`."""
        found: set[tuple[Row, Pending]] = set()
        if isinstance(body, Group):
            for clauses in body.alternatives:
                if self.holding(clauses, 1 << place):
                    found |= self.extend(self.nothing, clauses, place)
            return found
        for target in bits(self.index.reach(body.operator, place, self.label(body)) & self.fitting(body.node)):
            found |= self.rows(body.node, target)
        return found

    def allowed(self, row: Row, pending: Pending) -> bool:
        """Whether none of the negations is broken by these names."""
        return not any(self.broken(row, clause, place) for clause, place in pending)

    def broken(self, row: Row, clause: Clause, place: int) -> bool:
        inside = self.through(clause.body, place)
        return any(self.allowed(joined, pending) for joined, pending in _join({(row, ())}, inside))


def _join(left: Iterable[tuple[Row, Pending]], right: Iterable[tuple[Row, Pending]]) -> Iterator[tuple[Row, Pending]]:
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


# --- the language -----------------------------------------------------------------------------------------------------------------------

SPACE = re.compile(r"\s*")
NAME = re.compile(r"[A-Za-z_]\w*")
ATTRIBUTE = re.compile(r"[A-Za-z_]+(\.[A-Za-z]+)?")
BARE = re.compile(r"[^\s;{}|\"/@][^\s;{}|\"]*")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
REGEX = re.compile(r"/((?:[^/\\]|\\.)*)/", re.DOTALL)
LIST = re.compile(r"@([\w-]+)")
LABEL = re.compile(r"[A-Za-z]+(?::[A-Za-z]+|:\*)?")


def compile_pattern(text: str, lists: Mapping[str, frozenset[str]]) -> Pattern:
    """Read a pattern. `lists` are the word lists that it may name. Raises RuleError that shows the place of the mistake."""
    reader = Reader(text, lists)
    root = reader.pattern()
    _check_names(reader)
    required = sorted(dict.fromkeys(test for test in _required(root) if test.conditions), key=selectivity)
    always = frozenset(mention.name for mention in reader.mentions if not mention.scopes)
    return Pattern(text, root, tuple(reader.names), always, tuple(required))


def _required(node: Node) -> Iterator[WordTest]:
    """The tests of all nodes that every match has."""
    yield node.test
    for clause in node.clauses:
        if clause.mode == "must" and isinstance(clause.body, Edge):
            if clause.body.label:
                yield clause.body.label
            yield from _required(clause.body.node)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text of a pattern and the brackets around it: `!`, `?` or an alternative, each with a number of its own."""

    name: str
    at: int
    scopes: tuple[tuple[str, int, int], ...]

    def excludes(self, other: Mention) -> bool:
        """Whether the two stand in different alternatives of one group, so that no match has both."""
        mine = {number: branch for kind, number, branch in self.scopes if kind == "or"}
        return any(kind == "or" and mine.get(number, branch) != branch for kind, number, branch in other.scopes)


class Reader:
    """Reads the text of one pattern from left to right."""

    def __init__(self, text: str, lists: Mapping[str, frozenset[str]]) -> None:
        self.text = text
        self.lists = lists
        self.at = 0
        self.names: dict[str, int] = {}
        self.mentions: list[Mention] = []
        self.scopes: tuple[tuple[str, int, int], ...] = ()
        self.opened = 0

    def mistake(self, reason: str, at: int | None = None) -> RuleError:
        at = self.at if at is None else at
        start = self.text.rfind("\n", 0, at) + 1
        line = self.text[start:].split("\n", 1)[0].replace("\t", " ")
        number = self.text.count("\n", 0, at)
        where = f"line {number + 1}, column {at - start + 1}" if number else f"column {at - start + 1}"
        return RuleError(f"pattern, {where}: {reason}\n  {line}\n  {' ' * (at - start)}^")

    def skip(self) -> None:
        self.at = SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # fits everywhere

    def take(self, token: str) -> bool:
        """Whether `token` comes next; if so it is read, with the space after it."""
        if not self.text.startswith(token, self.at):
            return False
        self.at += len(token)
        self.skip()
        return True

    def need(self, token: str, why: str) -> None:
        if not self.take(token):
            found = repr(self.text[self.at]) if self.at < len(self.text) else "the end"
            raise self.mistake(f"expected {token!r} {why}, found {found}")

    def fits(self, regex: re.Pattern[str]) -> re.Match[str] | None:
        found = regex.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def pattern(self) -> Node:
        self.skip()
        root = self.chain(())
        if self.at < len(self.text):
            raise self.mistake("expected a relation such as >nsubj or the end")
        return root

    def chain(self, extra: tuple[Condition, ...]) -> Node:
        """A node and all relations that follow it."""
        return self.node(extra, chained=True)

    def node(self, extra: tuple[Condition, ...], *, chained: bool) -> Node:
        """`{...}=name`, `=name`, or the same with relations in round brackets. `extra` is what the relation before it asks of the word."""
        if self.take("("):
            self.deeper()
            inner = self.node(extra, chained=True)
            self.need(")", "to close the bracket")
            self.opened -= 1
            clauses = inner.clauses + (self.clauses() if chained else ())
            return Node(inner.test, inner.slot, clauses)
        bare = self.text.startswith("=", self.at)
        conditions = () if bare else self.conditions()
        slot = self.name() if self.take("=") else None
        return Node(word_test(conditions + extra), slot, self.clauses() if chained else ())

    def deeper(self) -> None:
        self.opened += 1
        if self.opened > DEEPEST:
            raise self.mistake(f"more than {DEEPEST} brackets within each other")

    def name(self) -> int:
        at, found = self.at, self.fits(NAME)
        if not found:
            raise self.mistake("expected a name of letters after '='")
        self.skip()
        self.mentions.append(Mention(found[0], at, self.scopes))
        return self.names.setdefault(found[0], len(self.names))

    def conditions(self) -> tuple[Condition, ...]:
        self.need("{", "to begin a word")
        found: list[Condition] = []
        while not self.take("}"):
            if found:
                self.need(";", "or '}' after a test")
            found.append(self.condition())
        return tuple(found)

    def condition(self) -> Condition:
        negated = self.take("!")
        at, named = self.at, self.fits(ATTRIBUTE)
        attribute = named[0] if named else ""
        if attribute not in ATTRIBUTES[:-1] and not (attribute.startswith("feats.") and attribute != "feats."):
            raise self.mistake(f"unknown attribute {attribute!r}: there are {', '.join(ATTRIBUTES)}", at)
        self.skip()
        self.need(":", f"after {attribute}")
        literals, regexes = self.values(attribute)
        return condition(attribute, frozenset(literals), tuple(regexes), negated)

    def values(self, attribute: str) -> tuple[set[str], list[re.Pattern[str]]]:
        literals: set[str] = set()
        regexes: list[re.Pattern[str]] = []
        while True:
            if self.text.startswith("/", self.at):
                regexes.append(self.regex(re.IGNORECASE if attribute in FOLDED else 0))
            else:
                literals |= self.literals(attribute)
            self.skip()
            if not self.take("|"):
                return literals, regexes

    def literals(self, attribute: str) -> frozenset[str]:
        at = self.at
        if found := self.fits(LIST):
            if found[1] not in self.lists:
                raise self.mistake(f"unknown word list {found[1]!r}: there are {', '.join(sorted(self.lists)) or 'none'}", at)
            if attribute not in FOLDED:
                raise self.mistake(f"a word list holds words or lemmas, not {attribute}", at)
            return frozenset(entry.lower() for entry in self.lists[found[1]])
        if found := self.fits(QUOTED):
            value = re.sub(r"\\(.)", r"\1", found[1])
        elif found := self.fits(BARE):
            value = found[0]
        else:
            raise self.mistake(f'expected a value for {attribute}: a word, "quoted text", a /regular expression/ or @list')
        allowed = {"upos": UPOS, "position": {"first", "last"}}.get(attribute)
        if allowed is not None and value not in allowed:
            raise self.mistake(f"unknown {attribute} {value!r}: there are {', '.join(sorted(allowed))}", at)
        if attribute == "deprel":
            self.known_relation(value, at)
        return frozenset([value.lower() if attribute in FOLDED else value])

    def known_relation(self, label: str, at: int) -> None:
        if label.split(":", 1)[0] not in DEPRELS:
            raise self.mistake(f"unknown relation {label!r}: there are {', '.join(sorted(DEPRELS))} and their subtypes", at)

    def regex(self, flags: int) -> re.Pattern[str]:
        at, found = self.at, self.fits(REGEX)
        if not found:
            raise self.mistake("this regular expression is not closed by '/'")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                return re.compile(found[1].replace(r"\/", "/"), flags)
        except (re.error, OverflowError, RecursionError, Warning) as error:
            raise self.mistake(f"not a regular expression: {error}", at) from error

    def clauses(self) -> tuple[Clause, ...]:
        found = []
        while self.at < len(self.text) and self.text[self.at] not in "|])":
            found.append(self.clause())
        return tuple(found)

    def clause(self) -> Clause:
        mode: Mode = "not" if self.take("!") else "maybe" if self.take("?") else "must"
        outside, before = self.scopes, len(self.mentions)
        if mode != "must":
            self.scopes = (*outside, (mode, self.at, 0))
        body = self.group() if self.text.startswith("[", self.at) else self.edge()
        self.scopes = outside
        return Clause(mode, body, len(self.mentions) > before)

    def group(self) -> Group:
        at, outside = self.at, self.scopes
        self.take("[")
        self.deeper()
        alternatives: list[tuple[Clause, ...]] = []
        while not alternatives or self.take("|"):
            self.scopes = (*outside, ("or", at, len(alternatives)))
            alternatives.append(self.clauses())
            if not alternatives[-1]:
                raise self.mistake("expected a relation such as >nsubj")
        self.need("]", "or '|' after an alternative")
        self.scopes, self.opened = outside, self.opened - 1
        return Group(tuple(alternatives))

    def edge(self) -> Edge:
        operator = next((sign for sign in OPERATORS if self.text.startswith(sign, self.at)), None)
        if operator is None:
            raise self.mistake("expected a relation such as >nsubj")
        self.at += len(operator)
        at, label = self.at, self.label()
        if label and operator not in LABELLED:
            raise self.mistake(f"{operator!r} takes no label", at)
        self.skip()
        of_target = operator.startswith(">") and label is not None
        node = self.node((label,) if of_target and label else (), chained=False)
        return Edge(operator, word_test((label,)) if label and not of_target else None, node)

    def label(self) -> Condition | None:
        """`nsubj|obl:*|/conj.*/` right after the sign of a relation, as a test of the dependent's own label."""
        literals: set[str] = set()
        regexes: list[re.Pattern[str]] = []
        while True:
            at = self.at
            if self.text.startswith("/", at):
                regexes.append(self.regex(0))
            elif found := self.fits(LABEL):
                self.known_relation(found[0], at)
                if found[0].endswith(":*"):
                    regexes.append(re.compile(re.escape(found[0][:-2]) + "(:.*)?"))
                else:
                    literals.add(found[0])
            elif literals or regexes:
                raise self.mistake("expected a relation after '|'")
            else:
                return None
            if not self.text.startswith("|", self.at):
                return condition("deprel", frozenset(literals), tuple(regexes))
            self.at += 1


def _check_names(reader: Reader) -> None:
    """Refuse what would have no exact meaning: names that `!` alone holds, and names of `?` that are used outside it."""
    for mention in reader.mentions:
        others = [other for other in reader.mentions if other.name == mention.name and other is not mention]
        kinds = {scope[0] for scope in mention.scopes}
        if "not" in kinds and not any(all(scope[0] != "not" for scope in other.scopes) for other in others):
            raise reader.mistake(f"{mention.name!r} stands inside '!' only: nothing can be found there to bear the name", mention.at)
        for scope in mention.scopes:
            if scope[0] == "maybe" and any(scope not in other.scopes and not mention.excludes(other) for other in others):
                raise reader.mistake(f"{mention.name!r} stands inside '?' and again outside it", mention.at)
