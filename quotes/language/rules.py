"""The attribution rules of a language: pattern, examples and options of each.

In: a rule file and its word lists. Out: a `RuleSet`, checked and compiled; from it and a `Parse`,
the places where rules match. A rule is a pattern (quotes.language.patterns) beside sentences that
it must match and sentences that it must not match; one without both is refused. Whether the
examples come out right is for tests/language/test_rules.py to tell, on frozen parses.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from quotes.errors import RuleError
from quotes.language.patterns import Pattern, compile_pattern
from quotes.language.patterns.sentence_index import SentenceIndex, WordTest
from quotes.language.resources import read_word_list
from quotes.records import Match, Parse, Span, Spans

SPAN_KINDS = {"s": "source", "c": "cue", "q": "content", "a": "addressee"}
CONTENTS = frozenset({"clause", "matrix", "marked"})
OPTIONS: Mapping[str, frozenset[str] | type] = {
    "content": CONTENTS,
    "loose": bool,  # the content is a phrase: quotation marks beside the cue come before it
    "chain": bool,  # inside another statement it is the inner link of a chain, no less certain
    "citing": bool,  # the source is cited by the source of another cue, whose content it shares
    "inherits": bool,  # the source is shared with another verb
    "inverted": bool,  # only right after a quotation
    "quoted": bool,  # only where words of the content stand in quotation marks
    "question": bool,  # with an asking verb the content is a question
    "passes_on": bool,  # the content is that of the citing candidate whose cue hangs on this one
    "confidence": float,  # certain by its form: neither scorer nor tagger is asked
}
"""What a rule may tell the extraction, with the values allowed: a set of strings, or a type."""

KEYS = frozenset({"name", "match", "yes", "no", "why"})
BRACKET = re.compile(r"\\([\[\]\\])|\[([a-z]): ?|([\[\]])")

Option = str | bool | float


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with its spans, each with its kind, in the order in which they begin."""

    text: str
    spans: tuple[tuple[str, Span], ...]

    def of_kind(self, kind: str) -> Spans:
        """Return the spans of one kind: `source`, `cue`, `content` or `addressee`."""
        return tuple(span for name, span in self.spans if name == kind)


@dataclass(frozen=True)
class Rule:
    """One rule; `options` are for the extraction (`OPTIONS`)."""

    name: str
    pattern: Pattern
    yes: tuple[Example, ...]
    no: tuple[Example, ...]
    why: str
    options: tuple[tuple[str, Option], ...] = ()

    def option(self, name: str, default: Option | None = None) -> Option | None:
        """Return the value of an option, or `default`."""
        return next((value for key, value in self.options if key == name), default)


@dataclass(frozen=True)
class RuleSet:
    """All rules of a language in the order of their file, with the word lists that they name."""

    rules: tuple[Rule, ...]
    lists: Mapping[str, frozenset[str]]

    @cached_property
    def by_name(self) -> Mapping[str, Rule]:
        """The rules by their names."""
        return {rule.name: rule for rule in self.rules}

    @cached_property
    def _gates(self) -> tuple[tuple[WordTest | None, tuple[tuple[int, Rule], ...]], ...]:
        """The rules by their most selective test.

        A sentence without a word that passes it is done with all of them at once.
        """
        gates: dict[WordTest | None, list[tuple[int, Rule]]] = {}
        for number, rule in enumerate(self.rules):
            gates.setdefault(next(iter(rule.pattern.required), None), []).append((number, rule))
        return tuple((test, tuple(rules)) for test, rules in gates.items())

    def find(self, parse: Parse) -> tuple[Match, ...]:
        """Return all matches, by sentence, by the place of the cue, by the order of rules."""
        return tuple(
            match
            for number, sentence in enumerate(parse.sentences)
            for match in self._find(SentenceIndex(sentence), number)
        )

    def _find(self, index: SentenceIndex, sentence: int) -> Iterator[Match]:
        found = []
        for test, rules in self._gates:
            if test is not None and not index.mask(test):
                continue
            for number, rule in rules:
                found += [
                    (at["cue"], number, Match(rule.name, sentence, tuple(at.items())))
                    for at in rule.pattern.find_in(index)
                ]
        return (match for _, _, match in sorted(found, key=lambda entry: entry[:2]))


