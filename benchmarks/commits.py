"""The time that `add` takes beside reading articles, in an empty store and in a large one.

    python -m benchmarks.commits LARGE [--batches N]

LARGE is a store, such as `benchmarks.large_store` makes; it is copied, and left as it is. Each run
adds 200 articles, one parsed article of the tests under other ids: copies are looked for, rows
written in one commit, and speakers resolved anew at the end.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PARSED = ROOT / "tests" / "parses"


def items(count: int, name: str) -> Iterator[Any]:
    """Articles with their parses, alike but for their ids."""
    from quotes.parsing.conllu import read_conllu

    document, parse = min(
        (pair for path in sorted(PARSED.glob("*.conllu")) for pair in read_conllu(path)),
        key=lambda pair: len(pair[0].text),
    )
    for number in range(count):
        yield replace(document, id=f"{name}-{number}"), parse


def _after_reading(done: list[Any], wanted: Iterator[Any]) -> Iterator[Any]:
    """Read all that is wanted, then give what was processed before."""
    for _ in wanted:
        pass
    return iter(done)


def measured(folder: Path, batches: int) -> list[float]:
    """Return seconds that each run took."""
    from quotes.language import Language
    from quotes.pipeline import run
    from quotes.store import open_store
    from quotes.store.ingest import COMMIT_DOCUMENTS, made_by

    def none(language: Language) -> Any:
        raise AssertionError("these articles bring their parses")

    took = []
    with open_store(str(folder), create=True, made_by=made_by("embedded")) as store:
        for batch in range(batches):
            done = list(run(items(COMMIT_DOCUMENTS, f"batch-{batch}"), models=none))
            began = time.perf_counter()
            for _ in store.add(
                items(COMMIT_DOCUMENTS, f"batch-{batch}"),
                work=partial(_after_reading, done),
                model="embedded",
            ):
                pass
            took.append(time.perf_counter() - began)
    return took


def main() -> None:
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
            took = measured(folder, asked.batches)
            rest = took[1:]
            print(
                f"{name}: first run {took[0]:.2f} s, the others {statistics.median(rest):.2f} s, "
                f"the slowest of them {max(rest):.2f} s"
            )


if __name__ == "__main__":
    main()
