"""The words of time of a language, and the words that tie a time to what is said.

In: a `Language`. Out: `TimeWords`, made once for each language. It knows no tree; which words there
are stands in the lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from quotes.language import Language
from quotes.language.lexicon import load_lexicon
from quotes.text.folding import fold_word

WRITTEN_LARGE = frozenset(
    {"weekday", "month"}
)  # "may" and "march" in small letters are verbs, "sat" and "sun" anything
WRITTEN_SMALL = frozenset({"unit"})  # "This Week" is a programme


@dataclass(frozen=True)
class TimeWords:
    """The lists of one language.

    A word of time has a class and a value (data/en/words/time-words.txt says which there are).
    """

    language: Language

    @cached_property
    def table(self) -> dict[str, tuple[str, str]]:
        """Words of time with their class and value."""
        rows = (line.split("\t") for line in self.language.words("time-words"))
        return {word: (kind, value) for word, kind, value in rows}

    @cached_property
    def occasions(self) -> frozenset[str]:
        """Nouns for occasions and forms of saying."""
        return self.language.words("occasion-nouns")

    @cached_property
    def issuing(self) -> frozenset[str]:
        """Verbs by which a statement comes out."""
        return self.language.words("issuing-verbs")

    @cached_property
    def speaking(self) -> frozenset[str]:
        """Verbs of speaking that hang on a cue."""
        return self.language.words("speaking-verbs")

    @cached_property
    def prepositions(self) -> frozenset[str]:
        """Prepositions between a cue and an occasion, a listener or a place."""
        return self.language.words("saying-prepositions")

    @cached_property
    def definite_articles(self) -> frozenset[str]:
        """Determiners of something known."""
        return load_lexicon(self.language).definite_articles

    @cached_property
    def genitive_prepositions(self) -> frozenset[str]:
        """Prepositions that tie a noun to another without saying more."""
        return self.language.optional_words("genitive-prepositions")

    @cached_property
    def possessive_particles(self) -> frozenset[str]:
        """Words that mark the noun before them as a possessor."""
        return self.language.optional_words("possessive-particles")

    @cached_property
    def ordinal_suffixes(self) -> frozenset[str]:
        """Endings of a number that make it an ordinal."""
        return self.language.optional_words("ordinal-suffixes")

    def kind(self, form: str) -> str:
        """Return the class of a word as it is written, "" for one that is no word of time."""
        kind = self.table.get(fold_word(form), ("", ""))[0]
        strange = WRITTEN_SMALL if form[:1].isupper() else WRITTEN_LARGE
        return "" if kind in strange else kind

    def value(self, form: str) -> str:
        """Return the value of a word of time."""
        return self.table[fold_word(form)][1]


@lru_cache
def load_time_words(language: Language) -> TimeWords:
    """Return the words of time of a language.

    A list that is missing raises RuleError when it is first read.
    """
    return TimeWords(language)
