"""Word lists for names across documents: variants, romanization, surnames, organizations, roles.

In: a `Language`. Out: `IdentityWords`, made once. The words are in `data/<language>/words`; lists
that stages inside a document read, too, are in `Lexicon`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from quotes.language import Language
from quotes.language.lexicon import Lexicon, load_lexicon
from quotes.names.transliteration import to_latin
from quotes.text.folding import fold_word

Sound = frozenset[str]
MAX_ENTRY = 4  # words of an entry of the tables of roles, places and organizations


@dataclass(frozen=True)
class Romanization:
    """Rules from letters to sounds; each sound is the set of signs that it may be."""

    rules: dict[str, tuple[Sound, ...]]

    @cached_property
    def longest(self) -> int:
        """The number of letters of the longest rule."""
        return max(map(len, self.rules))


@dataclass(frozen=True)
class IdentityWords:
    """The lists of one language; all entries in lower-case Latin letters without accents."""

    language: Language

    def _table(self, name: str) -> dict[str, str]:
        """Read lines of two columns; of several values of a form the first in order counts."""
        rows = sorted(line.partition("\t")[::2] for line in self.language.words(name))
        return {to_latin(form): to_latin(of) for form, of in reversed(rows)}

    def _set(self, name: str) -> frozenset[str]:
        return frozenset(to_latin(word) for word in self.language.words(name))

    def _romanization(self, name: str) -> Romanization:
        rows = (line.partition("\t")[::2] for line in self.language.words(name))
        return Romanization({written: _sounds(sounds) for written, sounds in rows})

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lists that stages inside a document read, too."""
        return load_lexicon(self.language)

    @cached_property
    def first_names(self) -> frozenset[str]:
        """First names of the language and of Slavic and Arabic origin."""
        return (
            frozenset(to_latin(name) for name in self.lexicon.first_names)
            | self.slavic_names
            | self.arabic_names
        )

    @cached_property
    def particles(self) -> frozenset[str]:
        """Particles of surnames (de, van, al, bin)."""
        return self._small_particles | self.arabic_particles.keys()

    @cached_property
    def capital_particles(self) -> frozenset[str]:
        """Particles that are written with a capital, so that they stand first, too ("Abu")."""
        return frozenset(self.arabic_particles) - self._small_particles

    @cached_property
    def arabic_articles(self) -> frozenset[str]:
        """Spellings of the Arabic article."""
        return frozenset(map(to_latin, self.language.optional_words("arabic-articles")))

    @cached_property
    def arabic_particles(self) -> dict[str, str]:
        """Particles of Arabic names, each with one spelling that stands for all."""
        rows = (line.partition("\t") for line in self.language.optional_words("arabic-particles"))
        return {to_latin(form): to_latin(of) for form, _, of in rows}

    @cached_property
    def _small_particles(self) -> frozenset[str]:
        return frozenset(to_latin(word) for word in self.lexicon.particles)

    @cached_property
    def nicknames(self) -> dict[str, frozenset[str]]:
        """The names for which a short or a full first name may stand, itself among them."""
        found: dict[str, set[str]] = {}
        for short, full in self.lexicon.nicknames:
            found.setdefault(to_latin(short), {to_latin(short)}).add(to_latin(full))
        return {name: frozenset(names) for name, names in found.items()}

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Usual English spellings of a first name, each with one that stands for all."""
        return self._table("first-name-spellings")

    @cached_property
    def variants(self) -> dict[str, str]:
        """Other forms of a name, each with one that stands for all."""
        return self._table("name-variants")

    @cached_property
    def slavic_names(self) -> frozenset[str]:
        """First names that show a name to be Slavic."""
        return self._set("names-slavic")

    @cached_property
    def slavic_endings(self) -> tuple[str, ...]:
        """Endings of Slavic surnames."""
        return tuple(sorted(self._set("surname-endings-slavic")))

    @cached_property
    def arabic_names(self) -> frozenset[str]:
        """First names that show a name to be Arabic."""
        return self._set("names-arabic")

    @cached_property
    def slavic(self) -> Romanization:
        """Rules of romanization from Slavic languages."""
        return self._romanization("romanization-slavic")

    @cached_property
    def arabic(self) -> Romanization:
        """Rules of romanization from Arabic."""
        return self._romanization("romanization-arabic")

    @cached_property
    def korean(self) -> frozenset[tuple[str, str]]:
        """Pairs of a usual spelling of a Korean syllable and the letters of its Hangul."""
        return frozenset(
            (usual, hangul)
            for usual, _, hangul in (
                line.partition("\t") for line in self.language.words("romanization-korean")
            )
        )

    @cached_property
    def family_first(self) -> frozenset[str]:
        """Family names that stand before the given name."""
        return self._set("family-names-first")

    @cached_property
    def common_surnames(self) -> frozenset[str]:
        """Surnames that very many people have."""
        return self._set("common-surnames")

    @cached_property
    def generic_roles(self) -> frozenset[str]:
        """Roles that very many people hold."""
        return self._set("generic-roles")

    @cached_property
    def role_forms(self) -> dict[str, str]:
        """Forms of words in roles, each with one that stands for all."""
        return self._table("role-forms")

    @cached_property
    def places(self) -> dict[str, str]:
        """Places, their adjectives and abbreviations, each with the place that is meant."""
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
        """Names of organizations, each with one that stands for all."""
        return {
            form.replace("-", " "): of for form, of in self._table("organization-variants").items()
        }

    @cached_property
    def organization_words(self) -> dict[str, str]:
        """Words in names of organizations, each with one form for all."""
        return self._table("organization-word-forms")

    @cached_property
    def company_forms(self) -> frozenset[str]:
        """Legal forms of companies."""
        return self._set("company-forms")

    @cached_property
    def state_bodies(self) -> frozenset[str]:
        """Bodies of a state: the head nouns of names whose words may change their order."""
        return self._set("state-bodies")

    @cached_property
    def organization_small_words(self) -> dict[str, str]:
        """Small words in names of organizations: "of", "place" or "joining"."""
        rows = (line.partition("\t") for line in self.language.words("organization-small-words"))
        return {fold_word(word): kind for word, _, kind in rows}

    @cached_property
    def role_small_words(self) -> frozenset[str]:
        """Words in a role that do not say which role it is."""
        return self._set("role-small-words")

    @cached_property
    def role_standings(self) -> frozenset[str]:
        """Words that make another role of a role ("former", "acting")."""
        return self._set("role-standings")

    def without_article(self, name: str) -> str:
        """Return a name without an article before it ("the Kremlin" → Kremlin)."""
        article, _, rest = name.partition(" ")
        return rest if rest and fold_word(article) in self._articles else name

    def without_possessives(self, text: str) -> str:
        """Return a text without possessive endings of its words ("Russia's army" → Russia army)."""
        for pattern, stays in self._possessives:
            text = pattern.sub(stays, text)
        return text

    @cached_property
    def _articles(self) -> frozenset[str]:
        return frozenset(map(fold_word, self.language.optional_words("leading-articles")))

    @cached_property
    def _possessives(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """Possessive endings as patterns; one that ends in its apostrophe needs a space behind."""
        return tuple(
            (
                re.compile(
                    re.escape(ending).replace("'", "['’]")
                    + (r"(?=\s)" if ending.endswith("'") else r"\b")
                ),
                stays,
            )
            for ending, stays in sorted(self.lexicon.possessives.items())
        )


def _sounds(signs: str) -> tuple[Sound, ...]:
    return (
        (frozenset(signs.split("|")),) if "|" in signs else tuple(frozenset(sign) for sign in signs)
    )


@lru_cache
def load_words(language: Language) -> IdentityWords:
    """Return the lists of a language; RuleError is raised when a missing one is first read."""
    return IdentityWords(language)


def longest_entry(tokens: Sequence[str], at: int, table: Mapping[str, str]) -> int:
    """Return how many words the longest entry of a table at a place has; 0 where none stands."""
    longest = min(MAX_ENTRY, len(tokens) - at)
    return next((n for n in range(longest, 0, -1) if " ".join(tokens[at : at + n]) in table), 0)
