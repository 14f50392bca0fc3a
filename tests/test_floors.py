"""The figures on PolNeAR dev, with the embedded model, are not below those in data/floors.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from training.gold import DataError
from training.raise_floors import COMMAND, FLOORS, KEPT, SPLIT, Slice, measure, raised


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return made


@pytest.fixture(scope="module")
def measured(gold: Path, models: Any) -> Slice:
    if not (gold / SPLIT).is_dir():
        pytest.skip(f"QUOTES_GOLD holds no {SPLIT}")
    return measure(gold, models)


def test_the_gold_is_that_of_the_floors(known: dict[str, Any], measured: Slice) -> None:
    assert measured.gold == known["gold"]
    assert len(measured.comparisons) == known["articles"]


@pytest.mark.parametrize("name", KEPT)
def test_no_figure_is_below_its_floor(known: dict[str, Any], measured: Slice, name: str) -> None:
    assert measured.figures[name] >= known["floors"][name]


def test_the_file_says_what_it_holds(known: dict[str, Any]) -> None:
    assert known["command"] == COMMAND
    assert list(known["floors"]) == list(KEPT)


def test_floors_go_up_only() -> None:
    known = {"gold": "abc", "floors": {"ALL content F1": 70.0, "ALL attribution F1": 60.0}}
    figures = {"ALL content F1": 69.0, "ALL attribution F1": 66.66, "DIRECT attribution F1": 90.04}
    made = raised(known, Slice("abc", (), figures))
    assert made["floors"] == {
        "ALL content F1": 70.0,
        "ALL attribution F1": 66.1,
        "DIRECT attribution F1": 89.5,
    }


def test_floors_of_other_gold_are_not_compared() -> None:
    with pytest.raises(DataError, match="are of gold abc, this is def"):
        raised({"gold": "abc", "floors": {}}, Slice("def", (), {}))
