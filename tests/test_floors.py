"""The figures on dev, with the embedded model, are not beyond those in data/floors.json."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quotes.evaluation.measures import ATTRIBUTIONS
from training.gold import DataError
from training.raise_floors import (
    F1_FLOORS,
    FLOORS,
    SECTIONS,
    SHARE_CEILINGS,
    SHARE_FLOORS,
    Figure,
    Measured,
    Section,
    f1_figures,
    measure,
    raised,
)

NAMES = {
    "polnear/dev": {"floors": list(F1_FLOORS)},
    "outlets/dev": {"floors": list(SHARE_FLOORS), "ceilings": list(SHARE_CEILINGS)},
}
EACH = [
    (section, kind, name)
    for section in SECTIONS
    for kind, names in NAMES[section.name].items()
    for name in names
]


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return made


@pytest.fixture(scope="module")
def measured(gold: Path, models: Any) -> Any:
    """Return a function that measures a section once."""

    @cache
    def once(section: Section) -> Measured:
        if not (gold / section.name).is_dir():
            pytest.skip(f"QUOTES_GOLD holds no {section.name}")
        return measure(section, gold, models)

    return once


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_the_gold_is_that_of_the_floors(
    known: dict[str, Any], measured: Any, section: Section
) -> None:
    made = measured(section)
    assert made.gold == known[section.name]["gold"]
    assert made.articles == known[section.name]["articles"]


@pytest.mark.parametrize(
    ("section", "kind", "name"), EACH, ids=[f"{s.name} {name}" for s, _, name in EACH]
)
def test_no_figure_is_beyond_its_floor_or_ceiling(
    known: dict[str, Any], measured: Any, section: Section, kind: str, name: str
) -> None:
    value, bound = measured(section).figures[name].value, known[section.name][kind][name]
    assert value <= bound if kind == "ceilings" else value >= bound


def test_the_file_says_what_it_holds(known: dict[str, Any]) -> None:
    assert list(known) == list(NAMES) == [section.name for section in SECTIONS]
    for section in SECTIONS:
        made = known[section.name]
        assert made["command"] == section.command
        kinds = {kind: list(made[kind]) for kind in ("floors", "ceilings") if kind in made}
        assert kinds == NAMES[section.name]


def test_floors_go_up_only() -> None:
    known = {"gold": "abc", "floors": {"ALL content F1": 70.0, "ALL attribution F1": 60.0}}
    values = {"ALL content F1": 69.0, "ALL attribution F1": 66.66, "DIRECT attribution F1": 90.04}
    figures = {name: Figure(value, 1000) for name, value in values.items()}
    made = raised(SECTIONS[0], known, Measured("abc", 1, figures))
    assert made["floors"] == {
        "ALL content F1": 70.0,
        "ALL attribution F1": 66.1,
        "DIRECT attribution F1": 89.5,
    }


def test_ceilings_go_down_only() -> None:
    section = Section("anything", ATTRIBUTIONS, f1_figures, ("wrong", "odd"))
    known = {"gold": "abc", "floors": {}, "ceilings": {"wrong": 5.0, "odd": 9.0}}
    figures = {"wrong": Figure(8.0, 400), "odd": Figure(4.22, 400)}
    made = raised(section, known, Measured("abc", 1, figures))
    assert (made["floors"], made["ceilings"]) == ({}, {"wrong": 5.0, "odd": 4.8})


def test_one_case_of_few_is_no_fall() -> None:
    made = raised(SECTIONS[0], {}, Measured("abc", 1, {"days": Figure(50.0, 12)}))
    assert made["floors"] == {"days": 41.6}


def test_floors_of_other_gold_are_not_compared() -> None:
    with pytest.raises(DataError, match="are of gold abc, this is def"):
        raised(SECTIONS[0], {"gold": "abc", "floors": {}}, Measured("def", 1, {}))
