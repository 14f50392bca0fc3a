"""`quotes check` as a user runs it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from quotes.statements import NOT_FOUND
from quotes.statements.as_json import ROW_COLUMNS
from tests.cli.conftest import Run

WORDS = "We will fight it"


def test_who_said_it_is_printed(run: Run, folder: Path) -> None:
    done = run("check", WORDS, "--store", folder)
    assert done.returncode == 0
    assert "Anna Lindqvist" in done.stdout
    assert "Harbour Post" in done.stdout
    assert "\x1b" not in done.stdout


def test_json_lines_hold_the_answer(run: Run, folder: Path) -> None:
    done = run("check", WORDS, "--store", folder, "--format", "jsonl")
    (line,) = done.stdout.splitlines()
    answer = json.loads(line)
    assert (answer["asked"], answer["total"]) == (WORDS, 1)
    assert answer["found"][0]["statement"]["speaker"] == "Anna Lindqvist"


def test_what_is_not_there_is_not_found_and_no_error(run: Run, folder: Path) -> None:
    done = run("check", "The moon is made of eel", "--store", folder)
    assert done.returncode == 1
    assert done.stdout.startswith(NOT_FOUND)


def test_words_need_no_quotation_marks(run: Run, folder: Path) -> None:
    done = run("check", *WORDS.split(), "--store", folder)
    assert (done.returncode, "Anna Lindqvist" in done.stdout) == (0, True)


def test_several_sentences_are_looked_up(run: Run, folder: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(f"{WORDS}.\n\nThe moon is made of eel and green cheese\n", encoding="utf-8")
    done = run("check", "--file", draft, "--store", folder)
    assert done.returncode == 0
    assert [line for line in done.stdout.splitlines() if line.startswith("> ")] == [
        f"> {WORDS}.",
        "> The moon is made of eel and green cheese",
    ]
    rows = list(
        csv.DictReader(
            io.StringIO(run("check", "--file", draft, "--store", folder, "--format", "csv").stdout)
        )
    )
    assert list(rows[0]) == list(ROW_COLUMNS)
    assert [row["verdict"] for row in rows] == ["verbatim", "not found"]
    assert rows[0]["words"] == "“We will fight it,”"
    assert (rows[0]["speaker"], rows[0]["first"]) == ("Anna Lindqvist", "True")
    missing = run("check", "--file", tmp_path / "none.txt", "--store", folder)
    assert (missing.returncode, "none.txt: cannot be read" in missing.stderr) == (2, True)
    assert run("check", "--store", folder).returncode == 2


def test_no_words_and_no_store_are_errors(run: Run, folder: Path, tmp_path: Path) -> None:
    done = run("check", "...", "--store", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "contains no words to look up" in done.stderr
    done = run("check", WORDS, "--store", tmp_path / "none")
    assert (done.returncode, done.stdout) == (2, "")


def test_unsure_quotes_can_be_left_out(run: Run, folder: Path) -> None:
    done = run("check", WORDS, "--store", folder, "--min-confidence", "1", "--format", "jsonl")
    assert json.loads(done.stdout)["total"] == 0
