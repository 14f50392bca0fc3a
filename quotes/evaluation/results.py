"""Everything that is measured on a set of articles.

In: comparisons of articles with the quotes found in them. Out: one `Results` record, and the same
as plain values for JSON. Confidence intervals are 95%, by the bootstrap over articles (Efron 1979).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

from quotes.evaluation import calibration, matching
from quotes.evaluation.calibration import Bin, Coverage, Prediction
from quotes.evaluation.matching import AttributionWordSets
from quotes.evaluation.metrics import Count, DocumentComparison, Key, Outcome, count
from quotes.evaluation.worded_text import WordedText, name_words

DRAWS, SEED = 1000, 13
PRECISIONS = (0.90, 0.95, 0.98)
QUOTE_TYPES = ("direct", "mixed", "indirect")
SENTENCES = ("source in same sentence", "source in another sentence")

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class KindScore:
    """The attributions and quotes of one kind.

    Attributes:
        name: The kind.
        gold: The number of annotated attributions of that kind.
        content: How many of these are found.
        attribution: How many of these are found with the right source.
        found: The number of quotes of that kind.
        right: How many of these are right attributions.
    """

    name: str
    gold: int = 0
    content: int = 0
    attribution: int = 0
    found: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class RuleScore:
    """How many quotes of a rule are right.

    Attributes:
        rule: The name of the rule.
        quotes: The number of its quotes, without the ignored ones.
        content: How many of these have the right content.
        attribution: How many of these have the right source, too.
        ignored: How many match an attribution without a source.
    """

    rule: str
    quotes: int
    content: int
    attribution: int
    ignored: int


@dataclass(frozen=True, slots=True)
class SpeakerScore:
    """How many attributions that are found with the right source have a speaker.

    Attributes:
        kind: The kind of source.
        found: The number of attributions found with the right source.
        resolved: How many of these have a speaker.
        name_matches: How many of these have a speaker whose name shares a word with the source.
            The gold has no names, so that this is informative for proper names only.
    """

    kind: str
    found: int
    resolved: int
    name_matches: int


@dataclass(frozen=True)
class Results:
    """The figures of an evaluation.

    `counts` has (scope, metric) as keys, `intervals` the same, with those of precision, recall, F1.
    """

    articles: int
    quotes: int
    counts: Mapping[Key, Count]
    intervals: Mapping[Key, tuple[Interval, Interval, Interval]]
    groups: Mapping[str, tuple[KindScore, ...]]
    rules: tuple[RuleScore, ...]
    speakers: tuple[SpeakerScore, ...]
    bins: tuple[Bin, ...]
    coverage: tuple[Coverage, ...]

    @property
    def calibration_error(self) -> float:
        """The expected calibration error."""
        return calibration.calibration_error(self.bins)


def evaluate(comparisons: Sequence[DocumentComparison], *, draws: int = DRAWS) -> Results:
    """Measure everything.

    Args:
        comparisons: The articles with the quotes found in them.
        draws: The number of bootstrap samples; 0 leaves the intervals out.
    """
    rows = [count(comparison) for comparison in comparisons]
    predictions = [pair for comparison in comparisons for pair in scored_quotes(comparison)]
    bins = calibration.reliability(predictions)
    return Results(
        articles=len(comparisons),
        quotes=sum(len(comparison.quotes) for comparison in comparisons),
        counts=_sum(rows),
        intervals=_intervals(rows, draws),
        groups={name: _groups(comparisons, names, of) for name, (names, of) in GROUPINGS.items()},
        rules=_rules(comparisons),
        speakers=_speakers(comparisons),
        bins=bins,
        coverage=tuple(calibration.coverage(predictions, precision) for precision in PRECISIONS),
    )


def scored_quotes(comparison: DocumentComparison) -> tuple[Prediction, ...]:
    """Return the confidence of each quote that is not ignored, and whether it is right."""
    pairs = zip(comparison.quotes, comparison.outcomes, strict=True)
    return tuple(
        (quote.confidence, outcome == "right") for quote, outcome in pairs if outcome != "ignored"
    )


def to_object(results: Results) -> dict[str, Any]:
    """Return the results as plain values, rounded, as `quotes evaluate --json` writes them."""
    return {
        "articles": results.articles,
        "quotes": results.quotes,
        "metrics": {
            f"{scope}/{metric}": _metric(results, (scope, metric))
            for scope, metric in results.counts
        },
        "groups": {
            name: [asdict(group) for group in groups] for name, groups in results.groups.items()
        },
        "rules": [asdict(rule) for rule in results.rules],
        "speakers": [asdict(speaker) for speaker in results.speakers],
        "calibration": {
            "error": round(results.calibration_error, 4),
            "bins": [_rounded(asdict(b)) for b in results.bins],
        },
        "coverage": [
            _rounded(asdict(row)) | {"share": round(row.share, 4)} for row in results.coverage
        ],
    }


def _metric(results: Results, key: Key) -> dict[str, Any]:
    """Return one metric as plain values."""
    n = results.counts[key]
    made: dict[str, Any] = {"precision": n.precision, "recall": n.recall, "f1": n.f1}
    if key in results.intervals:
        made |= {
            f"{name}_interval": list(low_high)
            for name, low_high in zip(tuple(made), results.intervals[key], strict=True)
        }
    return _rounded(made) | asdict(n)


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    """Round all numbers to four places."""

    def rounded(value: Any) -> Any:
        if isinstance(value, list):
            return [rounded(one) for one in value]
        return round(value, 4) if isinstance(value, float) else value

    return {name: rounded(value) for name, value in values.items()}


# Sums over articles


def _sum(rows: Iterable[Mapping[Key, Count]]) -> dict[Key, Count]:
    """Add up the counts of articles."""
    total: dict[Key, Count] = {}
    for row in rows:
        for key, n in row.items():
            total[key] = total.get(key, Count()) + n
    return total


def _intervals(
    rows: Sequence[Mapping[Key, Count]], draws: int
) -> dict[Key, tuple[Interval, Interval, Interval]]:
    """Return the 95% intervals of every metric; none without articles or draws."""
    if not rows or not draws:
        return {}
    chance = random.Random(SEED)
    samples = [Counter(chance.choices(range(len(rows)), k=len(rows))) for _ in range(draws)]
    return {key: _interval([row.get(key, Count()) for row in rows], samples) for key in _sum(rows)}


def _interval(
    counts: Sequence[Count], samples: Sequence[Mapping[int, int]]
) -> tuple[Interval, Interval, Interval]:
    """Return the intervals of precision, recall and F1 of one metric.

    Args:
        counts: The counts of each article.
        samples: How often each article is drawn, for each draw.
    """
    numbers = [(n.right, n.found, n.gold) for n in counts]
    drawn = [
        Count(*(sum(numbers[i][x] * times for i, times in sample.items()) for x in range(3)))
        for sample in samples
    ]
    values = [sorted(getattr(n, name) for n in drawn) for name in ("precision", "recall", "f1")]
    low, high = int(0.025 * len(drawn)), min(len(drawn) - 1, int(0.975 * len(drawn)))
    precision, recall, f1 = ((value[low], value[high]) for value in values)
    return precision, recall, f1


# By kind, by rule

GROUPINGS: dict[str, tuple[tuple[str, ...], Callable[[WordedText, AttributionWordSets], str]]] = {
    "type": (QUOTE_TYPES, lambda text, item: item.type),
    "source": (
        (*matching.SOURCE_KINDS, "no source"),
        lambda text, item: matching.source_kind(text, item.source) if item.source else "no source",
    ),
    "cue": (matching.CUE_POSITIONS, lambda text, item: matching.cue_position(item)),
    "sentence": (
        SENTENCES,
        lambda text, item: SENTENCES[0] if matching.one_sentence(text, item) else SENTENCES[1],
    ),
}


def _groups(
    comparisons: Sequence[DocumentComparison],
    names: Iterable[str],
    of: Callable[[WordedText, AttributionWordSets], str],
) -> tuple[KindScore, ...]:
    """Count attributions and quotes by kind; `of` gives the kind of one."""
    seen: Counter[tuple[str, str]] = Counter()
    for comparison in comparisons:
        text = comparison.text
        for i, item in enumerate(comparison.gold):
            name = of(text, item)
            seen[name, "gold"] += 1
            seen[name, "content"] += i in comparison.pairs
            seen[name, "attribution"] += comparison.source_right(i)
        for item, outcome in zip(comparison.found, comparison.outcomes, strict=True):
            name = of(text, item)
            seen[name, "found"] += outcome != "ignored"
            seen[name, "right"] += outcome == "right"
    fields = ("gold", "content", "attribution", "found", "right")
    made = (KindScore(name, **{field: seen[name, field] for field in fields}) for name in names)
    return tuple(group for group in made if group.gold or group.found)


def _rules(comparisons: Iterable[DocumentComparison]) -> tuple[RuleScore, ...]:
    """Count the quotes of each rule, the most frequent first."""
    seen = Counter(
        (q.rule, outcome)
        for c in comparisons
        for q, outcome in zip(c.quotes, c.outcomes, strict=True)
    )
    made = (_rule(rule, seen) for rule in {rule for rule, _ in seen})
    return tuple(sorted(made, key=lambda score: (-score.quotes, score.rule)))


def _rule(rule: str, seen: Mapping[tuple[str, Outcome], int]) -> RuleScore:
    """Return the score of a rule."""
    right, wrong, false, ignored = (seen[rule, outcome] for outcome in get_args(Outcome))
    return RuleScore(
        rule,
        quotes=right + wrong + false,
        content=right + wrong,
        attribution=right,
        ignored=ignored,
    )


def _speakers(comparisons: Iterable[DocumentComparison]) -> tuple[SpeakerScore, ...]:
    """Count the speakers of attributions found with the right source, by kind of source."""
    seen: Counter[tuple[str, str]] = Counter()
    for comparison in comparisons:
        text = comparison.text
        for i, j in comparison.pairs.items():
            if not comparison.source_right(i):
                continue
            source = comparison.gold[i].source
            kind, speaker = matching.source_kind(text, source), comparison.quotes[j].speaker
            seen[kind, "found"] += 1
            seen[kind, "resolved"] += speaker is not None
            seen[kind, "name_matches"] += bool(
                name_words(speaker or "")
                & {text.lowercased[n] for n in text.without_stop_words(source)}
            )
    return tuple(
        SpeakerScore(kind, *(seen[kind, field] for field in ("found", "resolved", "name_matches")))
        for kind in matching.SOURCE_KINDS
    )
