"""The counts of one article: how many quotes are right, how many there are, how many there should be.

In: an article's attributions and the quotes found in it (`DocumentComparison`). Out: a `Count` for each (scope, metric); those of several articles
add up. Definitions:

ALL, DIRECT     every attribution with a source, or those whose content holds three words of one quoted region; quotes likewise. A quote
                that fits no such attribution but one without a source is left out of precision. Of the quotes, the metrics of
                attributions and sources count those that name a source, those of contents all.
SPAN            each quoted part of an attribution's content: is it found, with the right source? Recall only.
WORDS           words of all sources, cues, contents.
EXACT           sources, cues and contents one by one, each once where several attributions share it, right when their words are the same;
                attributions without a source count too.
EXACT TOUCHED   the same, without what lies wholly in sentences that no attribution touches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from quotes.evaluation import matching
from quotes.evaluation.brat import ROLES, Article
from quotes.evaluation.matching import Side
from quotes.evaluation.worded_text import WordedText, Words, read_words
from quotes.records import Quote

Key = tuple[str, str]
Outcome = Literal["right", "wrong source", "false alarm", "left out"]

SCOPES: dict[str, Callable[[Side], bool]] = {
    "ALL": lambda side: True,
    "DIRECT": lambda side: bool(side.quoted),
}
METRICS = (
    "content",
    "attribution",
    "attribution (name)",
    "content exact",
    "source exact",
    "attribution exact",
)
HALF = 2  # a quote finds a quoted part when it holds at least half of its words


@dataclass(frozen=True, slots=True)
class Count:
    """Right ones among those found and those in the gold. Recall needs no `found`."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


@dataclass(frozen=True)
class DocumentComparison:
    """An article beside what was found in it. Quotes whose content holds no word are dropped."""

    article: Article
    given: tuple[Quote, ...]

    @cached_property
    def text(self) -> WordedText:
        return read_words(self.article.document.text)

    @cached_property
    def _everything(self) -> tuple[tuple[int, Side], ...]:
        sides = (matching.side(self.text, attribution) for attribution in self.article.attributions)
        return tuple((number, side) for number, side in enumerate(sides) if side.content)

    @cached_property
    def everything(self) -> tuple[Side, ...]:
        """All attributions."""
        return tuple(side for _, side in self._everything)

    @cached_property
    def gold(self) -> tuple[Side, ...]:
        """The attributions that are scored: those with a source."""
        return tuple(side for side in self.everything if side.source)

    @cached_property
    def gold_numbers(self) -> tuple[int, ...]:
        """For each of `gold`, its place among the article's attributions."""
        return tuple(number for number, side in self._everything if side.source)

    @cached_property
    def free(self) -> tuple[Side, ...]:
        """The attributions without a source, which it is no fault to find or to miss."""
        return tuple(side for side in self.everything if not side.source)

    @cached_property
    def _found(self) -> tuple[tuple[Quote, Side], ...]:
        return tuple(
            (quote, side)
            for quote in self.given
            if (side := matching.side(self.text, quote)).content
        )

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes that hold words."""
        return tuple(quote for quote, _ in self._found)

    @cached_property
    def found(self) -> tuple[Side, ...]:
        """Their words."""
        return tuple(side for _, side in self._found)

    @cached_property
    def pairs(self) -> dict[int, int]:
        """For the index of an attribution in `gold`, that of the quote which finds it."""
        return matching.pair(self.text, self.gold, self.found)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of each quote."""
        made: list[Outcome] = ["false alarm"] * len(self.found)
        for i, j in self.pairs.items():
            made[j] = "right" if self.source_right(i) else "wrong source"
        rest = [j for j, outcome in enumerate(made) if outcome == "false alarm"]
        for j in matching.pair(self.text, self.free, [self.found[j] for j in rest]).values():
            made[rest[j]] = "left out"
        return tuple(made)

    def source_right(self, gold: int) -> bool:
        """Whether an attribution is found with the right source."""
        return gold in self.pairs and matching.source_right(
            self.text, self.gold[gold].source, self.found[self.pairs[gold]].source
        )


