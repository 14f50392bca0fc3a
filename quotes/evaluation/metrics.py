"""The counts of one article: how many quotes are right, how many were found, how many are gold.

In: an article's attributions and the quotes found in it (`DocumentComparison`). Out: a `Count` for
each (scope, metric); those of several articles add up. Scopes:

ALL, DIRECT     Every attribution with a source, or those whose content holds three words of one
                quoted passage; quotes likewise. A quote that matches no such attribution but one
                without a source is ignored. Of the quotes, the metrics of attributions and sources
                count those that name a source, those of contents all.
... OUTERMOST   The same, without the quotes that lie in another one: annotators of PolNeAR mark no
                attribution inside another (none of 19,827 in its train part), so that quotes of
                somebody who is quoted by another cannot be right there.
SPAN            Each quoted part of an attribution's content: is it found, with the right source?
                Recall only.
WORDS           The words of all sources, cues and contents.
EXACT           Sources, cues and contents one by one, each once where several attributions share
                it, right when their words are the same; attributions without a source count too.
EXACT TOUCHED   The same, without what lies wholly in sentences that no attribution touches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from quotes.evaluation import matching
from quotes.evaluation.brat import SPAN_KINDS, Article
from quotes.evaluation.matching import AttributionWordSets
from quotes.evaluation.worded_text import WordedText, Words, read_words
from quotes.records import Quote

Key = tuple[str, str]
Outcome = Literal["right", "wrong source", "false alarm", "ignored"]

SCOPES: dict[str, Callable[[AttributionWordSets], bool]] = {
    "ALL": lambda item: True,
    "DIRECT": lambda item: bool(item.quoted),
}
OUTERMOST = " OUTERMOST"  # behind the name of a scope
METRICS = (
    "content",
    "attribution",
    "attribution (name)",
    "content exact",
    "source exact",
    "attribution exact",
)
MIN_PART_SHARE = 0.5  # of the words of a quoted part, for a quote to have found it


@dataclass(frozen=True, slots=True)
class Count:
    """How many are right, of those found and of those in the gold.

    Where only recall is measured, `found` is 0.
    """

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of the found that is right; 0 where nothing is found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that is found; 0 without gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 without any."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


@dataclass(frozen=True)
class DocumentComparison:
    """An article with the quotes that were found in it.

    Quotes whose content has no word are dropped.
    """

    article: Article
    predicted: tuple[Quote, ...]

    @cached_property
    def text(self) -> WordedText:
        """The text of the article, in words."""
        return read_words(self.article.document.text)

    @cached_property
    def _numbered(self) -> tuple[tuple[int, AttributionWordSets], ...]:
        """The attributions that have words, with their places among the article's."""
        attributions = (
            matching.words_of(self.text, attribution) for attribution in self.article.attributions
        )
        return tuple((number, item) for number, item in enumerate(attributions) if item.content)

    @cached_property
    def attributions(self) -> tuple[AttributionWordSets, ...]:
        """All annotated attributions."""
        return tuple(item for _, item in self._numbered)

    @cached_property
    def gold(self) -> tuple[AttributionWordSets, ...]:
        """The attributions that are scored: those with a source."""
        return tuple(item for item in self.attributions if item.source)

    @cached_property
    def gold_indices(self) -> tuple[int, ...]:
        """For each of `gold`, its place among the article's attributions."""
        return tuple(number for number, item in self._numbered if item.source)

    @cached_property
    def unsourced(self) -> tuple[AttributionWordSets, ...]:
        """The attributions without a source, which are neither to be found nor wrong to find."""
        return tuple(item for item in self.attributions if not item.source)

    @cached_property
    def _found(self) -> tuple[tuple[Quote, AttributionWordSets], ...]:
        """The quotes that have words, with these."""
        return tuple(
            (quote, item)
            for quote in self.predicted
            if (item := matching.words_of(self.text, quote)).content
        )

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes that have words."""
        return tuple(quote for quote, _ in self._found)

    @cached_property
    def found(self) -> tuple[AttributionWordSets, ...]:
        """The words of `quotes`."""
        return tuple(item for _, item in self._found)

    @cached_property
    def outermost(self) -> DocumentComparison:
        """The article with those of the quotes that lie in no other of them."""
        ids = {quote.id for quote in self.predicted}
        return DocumentComparison(
            self.article, tuple(q for q in self.predicted if q.nested_in not in ids)
        )

    @cached_property
    def pairs(self) -> dict[int, int]:
        """For the index of an attribution in `gold`, that of the quote that matches it."""
        return matching.pair(self.text, self.gold, self.found)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcome of each quote."""
        made: list[Outcome] = ["false alarm"] * len(self.found)
        for i, j in self.pairs.items():
            made[j] = "right" if self.source_right(i) else "wrong source"
        rest = [j for j, outcome in enumerate(made) if outcome == "false alarm"]
        for j in matching.pair(self.text, self.unsourced, [self.found[j] for j in rest]).values():
            made[rest[j]] = "ignored"
        return tuple(made)

    def source_right(self, gold: int) -> bool:
        """Tell whether an attribution is found with the right source."""
        return gold in self.pairs and matching.source_right(
            self.text, self.gold[gold].source, self.found[self.pairs[gold]].source
        )


