"""What tests of commands share: a filled store, and commands run in this process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotes.cli import main
from tests.stores import stocked

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, frozen: Path) -> Path:
    path = tmp_path_factory.mktemp("stores") / "store"
    stocked(path, frozen).close()
    return path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `quotes ARGUMENTS` here, as the installed command does, and gives what it printed."""

    def here(*arguments: str | Path) -> Any:
        monkeypatch.setattr(sys, "argv", ["quotes", *map(str, arguments)])
        code = main._exit_code()
        return subprocess.CompletedProcess(arguments, code, *capsys.readouterr())

    return here