def parse_example(text: str) -> Example:
    r"""Read an example such as `[s: Smith] [c: said] [q: prices rose].`.

    The letters are those of `SPAN_KINDS`. Brackets of the sentence itself are written `\[`;
    brackets may stand within brackets once.

    Raises:
        RuleError: where brackets do not fit.
    """
    plain, size, at = [], 0, 0
    opened: list[tuple[str, int, int]] = []
    closed: list[tuple[int, str, Span]] = []
    for found in BRACKET.finditer(text):
        plain.append(text[at : found.start()] + (found[1] or ""))
        size, at = size + len(plain[-1]), found.end()
        if found[1]:
            continue
        if found[3] == "]" and opened:
            kind, begin, order = opened.pop()
            closed.append((order, kind, Span(begin, size)))
        elif found[3]:
            raise RuleError(
                rf"example {text!r}: {found[3]!r} belongs to no span; "
                rf"if the sentence has it, write \{found[3]}"
            )
        elif found[2] not in SPAN_KINDS:
            known = ", ".join(f"{letter} ({kind})" for letter, kind in SPAN_KINDS.items())
            raise RuleError(f"example {text!r}: unknown span kind {found[2]!r}: there are {known}")
        elif len(opened) == 2:
            raise RuleError(f"example {text!r}: three brackets within each other; two at most")
        else:
            opened.append((SPAN_KINDS[found[2]], size, len(opened) + len(closed)))
    if opened:
        raise RuleError(f"example {text!r}: the bracket of {opened[-1][0]} is not closed by ']'")
    plain.append(text[at:])
    return Example(
        "".join(plain),
        tuple((kind, span) for _, kind, span in sorted(closed, key=lambda entry: entry[0])),
    )


def read_rules(file: Path) -> RuleSet:
    """Read a rule file, whose word lists lie beside it in `words/`.

    Raises:
        RuleError: where the file, a rule or a list is broken; the message names the place.
    """
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{file}: the rule file cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{file}: not TOML: {error}") from error
    _check_keys(content, {"lists", "rule"}, str(file))
    lists = _lists(content.get("lists", {}), file)
    rules = tuple(
        _rule(entry, number, lists, file)
        for number, entry in enumerate(_entries(content, file), start=1)
    )
    names = [rule.name for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise RuleError(f"{file}: rule {name!r} stands twice: give one of them another name")
    return RuleSet(rules, lists)


def _entries(content: Mapping[str, Any], file: Path) -> list[Any]:
    entries = content.get("rule", [])
    if not isinstance(entries, list) or not entries:
        raise RuleError(f"{file}: no rules: each begins with a line [[rule]]")
    return entries


def _lists(table: object, file: Path) -> dict[str, frozenset[str]]:
    """Read the word lists by name; one made of several files holds the entries of all."""
    if not isinstance(table, dict):
        raise RuleError(f"{file}: [lists] must be a table of names and files")
    found = {}
    for name, files in table.items():
        if (
            not isinstance(files, list)
            or not files
            or not all(isinstance(entry, str) for entry in files)
        ):
            raise RuleError(
                f"{file}: list {name!r}: expected files of words/ without ending, "
                'such as ["speech-verbs"]'
            )
        found[name] = frozenset().union(
            *(read_word_list(file.parent / "words" / f"{entry}.txt") for entry in files)
        )
    return found


def _check_keys(table: Mapping[str, Any], allowed: set[str] | frozenset[str], where: str) -> None:
    unknown = sorted(set(table) - allowed)
    if unknown:
        raise RuleError(
            f"{where}: unknown key {unknown[0]!r}: there are {', '.join(sorted(allowed))}"
        )


def _rule(entry: object, number: int, lists: Mapping[str, frozenset[str]], file: Path) -> Rule:
    if not isinstance(entry, dict):
        raise RuleError(f"{file}: rule {number} is not a table: begin it with a line [[rule]]")
    name = entry.get("name")
    where = f"{file}: rule {name if isinstance(name, str) else number!r}"
    _check_keys(entry, KEYS | set(OPTIONS), where)
    for key in ("name", "match", "why"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise RuleError(f"{where}: {key!r} is missing or not a text")
    try:
        pattern = compile_pattern(entry["match"], lists)
        yes, no = (
            tuple(parse_example(text) for text in _texts(entry, key)) for key in ("yes", "no")
        )
    except RuleError as error:
        raise RuleError(f"{where}: {error}") from error
    if "cue" not in pattern.names:
        raise RuleError(
            f"{where}: the pattern must name the word of the cue in every match: "
            "write =cue behind it"
        )
    if not yes or not no:
        raise RuleError(
            f"{where}: needs sentences that it fits (yes) and sentences that it must not fit (no)"
        )
    return Rule(entry["name"], pattern, yes, no, entry["why"], _options(entry, where))


def _texts(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    texts = entry.get(key, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise RuleError(f"{key!r} must be a list of texts")
    return tuple(texts)


def _options(entry: Mapping[str, Any], where: str) -> tuple[tuple[str, Option], ...]:
    found = []
    for key, allowed in OPTIONS.items():
        if key not in entry:
            continue
        value = entry[key]
        if isinstance(allowed, frozenset) and not (isinstance(value, str) and value in allowed):
            raise RuleError(
                f"{where}: {key!r} must be one of {', '.join(sorted(allowed))}, not {value!r}"
            )
        if isinstance(allowed, type) and not isinstance(value, allowed):
            raise RuleError(f"{where}: {key!r} must be a {allowed.__name__}, not {value!r}")
        found.append((key, value))
    return tuple(found)
