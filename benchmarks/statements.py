"""Time of `check` over many statements, size of its search index, time of grouping.

    python -m benchmarks.statements [--statements N] [--grouped N] [--questions N]

The statements are made up: words drawn by Zipf's law, the common ones English, 6 to 35 words, as
news prints them; every tenth is printed again with a word altered. Questions are words of the
collection verbatim, altered, cut out, and words that no statement holds together. Beside it stands
the same search done without an index: rapidfuzz over all words in memory, one question after the
other.
"""

from __future__ import annotations

import argparse
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from rapidfuzz import fuzz, process

from quotes.language import Language
from quotes.statements import Statement, answer, group
from quotes.statements.index import Index, IndexRow, build

ENGLISH = Language.load("en")

SYLLABLES = "ka ro mi ten sul ver lo pra din gos bel tur nis ham qui es".split()  # noqa: SIM905  # a list of sounds reads better so
VOCABULARY = 60_000
UNINDEXED = 100_000  # statements that the search without an index goes through


@dataclass(frozen=True)
class StatementSource:
    """A source of statements: the same seed makes the same ones."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    def statements(self, count: int, seed: int) -> Iterator[str]:
        """Yield statements; every tenth is the one before it with a word altered."""
        drawn, last = random.Random(seed), [""]
        for number in range(count):
            if number % 10 == 9:
                last[drawn.randrange(len(last))] = drawn.choice(self.words)
            else:
                last = drawn.choices(self.words, cum_weights=self.weights, k=drawn.randint(6, 35))
            yield " ".join(last)


def make_source() -> StatementSource:
    """Make the words of the statements, by frequency."""
    common = sorted(Language.load("en").words("common-words"))
    rare = [
        "".join(SYLLABLES[(n >> shift) % 16] for shift in (0, 4, 8, 12))
        for n in range(VOCABULARY - len(common))
    ]
    return StatementSource(
        (*common, *rare), tuple(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    )


def questions(of: StatementSource, count: int, total: int) -> Iterator[tuple[str, str]]:
    """Yield kind and words: verbatim, with a word altered, a part, and words nobody said so."""
    drawn = random.Random(7)
    printed = [
        text
        for number, text in enumerate(of.statements(total, 1))
        if number % max(1, total // count) == 0
    ][:count]
    for text in printed:
        words = text.split()
        altered = list(words)
        altered[drawn.randrange(len(words))] = drawn.choice(of.words)
        yield "verbatim", text
        yield "altered", " ".join(altered)
        yield "part", " ".join(words[len(words) // 4 : len(words) // 4 + max(5, len(words) // 2)])
    yield from (("absent", text) for text in of.statements(count, 99))


def check(index: Index, words: str) -> bool:
    """Return what `quotes check` does, but for reading the rows of the hits.

    Whether a statement was found.
    """
    hits = [
        Statement(id=hit.id, document=hit.document, words=hit.words) for hit in index.search(words)
    ]
    return bool(answer(words, hits, words=index.vocabulary(), language=ENGLISH).found)


def measure_index(of: StatementSource, total: int, asked: int) -> None:
    """Build an index, search it with questions of each kind, and print sizes and times."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        rows = (
            IndexRow(f"{number:016x}", f"d{number // 8}", text)
            for number, text in enumerate(of.statements(total, 1))
        )
        index = build(Path(folder), rows, state="", language=ENGLISH)
        took = time.perf_counter() - began
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        print(
            f"index of {total:,} statements: {took:.0f} s, {size / 1e6:.0f} MB, "
            f"{size / total:.0f} bytes a statement"
        )
        times: dict[str, list[tuple[float, float]]] = {}
        found: dict[str, int] = {}
        for kind, words in [
            *questions(of, 5, total),
            *questions(of, asked, total),
        ]:  # the first warm it up
            began, worked = time.perf_counter(), time.process_time()
            found[kind] = found.get(kind, 0) + check(index, words)
            times.setdefault(kind, []).append(
                (time.perf_counter() - began, time.process_time() - worked)
            )
        for kind, taken in times.items():
            waited, work = ([pair[n] * 1000 for pair in taken[5:]] for n in (0, 1))
            slow = sorted(waited)[int(len(waited) * 0.95)]
            shown = (
                f"median {statistics.median(waited):.0f} ms ({statistics.median(work):.0f} ms of "
                f"work), slowest of 20 {slow:.0f} ms"
            )
            print(f"check, {kind:<9} {shown}, found {found[kind]} of {len(taken)}")


def measure_unindexed(of: StatementSource) -> None:
    """Search without an index, and print the time."""
    texts = list(of.statements(UNINDEXED, 1))
    began = time.perf_counter()
    for text in texts[:: UNINDEXED // 5][:5]:
        process.extract(text, texts, scorer=fuzz.partial_ratio, limit=50)
    print(
        f"without an index, rapidfuzz over {UNINDEXED:,}: "
        f"{(time.perf_counter() - began) / 5 * 1000:.0f} ms a question"
    )


def measure_grouping(of: StatementSource, total: int) -> None:
    """Group statements, and print the time."""
    drawn = random.Random(3)
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range(366)]
    statements, day, speaker = [], days[0], "s"
    for number, text in enumerate(of.statements(total, 1)):
        if number % 10 != 9:
            day, speaker = drawn.choice(days), f"s{int(drawn.paretovariate(0.8)) % 2000}"
        statements.append(
            Statement(
                id=f"{number:016x}",
                document=f"d{number}",
                words=text,
                speaker_id=speaker,
                published=day,
            )
        )
    began, worked = time.perf_counter(), time.process_time()
    groups = group(statements, language=ENGLISH)
    took, work = time.perf_counter() - began, time.process_time() - worked
    print(
        f"grouping {total:,} statements: {took:.1f} s ({work:.1f} s of work), {len(groups):,} "
        "groups"
    )


def machine() -> str:
    """Return the processor, as far as the system says."""
    info = Path("/proc/cpuinfo")
    names = (
        [
            line.partition(":")[2].strip()
            for line in info.read_text().splitlines()
            if line.startswith("model name")
        ]
        if info.exists()
        else []
    )
    return (
        f"{names[0] if names else platform.processor()} ({len(names) or 1} cores), Python "
        f"{platform.python_version()}"
    )


def main() -> None:
    """Measure and print."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--statements", type=int, default=500_000)
    given.add_argument("--grouped", type=int, default=100_000)
    given.add_argument("--questions", type=int, default=50)
    chosen = given.parse_args()
    of = make_source()
    print(machine())
    measure_index(of, chosen.statements, chosen.questions)
    unit = 1 if sys.platform == "darwin" else 1024
    print(
        "memory at most so far: "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6:.0f} MB"
    )
    measure_unindexed(of)
    measure_grouping(of, chosen.grouped)


if __name__ == "__main__":
    main()
