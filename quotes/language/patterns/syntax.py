"""The text of a pattern in, a compiled pattern out, or a RuleError that shows the place of the mistake. The language: quotes.language.patterns."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quotes.errors import RuleError
from quotes.language.patterns.matcher import Clause, Edge, Group, Mode, Node, Pattern
from quotes.language.patterns.sentence_index import (
    Condition,
    WordTest,
    condition,
    selectivity,
    word_test,
)

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
    required = sorted(
        dict.fromkeys(test for test in _required(root) if test.conditions), key=selectivity
    )
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
        return any(
            kind == "or" and mine.get(number, branch) != branch
            for kind, number, branch in other.scopes
        )


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
        where = (
            f"line {number + 1}, column {at - start + 1}" if number else f"column {at - start + 1}"
        )
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
        if attribute not in ATTRIBUTES[:-1] and not (
            attribute.startswith("feats.") and attribute != "feats."
        ):
            raise self.mistake(
                f"unknown attribute {attribute!r}: there are {', '.join(ATTRIBUTES)}", at
            )
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
                raise self.mistake(
                    f"unknown word list {found[1]!r}: there are {', '.join(sorted(self.lists)) or 'none'}",
                    at,
                )
            if attribute not in FOLDED:
                raise self.mistake(f"a word list holds words or lemmas, not {attribute}", at)
            return frozenset(entry.lower() for entry in self.lists[found[1]])
        if found := self.fits(QUOTED):
            value = re.sub(r"\\(.)", r"\1", found[1])
        elif found := self.fits(BARE):
            value = found[0]
        else:
            raise self.mistake(
                f'expected a value for {attribute}: a word, "quoted text", a /regular expression/ or @list'
            )
        allowed = {"upos": UPOS, "position": {"first", "last"}}.get(attribute)
        if allowed is not None and value not in allowed:
            raise self.mistake(
                f"unknown {attribute} {value!r}: there are {', '.join(sorted(allowed))}", at
            )
        if attribute == "deprel":
            self.known_relation(value, at)
        return frozenset([value.lower() if attribute in FOLDED else value])

    def known_relation(self, label: str, at: int) -> None:
        if label.split(":", 1)[0] not in DEPRELS:
            raise self.mistake(
                f"unknown relation {label!r}: there are {', '.join(sorted(DEPRELS))} and their subtypes",
                at,
            )

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
        others = [
            other
            for other in reader.mentions
            if other.name == mention.name and other is not mention
        ]
        kinds = {scope[0] for scope in mention.scopes}
        if "not" in kinds and not any(
            all(scope[0] != "not" for scope in other.scopes) for other in others
        ):
            raise reader.mistake(
                f"{mention.name!r} stands inside '!' only: nothing can be found there to bear the name",
                mention.at,
            )
        for scope in mention.scopes:
            if scope[0] == "maybe" and any(
                scope not in other.scopes and not mention.excludes(other) for other in others
            ):
                raise reader.mistake(
                    f"{mention.name!r} stands inside '?' and again outside it", mention.at
                )
