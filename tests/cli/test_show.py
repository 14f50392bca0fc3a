"""`quotes show` as a user runs it."""

from __future__ import annotations

from pathlib import Path

from quotes.store import EVERYTHING, open_store
from tests.cli.conftest import Run


def test_an_article_is_shown_with_its_quotes(run: Run, folder: Path) -> None:
    done = run("show", "harbour", "--store", folder)
    assert done.returncode == 0
    assert done.stdout.startswith("Prices · Harbour Post · 4 March 2024\n")
    assert "    “Prices will rise again in March,”" in done.stdout.splitlines()
    with_text = run("show", "harbour", "--text", "--store", folder).stdout
    assert "told reporters" in with_text


def test_a_quote_is_shown_with_why_and_its_context(run: Run, folder: Path) -> None:
    with open_store(folder) as store:
        rows = store.find_quotes(EVERYTHING).to_pylist()
    row = next(each for each in rows if "We will fight it" in each["words"])
    lines = run("show", row["id"], "--store", folder).stdout.splitlines()
    assert f"    {row['words']}" in lines
    assert {"rule", "speaker", "before", "article"} <= {line.split()[0] for line in lines if line}
    assert any(row["before"] in line for line in lines)


def test_an_unknown_id_is_an_error_that_names_similar_ones(run: Run, folder: Path) -> None:
    done = run("show", "harb", "--store", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no article or quote 'harb': did you mean harbour?" in done.stderr
    assert "`quotes documents` lists all" in run("show", "0" * 16, "--store", folder).stderr
