"""Measure dev with the embedded model, and raise the floors in data/floors.json.

    python -m training.raise_floors --gold DATA [--compare]     (about three minutes)

Each section of the file belongs to one set of articles: PolNeAR dev, and the articles of many
outlets with annotated quotes. A floor is half a point under what was measured, or one case where
that is more, and never goes down by itself; a ceiling likewise never goes up.
tests/test_floors.py measures the same articles and fails beyond them. With other gold, or where a
floor must go down, take the section out of the file and give the reason in the commit. `--compare`
prints the figures beside the floors and writes nothing.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.defaults import MIN_CONFIDENCE
from quotes.evaluation import Results
from quotes.evaluation.measures import ATTRIBUTIONS, QUOTES, Measure
from quotes.evaluation.quote_results import QuoteResults
from quotes.evaluation.runner import compare
from quotes.models import Models
from training.gold import DataError, arguments, folder

FLOORS = Path(__file__).resolve().parent.parent / "data" / "floors.json"
SLACK = 0.5  # points between what was measured and the floor
F1_FLOORS = {
    "DIRECT content F1": ("DIRECT", "content"),
    "DIRECT attribution F1": ("DIRECT", "attribution"),
    "ALL attribution F1": ("ALL", "attribution"),
    "ALL content F1": ("ALL", "content"),
}
SHARE_FLOORS = (
    "found",
    "right",
    "direct found",
    "precision",
    "pronouns",
    "role recall",
    "role precision",
    "days",
    "chains",
)
SHARE_CEILINGS = ("wrong speaker",)


@dataclass(frozen=True)
class Figure:
    """What was measured, in points (of 100), and the number of cases that it is a share of."""

    value: float
    cases: int

    @property
    def slack(self) -> float:
        """The points between figure and floor: half a point, or one case where that is more."""
        return max(SLACK, 100 / self.cases) if self.cases else SLACK


@dataclass(frozen=True)
class Section:
    """A section of the file.

    Attributes:
        name: The folder of the articles in that of the gold.
        measure: How they are measured.
        figures: The figures that have a floor or a ceiling, of results.
        ceilings: The names of those that have a ceiling.
    """

    name: str
    measure: Measure[Any, Any, Any]
    figures: Callable[[Any], dict[str, Figure]]
    ceilings: tuple[str, ...] = ()

    @property
    def command(self) -> str:
        """The command that measures the articles."""
        return f"quotes evaluate $QUOTES_GOLD/{self.name}"


@dataclass(frozen=True)
class Measured:
    """The digest of the gold of a section, the number of articles, and the figures."""

    gold: str
    articles: int
    figures: Mapping[str, Figure]


def f1_figures(results: Results) -> dict[str, Figure]:
    """Return the figures of attributions."""
    counts = {name: results.counts[key] for name, key in F1_FLOORS.items()}
    return {name: Figure(100 * n.f1, n.gold) for name, n in counts.items()}


def share_figures(results: QuoteResults) -> dict[str, Figure]:
    """Return the figures of annotated quotes."""
    shares = {name: results.figures[name] for name in (*SHARE_FLOORS, *SHARE_CEILINGS)}
    return {name: Figure(100 * share.value, share.whole) for name, share in shares.items()}


SECTIONS = (
    # All of PolNeAR dev: a slice of 14 articles went up and down by a point without a cause.
    Section("polnear/dev", ATTRIBUTIONS, f1_figures),
    Section("outlets/dev", QUOTES, share_figures, SHARE_CEILINGS),
)


def measure(section: Section, gold: Path, models: Models) -> Measured:
    """Return what is measured of a section.

    Raises:
        InputError: without gold.
        DataError: where an article fails.
    """
    by = section.measure
    articles = by.read(gold / section.name)
    pairs = list(compare(articles, measure=by, models=models, min_confidence=MIN_CONFIDENCE))
    for _, failure in pairs:
        if failure:
            raise DataError(f"{failure.id}: {failure.message}")
    results = by.evaluate([comparison for comparison, _ in pairs], draws=0)
    return Measured(by.digest(articles), len(articles), section.figures(results))


def raised(section: Section, known: Mapping[str, Any], measured: Measured) -> dict[str, Any]:
    """Return the section of the file with floors raised and ceilings lowered.

    Raises:
        DataError: where the floors there belong to other gold.
    """
    if known and known["gold"] != measured.gold:
        raise DataError(
            f"{FLOORS}: the floors are of gold {known['gold'][:12]}, this is "
            f"{measured.gold[:12]}: compare with the same gold"
        )
    floors: Mapping[str, float] = known.get("floors", {})
    ceilings: Mapping[str, float] = known.get("ceilings", {})
    figures = measured.figures
    made: dict[str, Any] = {
        "command": section.command,
        "articles": measured.articles,
        "gold": measured.gold,
        "floors": {
            name: max(floors.get(name, 0.0), _floor(figure))
            for name, figure in figures.items()
            if name not in section.ceilings
        },
    }
    if section.ceilings:
        made["ceilings"] = {
            name: min(ceilings.get(name, 100.0), _ceiling(figures[name]))
            for name in section.ceilings
        }
    return made


def _floor(figure: Figure) -> float:
    return max(0.0, math.floor(10 * (figure.value - figure.slack)) / 10)


def _ceiling(figure: Figure) -> float:
    return min(100.0, math.ceil(10 * (figure.value + figure.slack)) / 10)


def main(given: Sequence[str] | None = None) -> None:
    import quotes

    parser = arguments(__doc__)
    parser.add_argument("--compare", action="store_true", help="write nothing")
    options = parser.parse_args(given)
    known = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    models = quotes.load()
    made = {}
    for section in SECTIONS:
        old = known.get(section.name, {})
        measured = measure(section, folder(options.gold), models)
        made[section.name] = new = raised(section, old, measured)
        for name, figure in measured.figures.items():
            kind = "ceilings" if name in section.ceilings else "floors"
            before = old.get(kind, {}).get(name, "none")
            print(
                f"{section.name} {name}: {figure.value:.2f}, {kind[:-1]} {before} -> "
                f"{new[kind][name]}"
            )
    if not options.compare:
        FLOORS.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    try:
        main()
    except DataError as error:
        sys.exit(f"raise_floors: {error}")
