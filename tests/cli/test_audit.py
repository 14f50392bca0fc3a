"""`quotes audit` as a user runs it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.cli.conftest import Run


def test_a_store_by_outlet(run: Run, folder: Path) -> None:
    done = run("audit", "--store", folder)
    assert done.returncode == 0
    assert "Harbour Post · " in done.stdout
    assert "Anna Lindqvist" in done.stdout


def test_articles_that_are_not_stored(run: Run, frozen: Path) -> None:
    done = run("audit", "--parsed", frozen)
    assert done.returncode == 0
    assert "not known · harbour · " in done.stdout


def test_csv_chart_and_facts(run: Run, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "audit.csv"
    assert run("audit", "--store", folder, "--by", "month", "--output", target).stdout == ""
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    for row in rows:
        row["facts"] = "checked" if row["voice"] == "Anna Lindqvist" else ""
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    again = run("audit", "--store", folder, "--format", "csv", "--facts", target)
    assert "checked" in again.stdout
    assert run("audit", "--store", folder, "--format", "svg").stdout.startswith("<svg")


def test_no_store_and_no_facts_are_errors(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("audit", "--store", tmp_path / "none").returncode == 2
    done = run("audit", "--store", folder, "--facts", tmp_path / "none.csv")
    assert done.returncode == 2
    assert "the file of facts cannot be read" in done.stderr
