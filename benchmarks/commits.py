"""The time that `add` takes beside reading articles, in an empty store and in a large one.

    python -m benchmarks.commits LARGE [--batches N]

LARGE is a store, such as `benchmarks.large_store` makes; it is copied, and left as it is. Each run
opens the store and adds 200 made-up articles of ten quotes: copies are looked for, rows written in
one commit, and speakers resolved at the end. Two speakers in three are of the store, the others are
new. Seconds by the clock, and of the processor.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.synthetic import FAMILY_END, FAMILY_START, GIVEN, Generator

NAMES = 600  # of the store, from which a run draws


def processed(count: int, batch: int, names: Sequence[str]) -> list[Any]:
    """Make up processed articles that quote these people and new ones."""
    from quotes.pipeline import Processed

    chance = random.Random(batch)
    parts = (GIVEN, "ABCDEFGHKLMNOPRSTW", FAMILY_START, FAMILY_END)
    drawn = (tuple(chance.choice(part) for part in parts) for _ in range(NAMES // 2))
    new = {f"{given} {middle}. {start}{end}" for given, middle, start, end in drawn}
    known = chance.sample(sorted(names), min(NAMES, len(names)))
    generator = Generator(names=[*known, *sorted(new)], seed=batch, first=batch * count)
    return [
        Processed(document=entry.document, quotes=entry.quotes, entities=entry.entities)
        for entry in islice(generator.entries(), count)
    ]


def _after_reading(done: list[Any], wanted: Iterator[Any]) -> Iterator[Any]:
    """Read all that is wanted, then give what was processed before."""
    for _ in wanted:
        pass
    return iter(done)


def measured(folder: Path, batches: int) -> list[tuple[float, float]]:
    """Return seconds that each run took, by the clock and of the processor."""
    from quotes.store import open_store
    from quotes.store.ingest import COMMIT_DOCUMENTS, made_by

    with open_store(str(folder), create=True, made_by=made_by("embedded")) as store:
        names = [speaker.name for speaker in store.speakers()]
    took = []
    for batch in range(batches):
        done = processed(COMMIT_DOCUMENTS, batch, names)
        began, used = time.perf_counter(), time.process_time()
        with open_store(str(folder), create=True, made_by=made_by("embedded")) as store:
            for _ in store.add(
                (each.document for each in done),
                work=partial(_after_reading, done),
                model="embedded",
            ):
                pass
        took.append((time.perf_counter() - began, time.process_time() - used))
    return took


def main() -> None:
    """Measure and print."""
    given = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    given.add_argument("large", type=Path)
    given.add_argument("--batches", type=int, default=10)
    asked = given.parse_args()
    with tempfile.TemporaryDirectory() as made:
        copied = Path(made) / "large"
        shutil.copytree(asked.large, copied)
        for name, folder in (("empty", Path(made) / "empty"), ("large", copied)):
            (wall, processor), *rest = measured(folder, asked.batches)
            print(
                f"{name}: first run {wall:.2f} s ({processor:.2f} s of the processor), the others "
                f"{statistics.median(wall for wall, _ in rest):.2f} s "
                f"({statistics.median(used for _, used in rest):.2f}), "
                f"the slowest of them {max(wall for wall, _ in rest):.2f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
