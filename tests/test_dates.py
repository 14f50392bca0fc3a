"""When something was said, on frozen parses of texts written for the purpose; what dates come to; the seed with the real model."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.dates import date_quotes
from quotes.dates.expressions import Time
from quotes.dates.reckoning import fits, reckon
from quotes.parsing.conllu import read_conllu
from quotes.pipeline import ReadyParse, process
from quotes.records import Document, Parse, Quote, SaidOn, Span
from quotes.rules import RuleSet, load_rules

TESTS = Path(__file__).resolve().parent
CASES: list[dict[str, Any]] = tomllib.loads((TESTS / "cases" / "dates.toml").read_text(encoding="utf-8"))["case"]
PARSES = {document.text: parse for document, parse in read_conllu(TESTS / "parses" / "dates.conllu")}
FRIDAY = date(2023, 10, 27)
LEAST = 0.3  # what is printed by default


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules()


def quotes_of(case: dict[str, Any], rules: RuleSet) -> tuple[Document, list[Quote]]:
    """The document of a case and its quotes, in the order of their cues; those of cue `cue` only, however unlikely, where it is given."""
    document = Document(id="case", text=case["text"], published=case.get("published"))
    found = process(document, parser=ReadyParse(PARSES[case["text"]]), rules=rules)
    wanted = case.get("cue")
    chosen = [q for q in found if q.cue and (any(s.of(document.text) == wanted for s in q.cue) if wanted else q.confidence >= LEAST)]
    return document, sorted(chosen, key=lambda q: q.cue)


def wanted(case: dict[str, Any]) -> tuple[str | None, SaidOn | None]:
    said = SaidOn(case["date"], case["precision"]) if "date" in case else None
    return case.get("when"), said


def got(document: Document, quote: Quote) -> tuple[str | None, SaidOn | None]:
    return quote.when.of(document.text) if quote.when else None, quote.said_on


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_quote_is_dated_by_the_words_that_date_the_saying(case: dict[str, Any], rules: RuleSet) -> None:
    document, quotes = quotes_of(case, rules)
    assert quotes, "no quote found"
    assert got(document, quotes[0]) == wanted(case)


def test_the_cases_are_many_and_a_third_of_them_are_traps() -> None:
    assert len(CASES) >= 55
    assert sum(case.get("trap", False) for case in CASES) * 3 >= len(CASES)
    assert {case["text"] for case in CASES} == set(PARSES), "run python training/freeze_dates.py"
