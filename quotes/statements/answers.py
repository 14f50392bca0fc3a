"""Answers to "who said this?", from the statements that may be the words asked for.

    answer(asked, hits) → Answer

In: words and the statements that the index found for them. Out: what is verbatim, altered or a
part, with every wording and who printed it first. That nothing is found says something about the
collection, and nothing about whether the words were ever said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotes.language import Language
from quotes.statements.comparison import MIN_PARTIAL_WEIGHT, MatchKind, WordComparison, compare
from quotes.statements.grouping import group
from quotes.statements.tokens import forms
from quotes.statements.types import Group, Statement
from quotes.statements.weights import Vocabulary, vocabulary

NOT_FOUND = "not found in this collection"
TOO_COMMON = "these words are short or common: only a statement of just these words would be found"
MAX_ANSWERS = 10  # statements; the best are enough to answer


@dataclass(frozen=True)
class Found:
    """A statement that is, or holds, the words asked for.

    Attributes:
        statement: The earliest print of the wording that fits best.
        comparison: The difference of the words asked for from it.
        group: All wordings and prints.
    """

    statement: Statement
    comparison: WordComparison
    group: Group

    @property
    def kind(self) -> MatchKind:
        """Verbatim, altered or partial."""
        assert self.comparison.kind
        return self.comparison.kind

    @property
    def score(self) -> float:
        """How well it fits, between 0 and 1."""
        return self.comparison.score


@dataclass(frozen=True)
class Answer:
    """The answer to words asked for.

    Attributes:
        asked: The words.
        found: Statements that fit, verbatim ones first.
        total: How many fit, those left out of `found` among them.
        note: What a reader should know.
    """

    asked: str
    found: tuple[Found, ...]
    total: int
    note: str = ""


def answer(
    asked: str,
    hits: Sequence[Statement],
    *,
    words: Vocabulary | None = None,
    language: Language,
    limit: int = MAX_ANSWERS,
    compared: Mapping[str, WordComparison] | None = None,
) -> Answer:
    """Answer who said some words.

    Args:
        asked: The words.
        hits: Statements that may be them, in any order.
        language: Their language.
        words: The index's vocabulary, so that words rare in the collection count for more.
        limit: How many statements are answered at most.
        compared: Comparisons with texts that were made already, with the same vocabulary.
    """
    words, made = words or vocabulary(language), compared or {}
    compared = {
        text: made.get(text) or compare(asked, text, words=words)
        for text in {hit.words for hit in hits}
    }
    found = []
    for one in (
        group(hits, words=words, language=language)
        if any(c.kind for c in compared.values())
        else ()
    ):
        fitting = [variant for variant in one.variants if compared[variant.words].kind]
        if fitting:
            best = min(fitting, key=lambda variant: _rank(compared[variant.words]))
            found.append(Found(best.printed[0], compared[best.words], one))
    found.sort(key=lambda f: _rank(f.comparison))  # stable: of equals the earliest first
    note = TOO_COMMON if words.content_weight(forms(asked)) < MIN_PARTIAL_WEIGHT else ""
    return Answer(asked, tuple(found[:limit]), len(found), note)


def _rank(comparison: WordComparison) -> tuple[bool, float]:
    return comparison.kind != "verbatim", -comparison.score
