"""Weights of words in a comparison: common words say little, rare ones much.

In: word lists (`common-words`, `reversing-words`, `content-openers`, `clause-conjunctions`) and,
where there is a collection, how many of its statements hold a word. Out: weights. Some words
reverse a statement.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from quotes.language import Language
from quotes.language.lexicon import load_lexicon
from quotes.statements.tokens import Token, fold_token

COMMON_WEIGHT = 0.25  # of a word of the list of common words
DEFAULT_WEIGHT = 1.0  # of any other, where nothing is known of the collection
MIN_COLLECTION = 1000  # statements; in fewer, counts say little
RARITY_POINTS = ((0.0, 0.25), (1.0, 0.5), (2.0, 1.0), (5.0, 2.0))
"""The weight over -log10 of the share of statements that hold the word, linear between points."""


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language as far as comparing needs them.

    Attributes:
        common: Words that say little.
        reversing: Words that reverse what they stand with.
        openers: Words by which a reporter introduces a statement ("that").
        rarity: Gives the weight of a word that is not common, where there is a collection.
        conjunctions: Words before a clause with a subject of its own ("and", "because").
        contrasts: Those of them that say something against what stands before ("but").
        subjects: Words that may begin a subject: pronouns, and words before a noun.
        abbreviations: Words before a full stop that ends no sentence ("mr").
        replaceable: Words for which an editor's words in brackets may stand ("they").
    """

    common: frozenset[str]
    reversing: frozenset[str]
    openers: frozenset[str] = frozenset()
    rarity: Callable[[str], float] | None = None
    conjunctions: frozenset[str] = frozenset()
    contrasts: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    replaceable: frozenset[str] = frozenset()

    def weight(self, form: str) -> float:
        """Return what having the word in common says about two statements being one."""
        if form in self.common:
            return COMMON_WEIGHT
        return self.rarity(form) if self.rarity else DEFAULT_WEIGHT

    def content_weight(self, forms: Iterable[str]) -> float:
        """Return the weight of the words that are not common, together."""
        return sum(self.weight(form) for form in forms if form not in self.common)

    def content(self, forms: Iterable[str]) -> int:
        """Count the words that are not common."""
        return sum(form not in self.common for form in forms)

    def reverses(self, form: str) -> bool:
        """Tell whether the word reverses what it stands with; n't also as an ending (don't)."""
        return form in self.reversing or (form.endswith("n't") and "n't" in self.reversing)

    def any_reverses(self, tokens: Iterable[Token]) -> bool:
        """Tell whether one of the words reverses the statement."""
        return any(self.reverses(token.form) for token in tokens)


@cache
def vocabulary(language: Language) -> Vocabulary:
    """Return the vocabulary of a language.

    Raises:
        RuleError: where it has no word lists.
    """
    lexicon = load_lexicon(language)
    lines = [line.split("\t") for line in language.optional_words("clause-conjunctions")]
    return Vocabulary(
        language.words("common-words"),
        language.words("reversing-words"),
        language.words("content-openers"),
        conjunctions=frozenset(form for form, *_ in lines),
        contrasts=frozenset(form for form, *kind in lines if kind),
        subjects=frozenset({*lexicon.pronouns, *lexicon.determiners}),
        abbreviations=frozenset(
            fold_token(word.rstrip(".")) for word in language.optional_words("abbreviations")
        ),
        replaceable=frozenset(map(fold_token, language.optional_words("replaceable-words"))),
    )


def rarity(count: int, total: int) -> float:
    """Return the weight of a word that `count` of `total` statements hold.

    It is the inverse document frequency (Spärck Jones, 1972), smoothed and on a scale of its own:
    0.5 for one in ten, 1 for one in a hundred, 2 for one in 100,000.
    """
    if total < MIN_COLLECTION:
        return DEFAULT_WEIGHT
    rare = -math.log10((count + 1) / (total + 1))
    for (left, low), (right, high) in pairwise(RARITY_POINTS):
        if rare <= right:
            return low + (high - low) * (rare - left) / (right - left)
    return RARITY_POINTS[-1][1]
