"""Options that every command has."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from quotes.cli.common_options import SHORT, commands_below, verbosity
from quotes.cli.main import cli
from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def _log() -> Iterator[None]:
    """Leave the log as it was."""
    log = logging.getLogger("quotes")
    level, handlers = log.level, list(log.handlers)
    yield
    log.setLevel(level)
    log.handlers[:] = handlers


def test_every_command_has_the_same_short_and_long_names() -> None:
    commands = list(commands_below(cli))
    assert {command.name for command, _ in commands} >= {"extract", "speakers", "merge", "undo"}
    for command, _ in commands:
        names = {name for option in command.params for name in option.opts}
        assert {"-q", "--quiet", "-v", "--verbose", "--debug"} <= names, command.name
        for long, short in SHORT.items():
            assert (long in names) == (short in names), f"{command.name} {long}"


def test_a_command_of_a_command_takes_the_store_at_its_end(run: Run, folder: Path) -> None:
    for arguments in (
        ("speakers", "undo", "none", "--store", folder),
        ("speakers", "--store", folder, "undo", "none"),
        ("speakers", "--store", "elsewhere", "undo", "none", "-s", folder),
    ):
        done = run(*arguments)
        assert done.returncode == 2
        assert "no review 'none' to undo" in done.stderr
    done = run("speakers", "Anna Lindqvist", "--store", folder)
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        "Anna Lindqvist (person) · anna-lindqvist",
    )


def test_what_a_command_answers_goes_to_a_file(run: Run, folder: Path, tmp_path: Path) -> None:
    for words, name in (
        (("documents",), "a.csv"),
        (("search", "water"), "b.jsonl"),
        (("timeline", "Anna Lindqvist"), "c.txt"),
        (("speakers",), "d.csv"),
        (("speakers", "Anna Lindqvist"), "e.txt"),
        (("show", "harbour"), "f.txt"),
    ):
        path = tmp_path / name
        form = {".txt": "table"}.get(path.suffix, path.suffix[1:])
        format = () if words[0] == "show" else ("--format", form)
        done = run(*words, "--store", folder, "-o", path)
        assert done.stdout == ""
        assert path.read_text(encoding="utf-8") == run(*words, "-s", folder, *format).stdout
    done = run("timeline", "Anna Lindqvist", "-s", folder, "-o", tmp_path / "t.xlsx")
    assert done.returncode == 2
    assert "t.xlsx: this is not written as xlsx" in done.stderr
    done = run("speakers", "-o", tmp_path / "t.txt", "Anna Lindqvist", "-s", folder)
    assert done.returncode == 2
    assert "give it at the end" in done.stderr
    assert not list(tmp_path.glob("t.*"))


def test_quiet_leaves_errors_only(run: Run, folder: Path, tmp_path: Path) -> None:
    done = run("export", "-s", folder, "-o", tmp_path / "q.csv", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = run("export", "-s", folder, "-o", tmp_path / "no" / "q.csv", "-q")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_debug_says_where_an_error_comes_from(run: Run, tmp_path: Path) -> None:
    plain = run("timeline", "Anna", "--store", tmp_path / "none")
    traced = run("timeline", "Anna", "--store", tmp_path / "none", "--debug")
    assert "Traceback" not in plain.stderr
    assert "StoreError" in traced.stderr
    assert traced.stderr.splitlines()[-1] == plain.stderr.splitlines()[-1]


def test_verbose_prints_what_the_package_logs(
    run: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("speakers", "-s", folder, "-v").returncode == 0
    logging.getLogger("quotes.models").info("model loaded")
    logging.getLogger("quotes.models").debug("details")
    assert capsys.readouterr().err == "quotes: model loaded\n"


def test_outside_of_a_command_all_is_said() -> None:
    assert not verbosity().quiet
    with click.Context(click.Command("other")):
        assert not verbosity().debug


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract"], "quotes: give at least one PATH: "),
        (["extrac"], "quotes: no such command 'extrac'. Did you mean 'extract'?"),
        (["export", "--tabel", "quotes"], "quotes: no such option '--tabel'. (Did you mean"),
        (["timeline"], "quotes: missing argument 'NAME': see `quotes timeline --help`"),
        (["export", "--since", "2025-02-30"], "there is no such day"),
        (["timeline", "Anna", "--store", "none"], "quotes: none"),
    ],
)
def test_errors_have_one_style(run: Run, arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("quotes: ")
    assert message in done.stderr
