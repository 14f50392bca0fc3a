"""`quotes timeline` as a user runs it: output, files and exit codes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

ANNA = "Anna Lindqvist"


def test_a_timeline_for_a_pipe_is_plain(run: Run, folder: Path) -> None:
    done = run("timeline", ANNA, "--store", folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert done.stdout.startswith("Anna Lindqvist · person · 3 quotes · ")
    assert "4 March 2024\n  told → reporters · direct · " in done.stdout.replace(
        "  → harbour director (first seen 4 March 2024)\n", ""
    )
    assert "      + 1 outlet: Evening Star (later)\n" in done.stdout
    latest = run("timeline", "Anna Lindqvist", "--store", folder, "--latest", "--limit", "1")
    assert "· 1 of 3 quotes ·" in latest.stdout
    assert "\n6 May 2024\n" in latest.stdout.replace("published ", "")


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
    page = (tmp_path / "chart.html").read_text(encoding="utf-8")
    assert page.count('href="#q') == 3
    assert page.count("<li ") == 2  # one statement is in two outlets


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
