"""What the tests share: the real model, the gold data, the command as a user runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.paths import ROOT

# A machine that does other things beside is no fault of what is tested
settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")

# What a shell starts in the background ignores Ctrl-C, and so would the programs that tests start
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def models() -> Any:
    """Return the embedded models, loaded once for all tests."""
    import quotes

    return quotes.load()


@pytest.fixture(scope="session")
def parser(models: Any) -> Any:
    """Return the parser of the embedded models."""
    return models.parser


@pytest.fixture(scope="session")
def exact(parser: Any) -> Any:
    """Return the same parser in float32, also where the processor multiplies bfloat16."""
    from quotes.encoder import precision
    from quotes.language import Language
    from quotes.parsing import load

    if not precision.uses_bfloat16():
        return parser
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv(precision.SETTING, "float32")
        precision.uses_bfloat16.cache_clear()
        made = load(language=Language.load("en"))
    precision.uses_bfloat16.cache_clear()
    return made


@pytest.fixture(scope="session")
def gold() -> Path:
    """Return the folder of gold data, named by QUOTES_GOLD."""
    folder = os.environ.get("QUOTES_GOLD")
    if not folder:
        pytest.skip("QUOTES_GOLD does not name the folder of gold data")
    return Path(folder)


@pytest.fixture(scope="session")
def frozen() -> Path:
    """Return two short articles with their parses.

    Made by the embedded model and corrected by hand ("she" is Gender=Fem).
    """
    return ROOT / "tests" / "parses" / "articles.conllu"


@pytest.fixture(scope="session")
def program() -> list[str]:
    """Return the installed command, where this Python has it, else the module."""
    installed = Path(sys.executable).with_name("quotes")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "quotes"]


@pytest.fixture(scope="session")
def command(program: list[str]) -> Command:
    """Run `quotes ARGUMENTS` in a process of its own and gives what it printed."""

    def run(
        *arguments: str | Path,
        stdin: str | bytes = "",
        env: dict[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Any:
        done = subprocess.run(
            [*program, *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            cwd=cwd or ROOT,
            timeout=600,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return run


BY_FIXTURE = {
    "model": {"models", "parser", "exact", "command", "program"},
    "gold": {"gold"},
    "browser": {"chromium"},
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the fixtures that they use, so that a tier never depends on memory."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        for marker, needed in BY_FIXTURE.items():
            if fixtures & needed:
                item.add_marker(marker)
