"""The examples of docs/verify.md get the verdicts that stand beside them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from quotes.records import Document, SaidOn
from quotes.verification.findings import Claim, Verdict
from quotes.verification.passage_index import PassageIndex
from quotes.verification.source_texts import SourceText
from quotes.verification.verifier import Verifier
from tests.paths import ROOT
from tests.verification.sources import ENGLISH, claim

PAGE = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
WEEK_BEFORE, MONDAY = date(2024, 2, 26), SaidOn(date(2024, 3, 4), "day")
DIRECT = re.compile(r"“(?P<words>[^”]+?),?” (?P<speaker>\w+) said")
INDIRECT = re.compile(r"(?P<speaker>\w+) said (?P<words>that [^.]+)\.")


def source() -> SourceText:
    quoted = "\n".join(
        line.removeprefix(">").strip() for line in PAGE.splitlines() if line.startswith(">")
    )
    return SourceText(Document(id="council", text=quoted, published=WEEK_BEFORE), ENGLISH)


def examples() -> dict[str, str]:
    """Return the example of each verdict."""
    rows = (line.split(" | ") for line in PAGE.splitlines() if line.startswith("| **"))
    return {row[0].strip("|* "): row[2] for row in rows}


def as_claim(example: str) -> Claim:
    found = DIRECT.search(example) or INDIRECT.search(example)
    assert found, example
    made = claim(found["words"], found["speaker"])
    if found.re is INDIRECT:
        made = replace(made, type="indirect")
    return replace(made, said_on=MONDAY) if "on Monday" in example else made


def test_each_verdict_has_an_example() -> None:
    assert tuple(examples()) == get_args(Verdict)


@pytest.mark.parametrize("verdict", get_args(Verdict))
def test_the_example_gets_the_verdict(verdict: Verdict) -> None:
    verifier = Verifier(PassageIndex([source()], ENGLISH), ENGLISH)
    assert verifier.check(as_claim(examples()[verdict])).verdict == verdict
