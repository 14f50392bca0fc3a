"""The two seed articles, end to end: the command's JSON lines against answers written by hand.

Each expected attribution (tests/gold/seeds.jsonl) is paired with the quote whose words match best
(Jaccard of word sets), and must then be right in every field: words (>= 0.85), type, speaker, kind,
role, addressee, reported_by. Lists of speakers, kinds and roles are alternatives, an empty one is
unchecked; "alternative" replaces fields as a whole. Names are compared without articles and case.
An optional row may be found or not. A direct or mixed quote that matches no row is one too many.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.paths import TESTS

Row = dict[str, Any]
LITTLE = {"the", "a", "an", "of", "s", "their"}
# Jaccard indices of words: of a right quote, of one that matches a row, or an optional row
MIN_RIGHT, MIN_MATCH, MIN_OPTIONAL_MATCH = 0.85, 0.5, 0.8
GOLD = TESTS / "gold" / "seeds.jsonl"
EXPECTED: list[Row] = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
REQUIRED = [row for row in EXPECTED if "optional" not in row]


def words_of(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").lower())


def fit(one: list[str], other: list[str]) -> float:
    a, b = set(one), set(other)
    return len(a & b) / len(a | b) if a | b else 0.0


def same_name(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    a, b = (
        {re.sub(r"(ian|n|s)$", "", word) for word in words_of(name) if word not in LITTLE}
        for name in (one, other)
    )
    return bool(a) and a == b


def forms(row: Row) -> list[Row]:
    return [row, {**row, **row["alternative"]}] if "alternative" in row else [row]


def fit_of(row: Row, quote: Row) -> float:
    return max(fit(words_of(" ".join(form["text"])), quote["words"]) for form in forms(row))


def faults(row: Row, quote: Row) -> Iterator[str]:
    """What is wrong with a quote, field by field."""
    if fit(words_of(" ".join(row["text"])), quote["words"]) < MIN_RIGHT:
        yield f"words {' '.join(quote['words'])!r}"
    if quote["type"] != row["type"]:
        yield f"type {quote['type']}, not {row['type']}"
    if not any(same_name(quote["speaker"], name) for name in row["speaker"]):
        yield f"speaker {quote['speaker']!r}, not one of {row['speaker']}"
    if quote["kind"] not in row["kind"]:
        yield f"kind {quote['kind']}, not one of {row['kind']}"
    if row["role"] and not any(
        fit(words_of(quote["role"]), words_of(role)) >= 0.6 for role in row["role"]
    ):
        yield f"role {quote['role']!r}, not one of {row['role']}"
    if row["addressee"] and words_of(row["addressee"])[-1] not in words_of(quote["addressee"]):
        yield f"addressee {quote['addressee']!r}, not {row['addressee']!r}"
    for name in row["reported_by"]:
        if not any(
            set(words_of(name)) - LITTLE <= set(words_of(found)) for found in quote["reported_by"]
        ):
            yield f"reported_by {quote['reported_by']}, without {name!r}"


@pytest.fixture(scope="module")
def quotes_of(command: Any, root: Path) -> dict[str, list[Row]]:
    """The quotes of each seed article as the command prints them, their words beside them."""
    done = command("extract", "seeds", "--format", "jsonl", "--quiet", cwd=root)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found = {}
    for made in map(json.loads, done.stdout.splitlines()):
        text = (root / "seeds" / f"{made['id']}.txt").read_bytes().decode("utf-8")
        for quote in made["quotes"]:
            quote["words"] = words_of(" ".join(text[start:end] for start, end in quote["content"]))
            assert quote["text"] == [text[start:end] for start, end in quote["content"]]
        found[made["id"]] = made["quotes"]
    return found


@pytest.fixture(scope="module")
def pairs(quotes_of: dict[str, list[Row]]) -> dict[int, Row]:
    """Match quotes to rows of EXPECTED, one to one; required rows go first."""
    taken: dict[int, Row] = {}
    for number in sorted(range(len(EXPECTED)), key=lambda n: "optional" in EXPECTED[n]):
        row = EXPECTED[number]
        free = [
            quote
            for quote in quotes_of[row["doc"]]
            if all(quote is not used for used in taken.values())
        ]
        best = max(free, key=lambda quote: fit_of(row, quote), default=None)
        if best is not None and fit_of(row, best) >= (
            MIN_OPTIONAL_MATCH if "optional" in row else MIN_MATCH
        ):
            taken[number] = best
    return taken


@pytest.mark.parametrize(
    "row",
    REQUIRED,
    ids=lambda row: f"{row['doc'][:3]}-{row['speaker'][0]}-{words_of(row['text'][0])[0]}",
)
def test_an_attribution_of_the_seeds_is_right_in_every_field(
    row: Row, pairs: dict[int, Row]
) -> None:
    quote = pairs.get(EXPECTED.index(row))
    assert quote is not None, f"not found: {row['text'][0]}"
    assert min((list(faults(form, quote)) for form in forms(row)), key=len) == []


def test_no_quotation_is_found_where_there_is_none(
    quotes_of: dict[str, list[Row]], pairs: dict[int, Row]
) -> None:
    used = {quote["id"] for quote in pairs.values()}
    extra = [
        quote
        for quotes in quotes_of.values()
        for quote in quotes
        if quote["id"] not in used and quote["type"] != "indirect"
    ]
    assert [" ".join(quote["words"]) for quote in extra] == []
