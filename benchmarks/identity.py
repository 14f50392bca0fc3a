"""How long identity over documents takes: N usages of made-up names, and the most memory used.

    python -m benchmarks.identity [--usages N] [--store FOLDER]

Names are drawn so that they collide as in a large collection: some hundred common surnames carry a
large part, one name in eleven has only an initial, one in fourteen is a surname alone, some are
ministries under two names. The peer is rapidfuzz's `cdist`, which compares the letters of all pairs
and decides nothing; it runs on a tenth of the names and its time is multiplied by a hundred.

With `--store`, a store is made in FOLDER, where it is not there yet, with three articles for each
name; then names are counted from its tables, decided and stored, as the first run of `quotes add`
does, in a process of its own.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from quotes.language import Language
from quotes.names.word_lists import load_words
from quotes.records import NameUsage
from quotes.store import delta, open_store
from quotes.store.commits import Counts, ProgramRun
from quotes.store.entity_resolution import identify
from quotes.store.folder import resolution_file
from quotes.store.rows import arrow
from quotes.store.schema import ALIASES, DOCUMENTS, QUOTES, ROLES

ENGLISH = Language.load("en")

SYLLABLES = tuple(
    a + b
    for a in ("ba", "ko", "mi", "ran", "del", "sor", "ven", "gar")
    for b in ("", "son", "ley", "ov")
)
ROWS = 50_000  # names whose rows are written together
OTHERS = [f"{a.title()} {b.title()}" for a in SYLLABLES for b in SYLLABLES]
ROLES_HELD = (
    "mayor of Leeds",
    "president",
    "spokesman",
    "Kremlin spokesman",
    "senator",
    "analyst",
    "professor at Yale",
    "foreign minister",
)
COUNTRIES = ("Russian", "French", "Chinese", "Kenyan", "Russia's", "France's", "China's")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--usages", type=int, default=50_000)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--only-decide", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only_decide:
        decide(given.store)
        return
    if given.store:
        if not given.store.exists():
            make_store(given.store, given.usages)
        again = [sys.executable, "-m", "benchmarks.identity", *sys.argv[1:], "--only-decide"]
        subprocess.run(again, check=True)
        return
    usages = made_up(given.usages)
    before = peak()
    wall, processor = time.perf_counter(), time.process_time()
    speakers = identify(usages, language=ENGLISH)
    print(
        f"{len(usages)} usages, {len(speakers)} speakers: "
        f"{time.process_time() - processor:.1f} s of one core",
        end=" ",
    )
    print(
        f"({time.perf_counter() - wall:.1f} s by the clock), memory {before} MB before, {peak()} "
        "MB at most"
    )
    tenth = [usage.name for usage in usages[::10]]
    processor = time.process_time()
    process.cdist(tenth, tenth, scorer=fuzz.ratio, workers=1, dtype="uint8")
    print(
        "rapidfuzz.process.cdist, letters of all pairs: "
        f"{(time.process_time() - processor) * 100:.1f} s (from {len(tenth)} names)"
    )


def make_store(folder: Path, count: int) -> None:
    """Make a store that uses so many names: three articles for each, as many as names in all."""
    chance = random.Random(11)
    store = open_store(folder, create=True, made_by="benchmarks.identity")
    run = ProgramRun(store.path, made_by="benchmarks.identity")
    names = different_names(random.Random(7))
    for start in range(0, count, ROWS):
        some = list(islice(names, min(ROWS, count - start)))
        rows: dict[str, list[dict[str, Any]]] = {"quotes": [], "aliases": [], "roles": []}
        for name in some:
            _add_rows(rows, chance, name, count)
        documents = [
            {"id": f"d{n}", "batch": "b", "added": datetime.now(UTC), "text": ""}
            for n in range(start, start + len(some))
        ]
        for table, own in ((QUOTES, rows["quotes"]), (ALIASES, rows["aliases"]),
                           (ROLES, rows["roles"]), (DOCUMENTS, documents)):  # fmt: skip
            delta.append(store.table_folder(table.name), arrow(table, own))
    run.end(Counts(added=count))


def _add_rows(
    rows: dict[str, list[dict[str, Any]]], chance: random.Random, name: str, documents: int
) -> None:
    """Add the rows of a name in the tables: its articles, its quotes there and its role."""
    kind = "organization" if name.endswith("Ministry") else "person"
    own = [f"d{chance.randrange(documents)}" for _ in range(3)]
    named = {"batch": "b", "name": name, "kind": kind}
    rows["aliases"] += [{**named, "document": document} for document in own]
    for _ in range(chance.randrange(5)):
        document = chance.choice(own)
        quote = {"document": document, "batch": "b", "speaker": name, "kind": kind}
        rows["quotes"].append(quote | {"id": f"{chance.getrandbits(64):016x}", "words": "so"})
    if chance.random() < 0.6:
        rows["roles"].append({**named, "document": own[0], "role": chance.choice(ROLES_HELD)})


def decide(folder: Path) -> None:
    """Decide who is who in a store from all names, and print time and memory."""
    with open_store(folder, create=True) as store:
        file = resolution_file(folder)
        file.unlink(missing_ok=True)
        before, wall, processor = peak(), time.perf_counter(), time.process_time()
        store.identify()
        print(
            f"counted, decided and stored: {time.process_time() - processor:.0f} s of the "
            f"processor ({time.perf_counter() - wall:.0f} s by the clock), memory {before} MB "
            f"before, {peak()} MB at most; {file.stat().st_size / 1e6:.0f} MB kept"
        )


def made_up(count: int) -> list[NameUsage]:
    """Make up so many different usages, the same ones each time."""
    chance = random.Random(7)
    return [
        NameUsage(
            name=name,
            kind="organization" if name.endswith("Ministry") else "person",
            quotes=chance.randrange(5),
            documents=tuple(f"d{chance.randrange(200_000)}" for _ in range(3)),
            roles=((chance.choice(ROLES_HELD), 1),) if chance.random() < 0.6 else (),
            others=tuple(chance.choice(OTHERS) for _ in range(5)),
        )
        for name in islice(different_names(random.Random(7)), count)
    ]


def different_names(chance: random.Random) -> Iterator[str]:
    """Yield names, each once."""
    words = load_words(ENGLISH)
    first = sorted(words.lexicon.female | words.lexicon.male)
    surnames = sorted(words.common_surnames) + sorted(
        {"".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))) for _ in range(12_000)}
    )
    weights = list(accumulate(1 / (rank + 3) ** 0.7 for rank in range(len(surnames))))
    seen = set[str]()
    for name in _names(chance, first, surnames, weights):
        if name not in seen:
            seen.add(name)
            yield name


def _names(
    chance: random.Random, first: list[str], surnames: list[str], weights: list[float]
) -> Iterator[str]:
    while True:
        given, family = (
            chance.choice(first).title(),
            chance.choices(surnames, cum_weights=weights)[0].title(),
        )
        which = chance.random()
        if which < 0.7:
            yield f"{given} {family}"
        elif which < 0.79:
            yield f"{given[0]}. {family}"
        elif which < 0.86:
            yield family
        elif which < 0.93:
            yield f"{given} {chance.choice('ABCDEFGHJ')}. {family}"
        else:
            yield f"{chance.choice(COUNTRIES)} {family} Ministry"


def peak() -> int:
    """Return the most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
