"""Memory that is free is given back (quotes.encoder.memory)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quotes.encoder.memory import COMPILED, release_between_batches, release_memory

PROGRAM = """
from pathlib import Path
from quotes.encoder.memory import release_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

before = resident()
pieces = [bytearray(b"x" * 50_000) for _ in range(2_000)]
kept = pieces[-1]  # at the end, so that nothing before it goes back by itself
del pieces
held = resident()
release_memory()
print(held - before, resident() - before)
"""


@pytest.mark.skipif(
    not (Path("/proc/self/statm").is_file() and release_memory()),
    reason="neither Linux nor the GNU C library",
)
def test_free_memory_goes_back_to_the_machine() -> None:
    reported = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    ).stdout
    held, left = map(float, reported.split())
    assert held > 50
    assert left < held / 4


def test_asking_where_there_is_no_such_call_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.encoder.memory._call", lambda: None)
    assert release_memory() is False


def test_memory_is_given_back_before_each_batch_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr("quotes.encoder.memory.release_memory", lambda: done.append("room"))
    for batch in release_between_batches(iter("ab")):
        done.append(batch)
    assert done == ["room", "a", "room", "b"]


SIZES = """
from pathlib import Path
import torch

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

torch.nn.functional.gelu(torch.zeros(3, 64))
before = resident()
for rows in range(4, 800):
    torch.nn.functional.gelu(torch.zeros(rows, 64))
print(resident() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="not Linux")
@pytest.mark.slow
def test_compiled_code_is_cached_for_few_sizes() -> None:
    """The name of the setting is oneDNN's own: a newer one may call it otherwise."""
    reported = subprocess.run(
        [sys.executable, "-c", SIZES],
        env={**os.environ, **COMPILED},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    free = subprocess.run(
        [sys.executable, "-c", SIZES],
        env={**os.environ, **dict.fromkeys(COMPILED, "1024")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if float(free) < 10:
        pytest.skip("oneDNN keeps little here")
    assert float(reported) < float(free) / 2
