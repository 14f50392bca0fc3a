"""Completion by a shell."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from quotes.cli.completion import COMPLETING, SHELLS
from quotes.cli.configuration import default_map
from quotes.cli.main import cli
from tests.cli.conftest import Run


def completed(
    *words: str | Path, typed: str = "", settings: dict[str, str] | None = None
) -> set[str]:
    """What a shell offers after these words."""
    defaults = default_map(cli, settings or {}, Path("quotes.toml").absolute())
    shell = ShellComplete(cli, {"default_map": defaults}, "quotes", COMPLETING)
    return {item.value for item in shell.get_completions(list(map(str, words)), typed)}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_calls_the_program(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.returncode == 0
    assert COMPLETING in done.stdout
    assert f"{shell}_complete" in done.stdout


def test_commands_and_options_are_completed() -> None:
    assert completed(typed="ex") == {"extract", "export"}
    assert "--speaker" in completed("export", typed="--s")


def test_names_come_from_the_store_that_is_named(folder: Path) -> None:
    assert completed("export", "--store", folder, "--speaker", typed="lind") == {"Anna Lindqvist"}
    assert completed("export", "-s", folder, "--outlet", typed="ev") == {"Evening Star"}
    assert completed("export", "-s", folder, "--document", typed="har") == {"harbour"}
    assert completed("timeline", "-s", folder, typed="anna") == {"Anna Lindqvist"}
    assert completed("speakers", "--store", folder, typed="A") == {"Anna Lindqvist"}
    assert "merge" in completed("speakers", "--store", folder, typed="m")
    assert completed("speakers", "merge", "-s", folder, typed="lind") == {"Anna Lindqvist"}
    assert completed("speakers", "-s", folder, "split", typed="lind") == {"Anna Lindqvist"}
    assert completed("remove", "-s", folder, typed="la") == {"later"}
    settings = {"store": str(folder)}
    assert completed("export", "--speaker", typed="An", settings=settings) == {"Anna Lindqvist"}


def test_without_a_store_nothing_is_offered_and_nothing_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert completed("export", "--store", tmp_path / "none", "--speaker", typed="An") == set()
    assert capsys.readouterr() == ("", "")
