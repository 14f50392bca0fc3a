"""The memory that `quotes add` and each of its workers take, from article 1,000 to 10,000.

    python -m benchmarks.memory FOLDER [--articles N] [--workers N] [--paragraphs N]

Articles are made by shuffling paragraphs of PolNeAR dev texts (QUOTES_GOLD) or of the seeds, so
that none is a copy of another, and go into a store in FOLDER, which must not be there yet. Memory
is the most that was resident since the last look (Linux: /proc). The last line compares the most in
the last tenth of the articles with the most up to article 1,000 (or a tenth of all).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.contenders import articles

STEP = 100  # articles between two looks


def made(count: int, paragraphs: int) -> Iterator[Any]:
    """Articles of a few paragraphs each, no two alike."""
    from quotes.records import Document

    chance = random.Random(1)
    texts = [article.document.text for article in articles(1)]
    known = [
        part
        for part in {p.strip() for text in texts for p in text.split("\n")}
        if 60 < len(part) < 1_200
    ]
    known.sort()
    for number in range(count):
        yield Document(
            id=f"article-{number}",
            text="\n\n".join(chance.sample(known, paragraphs)),
            outlet=f"Outlet {number % 20}",
        )


def peak(process: int) -> float:
    """MB of a process that were in memory at the most since this was last asked."""
    folder = Path(f"/proc/{process}")
    status = (folder / "status").read_text(encoding="utf-8")
    (folder / "clear_refs").write_text("5", encoding="utf-8")  # begins anew
    return next(
        int(line.split()[1]) / 1e3 for line in status.splitlines() if line.startswith("VmHWM")
    )


def main() -> None:
    given = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    given.add_argument("folder", type=Path)
    given.add_argument("--articles", type=int, default=10_000)
    given.add_argument("--paragraphs", type=int, default=3)
    given.add_argument("--workers", type=int, default=1)
    asked = given.parse_args()

    from quotes.store import open_store
    from quotes.store.ingest import made_by
    from quotes.workers.processes import run_with_workers

    began = time.perf_counter()
    # articles, MB of this program, MB of the largest worker
    seen: list[tuple[int, float, float]] = []
    with open_store(str(asked.folder), create=True, made_by=made_by("embedded")) as store:
        work = lambda items: run_with_workers(items, workers=asked.workers)  # noqa: E731
        for done, _ in enumerate(
            store.add(made(asked.articles, asked.paragraphs), work=work, model="embedded"), 1
        ):
            if done % STEP:
                continue
            children = [peak(child.pid) for child in multiprocessing.active_children() if child.pid]
            seen.append((done, peak(os.getpid()), max(children, default=0.0)))
            print(
                f"{done:>7} articles {time.perf_counter() - began:>7.0f} s {seen[-1][1]:>7.0f} MB "
                f"{seen[-1][2]:>7.0f} MB a worker",
                flush=True,
            )
    early = min(1_000, asked.articles // 10)
    for name, column in (("program", 1), ("worker", 2)):
        first = max(row[column] for row in seen if row[0] <= early)
        last = max(row[column] for row in seen if row[0] > asked.articles - early)
        print(
            f"{name}: {first:.0f} MB up to article {early}, {last:.0f} MB in the last {early} "
            f"({100 * (last / first - 1):+.1f}%)"
        )


if __name__ == "__main__":
    main()
