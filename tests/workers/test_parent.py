"""Processes whose program is killed: they end, whatever they are at."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotes.records import Document
from quotes.workers.function_process import yielded_in_process
from quotes.workers.processes import run_with_workers

SECONDS = 60  # that starting a process may take on a busy machine
HOURS = 3600.0


def _noted_sleep(note: str) -> None:
    """Write the id of this process into a file, then be busy until somebody ends it."""
    unfinished = Path(f"{note}.part")
    unfinished.write_text(str(os.getpid()), encoding="utf-8")
    unfinished.rename(note)
    time.sleep(HOURS)


class SlowDocument(Document):
    """A document at which a process works for hours."""

    def __reduce__(self) -> Any:
        return _noted_sleep, (self.source,)


def _sleeping(note: str) -> Iterator[int]:
    _noted_sleep(note)
    yield 0


def compute(note: str) -> None:
    list(yielded_in_process(_sleeping, note))


def process(note: str) -> None:
    slow = SlowDocument(id="slow", text="Prices rose.", source=note, language="en")
    list(run_with_workers([slow], workers=1))


def _until_there(path: Path) -> int:
    until = time.monotonic() + SECONDS
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.05)
    return int(path.read_text(encoding="utf-8"))


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")  # one that is dead and that nobody waited for
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal on this system")
@pytest.mark.parametrize("work", ["compute", "process"])
def test_a_process_ends_when_the_program_that_started_it_is_killed(
    tmp_path: Path, work: str, root: Path
) -> None:
    note = tmp_path / "process"
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.workers.test_parent", work, str(note)], cwd=root
    )
    try:
        started = _until_there(note)
        assert _is_running(started)
    finally:
        program.kill()
        program.wait()
    until = time.monotonic() + SECONDS
    while _is_running(started) and time.monotonic() < until:
        time.sleep(0.05)
    try:
        assert not _is_running(started)
    finally:
        if _is_running(started):
            os.kill(started, signal.SIGKILL)


if __name__ == "__main__":
    {"compute": compute, "process": process}[sys.argv[1]](sys.argv[2])
