"""The words of time of a language, and the nouns, verbs and prepositions that tie a time to what is said.

In: a language code. Out: `TimeWords`, made once. Knows no tree; what the words are is in `data/<language>/words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from quotes.language import Language

WRITTEN_LARGE = frozenset(
    {"weekday", "month"}
)  # "may" and "march" in small letters are verbs, "sat" and "sun" anything
WRITTEN_SMALL = frozenset({"unit"})  # "This Week" is a programme


@dataclass(frozen=True)
class TimeWords:
    """The lists of one language. A word of time has a class and a value (data/en/words/time-words.txt says which there are)."""

    language: Language

    @cached_property
    def table(self) -> dict[str, tuple[str, str]]:
        rows = (line.split("\t") for line in self.language.words("time-words"))
        return {word: (kind, value) for word, kind, value in rows}

    @cached_property
    def occasions(self) -> frozenset[str]:
        return self.language.words("occasion-nouns")

    @cached_property
    def issuing(self) -> frozenset[str]:
        return self.language.words("issuing-verbs")

    @cached_property
    def speaking(self) -> frozenset[str]:
        return self.language.words("speaking-verbs")

    @cached_property
    def prepositions(self) -> frozenset[str]:
        return self.language.words("saying-prepositions")

    def kind(self, form: str) -> str:
        """The class of a word as it is written, "" for one that is no word of time."""
        kind = self.table.get(form.lower(), ("", ""))[0]
        strange = WRITTEN_SMALL if form[:1].isupper() else WRITTEN_LARGE
        return "" if kind in strange else kind

    def value(self, form: str) -> str:
        """The value of a word of time."""
        return self.table[form.lower()][1]


@lru_cache
def load_time_words(language: Language) -> TimeWords:
    """The lists of a language. Raises RuleError when one is missing, at the first question to it."""
    return TimeWords(language)
