"""The pages show what the program prints, and describe every command, option and column.

Measured probabilities are not compared: they may differ in their last digit from machine to
machine. `python -m docs.sessions` makes all sessions anew.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

import quotes
from docs import sessions
from quotes import api
from quotes.cli.main import cli
from quotes.quote_columns import QUOTE_COLUMNS
from tests.paths import ROOT


def comparable(text: str) -> str:
    """Remove probabilities, and the spaces between columns, which depend on their widths."""
    return re.sub(r" +", " ", re.sub(r"\b\d{1,3}%|\b[01]\.\d+\b", "N", text))


def commands() -> Iterator[tuple[str, click.Command]]:
    yield from cli.commands.items()


@pytest.fixture
def loaded(models: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The real model in place of loading it again."""
    monkeypatch.setattr("quotes.models.load_models", lambda *_, **__: models)
    api._models.cache_clear()
    yield models
    api._models.cache_clear()


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("page", sessions.PAGES)
@pytest.mark.slow
@pytest.mark.model
def test_a_session_comes_out_as_it_is_printed(page: str, root: Path) -> None:
    text = (root / page).read_text(encoding="utf-8")
    assert comparable(sessions.rewritten(text)).splitlines() == comparable(text).splitlines()


@pytest.mark.usefixtures("loaded")
@pytest.mark.model
def test_the_picture_shows_what_the_command_prints(root: Path) -> None:
    shown, drawn = (
        comparable(html.unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", svg, flags=re.DOTALL)))
        for svg in ((root / sessions.PICTURE).read_text(encoding="utf-8"), sessions.picture())
    )
    assert shown.split() == drawn.split()


def test_the_picture_calls_no_server(root: Path) -> None:
    svg = (root / sessions.PICTURE).read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\s\"')]+", svg)) <= {
        "http://www.w3.org/2000/svg",
        "https://www.textualize.io",
    }


def test_every_command_and_option_has_a_help_text_and_an_example() -> None:
    for name, command in commands():
        assert command.help, name
        assert f"quotes {name}" in command.help, f"{name}: no example"
        for parameter in command.params:
            assert isinstance(parameter, click.Argument) or getattr(parameter, "help", None), (
                f"{name}: {parameter.name}"
            )


def test_every_command_is_documented(root: Path) -> None:
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in commands():
        assert f"$ quotes {name} --help" in page
        for parameter in command.params:
            assert all(option in page for option in parameter.opts if option.startswith("--"))


def test_every_column_is_documented(root: Path) -> None:
    page = (root / "docs" / "formats.md").read_text(encoding="utf-8")
    described = re.findall(r"^\| `(\w+)` \| (\w+) \| .+ \|$", page, re.MULTILINE)
    assert described == [(column.name, column.kind) for column in QUOTE_COLUMNS]


def test_links_between_pages_lead_somewhere(root: Path) -> None:
    for page in [root / "README.md", *(root / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_has_the_two_set_up_commands_that_ci_runs(root: Path) -> None:
    page = (root / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^<!-- setup -->\n```sh\n(python3 .+)\n```$", page, re.MULTILINE)
    assert len(found) == 2
    assert "quotes extract seeds/" in found[0]
    assert "python3 -m pytest" in found[1]


@pytest.mark.parametrize("page", [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"])
def test_examples_in_python_show_public_names_only(page: Path) -> None:
    """What a page shows may be relied upon, so it is one of the names in `quotes.__all__`."""
    blocks = re.findall(
        r"```(?:python|pycon)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL
    )
    inside = [
        line
        for block in blocks
        for line in block.splitlines()
        if re.search(r"(?:from|import) quotes\.\w", line)
    ]
    assert inside == []
    ours = (block for block in blocks if not re.search(r"\bquotes = ", block))
    named = set(re.findall(r"\bquotes\.(\w+)\(", "\n".join(ours)))
    assert named <= {*quotes.__all__, "open"}
