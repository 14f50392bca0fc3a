"""The word lists that identity reads, ready for asking: variants of names, rules of romanization, common surnames, forms of roles.

In: a language code. Out: `IdentityWords`, made once. What the words are is in `data/<language>/words`; general lists are in `Lexicon`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from quotes.language import Language
from quotes.language.lexicon import Lexicon, load_lexicon
from quotes.names.transliteration import to_latin

Sound = frozenset[str]


@dataclass(frozen=True)
class Romanization:
    """Rules from written letters to sounds; each sound is a set of signs that it may be."""

    rules: dict[str, tuple[Sound, ...]]

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.rules))


@dataclass(frozen=True)
class IdentityWords:
    """Sets and tables of one language; all entries in lower case, Latin letters without accents."""

    language: Language

    def _table(self, name: str) -> dict[str, str]:
        """Lines of two columns. Where a form stands for several, the first in order counts."""
        rows = sorted(line.partition("\t")[::2] for line in self.language.words(name))
        return {to_latin(form): to_latin(of) for form, of in reversed(rows)}

    def _set(self, name: str) -> frozenset[str]:
        return frozenset(to_latin(word) for word in self.language.words(name))

    def _romanization(self, name: str) -> Romanization:
        rows = (line.partition("\t")[::2] for line in self.language.words(name))
        return Romanization({written: _sounds(sounds) for written, sounds in rows})

    @cached_property
    def lexicon(self) -> Lexicon:
        return load_lexicon(self.language)

    @cached_property
    def first_names(self) -> frozenset[str]:
        return (
            frozenset(to_latin(name) for name in self.lexicon.first_names)
            | self.slavic_names
            | self.arabic_names
        )

    @cached_property
    def particles(self) -> frozenset[str]:
        return frozenset(to_latin(word) for word in self.lexicon.particles) | {"abu"}

    @cached_property
    def nicknames(self) -> dict[str, frozenset[str]]:
        """For a short name or a full one, all names that it may stand for, itself among them."""
        found: dict[str, set[str]] = {}
        for short, full in self.lexicon.nicknames:
            found.setdefault(to_latin(short), {to_latin(short)}).add(to_latin(full))
        return {name: frozenset(names) for name, names in found.items()}

    @cached_property
    def spellings(self) -> dict[str, str]:
        return self._table("first-name-spellings")

    @cached_property
    def variants(self) -> dict[str, str]:
        return self._table("name-variants")

    @cached_property
    def slavic_names(self) -> frozenset[str]:
        return self._set("names-slavic")

    @cached_property
    def slavic_endings(self) -> tuple[str, ...]:
        return tuple(sorted(self._set("surname-endings-slavic")))

    @cached_property
    def arabic_names(self) -> frozenset[str]:
        return self._set("names-arabic")

    @cached_property
    def slavic(self) -> Romanization:
        return self._romanization("romanization-slavic")

    @cached_property
    def arabic(self) -> Romanization:
        return self._romanization("romanization-arabic")

    @cached_property
    def korean(self) -> frozenset[tuple[str, str]]:
        """Pairs of a usual spelling of a syllable and the letters that its Hangul has."""
        return frozenset(
            (usual, hangul)
            for usual, _, hangul in (
                line.partition("\t") for line in self.language.words("romanization-korean")
            )
        )

    @cached_property
    def family_first(self) -> frozenset[str]:
        return self._set("family-names-first")

    @cached_property
    def common(self) -> frozenset[str]:
        return self._set("common-surnames")

    @cached_property
    def generic_roles(self) -> frozenset[str]:
        return self._set("generic-roles")

    @cached_property
    def role_forms(self) -> dict[str, str]:
        return self._table("role-forms")

    @cached_property
    def places(self) -> dict[str, str]:
        """Places, their adjectives and abbreviations, each with the place that it means."""
        variants = self._table("place-variants")
        found = {to_latin(place): to_latin(place) for place in self.lexicon.places}
        known = found.keys() | variants.values()
        found |= {
            to_latin(adjective): to_latin(place)
            for adjective, place in self.lexicon.demonyms.items()
            if to_latin(place) in known
        }
        found |= {place: place for place in variants.values()} | variants
        return {form: variants.get(place, place) for form, place in found.items()}

    @cached_property
    def organizations(self) -> dict[str, str]:
        return {
            form.replace("-", " "): of for form, of in self._table("organization-variants").items()
        }

    @cached_property
    def organization_words(self) -> dict[str, str]:
        return self._table("organization-word-forms")

    @cached_property
    def company_forms(self) -> frozenset[str]:
        return self._set("company-forms")

    @cached_property
    def state_bodies(self) -> frozenset[str]:
        return self._set("state-bodies")


def _sounds(signs: str) -> tuple[Sound, ...]:
    return (
        (frozenset(signs.split("|")),) if "|" in signs else tuple(frozenset(sign) for sign in signs)
    )


@lru_cache
def load_words(language: Language) -> IdentityWords:
    """The lists of a language. Raises RuleError when one is missing, at the first question to it."""
    return IdentityWords(language)
