"""Everything that is measured on a set of articles.

In: comparisons of articles with what was found in them. Out: one `Results` record, and the same as plain values for JSON. Confidence
intervals are 95%, by drawing articles again and again (bootstrap).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, get_args

from quotes.evaluation import calibration, matching
from quotes.evaluation.calibration import Bin, Coverage, Judged
from quotes.evaluation.matching import Side
from quotes.evaluation.metrics import Count, DocumentComparison, Key, Outcome, count
from quotes.evaluation.worded_text import WordedText, low_words

DRAWS, SEED = 1000, 13
PRECISIONS = (0.90, 0.95, 0.98)
QUOTE_TYPES = ("direct", "mixed", "indirect")
SENTENCES = ("source in same sentence", "source in another sentence")

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Group:
    """Attributions and quotes of a kind. `gold` of them are annotated, `content` of these found, `attribution` with the right source.

    `found` quotes are of that kind by what was found, `right` of them are right attributions.
    """

    name: str
    gold: int = 0
    content: int = 0
    attribution: int = 0
    found: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class RuleScore:
    """How often a rule fires, and how often content, and content and source are right. Quotes left out of precision are not counted."""

    rule: str
    fires: int
    content: int
    attribution: int
    left_out: int


@dataclass(frozen=True, slots=True)
class SpeakerScore:
    """Of the attributions found with the right source, by the kind of that source: how many got a speaker.

    `agrees`: whose name shares a word with the source. Gold has no names, so for kinds other than proper names that says nothing.
    """

    kind: str
    found: int
    resolved: int
    agrees: int


@dataclass(frozen=True)
class Results:
    """What was measured. `counts` by (scope, metric); `intervals` of precision, recall and F1 for the same keys."""

    articles: int
    quotes: int
    counts: Mapping[Key, Count]
    intervals: Mapping[Key, tuple[Interval, Interval, Interval]]
    groups: Mapping[str, tuple[Group, ...]]
    rules: tuple[RuleScore, ...]
    speakers: tuple[SpeakerScore, ...]
    bins: tuple[Bin, ...]
    coverage: tuple[Coverage, ...]

    @property
    def calibration_error(self) -> float:
        return calibration.calibration_error(self.bins)


def evaluate(comparisons: Sequence[DocumentComparison], *, draws: int = DRAWS) -> Results:
    """Everything that is measured. `draws` of the bootstrap; 0 leaves the intervals out."""
    rows = [count(comparison) for comparison in comparisons]
    judged = [pair for comparison in comparisons for pair in judgements(comparison)]
    bins = calibration.reliability(judged)
    return Results(
        articles=len(comparisons),
        quotes=sum(len(comparison.quotes) for comparison in comparisons),
        counts=_sum(rows),
        intervals=_intervals(rows, draws),
        groups={name: _groups(comparisons, names, of) for name, (names, of) in GROUPINGS.items()},
        rules=_rules(comparisons),
        speakers=_speakers(comparisons),
        bins=bins,
        coverage=tuple(calibration.coverage(judged, precision) for precision in PRECISIONS),
    )


def judgements(comparison: DocumentComparison) -> tuple[Judged, ...]:
    """Confidence and rightness of each quote of an article, without those that are left out of precision."""
    pairs = zip(comparison.quotes, comparison.outcomes, strict=True)
    return tuple(
        (quote.confidence, outcome == "right") for quote, outcome in pairs if outcome != "left out"
    )


def to_object(results: Results) -> dict[str, Any]:
    """The results as plain values, rounded: what `quotes evaluate --json` writes."""
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
    n = results.counts[key]
    made: dict[str, Any] = {"precision": n.precision, "recall": n.recall, "f1": n.f1}
    if key in results.intervals:
        made |= {
            f"{name}_interval": list(low_high)
            for name, low_high in zip(tuple(made), results.intervals[key], strict=True)
        }
    return _rounded(made) | asdict(n)


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    def rounded(value: Any) -> Any:
        if isinstance(value, list):
            return [rounded(one) for one in value]
        return round(value, 4) if isinstance(value, float) else value

    return {name: rounded(value) for name, value in values.items()}


# Sums over articles


def _sum(rows: Iterable[Mapping[Key, Count]]) -> dict[Key, Count]:
    total: dict[Key, Count] = {}
    for row in rows:
        for key, n in row.items():
            total[key] = total.get(key, Count()) + n
    return total


def _intervals(
    rows: Sequence[Mapping[Key, Count]], draws: int
) -> dict[Key, tuple[Interval, Interval, Interval]]:
    if not rows or not draws:
        return {}
    chance = random.Random(SEED)
    samples = [Counter(chance.choices(range(len(rows)), k=len(rows))) for _ in range(draws)]
    return {key: _interval([row.get(key, Count()) for row in rows], samples) for key in _sum(rows)}


def _interval(
    counts: Sequence[Count], samples: Sequence[Mapping[int, int]]
) -> tuple[Interval, Interval, Interval]:
    """Of precision, recall and F1. `samples` say how often each article is drawn."""
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

GROUPINGS: dict[str, tuple[tuple[str, ...], Callable[[WordedText, Side], str]]] = {
    "type": (QUOTE_TYPES, lambda text, side: side.type),
    "source": (
        (*matching.SOURCE_KINDS, "no source"),
        lambda text, side: matching.source_kind(text, side.source) if side.source else "no source",
    ),
    "cue": (matching.CUE_PLACES, lambda text, side: matching.cue_place(side)),
    "sentence": (
        SENTENCES,
        lambda text, side: SENTENCES[0] if matching.one_sentence(text, side) else SENTENCES[1],
    ),
}


def _groups(
    comparisons: Sequence[DocumentComparison],
    names: Iterable[str],
    of: Callable[[WordedText, Side], str],
) -> tuple[Group, ...]:
    seen: Counter[tuple[str, str]] = Counter()
    for comparison in comparisons:
        text = comparison.text
        for i, side in enumerate(comparison.gold):
            name = of(text, side)
            seen[name, "gold"] += 1
            seen[name, "content"] += i in comparison.pairs
            seen[name, "attribution"] += comparison.source_right(i)
        for side, outcome in zip(comparison.found, comparison.outcomes, strict=True):
            name = of(text, side)
            seen[name, "found"] += outcome != "left out"
            seen[name, "right"] += outcome == "right"
    fields = ("gold", "content", "attribution", "found", "right")
    made = (Group(name, **{field: seen[name, field] for field in fields}) for name in names)
    return tuple(group for group in made if group.gold or group.found)


def _rules(comparisons: Iterable[DocumentComparison]) -> tuple[RuleScore, ...]:
    """The rules that fired, the most frequent first."""
    seen = Counter(
        (q.rule, outcome)
        for c in comparisons
        for q, outcome in zip(c.quotes, c.outcomes, strict=True)
    )
    made = (_rule(rule, seen) for rule in {rule for rule, _ in seen})
    return tuple(sorted(made, key=lambda score: (-score.fires, score.rule)))


def _rule(rule: str, seen: Mapping[tuple[str, Outcome], int]) -> RuleScore:
    right, wrong, false, out = (seen[rule, outcome] for outcome in get_args(Outcome))
    return RuleScore(
        rule, fires=right + wrong + false, content=right + wrong, attribution=right, left_out=out
    )


def _speakers(comparisons: Iterable[DocumentComparison]) -> tuple[SpeakerScore, ...]:
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
            seen[kind, "agrees"] += bool(
                low_words(speaker or "") & {text.low[n] for n in text.telling(source)}
            )
    return tuple(
        SpeakerScore(kind, *(seen[kind, field] for field in ("found", "resolved", "agrees")))
        for kind in matching.SOURCE_KINDS
    )
