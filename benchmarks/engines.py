"""Words a second of each engine over the same articles: processes and Ray actors.

    python -m benchmarks.engines [--words N] [--rounds N]

PolNeAR dev texts where QUOTES_GOLD is set, the seeds where it is not, over and over. Every program
uses one thread. Start-up is left out: the clock runs from the moment when each worker has given
back what it was given to warm up, to the last result before nothing is left to hand out, so that
all are at work all the time. The rounds go through all engines in turn; shown are medians, and the
ratios of these.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from benchmarks.contenders import articles
from quotes.models import load_models
from quotes.pipeline import run
from quotes.records import Document
from quotes.text.chunking import BATCH_CHARS
from quotes.workers.processes import run_with_workers
from quotes.workers.queue import MAX_HELD
from quotes.workers.ray_actors import run_with_ray

Engine = Callable[[Iterable[Any]], Iterator[Any]]
WARM = "warm-up"


def alone(items: Iterable[Any]) -> Iterator[Any]:
    return run(items, models=lambda language: load_models(language=language, threads=1))


ENGINES: dict[str, tuple[Engine, int]] = {
    "one program": (alone, 1),
    "--workers 1": (partial(run_with_workers, workers=1, threads=1), 1),
    "--workers 2": (partial(run_with_workers, workers=2, threads=1), 2),
    "--engine ray, 1 actor": (partial(run_with_ray, address=None, actors=1), 1),
    "--engine ray, 2 actors": (partial(run_with_ray, address=None, actors=2), 2),
}
RATIOS = (
    ("--workers 2", "--workers 1", 1.6),
    ("--engine ray, 2 actors", "--workers 2", 0.8),
    ("--workers 1", "one program", None),
    ("--engine ray, 2 actors", "--engine ray, 1 actor", None),
)


class Stream:
    """The documents of one measurement: two batches a worker to warm up, then the articles."""

    def __init__(self, texts: Sequence[str], workers: int, words: int) -> None:
        self._texts, self._words = texts, words
        self.warming = workers * MAX_HELD
        self.left = True

    def __iter__(self) -> Iterator[Document]:
        endless = itertools.cycle(self._texts)
        for number in range(self.warming):
            text = next(endless)
            while len(text) < BATCH_CHARS:  # by itself a batch
                text += "\n\n" + next(endless)
            yield Document(id=f"{WARM}-{number}", text=text)
        given = 0
        for number in itertools.count():
            if given >= self._words:
                break
            text = next(endless)
            given += len(text.split())
            yield Document(id=f"article-{number}", text=text)
        self.left = False


def measure(engine: Engine, workers: int, texts: Sequence[str], words: int) -> float:
    """Return words a second."""
    stream = Stream(texts, workers, words)
    warming, done, began, rate = stream.warming, 0, 0.0, 0.0
    for result in engine(stream):
        if warming:
            warming -= result.document.id.startswith(WARM)
            began = time.perf_counter()
            continue
        done += len(result.document.text.split())
        if stream.left:
            rate = done / (time.perf_counter() - began)
    return rate


def main() -> None:
    given = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    given.add_argument(
        "--words", type=int, default=80_000, help="words of a measurement (default %(default)s)"
    )
    given.add_argument("--rounds", type=int, default=3)
    options = given.parse_args()
    os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
    texts = [article.document.text for article in articles(1)]
    rates: dict[str, list[float]] = {name: [] for name in ENGINES}
    for _ in range(options.rounds):
        for name, (engine, workers) in ENGINES.items():
            rates[name].append(measure(engine, workers, texts, options.words))
            print(f"{name:<24}{rates[name][-1]:>10,.0f} words/s", flush=True)
    middle = {name: statistics.median(found) for name, found in rates.items()}
    print(f"\nmedians of {options.rounds}, {os.cpu_count()} processors")
    for name, rate in middle.items():
        print(f"{name:<24}{rate:>10,.0f} words/s")
    for name, base, least in RATIOS:
        aim = f"  (at least {least})" if least else ""
        print(f"{name} to {base}: {middle[name] / middle[base]:.2f}{aim}")


if __name__ == "__main__":
    main()
