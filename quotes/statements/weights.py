"""What a word is worth in a comparison: common words tell little, rare ones much, and some turn a statement around.

In: word lists (`common-words`, `reversing-words`, `content-openers`) and, where there is a collection, how often its statements hold a
word. Out: weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from quotes.language import Language
from quotes.statements.tokens import Token

COMMON = 0.25  # the weight of a word of the list
PLAIN = 1.0  # of any other, where nothing is known of the collection
LEAST_COLLECTION = 1000  # statements; in fewer, counts say little
_POINTS = (
    (0.0, 0.25),
    (1.0, 0.5),
    (2.0, 1.0),
    (5.0, 2.0),
)  # weight over -log10 of the share of statements that hold the word


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language as far as comparing needs them. `rarity` gives the weight of a word that is not common."""

    common: frozenset[str]
    reversing: frozenset[str]
    openers: frozenset[str] = frozenset()
    rarity: Callable[[str], float] | None = None

    def weight(self, form: str) -> float:
        """What having the word in common says about two statements being one."""
        if form in self.common:
            return COMMON
        return self.rarity(form) if self.rarity else PLAIN

    def substance(self, forms: Iterable[str]) -> float:
        """The weight of the words that are not common, together."""
        return sum(self.weight(form) for form in forms if form not in self.common)

    def content(self, forms: Iterable[str]) -> int:
        """How many of the words are not common."""
        return sum(form not in self.common for form in forms)

    def reverses(self, form: str) -> bool:
        """Whether the word turns around what it stands with; an entry that begins with n' is an ending (don't)."""
        return form in self.reversing or (form.endswith("n't") and "n't" in self.reversing)

    def turns(self, tokens: Iterable[Token]) -> bool:
        """Whether one of the words turns the statement around."""
        return any(self.reverses(token.form) for token in tokens)


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The vocabulary of a language. Raises RuleError where it has no word lists."""
    return Vocabulary(
        language.words("common-words"),
        language.words("reversing-words"),
        language.words("content-openers"),
    )


def rarity(count: int, total: int) -> float:
    """The weight of a word that `count` of `total` statements hold: 0.5 for one in ten, 1 for one in a hundred, 2 for one in 100,000."""
    if total < LEAST_COLLECTION:
        return PLAIN
    rare = -math.log10((count + 1) / (total + 1))
    for (left, low), (right, high) in pairwise(_POINTS):
        if rare <= right:
            return low + (high - low) * (rare - left) / (right - left)
    return _POINTS[-1][1]
