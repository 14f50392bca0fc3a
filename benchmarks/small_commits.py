"""Reads of a store of a thousand commits beside those of one of ten, with the same articles.

    python -m benchmarks.small_commits FOLDER [--articles N]

Makes the stores in FOLDER where they are not there yet: each commit is a run of its own, with all
that a run of `quotes add` writes, and with its compaction at the end. Then asks both, in turns;
milliseconds of the processor, the least of several.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

from benchmarks.synthetic import Generator
from quotes.statements.check import check
from quotes.store import Store, open_store
from quotes.store.commits import Counts, ProgramRun

ROUNDS = 7
SPEAKERS = 300


def make(folder: Path, articles: int, commits: int) -> None:
    """Make a store of so many commits of equal size."""
    entries = Generator(speakers=SPEAKERS).entries()
    with open_store(folder, create=True, made_by="benchmarks.small_commits") as store:
        for _ in range(commits):
            run = ProgramRun(store.path, made_by="benchmarks.small_commits")
            run.commit(list(islice(entries, articles // commits)))
            run.end(Counts(added=articles // commits))
            store.compact()
        store.identify()
        store.compact()


def questions(folder: Path, store: Store) -> Mapping[str, Callable[[], object]]:
    """Return what is asked of a store."""
    speaker, name = store.speakers()[5], "article-000500"
    wanted = store.selection_of(speaker)
    (words,) = store.find_quotes(wanted, limit=1).column("words").to_pylist()

    def opened() -> None:
        with open_store(folder) as other:
            other.speakers()

    return {
        "open, speakers": opened,
        "show": lambda: (store.document(name), store.quotes_of(name)),
        "timeline": lambda: store.find_quotes(wanted, limit=100),
        "quotes by speaker": store.quotes_by_speaker,
        "check": lambda: check(store, words),
    }


def least(act: Callable[[], object]) -> float:
    """Return the milliseconds of the processor that it takes."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def main() -> None:
    """Make the stores, ask and print."""
    given = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    given.add_argument("folder", type=Path)
    given.add_argument("--articles", type=int, default=1_000)
    asked = given.parse_args()
    few, many = asked.folder / "few", asked.folder / "many"
    for folder, commits in ((few, 10), (many, asked.articles)):
        if not folder.exists():
            make(folder, asked.articles, commits)
    with open_store(few) as first, open_store(many) as second:
        acts = questions(few, first), questions(many, second)
        for name in acts[0]:
            times: tuple[list[float], list[float]] = ([], [])
            for _ in range(ROUNDS):
                for own, side in zip(times, acts, strict=True):
                    own.append(least(side[name]))
            a, b = map(min, times)
            print(f"{name}: {a:.0f} ms with 10 commits, {b:.0f} with {asked.articles}: {b / a:.2f}")


if __name__ == "__main__":
    main()
