"""`quotes documents` as a user runs it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from quotes.cli.documents import COLUMNS
from tests.cli.conftest import Run


def test_articles_are_listed_with_their_quotes_the_newest_first(run: Run, folder: Path) -> None:
    done = run("documents", "--store", folder)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert [line.split(" · ")[0] for line in lines][:2] == ["later", "harbour"]
    assert lines[1].startswith("harbour · Prices · Harbour Post · 4 March 2024 · ")
    assert "3 articles" in done.stderr
    assert "\x1b" not in done.stdout


def test_rows_hold_all_columns(run: Run, folder: Path) -> None:
    table = run("documents", "--store", folder, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    assert list(rows[0]) == list(COLUMNS)
    made = run("documents", "--store", folder, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["published"] for line in made] == ["2024-05-06", "2024-03-04", None]


def test_articles_are_chosen_by_outlet_and_day(run: Run, folder: Path) -> None:
    one = run("documents", "--store", folder, "--outlet", "harbour")
    assert len(one.stdout.splitlines()) == 1
    later = run("documents", "--store", folder, "--since", "2024-04-01")
    assert later.stdout.startswith("later")
    assert len(run("documents", "--store", folder, "--limit", "2").stdout.splitlines()) == 2
