"""`quotes timeline` and `quotes export` as a user runs them: output, files and exit codes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotes.cli import main
from tests.stores import stocked

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ANNA = "Anna Lindqvist"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, frozen: Path) -> Path:
    path = tmp_path_factory.mktemp("stores") / "store"
    stocked(path, frozen).close()
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `quotes ARGUMENTS` here, as the installed command does, and gives what it printed."""

    def here(*arguments: str | Path) -> Any:
        monkeypatch.setattr(sys, "argv", ["quotes", *map(str, arguments)])
        code = main._exit_code()
        return subprocess.CompletedProcess(arguments, code, *capsys.readouterr())

    return here


def test_a_timeline_for_a_pipe_is_plain(run: Run, folder: Path) -> None:
    done = run("timeline", ANNA, "--store", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert done.stdout.startswith("Anna Lindqvist · person · 3 quotes · ")
    assert "6 May 2024\n  told → reporters · direct · " in done.stdout


def test_options_choose_and_say_what_is_left(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTES_STORE", str(folder))
    done = run("timeline", ANNA, "--since", "2024-05-01")
    assert done.stdout.startswith("Anna Lindqvist · person · 1 quote · ")
    done = run("timeline", ANNA, "--limit", "1")
    assert "1 of 3 quotes" in done.stdout
    assert done.stderr == "quotes: 2 more quotes: --limit 3 shows all\n"


def test_csv_and_json_lines_of_a_timeline(run: Run, folder: Path) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(run("timeline", ANNA, "--store", folder, "--format", "csv").stdout)
        )
    )
    objects = [
        json.loads(line)
        for line in run(
            "timeline", ANNA, "--store", folder, "--format", "jsonl"
        ).stdout.splitlines()
    ]
    assert [row["words"] for row in rows] == [each["words"] for each in objects]
    assert len(rows) == 3
    assert rows[0]["after"] == "The council said that it would not pay."


def test_an_unknown_speaker_ends_with_2_and_the_nearest(run: Run, folder: Path) -> None:
    done = run("timeline", "Ana Lindkvist", "--store", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no speaker 'Ana Lindkvist'" in done.stderr
    assert "Anna Lindqvist" in done.stderr


def test_nothing_in_the_selection_is_said_and_no_error(run: Run, folder: Path) -> None:
    done = run("timeline", ANNA, "--store", folder, "--about", "nowhere")
    assert (done.returncode, done.stdout) == (
        0,
        "quotes: Anna Lindqvist: no quotes match\n",
    )
    done = run("timeline", ANNA, "--store", folder, "--about", "nowhere", "--format", "csv")
    assert (done.returncode, done.stderr) == (
        0,
        "quotes: Anna Lindqvist: no quotes match\n",
    )


def test_no_store_is_an_error_that_says_what_to_do(run: Run, tmp_path: Path) -> None:
    for words in (("timeline", ANNA), ("export",)):
        done = run(*words, "--store", tmp_path / "none")
        assert (done.returncode, done.stdout) == (2, "")
        assert "quotes add" in done.stderr


def test_a_chart_holds_all_quotes(run: Run, folder: Path, tmp_path: Path) -> None:
    for name in ("chart.html", "chart.svg", "chart.png"):
        done = run("timeline", ANNA, "--store", folder, "--chart", tmp_path / name)
        assert done.returncode == 0
        assert done.stderr == f"quotes: {tmp_path / name}: chart of 3 quotes\n"
        assert (tmp_path / name).stat().st_size > 1000
    assert (tmp_path / "chart.html").read_text(encoding="utf-8").count("<li ") == 3


def test_a_chart_is_refused_before_any_work(run: Run, folder: Path, tmp_path: Path) -> None:
    for target, found in (
        (tmp_path / "chart.pdf", ".html, .svg, .png"),
        (tmp_path / "no" / "chart.svg", "no folder"),
        (folder / "c.svg", "store"),
    ):
        done = run("timeline", ANNA, "--store", folder, "--chart", target)
        assert (done.returncode, done.stdout) == (2, "")
        assert found in done.stderr
        assert not target.exists()


def test_export_writes_files_by_their_ending(run: Run, folder: Path, tmp_path: Path) -> None:
    for name, begins in (
        ("q.csv", b"id,"),
        ("q.xlsx", b"PK"),
        ("q.jsonl", b'{"id"'),
        ("q.parquet", b"PAR1"),
        ("q.jsonld", b'{"@context"'),
    ):
        done = run("export", "--store", folder, "--output", tmp_path / name)
        assert (done.returncode, done.stdout) == (0, "")
        assert (
            done.stderr == f"quotes: {tmp_path / name}: {7 if name == 'q.jsonld' else 8} quotes\n"
        )
        assert (tmp_path / name).read_bytes().startswith(begins)


def test_export_chooses(run: Run, folder: Path) -> None:
    def chosen(*options: str) -> list[str]:
        done = run("export", "--store", folder, *options)
        assert done.returncode == 0, done.stderr
        return [row["document"] for row in csv.DictReader(io.StringIO(done.stdout))]

    assert chosen("--speaker", ANNA, "--until", "2024-04-01") == ["harbour", "harbour"]
    assert chosen("--outlet", "Evening Star") == ["later", "later"]
    assert chosen("--document", "later", "--kind", "organization") == ["later"]
    assert chosen("--factuality", "denied") == ["'=school"]
    assert chosen("--min-confidence", "1") == []
    assert chosen("--role", "director", "--type", "direct", "--about", "fight") == ["harbour"]


def test_export_of_another_table_is_whole(run: Run, folder: Path) -> None:
    done = run("export", "--store", folder, "--table", "documents", "--format", "jsonl")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [
        "harbour",
        "later",
        "=school",
    ]
    done = run("export", "--store", folder, "--table", "documents", "--type", "direct")
    assert done.returncode == 2
    assert "is written whole" in done.stderr


def test_export_refuses_what_cannot_work(run: Run, folder: Path, tmp_path: Path) -> None:
    for options, found in (
        (("--output", tmp_path / "q.doc"), "unknown format"),
        (("--output", folder / "q.csv"), "is inside the store"),
        (("--output", tmp_path / "no" / "q.csv"), "cannot be written"),
        (("--speaker", "Nobody Known"), "no speaker"),
    ):
        done = run("export", "--store", folder, *options)
        assert (done.returncode, done.stdout) == (2, "")
        assert found in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_no_terminal_gets_a_sheet(program: list[str], folder: Path) -> None:
    import pty

    _ours, theirs = pty.openpty()
    done = subprocess.run(
        [*program, "export", "--store", str(folder), "--format", "xlsx"],
        stdout=theirs,
        stderr=subprocess.PIPE,
        check=False,
    )
    assert done.returncode == 2
    assert b"name a file with --output" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of a POSIX shell")
@pytest.mark.parametrize("words", ["export --format jsonl", "timeline 'Anna Lindqvist'"])
def test_a_reader_that_has_seen_enough_is_no_error(
    program: list[str], folder: Path, words: str
) -> None:
    line = f"{' '.join(program)} {words} --store '{folder}' | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_the_commands_load_nothing_heavy_for_their_help() -> None:
    code = "import sys, quotes.cli.main\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {name.partition(".")[0] for name in done.stderr.split()} & {
        "pandas",
        "pyarrow",
        "duckdb",
        "deltalake",
        "torch",
        "xlsxwriter",
        "rich",
    }
