"""`quotes serve`: its settings; the server itself is not started."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes import web
from quotes.store import Store
from quotes.web import Settings
from tests.cli.conftest import Run


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """Return the settings of the servers that a command would start."""
    found = list[Settings]()

    def serve(store: Store, settings: Settings) -> None:
        found.append(settings)

    monkeypatch.setattr(web, "serve", serve)
    return found


def test_it_listens_to_this_machine_only_and_says_where(
    run: Run, folder: Path, served: list[Settings]
) -> None:
    done = run("serve", "--store", folder)
    assert done.returncode == 0
    assert f"quotes: {folder} at http://localhost:8600/ (Ctrl-C stops it)" in done.stderr
    assert (served[0].host, served[0].fetching) == ("127.0.0.1", True)


def test_options_become_settings(run: Run, folder: Path, served: list[Settings]) -> None:
    token = "sixteen words or more"
    options = ["--port", "9000", "--no-fetching", "--allow-host", "newsroom.example"]
    done = run("serve", "--store", folder, "--host", "::", "--token", token, *options)
    assert done.returncode == 0, done.stderr
    given = "?token=sixteen%20words%20or%20more"
    places = f"http://localhost:9000/{given} or http://newsroom.example:9000/{given}"
    assert places in done.stderr
    assert (served[0].port, served[0].fetching, served[0].token) == (9000, False, token)
    assert tuple(served[0].hosts) == ("newsroom.example",)


def test_a_server_for_other_machines_says_that_they_need_a_name(
    run: Run, folder: Path, served: list[Settings]
) -> None:
    done = run(
        "serve", "--store", folder, "--host", "0.0.0.0", "--token", "sixteen-letters-or-more"
    )
    assert "http://localhost:8600/?token=sixteen-letters-or-more (Ctrl-C" in done.stderr
    assert "other machines are refused" in done.stderr
    assert "--allow-host" in done.stderr


@pytest.mark.parametrize("options", [("--host", "0.0.0.0"), ("--token", "short"), ("--port", "0")])
def test_what_would_not_be_safe_is_refused(
    run: Run, folder: Path, served: list[Settings], options: tuple[str, ...]
) -> None:
    assert run("serve", "--store", folder, *options).returncode == 2
    assert served == []


def test_without_a_store_an_empty_one_is_made(
    run: Run, tmp_path: Path, served: list[Settings]
) -> None:
    done = run("serve", "--store", tmp_path / "none")
    assert done.returncode == 0
    assert "a new, empty store" in done.stderr
    assert len(served) == 1


def test_what_is_no_store_is_not_served(run: Run, tmp_path: Path, served: list[Settings]) -> None:
    (tmp_path / "notes.txt").write_text("not a store", encoding="utf-8")
    assert run("serve", "--store", tmp_path / "notes.txt").returncode == 2
    assert served == []
