"""How long questions to a store of millions of quotes take, warm, and how much memory they need.

    python -m benchmarks.large_store FOLDER [--quotes 5000000] [--speakers 50000] [--no-check]

Makes the store in FOLDER where it is not there yet (made-up words, names and days from a fixed
seed; a few speakers are quoted very often, most a few times, by Zipf's law), laid out as `quotes
add` leaves it after tidying up, with ten fresh commits on top. Then asks in a process of its own:
the timeline of a rare speaker, the first hundred rows of the most frequent one, and `check`. Beside
the timelines stands the same question to the same files by DuckDB alone, without who counts, who is
who, and what people decided.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from quotes.records import Alias, Speaker
from quotes.store import delta, open_store
from quotes.store.commits import Counts, ProgramRun, write_speakers
from quotes.store.schema import DOCUMENTS, QUOTES, TableSchema

A_DOCUMENT = 10  # quotes
CHUNK = 500_000  # rows made and written at once
FRESH, FRESH_ROWS = (
    10,
    2_000,
)  # commits on top of the tidied table, as many as `add` leaves, and their rows
RUNS = 15
ASKED = 110  # sentences of the store that `check` is asked
ALONE = "SELECT * FROM read_parquet(?) WHERE speaker = ? ORDER BY published LIMIT 100"
CONSONANTS, VOWELS = tuple("bdfgklmnprstvz"), ("a", "e", "i", "o", "u", "an", "er", "in", "os")
SYLLABLES = tuple(a + b for a in CONSONANTS for b in VOWELS)
DAY, DAYS = np.datetime64("2015-01-01"), 3650


class Maker:
    """Draws rows. The same seed makes the same ones."""

    def __init__(self, quotes: int, speakers: int) -> None:
        self.random = np.random.default_rng(20240305)
        self.documents = max(1, quotes // A_DOCUMENT)
        self.words = np.array([self._word(number) for number in range(40_000)])
        chance = 1 / (np.arange(speakers) + 5.0)
        self.counts = self.random.permutation(
            self.random.multinomial(quotes, chance / chance.sum())
        )
        self.names = sorted(f"{self._name(n)} {self._name(n * 31 + 7)}{n}" for n in range(speakers))

    def _word(self, number: int) -> str:
        return "".join(
            SYLLABLES[(number * k + k) % len(SYLLABLES)] for k in (1, 7, 13)[: 1 + number % 3]
        ) + str(number % 97)

    def _name(self, number: int) -> str:
        return "".join(SYLLABLES[(number // d) % len(SYLLABLES)] for d in (1, 126)).capitalize()

    def quotes(self, speakers: np.ndarray[Any, Any], batch: str, first: int) -> pa.Table:
        """Return rows of these speakers, in the order given."""
        count = len(speakers)
        documents = self.random.integers(0, self.documents, count)
        days = (DAY + (documents * 7919) % DAYS).astype("datetime64[D]")
        lengths = self.random.integers(8, 22, count)
        drawn = np.minimum(self.random.zipf(1.3, int(lengths.sum())) - 1, len(self.words) - 1)
        ends = np.cumsum(lengths)
        texts = self.words[drawn]
        given = {
            "document": [f"article-{n:07d}" for n in documents],
            "batch": [batch] * count,
            "position": (np.arange(count) % A_DOCUMENT).astype(np.int32),
            "id": [f"{first + n:016x}" for n in range(count)],
            "speaker": [self.names[n] for n in speakers],
            "kind": ["person"] * count,
            "role": ["mayor"] * count,
            "type": [("direct", "indirect", "mixed")[n % 3] for n in range(count)],
            "words": [
                " ".join(texts[end - length : end])
                for end, length in zip(ends, lengths, strict=True)
            ],
            "cue": ["said"] * count,
            "factuality": ["said"] * count,
            "confidence": self.random.beta(6, 2, count) * 0.6 + 0.4,
            "speaker_confidence": np.full(count, 0.9),
            "rule": ["subject-verb-clause"] * count,
            "outlet": [f"Outlet {n % 40}" for n in documents],
            "title": [f"Title of {n}" for n in documents],
            "published": days,
            "before": ["It was a long day in the council."] * count,
            "after": ["Nobody answered."] * count,
        }
        return _table(QUOTES, given, count)


def _table(table: TableSchema, given: dict[str, Any], count: int) -> pa.Table:
    columns = [
        pa.array(given[c.name], c.type) if c.name in given else pa.nulls(count, c.type)
        for c in table.columns
    ]
    return pa.table(columns, schema=table.schema)


def make(folder: Path, quotes: int, speakers: int) -> None:
    """Return the store, in the order in which `add` writes: documents last."""
    maker, store = (
        Maker(quotes, speakers),
        open_store(folder, create=True, made_by="benchmarks.large_store"),
    )
    run = ProgramRun(store.path, made_by="benchmarks.large_store")
    everybody = np.repeat(np.arange(speakers), maker.counts)
    fresh = maker.random.choice(len(everybody), FRESH * FRESH_ROWS, replace=False)
    tidied = np.sort(np.delete(everybody, fresh))
    for start in range(0, len(tidied), CHUNK):
        delta.append(
            folder / "quotes", maker.quotes(tidied[start : start + CHUNK], f"{run.id}-00001", start)
        )
        print(f"{start + CHUNK:,} of {quotes:,} quotes made", file=sys.stderr, flush=True)
    for number, some in enumerate(np.split(everybody[fresh], FRESH)):
        delta.append(
            folder / "quotes",
            maker.quotes(some, f"{run.id}-00001", len(tidied) + number * FRESH_ROWS),
        )
    for start in range(0, maker.documents, CHUNK):
        delta.append(
            folder / "documents",
            _documents(
                maker, start, min(CHUNK, maker.documents - start), f"{run.id}-00001", quotes
            ),
        )
    named = enumerate(maker.names)
    people = (
        Speaker(
            id=f"s{n}", name=name, kind="person", aliases=(Alias(name, "person", 1.0, "its name"),)
        )
        for n, name in named
    )
    write_speakers(folder, people)
    run.end(Counts(added=maker.documents, quotes=quotes))


def _documents(maker: Maker, start: int, count: int, batch: str, quotes: int) -> pa.Table:
    numbers = np.arange(start, start + count)
    held = np.full(count, A_DOCUMENT)
    if start == 0:
        held[0] += quotes - maker.documents * A_DOCUMENT  # so that the sum is the number of quotes
    given = {
        "id": [f"article-{n:07d}" for n in numbers],
        "batch": [batch] * count,
        "added": [datetime(2024, 1, 1, tzinfo=UTC)] * count,
        "sha256": [f"{n:064x}" for n in numbers],
        "text": [f"The text of article {n}. " * 20 for n in numbers],
        "outlet": [f"Outlet {n % 40}" for n in numbers],
        "published": (DAY + (numbers * 7919) % DAYS).astype("datetime64[D]"),
        "quotes": held.astype(np.int32),
    }
    return _table(DOCUMENTS, given, count)


def ask(folder: Path, quotes: int, speakers: int, *, check: bool) -> Iterator[str]:
    """Yield the measurements, a line each."""
    from quotes.statements.check import check as look_up
    from quotes.store import Selection

    began = time.perf_counter()
    store = open_store(folder)
    maker = Maker(quotes, speakers)
    store.speakers()
    frequent, rare = (
        maker.names[int(np.argsort(maker.counts)[place])] for place in (-1, speakers // 2)
    )
    yield f"opened, with who counts and who is who: {time.perf_counter() - began:.1f} s"
    for what, name in (("rare speaker", rare), ("most frequent speaker", frequent)):
        wanted = store.selection_of(store.speaker(name))
        figure = _median(partial(store.find_quotes, wanted, limit=100))
        yield (
            f"timeline of a {what} ({store.count(wanted):,} quotes), first 100 rows: {figure:.0f} "
            "ms"
        )
    yield f"peak memory so far: {_peak():.0f} MB"
    if check:
        began = time.perf_counter()
        asked = (
            store.find_quotes(
                Selection(ids=[f"{n * quotes // (ASKED + 2):016x}" for n in range(1, ASKED + 1)])
            )
            .column("words")
            .to_pylist()
        )
        look_up(store, asked[0])
        yield (
            "first check, with the index where it has to be made: "
            f"{time.perf_counter() - began:.0f} s"
        )
        again = [_median(partial(look_up, store, words), runs=5) for words in asked[:10]]
        yield (
            f"check, ten sentences asked again and again: {statistics.median(again):.0f} ms "
            f"(slowest {max(again):.0f})"
        )
        times = sorted(_once(partial(look_up, store, words)) for words in asked[10:])
        yield f"check, {len(times)} others, each asked once: {_spread(times)}"
        yield (
            "check, words that nobody said: "
            f"{_median(lambda: look_up(store, 'nobody ever said quite these words of gold')):.0f} "
            "ms"
        )
        yield f"peak memory: {_peak():.0f} MB; now {_memory()}"
    _, files = delta.files(folder / "quotes")
    alone = duckdb.connect()
    for what, name in (("rare", rare), ("most frequent", frequent)):
        figure = _median(partial(_rows_alone, alone, files, name))
        yield f"DuckDB alone, {what} speaker: {figure:.0f} ms"


def _rows_alone(database: duckdb.DuckDBPyConnection, files: Sequence[str], name: str) -> list[Any]:
    """Fetch the rows of a speaker from the store's files with DuckDB alone."""
    return database.execute(ALONE, [list(files), name]).fetchall()


