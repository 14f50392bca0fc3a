"""`quotes evaluate`: tables, files, failures and refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotes.evaluation import (
    digest,
    read_gold,
)
from tests.evaluation.annotated import (
    harbour_folders,
)
from tests.evaluation.annotated_folder import QUOTES, harbour_line, write_folder

Command = Callable[..., Any]


@pytest.fixture
def harbour(tmp_path: Path, frozen: Path) -> tuple[Path, Path]:
    return harbour_folders(tmp_path, frozen)


def test_the_command_prints_tables_and_writes_what_is_asked_for(
    command: Command, harbour: tuple[Path, Path], tmp_path: Path
) -> None:
    gold, parsed = harbour
    page, plot, figures = (tmp_path / name for name in ("errors.html", "plot.svg", "figures.json"))
    done = command(
        "evaluate",
        gold,
        "--parsed",
        parsed,
        "--errors",
        page,
        "--plot",
        plot,
        "--json",
        figures,
        env={"FORCE_COLOR": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Attributions: ")
    assert "\x1b" not in done.stdout
    made = json.loads(figures.read_text(encoding="utf-8"))
    assert made["gold"] == digest(read_gold(gold))
    assert (made["articles"], made["min_confidence"]) == (2, 0.3)
    assert plot.read_text(encoding="utf-8").startswith("<svg")
    assert (
        page.read_text(encoding="utf-8").count('<svg viewBox="0 0')
        == page.read_text(encoding="utf-8").count("<article ")
        > 0
    )


def test_annotated_quotes_have_figures_of_their_own(command: Command, tmp_path: Path) -> None:
    gold = write_folder(tmp_path / "gold", harbour_line(*QUOTES))
    page, plot, figures = (tmp_path / name for name in ("errors.html", "plot.svg", "figures.json"))
    done = command("evaluate", gold, "--errors", page, "--plot", plot, "--json", figures)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Annotated quotes: ")
    assert "wrong speaker, of those named" in done.stdout
    made = json.loads(figures.read_text(encoding="utf-8"))
    assert made["figures"]["found"]["whole"] == 2
    assert plot.read_text(encoding="utf-8").startswith("<svg")
    assert "reported by Radio Costa" in page.read_text(encoding="utf-8")


def test_an_article_without_parse_is_named_and_counts_as_one_without_quotes(
    command: Command, harbour: tuple[Path, Path]
) -> None:
    gold, parsed = harbour
    (parsed / "article1.conllu").unlink()
    done = command("evaluate", gold, "--parsed", parsed)
    assert done.returncode == 2
    assert "no parse of document article1" in done.stderr
    assert " in 2 articles" in done.stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--errors", "{gold}/errors.html"), "is in an input folder"),
        (("--plot", "{gold}/../nowhere/plot.svg"), "name a file in an existing folder"),
        (("--parsed", "{gold}/none"), "no such folder"),
    ],
)
def test_what_cannot_work_is_refused_before_the_work(
    command: Command, harbour: tuple[Path, Path], arguments: tuple[str, str], said: str
) -> None:
    done = command(
        "evaluate", harbour[0], *(argument.format(gold=harbour[0]) for argument in arguments)
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
