"""Everything that is measured on articles with annotated quotes.

In: comparisons. Out: one `QuoteResults` record, and the same as plain values for JSON. Confidence
intervals are 95%, by the bootstrap over articles (Efron 1979).

An annotated quote is found where some quotes have its words, and right where the speaker is right,
too; optional and unsaid ones count neither as found nor as missed. Role, day and reporters are
judged where a quote is found, roles where the article gives one. A quote is a statement where it
finds an annotated quote, optional or not: the share of statements is the precision.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from quotes.evaluation import calibration
from quotes.evaluation.annotated_quotes import AnnotatedQuote
from quotes.evaluation.calibration import Bin, Prediction
from quotes.evaluation.quote_comparison import (
    QuoteComparison,
    chain_right,
    day_right,
    role_right,
    speaker_right,
)
from quotes.records import Quote

DRAWS, SEED = 1000, 13
BANDS = (0.0, 0.3, 0.5, 0.6, 0.8, 0.9, 1.0)
TYPES = ("direct", "mixed", "indirect")
GROUPINGS: Mapping[str, Callable[[AnnotatedQuote], Iterable[str]]] = {
    "type": lambda quote: (quote.type,),
    "link": lambda quote: (quote.link,) if quote.link else (),
    "tag": lambda quote: quote.tags,
}
FIGURES = (
    "found",
    "right",
    "direct found",
    "precision",
    "wrong speaker",
    "pronouns",
    "role recall",
    "role precision",
    "days",
    "chains",
    "kinds",
    "types",
)

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some are so."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)

    @property
    def value(self) -> float:
        """The share; 0 of none."""
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The required annotated quotes of one kind: how many, found, found with the right speaker."""

    name: str
    gold: int
    found: int
    right: int


@dataclass(frozen=True, slots=True)
class ShownScore:
    """Quotes of one rule or band of confidence.

    Attributes:
        name: The rule or band.
        quotes: How many are shown.
        statements: How many of these find an annotated quote.
        right: How many of these have the right speaker, too.
    """

    name: str
    quotes: int
    statements: int
    right: int


@dataclass(frozen=True)
class QuoteResults:
    """The figures of an evaluation.

    Attributes:
        articles: The number of articles.
        quotes: The number of quotes that are shown.
        figures: Each of FIGURES.
        intervals: The interval of each; empty without draws.
        groups: For each of GROUPINGS the scores of its kinds, the worst first.
        unflagged: How many quotes that were not said are shown as said.
        flagged: How many of these have another factuality.
        spurious_roles: How many found quotes have a role where the article gives none.
        reliability: Bins of `confidence` (of a statement), of `speaker_confidence` (of the right
            speaker, in statements) and of their product, by type and of all.
        bands: Quotes by confidence.
        rules: Quotes by rule.
    """

    articles: int
    quotes: int
    figures: Mapping[str, Share]
    intervals: Mapping[str, Interval]
    groups: Mapping[str, tuple[GroupScore, ...]]
    unflagged: int
    flagged: int
    spurious_roles: int
    reliability: Mapping[tuple[str, str], tuple[Bin, ...]]
    bands: tuple[ShownScore, ...]
    rules: tuple[ShownScore, ...]


def evaluate_quotes(comparisons: Sequence[QuoteComparison], *, draws: int = DRAWS) -> QuoteResults:
    """Measure everything.

    Args:
        comparisons: The articles with the quotes found in them.
        draws: The number of bootstrap samples; 0 leaves the intervals out.
    """
    rows = [_figures(comparison) for comparison in comparisons]
    pairs = [pair for comparison in comparisons for pair in _pairs(comparison)]
    unsaid = [quote for gold, quote in pairs if gold.unsaid and quote]
    unflagged = sum(quote.factuality == "said" for quote in unsaid)
    return QuoteResults(
        articles=len(comparisons),
        quotes=sum(len(comparison.quotes) for comparison in comparisons),
        figures=_sum(rows),
        intervals=_intervals(rows, draws),
        groups={name: _groups(pairs, names) for name, names in GROUPINGS.items()},
        unflagged=unflagged,
        flagged=len(unsaid) - unflagged,
        spurious_roles=sum(
            gold.required and gold.roles == () and bool(quote and quote.role)
            for gold, quote in pairs
        ),
        reliability=_reliability(comparisons),
        bands=tuple(_bands(comparisons)),
        rules=tuple(_rules(comparisons)),
    )