def _median(act: Callable[[], object], runs: int = RUNS) -> float:
    """Milliseconds, the median of warm runs."""
    act()
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _once(act: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _spread(times: list[float]) -> str:
    """Of times in order."""
    return (
        f"median {statistics.median(times):.0f} ms, 95% within "
        f"{times[int(len(times) * 0.95)]:.0f}, slowest {times[-1]:.0f}"
    )


def _memory() -> str:
    """Return the memory of this process: its own, and pages of files the system may take back."""
    status = Path("/proc/self/status")
    if not status.exists():
        return "not told apart on this system"
    held = dict(
        line.split(":", 1) for line in status.read_text().splitlines() if line.startswith("Rss")
    )
    own, mapped = (int(held[name].split()[0]) / 1e3 for name in ("RssAnon", "RssFile"))
    return f"{own:.0f} MB of its own and {mapped:.0f} MB of mapped files"


def _peak() -> float:
    """Megabytes of this process at the most.

    What the system counts of children includes what the parent had when it started them.
    """
    if Path("/proc/self/status").exists():
        (line,) = (
            line
            for line in Path("/proc/self/status").read_text().splitlines()
            if line.startswith("VmHWM")
        )
        return int(line.split()[1]) / 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1e6 if sys.platform == "darwin" else 1e3
    )


def main() -> None:
    given = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    given.add_argument("folder", type=Path)
    given.add_argument("--quotes", type=int, default=5_000_000)
    given.add_argument("--speakers", type=int, default=50_000)
    given.add_argument("--no-check", action="store_true")
    given.add_argument("--only-ask", action="store_true", help=argparse.SUPPRESS)
    arguments = given.parse_args()
    if arguments.only_ask:
        for line in ask(
            arguments.folder, arguments.quotes, arguments.speakers, check=not arguments.no_check
        ):
            print(line, flush=True)
        return
    if not (arguments.folder / "quotes-store.json").exists():
        began = time.perf_counter()
        make(arguments.folder, arguments.quotes, arguments.speakers)
        print(f"store made in {time.perf_counter() - began:.0f} s")
    size = sum(path.stat().st_size for path in arguments.folder.rglob("*.parquet")) / 1e9
    print(
        f"{platform.machine()}, {os.cpu_count()} cores; {arguments.quotes:,} quotes, "
        f"{arguments.speakers:,} speakers, {size:.2f} GB"
    )
    subprocess.run(
        [sys.executable, "-m", "benchmarks.large_store", *sys.argv[1:], "--only-ask"], check=True
    )


if __name__ == "__main__":
    main()
