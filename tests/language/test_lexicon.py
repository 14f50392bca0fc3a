"""The word lists of English: every list that the program reads is there and in use."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

import pytest

from quotes.dates.time_words import TimeWords, load_time_words
from quotes.language import REQUIRED_LISTS
from quotes.language.lexicon import Lexicon, load_lexicon
from tests.builders import ENGLISH

LEXICON = load_lexicon(ENGLISH)


def tables(kind: type) -> list[str]:
    return [name for name, value in vars(kind).items() if isinstance(value, cached_property)]


@pytest.mark.parametrize("name", tables(Lexicon))
def test_a_table_of_the_lexicon_holds_words(name: str) -> None:
    assert getattr(LEXICON, name)


@pytest.mark.parametrize("name", tables(TimeWords))
def test_a_table_of_the_words_of_time_holds_words(name: str) -> None:
    assert getattr(load_time_words(ENGLISH), name)


def test_lists_of_english_are_read_by_code_or_rules_and_lists_read_are_there(root: Path) -> None:
    code = "\n".join(path.read_text("utf-8") for path in (root / "quotes").rglob("*.py"))
    code += (ENGLISH.folder / "rules.toml").read_text("utf-8")
    code += "\n".join(path.read_text("utf-8") for path in (root / "training").glob("*.py"))
    there = {path.stem for path in (ENGLISH.folder / "words").glob("*.txt")}
    assert {name for name in there if f'"{name}"' not in code and f"'{name}'" not in code} == set()
    called = (
        r"(?:language\.words|\.optional_words|self\._words|"
        r"_table|_lines|_pairs|opening)\(\"([a-z-]+)\"\)"
    )
    assert set(re.findall(called, code)) | REQUIRED_LISTS <= there


def test_roles_and_genders() -> None:
    assert LEXICON.is_role("spokeswoman")
    assert LEXICON.is_role("vice-president")
    assert not LEXICON.is_role("table")
    assert LEXICON.gender_of(["nobody", "spokeswoman"]) == "female"
    assert LEXICON.gender_of_first_name("Anna") == "female"
    assert LEXICON.gender_of_first_name("Glap") is None
    assert LEXICON.singular("democrats") == "democrat"
    assert LEXICON.singular("person") == "person"