def count(comparison: DocumentComparison) -> dict[Key, Count]:
    """Every count of an article."""
    counts: dict[Key, Count] = {}
    for scope, within in SCOPES.items():
        gold = [side for side in comparison.gold if within(side)]
        found = [side for side in comparison.found if within(side)]
        counts |= {
            (scope, metric): n for metric, n in _attributions(comparison, gold, found).items()
        }
    counts |= {("SPAN", metric): n for metric, n in _parts(comparison).items()}
    counts |= {
        ("WORDS", role): _shared(
            _joined(comparison.everything, role), _joined(comparison.found, role)
        )
        for role in ROLES
    }
    return counts | _exact(comparison)


def _attributions(
    comparison: DocumentComparison, gold: Sequence[Side], found: Sequence[Side]
) -> dict[str, Count]:
    text = comparison.text
    pairs = matching.pair(text, gold, found)
    rest = [side for j, side in enumerate(found) if j not in set(pairs.values())]
    free = matching.pair(text, comparison.free, rest).values()
    counted = [side for j, side in enumerate(found) if j in set(pairs.values())] + [
        s for j, s in enumerate(rest) if j not in set(free)
    ]
    named = sum(bool(side.names or side.source) for side in counted)
    right = dict.fromkeys(METRICS, 0)
    for i, j in pairs.items():
        for metric, hit in _hits(text, gold[i], found[j]).items():
            right[metric] += hit
    return {
        metric: Count(n, len(counted) if metric.startswith("content") else named, len(gold))
        for metric, n in right.items()
    }


def _hits(text: WordedText, gold: Side, found: Side) -> dict[str, bool]:
    """What is right about a quote that fits an attribution, in the order of METRICS."""
    same_content, same_source = gold.content == found.content, gold.source == found.source
    source, name = (
        matching.source_right(text, gold.source, found.source),
        matching.name_right(text, gold, found),
    )
    return dict(
        zip(
            METRICS,
            (True, source, name, same_content, same_source, same_content and same_source),
            strict=True,
        )
    )


def _parts(comparison: DocumentComparison) -> dict[str, Count]:
    """Given a quoted part: the quote that holds most of it, and whether its source is right."""
    text, total = comparison.text, dict[str, Count]()
    for gold in comparison.gold:
        for part in gold.quoted:
            holding = [
                side for side in comparison.found if len(part & side.content) * HALF >= len(part)
            ]
            best = max(
                holding,
                key=lambda s: (len(part & s.content), matching.jaccard(gold.content, s.content)),
                default=None,
            )
            right = best is not None and matching.source_right(text, gold.source, best.source)
            name = best is not None and matching.name_right(text, gold, best)
            row = {
                "span found": Count(best is not None, 0, 1),
                "span source right": Count(right, 0, 1),
            }
            row |= {
                "span source right (name)": Count(name, 0, 1),
                "source right | found": Count(right, 0, best is not None),
            }
            total = {metric: total.get(metric, Count()) + n for metric, n in row.items()}
    return total


def _exact(comparison: DocumentComparison) -> dict[Key, Count]:
    sentences = comparison.text.sentences
    touched = {
        sentences[n]
        for side in comparison.everything
        for role in ROLES
        for n in getattr(side, role)
    }
    counts = {}
    for role in ROLES:
        gold, found = _sets(comparison.everything, role), _sets(comparison.found, role)
        counts["EXACT", role] = _shared(gold, found)
        near = frozenset(words for words in found if any(sentences[n] in touched for n in words))
        counts["EXACT TOUCHED", role] = _shared(gold, near)
    return counts


def _sets(sides: Iterable[Side], role: str) -> frozenset[Words]:
    return frozenset(words for side in sides if (words := getattr(side, role)))


def _joined(sides: Iterable[Side], role: str) -> Words:
    return frozenset[int]().union(*(getattr(side, role) for side in sides))


def _shared(gold: frozenset[object], found: frozenset[object]) -> Count:
    return Count(len(gold & found), len(found), len(gold))