def count(comparison: DocumentComparison) -> dict[Key, Count]:
    """Return every count of an article."""
    counts = _by_scope(comparison) | {
        (scope + OUTERMOST, metric): n
        for (scope, metric), n in _by_scope(comparison.outermost).items()
    }
    counts |= {("SPAN", metric): n for metric, n in _parts(comparison).items()}
    counts |= {
        ("WORDS", kind): _shared(
            _joined(comparison.attributions, kind), _joined(comparison.found, kind)
        )
        for kind in SPAN_KINDS
    }
    return counts | _exact(comparison)


def _by_scope(comparison: DocumentComparison) -> dict[Key, Count]:
    """Return the counts of SCOPES."""
    return {
        (scope, metric): n
        for scope, within in SCOPES.items()
        for metric, n in _attributions(
            comparison,
            [item for item in comparison.gold if within(item)],
            [item for item in comparison.found if within(item)],
        ).items()
    }


def _attributions(
    comparison: DocumentComparison,
    gold: Sequence[AttributionWordSets],
    found: Sequence[AttributionWordSets],
) -> dict[str, Count]:
    """Return the counts of METRICS for some attributions and quotes of an article."""
    text = comparison.text
    pairs = matching.pair(text, gold, found)
    rest = [item for j, item in enumerate(found) if j not in set(pairs.values())]
    ignored = set(matching.pair(text, comparison.unsourced, rest).values())
    counted = [item for j, item in enumerate(found) if j in set(pairs.values())] + [
        item for j, item in enumerate(rest) if j not in ignored
    ]
    named = sum(bool(item.names or item.source) for item in counted)
    right = dict.fromkeys(METRICS, 0)
    for i, j in pairs.items():
        for metric, hit in _hits(text, gold[i], found[j]).items():
            right[metric] += hit
    return {
        metric: Count(n, len(counted) if metric.startswith("content") else named, len(gold))
        for metric, n in right.items()
    }


def _hits(
    text: WordedText, gold: AttributionWordSets, found: AttributionWordSets
) -> dict[str, bool]:
    """Return what is right about a quote that matches an attribution, in the order of METRICS."""
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
    """Count quoted parts: whether a quote has most of one, and whether its source is right."""
    text, total = comparison.text, dict[str, Count]()
    for gold in comparison.gold:
        for part in gold.quoted:
            holding = [
                item
                for item in comparison.found
                if len(part & item.content) >= MIN_PART_SHARE * len(part)
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
    """Count sources, cues and contents whose words are the same."""
    sentences = comparison.text.sentences
    touched = {
        sentences[n]
        for item in comparison.attributions
        for kind in SPAN_KINDS
        for n in getattr(item, kind)
    }
    counts = {}
    for kind in SPAN_KINDS:
        gold, found = _sets(comparison.attributions, kind), _sets(comparison.found, kind)
        counts["EXACT", kind] = _shared(gold, found)
        near = frozenset(words for words in found if any(sentences[n] in touched for n in words))
        counts["EXACT TOUCHED", kind] = _shared(gold, near)
    return counts


def _sets(items: Iterable[AttributionWordSets], kind: str) -> frozenset[Words]:
    """Return the different spans of one kind, as their words."""
    return frozenset(words for item in items if (words := getattr(item, kind)))


def _joined(items: Iterable[AttributionWordSets], kind: str) -> Words:
    """Return all words of the spans of one kind."""
    return frozenset[int]().union(*(getattr(item, kind) for item in items))


def _shared(gold: frozenset[object], found: frozenset[object]) -> Count:
    """Count what two sets have in common."""
    return Count(len(gold & found), len(found), len(gold))
