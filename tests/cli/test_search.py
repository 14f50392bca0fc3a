"""`quotes search` as a user runs it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_quotes_with_words_are_shown_with_speaker_and_article(run: Run, folder: Path) -> None:
    made = run("search", "pric", "march", "--store", folder, "--format", "csv")
    assert made.returncode == 0
    done = run("search", "pric", "march", "--store", folder)
    assert "with 'pric march'" in done.stderr


def test_what_a_speaker_said_is_found(run: Run, folder: Path) -> None:
    assert run("search", "fight", "--speaker", "Nobody Nowhere", "--store", folder).returncode == 2


def test_nothing_found_is_exit_code_1(run: Run, folder: Path) -> None:
    done = run("search", "eels", "--store", folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "0 quotes with 'eels'" in done.stderr
