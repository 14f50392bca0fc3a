"""`quotes export` as a user runs it: files, selections and exit codes."""

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


def test_export_writes_files_by_their_ending(run: Run, folder: Path, tmp_path: Path) -> None:
    for name, begins in (
        ("q.csv", b"speaker_name,"),
        ("q.tsv", b"speaker_name\t"),
        ("q.db", b"SQLite format 3"),
        ("q.xlsx", b"PK"),
        ("q.jsonl", b'{"speaker_name"'),
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
    assert chosen("--outlet", "evening") == ["later", "later"]
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


def test_export_writes_columns_in_an_order(run: Run, folder: Path) -> None:
    done = run(
        "export",
        "-s",
        folder,
        "--columns",
        "words, url",
        "--sort=-words",
        "--limit",
        "2",
        "-o",
        "-",
    )
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [list(row) for row in rows] == [["words", "url"]] * 2
    assert rows[0]["words"] > rows[1]["words"]


def test_export_nests_quotes_in_their_documents(run: Run, folder: Path) -> None:
    done = run("export", "-s", folder, "-f", "jsonl", "--nested", "--with-text")
    made = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["id"] for each in made] == ["=school", "harbour", "later"]
    assert all(each["quotes"] and each["document_text"] for each in made)


def test_export_refuses_what_cannot_work(run: Run, folder: Path, tmp_path: Path) -> None:
    for options, found in (
        (("--output", tmp_path / "q.doc"), "unknown format"),
        (("--output", folder / "q.csv"), "is inside the store"),
        (("--output", tmp_path / "no" / "q.csv"), "cannot be written"),
        (("--speaker", "Nobody Known"), "no speaker"),
        (("--outlet", "Gazette"), "no outlet 'Gazette'"),
        (("--format", "csv", "--output", tmp_path / "q.xlsx"), "ends like a file of xlsx"),
        (("--columns", "word"), "no column 'word'"),
        (("--nested",), "--nested and --flat need --format jsonl"),
        (("--format", "jsonl", "--nested", "--limit", "3"), "leave out --limit"),
        (("--with-text",), "--with-text needs --nested"),
        (("--format", "jsonl", "--bom"), "--bom needs --format csv or tsv"),
        (("--format", "jsonld", "--columns", "words"), "leave out --columns"),
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
