"""Measure PolNeAR dev with the embedded model, and raise the floors in data/floors.json.

    python -m training.raise_floors --gold DATA            (about two minutes)

A floor is half a point under what was measured, and never goes down by itself: tests/test_floors.py
measures the same slice and fails below it. With other gold, or where a floor must go down, take the
entry out of the file and give the reason in the commit.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.defaults import MIN_CONFIDENCE
from quotes.evaluation import DocumentComparison, Results, digest, evaluate, read_gold
from quotes.evaluation.runner import compare
from quotes.models import Models
from training.gold import DataError, arguments, folder

FLOORS = Path(__file__).resolve().parent.parent / "data" / "floors.json"
SPLIT, EVERY = (
    Path("polnear", "dev"),
    1,
)  # all of it: a slice of 14 articles went up and down by a point without a cause
COMMAND = f"quotes evaluate $QUOTES_GOLD/{SPLIT.as_posix()}"
SLACK = 0.5  # points of F1 between what was measured and the floor
KEPT = {
    "DIRECT content F1": ("DIRECT", "content"),
    "DIRECT attribution F1": ("DIRECT", "attribution"),
    "ALL attribution F1": ("ALL", "attribution"),
    "ALL content F1": ("ALL", "content"),
}


@dataclass(frozen=True)
class Slice:
    """What was measured: figures in points (of 100) by name, digest of the gold, articles."""

    gold: str
    comparisons: Sequence[DocumentComparison]
    figures: Mapping[str, float]


def measure(gold: Path, models: Models) -> Slice:
    """Return the slice, measured with models.

    Raises:
        InputError: without gold.
        DataError: where an article fails.
    """
    articles = read_gold(gold / SPLIT, every=EVERY)
    pairs = list(compare(articles, models=models, min_confidence=MIN_CONFIDENCE))
    for _, failure in pairs:
        if failure:
            raise DataError(f"{failure.id}: {failure.message}")
    comparisons = [comparison for comparison, _ in pairs]
    return Slice(digest(articles), comparisons, figures(evaluate(comparisons, draws=0)))


def figures(results: Results) -> dict[str, float]:
    """Return the figures that have a floor, in points."""
    return {name: 100 * results.counts[key].f1 for name, key in KEPT.items()}


def raised(known: Mapping[str, Any], measured: Slice) -> dict[str, Any]:
    """Return the content of the file with floors raised.

    Raises:
        DataError: where the floors there belong to other gold.
    """
    if known and known["gold"] != measured.gold:
        raise DataError(
            f"{FLOORS}: the floors are of gold {known['gold'][:12]}, this is "
            f"{measured.gold[:12]}: compare with the same gold"
        )
    old: Mapping[str, float] = known.get("floors", {})
    floors = {
        name: max(old.get(name, 0.0), math.floor(10 * (value - SLACK)) / 10)
        for name, value in measured.figures.items()
    }
    return {
        "command": COMMAND,
        "articles": len(measured.comparisons),
        "gold": measured.gold,
        "floors": floors,
    }


def main(given: Sequence[str] | None = None) -> None:
    import quotes

    options = arguments(__doc__).parse_args(given)
    known = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    measured = measure(folder(options.gold), quotes.load())
    made = raised(known, measured)
    for name, value in measured.figures.items():
        print(
            f"{name}: {value:.2f}, floor {known.get('floors', {}).get(name, 'none')} -> "
            f"{made['floors'][name]}"
        )
    FLOORS.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"raise_floors: {error}")
