"""Grouping of statements: cases, the two seeds, and who printed what first."""

from __future__ import annotations

import json
import random
import tomllib
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from quotes import statements
from quotes.records import SaidOn
from quotes.statements import Group, Statement
from quotes.statements.weights import vocabulary
from tests.builders import ENGLISH
from tests.paths import TESTS

compare = partial(statements.compare, words=vocabulary(ENGLISH))
group = partial(statements.group, language=ENGLISH)
may_join = partial(statements.may_join, language=ENGLISH)
FOLDER = TESTS / "cases"
CASES, SECOND = (
    tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    for name in ("statements.toml", "statements-second.toml")
)
LONG = (
    "Whoever poisoned the river above the town knew exactly what they were doing, "
    "and the police will find them"
)
MARCH = [date(2024, 3, day) for day in range(1, 10)]


def printed(number: int, words: str, **known: Any) -> Statement:
    """A statement in a document of its own, by speaker s."""
    return Statement(
        **{
            "id": f"{number:016x}",
            "document": f"d{number}",
            "words": words,
            "speaker_id": "s",
            **known,
        }
    )


def of_case(case: dict[str, Any]) -> list[Statement]:
    made = []
    for place, name in enumerate("ab"):
        known: dict[str, Any] = {key: case[key][place] for key in ("published",) if key in case}
        if "documents" in case:
            known["document"] = case["documents"][place]
        if "speakers" in case:
            known["speaker_id"] = case["speakers"][place] or None
        if "said_on" in case:
            known["said_on"] = SaidOn(case["said_on"][place], "day")
        made.append(printed(place, case[name], **known))
    return made


def partition(groups: tuple[Group, ...]) -> set[frozenset[str]]:
    return {frozenset(statement.id for statement in one.statements) for one in groups}


@pytest.mark.parametrize("case", CASES["group"], ids=lambda case: case["name"])
def test_a_case(case: dict[str, Any]) -> None:
    assert (len(group(of_case(case))) == 1) is case["same"]


def test_the_lists_are_long_enough_and_half_traps() -> None:
    for cases, least in ((CASES, 40), (SECOND, 20)):
        assert len(cases["compare"]) + len(cases["group"]) >= least
        assert (
            sum(case["name"].startswith("trap:") for case in (*cases["compare"], *cases["group"]))
            >= least // 2
        )


def test_the_second_list() -> None:
    wrong = [
        case["name"]
        for case in SECOND["compare"]
        if (compare(case["asked"], case["printed"]).kind or "none") != case["kind"]
    ]
    wrong += [
        case["name"]
        for case in SECOND["group"]
        if (len(group(of_case(case))) == 1) is not case["same"]
    ]
    assert wrong == []


def test_the_two_seeds_print_one_statement_of_the_ministry(
    gold_statements: list[Statement],
) -> None:
    groups = group(gold_statements)
    several = [one for one in groups if len({s.document for s in one.statements}) > 1]
    assert [sorted(v.words[:15] for v in one.variants) for one in several] == [
        ["Abu Marzook, a ", "Contacts were h"]
    ]


@pytest.fixture
def gold_statements(root: Path) -> list[Statement]:
    """Return the gold quotes of the two seeds; the two names of the ministry are one speaker."""
    made = []
    lines = (root / "tests" / "gold" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    for number, quote in enumerate(
        found for line in lines if "speaker" in (found := json.loads(line))
    ):
        speaker = (quote["speaker"] or [None])[0]
        identity = "ministry" if speaker and "foreign ministry" in speaker.lower() else speaker
        made.append(
            printed(
                number,
                " ".join(quote["text"]),
                document=quote["doc"],
                speaker_id=identity,
                speaker=speaker,
            )
        )
    return made


def test_the_first_to_print_it_is_known_by_day() -> None:
    (one,) = group(
        [
            printed(3, LONG, published=MARCH[2]),
            printed(1, LONG),
            printed(2, LONG, published=MARCH[4]),
        ]
    )
    assert [s.document for s in one.statements] == ["d3", "d2", "d1"]
    assert [s.document for s in one.first] == ["d3"]
    assert one.id == f"{3:016x}"


def test_two_on_one_day_are_a_tie_but_a_copy_is_none() -> None:
    day = {"published": MARCH[0]}
    (one,) = group(
        [printed(1, LONG, **day), printed(2, LONG, **day), printed(3, LONG, copy_of="d1", **day)]
    )
    assert [s.document for s in one.first] == ["d1", "d2"]
    assert one.documents == ("d1", "d2")


def test_without_a_day_nobody_is_first() -> None:
    (one,) = group([printed(1, LONG), printed(2, LONG)])
    assert one.first == ()


def test_variants_are_distinct_wordings_the_earliest_first() -> None:
    shouted = printed(2, f"“{LONG.upper()}”", published=MARCH[1])
    part = printed(
        3,
        "Whoever poisoned the river above the town knew exactly what they were doing",
        published=MARCH[0],
    )
    (one,) = group([printed(1, LONG, published=MARCH[2]), shouted, part])
    assert [[s.document for s in variant.printed] for variant in one.variants] == [
        ["d3"],
        ["d2", "d1"],
    ]
    assert one.reasons == ("same words", "part")


def test_a_part_that_fits_two_statements_does_not_make_them_one() -> None:
    found = [
        printed(
            1,
            "Rescuers found 12 survivors under the market hall in the old town of Velm",
            published=MARCH[0],
        ),
        printed(
            2,
            "Rescuers found 21 survivors under the market hall in the old town of Velm",
            published=MARCH[1],
        ),
        printed(3, "survivors under the market hall in the old town of Velm", published=MARCH[1]),
    ]
    assert len(group(found)) == 2


def test_the_order_of_the_input_changes_nothing() -> None:
    made = [
        statement
        for number, case in enumerate(CASES["group"])
        for statement in _renamed(of_case(case), number)
    ]
    wanted = group(made)
    for seed in range(5):
        shuffled = list(made)
        random.Random(seed).shuffle(shuffled)
        assert group(shuffled) == wanted


def test_every_statement_is_in_one_group() -> None:
    made = [
        statement
        for number, case in enumerate(CASES["group"])
        for statement in _renamed(of_case(case), number)
    ]
    ids = [statement.id for one in group(made) for statement in one.statements]
    assert sorted(ids) == sorted(statement.id for statement in made)
    assert group([]) == ()


def _renamed(pair: list[Statement], number: int) -> list[Statement]:
    return [
        replace(s, id=f"{number * 2 + i:016x}", document=f"{number}-{s.document}")
        for i, s in enumerate(pair)
    ]


def test_words_without_letters_are_groups_of_their_own() -> None:
    found = group([printed(1, "…"), printed(2, "!"), printed(3, LONG)])
    assert frozenset([f"{3:016x}"]) in partition(found)


def test_other_wordings_are_looked_for_with_the_same_speaker_or_a_run_of_words() -> None:
    retelling = (
        "Police will find the people: they knew that the town had its river poisoned "
        "by whoever was above"
    )
    part = "Whoever poisoned the river above the town knew exactly what they were doing"
    apart = "Rain is expected over the harbour on Sunday"
    assert may_join(LONG, {retelling: True, part: True, apart: True}) == {retelling, part}
    assert may_join(LONG, {retelling: False, part: False, apart: False}) == {part}
