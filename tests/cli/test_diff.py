"""`quotes diff` as a user runs it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.stores import HARBOUR, put, stored, without


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with an article whose first sentence is gone in its second revision."""
    folder = tmp_path_factory.mktemp("revised") / "s"
    store = stored(folder, [HARBOUR])
    document, parse = without(HARBOUR, {0})
    list(put(store, [(replace(document, text=document.text + "\n"), parse)]))
    store.close()
    return folder


def test_quotes_that_are_gone_in_the_newest_revision_are_named(run: Run, revised: Path) -> None:
    done = run("diff", "harbour", "--store", revised)
    assert done.returncode == 0
    assert done.stdout.startswith("harbour: revision 1 → revision 2\n")
    assert "dropped" in done.stdout.splitlines()[1]
    assert "    “Prices will rise again in March,”" in done.stdout.splitlines()
    made = run("diff", "harbour", "--store", revised, "--format", "jsonl").stdout.splitlines()
    dropped = [json.loads(line) for line in made if json.loads(line)["change"] == "dropped"]
    assert "“Prices will rise again in March,”" in {each["before"]["words"] for each in dropped}


def test_an_article_without_an_earlier_revision_is_an_error(run: Run, folder: Path) -> None:
    done = run("diff", "harbour", "--store", folder)
    assert (done.returncode, "'harbour' has 1 revision: there is no" in done.stderr) == (2, True)
    assert "no document 'nothing'" in run("diff", "nothing", "--store", folder).stderr
    assert run("diff", "a", "b", "c", "--store", folder).returncode == 2
