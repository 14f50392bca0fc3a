"""`quotes verify` as a user runs it, on a draft with a frozen parse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TAPE = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Anna Lindqvist>Prices will rise again in March, I am afraid.

00:01:18.000 --> 00:01:21.000
<v Tomas Brandt>We will fight it, you know, in every court there is.
"""


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    path = tmp_path / "council.vtt"
    path.write_text(TAPE, encoding="utf-8")
    return path


def test_the_report_names_who_says_it_and_when(run: Run, frozen: Path, tape: Path) -> None:
    done = run("verify", "--parsed", frozen, "--against", tape)
    assert done.returncode == 1
    assert "OTHER SPEAKER · harbour, line 3 · Anna Lindqvist" in done.stdout
    assert "00:01:18 · Tomas Brandt" in done.stdout
    assert "VERBATIM, TRIMMED · harbour, line 1" in done.stdout


def test_all_paths_behind_against_are_sources(
    run: Run, frozen: Path, tape: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Anna Lindqvist: We will fight it.\n\nRuiz: Good.\n", encoding="utf-8")
    done = run("verify", "--parsed", frozen, "--against", tape, other, "--format", "jsonl")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [f["verdict"] for f in found if f["draft"] == "harbour"] == ["trimmed", "verbatim"]


def test_the_exit_code_follows_fail_on(run: Run, frozen: Path, tape: Path) -> None:
    quiet = run("verify", "--parsed", frozen, "--against", tape, "--quiet")
    assert (quiet.returncode, quiet.stdout) == (1, "")
    page = tape.with_name("report.html")
    filed = run("verify", "--parsed", frozen, "--against", tape, "--quiet", "--output", page)
    assert (filed.returncode, filed.stdout) == (1, "")
    assert "<html" in page.read_text("utf-8")
    never = run("verify", "--parsed", frozen, "--against", tape, "-q", "--fail-on", "never")
    assert never.returncode == 0


@pytest.mark.parametrize("form", ["csv", "html"])
def test_a_file_gets_the_format_of_its_name(
    run: Run, frozen: Path, tape: Path, tmp_path: Path, form: str
) -> None:
    target = tmp_path / f"report.{form}"
    done = run("verify", "--parsed", frozen, "--against", tape, "--output", target)
    assert done.stdout == ""
    text = target.read_text(encoding="utf-8")
    assert text.startswith("draft,line,verdict" if form == "csv" else "<!doctype html>")
    assert "Tomas Brandt" in text


def test_what_cannot_be_read_is_named_and_the_rest_used(
    run: Run, frozen: Path, tape: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"no pdf")
    done = run("verify", "--parsed", frozen, "--against", broken, tape)
    assert "broken.pdf" in done.stderr
    assert "is not a PDF" in done.stderr
    assert "OTHER SPEAKER" in done.stdout
    done = run("verify", "--parsed", frozen, "--against", broken)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no source could be read" in done.stderr


def test_no_draft_and_no_sources_are_errors(run: Run, frozen: Path, tape: Path) -> None:
    done = run("verify", "--against", tape)
    assert (done.returncode, done.stdout) == (2, "")
    assert "give at least one DRAFT" in done.stderr
    done = run("verify", "--parsed", frozen)
    assert done.returncode == 2
    assert "no sources: give files, folders or addresses" in done.stderr


def test_a_store_is_searched(run: Run, frozen: Path, folder: Path) -> None:
    found = run("verify", "--parsed", frozen, "--store", folder, "--format", "jsonl")
    verdicts = {row["words"]: row for row in map(json.loads, found.stdout.splitlines())}
    prices = verdicts["Prices will rise again in March,"]
    assert prices["verdict"] == "verbatim"
    (evidence,) = prices["evidence"]
    assert (evidence["source"], evidence["speaker"]) == ("later", "Anna Lindqvist")
    assert verdicts["We will fight it,"]["verdict"] == "not found"  # the draft is no source