def to_object(results: QuoteResults) -> dict[str, Any]:
    """Return the results as plain values, rounded, as `quotes evaluate --json` writes them."""
    return {
        "articles": results.articles,
        "quotes": results.quotes,
        "figures": {
            name: {"share": round(share.value, 4), **asdict(share)}
            | (
                {"interval": [round(end, 4) for end in results.intervals[name]]}
                if name in results.intervals
                else {}
            )
            for name, share in results.figures.items()
        },
        "groups": {
            name: [asdict(group) for group in groups] for name, groups in results.groups.items()
        },
        "unflagged": results.unflagged,
        "flagged": results.flagged,
        "spurious_roles": results.spurious_roles,
        "calibration": [
            {
                "of": of,
                "type": type_,
                "error": round(calibration.calibration_error(bins), 4),
                "bins": [asdict(b) | {"confidence": round(b.confidence, 4)} for b in bins],
            }
            for (of, type_), bins in results.reliability.items()
        ],
        "bands": [asdict(band) for band in results.bands],
        "rules": [asdict(rule) for rule in results.rules],
    }


# Of one article


def _pairs(comparison: QuoteComparison) -> Iterator[tuple[AnnotatedQuote, Quote | None]]:
    """Yield each annotated quote with its reading."""
    return zip(comparison.article.quotes, comparison.readings, strict=True)


def _figures(comparison: QuoteComparison) -> dict[str, Share]:
    """Return each of FIGURES for an article."""
    total = dict.fromkeys(FIGURES, Share())
    total["precision"] = Share(
        sum(found is not None for found in comparison.finds), len(comparison.quotes)
    )
    for gold, quote in _pairs(comparison):
        if gold.required:
            for name, share in _shares(gold, quote):
                total[name] += share
    return total


def _shares(gold: AnnotatedQuote, quote: Quote | None) -> Iterator[tuple[str, Share]]:
    """Yield what one required annotated quote adds to the figures."""
    right = quote is not None and speaker_right(gold, quote)
    yield "found", Share(quote is not None, 1)
    yield "right", Share(right, 1)
    if gold.type == "direct":
        yield "direct found", Share(quote is not None, 1)
    if gold.link == "pronoun":
        yield "pronouns", Share(right, 1)
    if quote is None:
        return
    if quote.speaker:
        yield "wrong speaker", Share(not right, 1)
    if gold.roles:
        yield "role recall", Share(role_right(gold, quote), 1)
    if gold.roles and quote.role:
        yield "role precision", Share(role_right(gold, quote), 1)
    if gold.said_on:
        yield "days", Share(day_right(gold, quote), 1)
    if gold.reported_by:
        yield "chains", Share(chain_right(gold, quote), 1)
    yield "kinds", Share(quote.kind in gold.kinds, 1)
    yield "types", Share(quote.type == gold.type, 1)


# Of all articles


def _sum(rows: Iterable[Mapping[str, Share]]) -> dict[str, Share]:
    """Add up the figures of articles."""
    total = dict.fromkeys(FIGURES, Share())
    for row in rows:
        for name, share in row.items():
            total[name] += share
    return total


