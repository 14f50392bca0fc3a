"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click
import pytest
from click.testing import CliRunner

from quotes.cli.options import (
    Day,
    acts_option,
    format_option,
    limit_option,
    min_confidence_option,
    output_option,
    selection_options,
    store_option,
)
from quotes.defaults import ACTS, MIN_CONFIDENCE, SHOWN_ACTS, STORE_FOLDER

Command = Callable[..., None]


def given(
    option: Callable[[Command], Command], *arguments: str, env: dict[str, str] | None = None
) -> Any:
    """Run a command with one option and return the values that it is given, or the error."""
    found: dict[str, Any] = {}

    @click.command()
    @option
    def command(**values: Any) -> None:
        found.update(values)

    done = CliRunner().invoke(command, arguments, env=env)
    return found if done.exit_code == 0 else done.output


def test_a_day_is_read_from_text() -> None:
    assert given(click.option("--on", type=Day()), "--on", "2024-03-04") == {"on": date(2024, 3, 4)}
    assert "Invalid value for '--on'" in given(click.option("--on", type=Day()), "--on", "soon")


def test_the_store_is_named_by_option_else_by_the_environment_else_the_usual_one() -> None:
    env = {"QUOTES_STORE": "from-env"}
    assert given(store_option, "--store", "mine", env=env) == {"store": "mine"}
    assert given(store_option, env=env) == {"store": "from-env"}
    assert given(store_option, env={"QUOTES_STORE": ""}) == {"store": STORE_FOLDER}


def test_a_format_is_one_of_those_of_the_command() -> None:
    assert given(format_option()) == {"output_format": "table"}
    assert given(format_option(("table", "svg"), default=None)) == {"output_format": None}
    assert given(format_option(), "--format", "csv") == {"output_format": "csv"}
    assert "'svg' is not one of" in given(format_option(), "--format", "svg")


def test_a_limit_is_at_least_one() -> None:
    assert given(limit_option("Most rows.")) == {"limit": None}
    assert given(limit_option("Most rows.", default=10)) == {"limit": 10}
    assert given(limit_option("Most rows."), "--limit", "3") == {"limit": 3}
    assert "x>=1" in given(limit_option("Most rows."), "--limit", "0")


def test_a_confidence_lies_between_0_and_1_and_has_the_default_of_the_command() -> None:
    assert given(min_confidence_option()) == {"min_confidence": MIN_CONFIDENCE}
    assert given(min_confidence_option(None)) == {"min_confidence": None}
    assert given(min_confidence_option(0.0), "--min-confidence", "0.7") == {"min_confidence": 0.7}
    for written, share in (("70%", 0.7), ("0%", 0.0), (" 12.5% ", 0.125), ("1", 1.0)):
        assert given(min_confidence_option(), "--min-confidence", written) == {
            "min_confidence": share
        }
    for wrong in ("70", "170%", "-1", "nan", "high", "%"):
        assert "is not a share" in given(min_confidence_option(), "--min-confidence", wrong)
    assert "or 70%" in given(min_confidence_option(), "--min-confidence", "70")


def test_acts_are_named_with_commas_and_all_is_every_one() -> None:
    assert given(acts_option()) == {"acts": SHOWN_ACTS}
    assert given(acts_option(None)) == {"acts": None}
    assert given(acts_option(), "--acts", "thought, speech") == {"acts": ("speech", "thought")}
    assert given(acts_option(), "--acts", "all") == {"acts": ACTS}
    assert "each of acts must be one of" in given(acts_option(), "--acts", "deed")


@pytest.mark.parametrize(
    ("arguments", "name", "value"),
    [
        (("--since", "2024-03-04"), "since", date(2024, 3, 4)),
        (("--about", "the bridge"), "about", "the bridge"),
        (("--type", "direct"), "type", "direct"),
        (("--copies",), "copies", True),
    ],
)
def test_quotes_are_selected_by_the_same_options(
    arguments: tuple[str, ...], name: str, value: object
) -> None:
    found = given(selection_options, *arguments)
    assert found[name] == value
    assert set(found) == {"since", "until", "about", "role", "type", "copies"}


@pytest.mark.parametrize(
    ("option", "text", "day"),
    [
        ("--since", "2024-02", date(2024, 2, 1)),
        ("--until", "2024-02", date(2024, 2, 29)),
        ("--since", "2024", date(2024, 1, 1)),
        ("--until", "2024", date(2024, 12, 31)),
    ],
)
def test_a_month_or_a_year_is_its_first_or_its_last_day(option: str, text: str, day: date) -> None:
    assert given(selection_options, option, text)[option.removeprefix("--")] == day


@pytest.mark.parametrize("text", ["2024-13", "0000", "2024-02-30", "02/03/2024"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    assert "Invalid value for '--since'" in given(selection_options, "--since", text)


def test_a_dash_is_standard_output() -> None:
    assert given(output_option, "--output", "-") == {"output": None}
    assert given(output_option, "--output", "q.csv") == {"output": "q.csv"}
