"""The word lists of a language, ready for asking: which words are titles, roles, people, groups, institutions, documents, first names.

In: a language code. Out: a `Lexicon`, made once. Knows no tree and no text; what the words are is in `data/<language>/words`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from quotes.language import Language
from quotes.text.folding import fold_name, fold_word

Gender = Literal["female", "male", "neuter"]
Number = Literal["sing", "plur"]
GENDERS: dict[str, Gender] = {"female": "female", "male": "male", "neuter": "neuter"}
NUMBERS: dict[str, Number] = {"sing": "sing", "plur": "plur"}


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A line of the list of pronouns. `refers` is "personal", "relative", "generic" or "group"."""

    gender: Gender | None
    number: Number | None
    person: int
    refers: str


@dataclass(frozen=True)
class Lexicon:
    """Sets and tables of plain words (lower case), all for one language."""

    language: Language

    def _words(self, name: str) -> frozenset[str]:
        return frozenset(fold_word(line.partition("\t")[0]) for line in self.language.words(name))

    def _table(self, name: str) -> dict[str, str]:
        return {
            fold_word(key): value
            for key, _, value in (line.partition("\t") for line in self.language.words(name))
        }

    def _pairs(self, name: str) -> frozenset[tuple[str, str]]:
        return frozenset(
            (fold_word(key), fold_word(value))
            for key, _, value in (line.partition("\t") for line in self.language.words(name))
        )

    @cached_property
    def pronouns(self) -> dict[str, Pronoun]:
        rows = (line.split("\t") for line in self.language.words("pronouns"))
        return {
            w: Pronoun(GENDERS.get(g), NUMBERS.get(n), int(p), refers)
            for w, g, n, p, refers in rows
        }

    @cached_property
    def honorifics(self) -> dict[str, str]:
        return self._table("honorifics")

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of one word with the gender that they show."""
        return {
            title: gender for title, gender in self._table("titles").items() if " " not in title
        }

    @cached_property
    def long_titles(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Titles of several words, by their first word, the longest first."""
        found: dict[str, list[tuple[str, ...]]] = {}
        for title in self._table("titles"):
            words = tuple(title.split())
            if len(words) > 1:
                found.setdefault(words[0], []).append(words)
        return {
            first: tuple(sorted(longer, key=len, reverse=True)) for first, longer in found.items()
        }

    @cached_property
    def roles(self) -> dict[str, str]:
        return self._table("role-nouns")

    @cached_property
    def people(self) -> dict[str, str]:
        return self._table("person-nouns")

    @cached_property
    def groups(self) -> frozenset[str]:
        return self._words("group-nouns")

    @cached_property
    def organizations(self) -> frozenset[str]:
        return self._words("organization-nouns")

    @cached_property
    def organization_names(self) -> frozenset[str]:
        return self._words("organization-names")

    @cached_property
    def documents(self) -> frozenset[str]:
        return self._words("document-nouns")

    @cached_property
    def unnamed(self) -> frozenset[str]:
        return self._words("unnamed")

    @cached_property
    def always_unnamed(self) -> frozenset[str]:
        """Nouns for people whose names are withheld whatever the number ("sources")."""
        return frozenset(word for word, when in self._table("unnamed").items() if when == "always")

    @cached_property
    def unnamed_phrases(self) -> tuple[str, ...]:
        return tuple(sorted(entry for entry in self.unnamed if " " in entry))

    @cached_property
    def female(self) -> frozenset[str]:
        return self._words("first-names-female")

    @cached_property
    def male(self) -> frozenset[str]:
        return self._words("first-names-male")

    @cached_property
    def first_names(self) -> frozenset[str]:
        return self.female | self.male | self._words("first-names-either")

    @cached_property
    def nicknames(self) -> frozenset[tuple[str, str]]:
        return self._pairs("nicknames")

    @cached_property
    def equivalents(self) -> frozenset[tuple[str, str]]:
        return self._pairs("title-equivalents")

    @cached_property
    def particles(self) -> frozenset[str]:
        return self._words("name-particles")

    @cached_property
    def connectors(self) -> frozenset[str]:
        return self._words("name-connectors")

    @cached_property
    def suffixes(self) -> dict[str, str]:
        return self._table("name-suffixes")

    @cached_property
    def name_suffixes(self) -> dict[str, str]:
        """The short form of each generation suffix ("junior" → jr), "" for degrees, by folded name."""
        return {
            fold_name(suffix): "" if kind == "degree" else kind
            for suffix, kind in self.suffixes.items()
        }

    @cached_property
    def possessives(self) -> dict[str, str]:
        """Possessive endings with a straight apostrophe, each with what stays of it."""
        rows = (line.partition("\t") for line in self.language.optional_words("possessive-endings"))
        return {ending: stays for ending, _, stays in rows}

    @cached_property
    def demonyms(self) -> dict[str, str]:
        return self._table("demonyms")

    @cached_property
    def places(self) -> frozenset[str]:
        return self._words("places")

    @cached_property
    def calendar(self) -> frozenset[str]:
        """Days and months as they are written, with a capital; other words of time in lower case."""
        return self.language.words("calendar")

    @cached_property
    def determiners(self) -> dict[str, str]:
        return self._table("determiners")

    def is_role(self, word: str) -> bool:
        """Whether a (plain) word names an office, a post or an occupation."""
        return word in self.roles or word in self.titles or word.rpartition("-")[2] in self.roles

    def gender_of(self, words: Iterable[str]) -> Gender | None:
        """The gender that titles, role nouns and nouns for people show, or None; never from first names."""
        for word in words:
            for table in (self.honorifics, self.roles, self.titles, self.people):
                if table.get(word):
                    return GENDERS[table[word]]
        return None

    def gender_of_first_name(self, word: str) -> Gender | None:
        """The gender that a first name suggests, or None where it is used for both or unknown."""
        word = fold_word(word)
        return "female" if word in self.female else "male" if word in self.male else None


@lru_cache
def load_lexicon(language: Language) -> Lexicon:
    """The lists of a language. Raises RuleError when one is missing, at the first question to it."""
    return Lexicon(language)