def _intervals(rows: Sequence[Mapping[str, Share]], draws: int) -> dict[str, Interval]:
    """Return the 95% interval of each figure."""
    if not rows or not draws:
        return {}
    chance = random.Random(SEED)
    samples = [_sum(chance.choices(rows, k=len(rows))) for _ in range(draws)]
    low, high = int(0.025 * draws), min(draws - 1, int(0.975 * draws))
    values = {name: sorted(sample[name].value for sample in samples) for name in FIGURES}
    return {name: (each[low], each[high]) for name, each in values.items()}


def _groups(
    pairs: Iterable[tuple[AnnotatedQuote, Quote | None]],
    names: Callable[[AnnotatedQuote], Iterable[str]],
) -> tuple[GroupScore, ...]:
    """Count required annotated quotes by kind, the kind with fewest right first."""
    seen: Counter[tuple[str, str]] = Counter()
    for gold, quote in pairs:
        for name in names(gold) if gold.required else ():
            seen[name, "gold"] += 1
            seen[name, "found"] += quote is not None
            seen[name, "right"] += quote is not None and speaker_right(gold, quote)
    made = (
        GroupScore(name, *(seen[name, field] for field in ("gold", "found", "right")))
        for name in {name for name, _ in seen}
    )
    return tuple(sorted(made, key=lambda group: (group.right / group.gold, group.name)))


def _reliability(
    comparisons: Sequence[QuoteComparison],
) -> dict[tuple[str, str], tuple[Bin, ...]]:
    """Return the bins of each confidence, of all quotes and by type."""
    seen: dict[tuple[str, str], list[Prediction]] = {
        (of, type_): []
        for of in ("confidence", "speaker_confidence", "product")
        for type_ in ("all", *TYPES)
    }
    for quote, gold in _shown(comparisons):
        for of, prediction in _predictions(quote, gold):
            for type_ in ("all", quote.type):
                seen[of, type_].append(prediction)
    return {key: calibration.reliability(predictions) for key, predictions in seen.items()}


def _predictions(quote: Quote, gold: AnnotatedQuote | None) -> Iterator[tuple[str, Prediction]]:
    """Yield what each confidence of a quote says, and whether it is so."""
    yield "confidence", (quote.confidence, gold is not None)
    if quote.speaker:
        right = gold is not None and speaker_right(gold, quote)
        yield "product", (quote.confidence * quote.speaker_confidence, right)
        if gold is not None:
            yield "speaker_confidence", (quote.speaker_confidence, right)


def _bands(comparisons: Sequence[QuoteComparison]) -> Iterator[ShownScore]:
    """Yield the quotes by confidence, without empty bands."""
    shown = list(_shown(comparisons))
    for low, high in pairwise(BANDS):
        inside = [
            (quote, gold)
            for quote, gold in shown
            if low <= quote.confidence < high or quote.confidence == high == BANDS[-1]
        ]
        if inside:
            yield _score(f"{low:.1f} to {high:.1f}", inside)


def _rules(comparisons: Sequence[QuoteComparison]) -> list[ShownScore]:
    """Return the quotes of each rule, the most frequent first."""
    by_rule: dict[str, list[tuple[Quote, AnnotatedQuote | None]]] = {}
    for quote, gold in _shown(comparisons):
        by_rule.setdefault(quote.rule, []).append((quote, gold))
    made = (_score(rule, items) for rule, items in by_rule.items())
    return sorted(made, key=lambda score: (-score.quotes, score.name))


def _shown(
    comparisons: Sequence[QuoteComparison],
) -> Iterator[tuple[Quote, AnnotatedQuote | None]]:
    """Yield each quote with the annotated one that it finds."""
    for comparison in comparisons:
        yield from zip(comparison.quotes, comparison.finds, strict=True)


def _score(name: str, items: Sequence[tuple[Quote, AnnotatedQuote | None]]) -> ShownScore:
    """Count what is right among some quotes."""
    return ShownScore(
        name,
        quotes=len(items),
        statements=sum(gold is not None for _, gold in items),
        right=sum(gold is not None and speaker_right(gold, quote) for quote, gold in items),
    )
