"""The rules of a language: a rule file and its word lists in, checked and compiled rules out; a Parse in, the places where rules fit out.

A rule is a pattern (quotes.language.patterns) beside sentences that it must fit and sentences that it must not. Loading refuses a rule without both.
Whether the examples come out right is not looked at here, which would need a parser: tests/language/test_rules.py does that on frozen parses.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

from quotes.errors import RuleError
from quotes.language.patterns import Pattern, compile_pattern
from quotes.language.patterns.sentence_index import SentenceIndex, WordTest
from quotes.language.resources import data_folder, read_word_list
from quotes.records import Factuality, Match, Parse, Span, Spans

ROLES = {"s": "source", "c": "cue", "q": "content", "a": "addressee"}
CONTENTS = frozenset({"clause", "matrix", "marked"})
# What a rule may tell the extraction, and the values allowed: a set of strings, or the type.
OPTIONS: Mapping[str, frozenset[str] | type] = {
    "content": CONTENTS,
    "factuality": frozenset(get_args(Factuality)),
    "loose": bool,  # the content is a phrase rather than a clause: quotation marks beside the cue come before it
    "chain": bool,  # inside another statement it is the inner link of a chain (X reported that Y said Z) and as sure as outside
    "citing": bool,  # the source is cited by the source of another cue, whose content it shares
    "inherits": bool,  # the source is shared with another verb
    "inverted": bool,  # only right after a quotation
    "quoted": bool,  # only where words of the content stand in quotation marks
    "question": bool,  # with an asking verb the content is a question
}
UNMEASURED = 0.5  # the prior of a rule that gives none
KEYS = frozenset({"name", "match", "yes", "no", "why", "tags", "prior"})
BRACKET = re.compile(r"\\([\[\]\\])|\[([a-z]): ?|([\[\]])")

Option = str | bool | float


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the places of its source, cue and content. `roles` are in the order in which they begin."""

    text: str
    roles: tuple[tuple[str, Span], ...]

    def spans(self, role: str) -> Spans:
        """The spans of one role: `source`, `cue`, `content` or `addressee`."""
        return tuple(span for name, span in self.roles if name == role)


@dataclass(frozen=True)
class Rule:
    """One rule. `prior` is how often it is right on training data; `options` are for the extraction, `tags` free words."""

    name: str
    pattern: Pattern
    yes: tuple[Example, ...]
    no: tuple[Example, ...]
    why: str
    tags: tuple[str, ...] = ()
    prior: float = UNMEASURED
    options: tuple[tuple[str, Option], ...] = ()

    def option(self, name: str, default: Option | None = None) -> Option | None:
        """The value of an option, or `default`."""
        return next((value for key, value in self.options if key == name), default)


@dataclass(frozen=True)
class RuleSet:
    """All rules of a language in the order of their file, with the word lists that they name."""

    language: str
    rules: tuple[Rule, ...]
    lists: Mapping[str, frozenset[str]]

    @cached_property
    def by_name(self) -> Mapping[str, Rule]:
        return {rule.name: rule for rule in self.rules}

    @cached_property
    def _gates(self) -> tuple[tuple[WordTest | None, tuple[tuple[int, Rule], ...]], ...]:
        """The rules by their most selective test, so that a sentence without such a word passes over all of them at once."""
        gates: dict[WordTest | None, list[tuple[int, Rule]]] = {}
        for number, rule in enumerate(self.rules):
            gates.setdefault(next(iter(rule.pattern.required), None), []).append((number, rule))
        return tuple((test, tuple(rules)) for test, rules in gates.items())

    def find(self, parse: Parse) -> tuple[Match, ...]:
        """Every place where a rule fits: by sentence, then by the place of the cue, then in the order of the rule file."""
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
    r"""Read `[s: Smith] [c: said] [q: prices rose].`: s source, c cue, q content, a addressee; brackets of the sentence itself as `\[`.

    Brackets may stand within brackets once. Raises RuleError.
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
            role, begin, order = opened.pop()
            closed.append((order, role, Span(begin, size)))
        elif found[3]:
            raise RuleError(
                rf"example {text!r}: {found[3]!r} belongs to no role; if the sentence has it, write \{found[3]}"
            )
        elif found[2] not in ROLES:
            raise RuleError(
                f"example {text!r}: unknown role {found[2]!r}: there are {', '.join(f'{k} ({v})' for k, v in ROLES.items())}"
            )
        elif len(opened) == 2:
            raise RuleError(f"example {text!r}: three brackets within each other; two at most")
        else:
            opened.append((ROLES[found[2]], size, len(opened) + len(closed)))
    if opened:
        raise RuleError(f"example {text!r}: the bracket of {opened[-1][0]} is not closed by ']'")
    plain.append(text[at:])
    return Example(
        "".join(plain),
        tuple((role, span) for _, role, span in sorted(closed, key=lambda entry: entry[0])),
    )


def load_rules(language: str = "en", *, path: Path | str | None = None) -> RuleSet:
    """The rules of a language, or of the rule file at `path`, whose word lists lie beside it in `words/`. Raises RuleError."""
    file = Path(path) if path is not None else data_folder() / language / "rules.toml"
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{file}: the rule file cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{file}: not TOML: {error}") from error
    _check_keys(content, {"language", "lists", "rule"}, str(file))
    lists = _lists(content.get("lists", {}), file)
    rules = tuple(
        _rule(entry, number, lists, file)
        for number, entry in enumerate(_entries(content, file), start=1)
    )
    names = [rule.name for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise RuleError(f"{file}: rule {name!r} stands twice: give one of them another name")
    return RuleSet(str(content.get("language", language)), rules, lists)


def _entries(content: Mapping[str, Any], file: Path) -> list[Any]:
    entries = content.get("rule", [])
    if not isinstance(entries, list) or not entries:
        raise RuleError(f"{file}: no rules: each begins with a line [[rule]]")
    return entries


def _lists(table: object, file: Path) -> dict[str, frozenset[str]]:
    """The word lists by name; one that is made of several files holds the entries of all."""
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
                f'{file}: list {name!r}: expected files of words/ without ending, such as ["speech-verbs"]'
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
        tags = _texts(entry, "tags")
    except RuleError as error:
        raise RuleError(f"{where}: {error}") from error
    if "cue" not in pattern.always:
        raise RuleError(
            f"{where}: the pattern must name the word of the cue in every match: write =cue behind it"
        )
    if not yes or not no:
        raise RuleError(
            f"{where}: needs sentences that it fits (yes) and sentences that it must not fit (no)"
        )
    prior = entry.get("prior", UNMEASURED)
    if not (isinstance(prior, float) and 0 <= prior <= 1):
        raise RuleError(f"{where}: 'prior' must be a number from 0.0 to 1.0, not {prior!r}")
    return Rule(entry["name"], pattern, yes, no, entry["why"], tags, prior, _options(entry, where))


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
