"""Standard output: a pager on a terminal, and no bytes there."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import click
import pytest

from quotes.cli.standard_output import (
    pager,
    print_report,
    refuse_binary,
    report_format,
    standard_output,
    standard_output_in,
)
from quotes.errors import InputError


@pytest.fixture(autouse=True)
def _none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUOTES_PAGER", "PAGER"):
        monkeypatch.delenv(name, raising=False)


def test_the_pager_is_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    python = sys.executable
    monkeypatch.setenv("PAGER", f"{python} -m pager")
    assert pager() == [python, "-m", "pager"]
    monkeypatch.setenv("QUOTES_PAGER", "cat")
    assert pager() is None
    monkeypatch.setenv("QUOTES_PAGER", "")
    assert pager() is None
    monkeypatch.setenv("QUOTES_PAGER", "no-such-pager-here")
    assert pager() is None


def test_without_a_name_it_is_less_where_that_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    less = tmp_path / "less"
    less.write_text("#!/bin/sh\n")
    less.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TERM", "xterm")
    if sys.platform != "win32":
        assert pager() == [str(less)]
    monkeypatch.setenv("TERM", "dumb")
    assert pager() is None
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    monkeypatch.setenv("TERM", "xterm")
    assert pager() is None


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_what_is_printed_on_a_terminal_goes_through_the_pager() -> None:
    import pty

    code = (
        "from quotes.cli.standard_output import paged_console\n"
        "with paged_console() as console: console.print('one', style='red'); console.print('two')"
    )
    upper = f"{sys.executable} -c 'import sys; print(sys.stdin.read().upper())'"
    ours, theirs = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name != "FORCE_COLOR"}
    env |= {"TERM": "xterm-256color", "QUOTES_PAGER": upper}
    for more, colour in (({}, True), ({"NO_COLOR": "1"}, False)):
        done = subprocess.run(
            [sys.executable, "-c", code], stdout=theirs, stdin=theirs, env=env | more, check=True
        )
        assert done.returncode == 0
        shown = os.read(ours, 65536).decode()
        assert "ONE" in shown
        assert "TWO" in shown
        assert ("\x1b[31M" in shown) == colour
    os.close(ours)
    os.close(theirs)


def test_bytes_are_for_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    refuse_binary("csv", None)
    refuse_binary("xlsx", "q.xlsx")
    for file_format in ("xlsx", "parquet", "sqlite"):
        with pytest.raises(InputError, match="is not text: name a file with --output"):
            refuse_binary(file_format, None)


@pytest.mark.parametrize(
    ("output", "wanted", "expected"),
    [
        (None, None, "table"),
        (None, "csv", "csv"),
        ("report.csv", None, "csv"),
        ("report.CSV", None, "csv"),
        ("report.csv", "csv", "csv"),
        ("report.out", "jsonl", "jsonl"),
        ("report.txt", None, "table"),
        ("report", None, "table"),
    ],
)
def test_the_format_of_a_report_is_the_one_wanted_else_that_of_the_file(
    output: str | None, wanted: str | None, expected: str
) -> None:
    assert report_format(output, wanted, ("table", "jsonl", "csv")) == expected


def test_a_report_goes_to_standard_output_or_into_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print_report("“roof”\n", None)
    assert capsys.readouterr().out == "“roof”\n"
    print_report("“roof”\n", str(tmp_path / "report.txt"))
    assert (tmp_path / "report.txt").read_bytes() == "“roof”\n".encode()
    assert capsys.readouterr().out == ""
    with pytest.raises(InputError, match=r"none.report\.txt: cannot be written"):
        print_report("", str(tmp_path / "none" / "report.txt"))


@pytest.mark.parametrize(
    ("output", "wanted", "reason"),
    [
        ("report.csv", "jsonl", "ends like a file of csv, and --format asks for jsonl"),
        ("report.xlsx", "csv", "ends like a file of xlsx, and --format asks for csv"),
        ("report.xlsx", None, "this is not written as xlsx: end the name in .txt, .jsonl"),
        ("report.tsv", None, "this is not written as tsv"),
        ("report.pdf", None, "this is not written as .pdf"),
    ],
)
def test_a_report_whose_ending_and_format_disagree_is_refused(
    output: str, wanted: str | None, reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        report_format(output, wanted, ("table", "jsonl", "csv"))


def test_what_is_printed_goes_to_a_file_that_is_made_when_all_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "answer.txt"
    with standard_output_in(str(path)):
        click.echo("“Ships”")
        with standard_output() as stream:
            stream.write("naïve\n".encode())
        assert not path.exists()
    assert path.read_text(encoding="utf-8") == "“Ships”\nnaïve\n"
    with pytest.raises(InputError, match="no-folder"), standard_output_in("no-folder/a.txt"):
        click.echo("nothing")
    with suppress(ValueError), standard_output_in(str(path)):
        click.echo("half")
        raise ValueError("stopped")
    assert path.read_text(encoding="utf-8").startswith("“Ships”")
