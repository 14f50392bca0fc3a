"""How long identity over documents takes: N usages of made-up names, and the most memory used.

    python -m benchmarks.identity [--usages N]

Names are drawn so that they collide as in a large collection: some hundred common surnames carry a
large part, one name in eleven has only an initial, one in fourteen is a surname alone, some are
ministries under two names. The peer is rapidfuzz's `cdist`, which compares the letters of all pairs
and decides nothing; it runs on a tenth of the names and its time is multiplied by a hundred.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from itertools import accumulate

from rapidfuzz import fuzz, process

from quotes.language import Language
from quotes.names.word_lists import load_words
from quotes.records import NameUsage
from quotes.store.entity_resolution import identify

ENGLISH = Language.load("en")

SYLLABLES = tuple(
    a + b
    for a in ("ba", "ko", "mi", "ran", "del", "sor", "ven", "gar")
    for b in ("", "son", "ley", "ov")
)
ROLES = (
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
    usages = made_up(parser.parse_args().usages)
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


def made_up(count: int) -> list[NameUsage]:
    """Make up so many different usages, the same ones each time."""
    chance = random.Random(7)
    words = load_words(ENGLISH)
    first = sorted(words.lexicon.female | words.lexicon.male)
    surnames = sorted(words.common_surnames) + sorted(
        {"".join(chance.choices(SYLLABLES, k=chance.choice((2, 3)))) for _ in range(12_000)}
    )
    weights = list(accumulate(1 / (rank + 3) ** 0.7 for rank in range(len(surnames))))
    usages: dict[str, NameUsage] = {}
    names = _names(chance, first, surnames, weights)
    while len(usages) < count:
        name = next(names)
        usages[name] = NameUsage(
            name=name,
            kind="organization" if name.endswith("Ministry") else "person",
            quotes=chance.randrange(5),
            documents=tuple(f"d{chance.randrange(200_000)}" for _ in range(3)),
            roles=((chance.choice(ROLES), 1),) if chance.random() < 0.6 else (),
            others=tuple(chance.choice(surnames) for _ in range(5)),
        )
    return list(usages.values())


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
