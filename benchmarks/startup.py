"""How long a user waits for help, an import, the first and all quotes of the seeds; peak memory.

    python -m benchmarks.startup [--runs N]

Each figure is the median of N fresh processes (the first, with cold files, is left out). Next to
them stands what cannot be avoided: a Python that imports torch and Stanza and does nothing.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
WAYS = {
    "python -c pass": ["-c", "pass"],
    "import quotes": ["-c", "import quotes"],
    "quotes --help": ["-m", "quotes", "--help"],
    "import torch, stanza": ["-c", "import torch, stanza"],
    "quotes extract seeds/": ["-m", "quotes", "extract", "seeds"],
}


@dataclass(frozen=True)
class Run:
    """Seconds to the first byte of output (None: no output) and to the end; peak memory in MB."""

    first: float | None
    whole: float
    memory: float


def measure(arguments: list[str]) -> Run:
    began = time.perf_counter()
    process = subprocess.Popen([PYTHON, *arguments], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout
    first = time.perf_counter() - began if process.stdout.read(1) else None
    process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(arguments)}: failed")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is in bytes there, else in KiB
    return Run(first, time.perf_counter() - began, usage.ru_maxrss * unit / 1e6)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--runs", type=int, default=3)
    runs = given.parse_args().runs
    print(f"{'':<24}{'first output':>14}{'whole':>10}{'memory':>12}")
    for name, arguments in WAYS.items():
        found = [measure(arguments) for _ in range(runs + 1)][1:]
        firsts = [run.first for run in found if run.first is not None]
        first = f"{statistics.median(firsts):.2f} s" if firsts else ""
        whole = f"{statistics.median(run.whole for run in found):.2f} s"
        print(f"{name:<24}{first:>14}{whole:>10}{max(run.memory for run in found):>9.0f} MB")


if __name__ == "__main__":
    main()
