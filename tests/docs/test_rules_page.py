"""The examples of docs/rules.md are true."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from quotes.errors import RuleError
from quotes.language.patterns import compile_pattern
from quotes.language.rules import KEYS, read_rules
from quotes.records import Sentence
from tests.builders import build_sentence
from tests.paths import ROOT

PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
TREE, ANSWERS, MISTAKE = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
[RULE] = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def numbered_tree() -> Sentence:
    """The tree of the page, whose lines are numbered."""
    return build_sentence(re.sub(r"^\d+ ", "", TREE, flags=re.MULTILINE))


def answers() -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for line in ANSWERS.splitlines():
        pattern, _, words = (part.strip() for part in line.partition("→"))
        if pattern:
            found.append((pattern, []))
        found[-1][1].append(words)
    return found


@pytest.mark.parametrize(("pattern", "expected"), answers())
def test_a_pattern_finds_what_the_page_says(pattern: str, expected: list[str]) -> None:
    tree = numbered_tree()
    found = compile_pattern(pattern, {}).find(tree)
    assert [
        " ".join(f"{name}={tree.words[word].form}" for name, word in at.items()) for at in found
    ] == expected


def test_the_rule_of_the_page_loads_and_its_keys_are_explained(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "speech-verbs.txt").write_text("say\n", encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULE, encoding="utf-8")
    assert (
        read_rules(tmp_path / "rules.toml").rules[0].name == tomllib.loads(RULE)["rule"][0]["name"]
    )
    assert set(re.findall(r"^\| `(\w+)`", PAGE, re.MULTILINE)) >= KEYS


def test_the_mistake_is_shown_as_the_page_says() -> None:
    with pytest.raises(RuleError) as raised:
        compile_pattern(MISTAKE.splitlines()[0], {})
    assert [line[2:] for line in str(raised.value).splitlines()[1:]] == MISTAKE.splitlines()
