"""The word lists about people, roles, names and pronouns of a language.

In: a `Language`. Out: a `Lexicon`, made once for each language. It knows no tree and no text; which
words there are stands in the lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from quotes.language import REQUIRED_LISTS, Language
from quotes.text.folding import fold_name, fold_word, fold_words

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

    def _lines(self, name: str) -> frozenset[str]:
        """Return the lines of a list; none where a language lacks one that it need not have."""
        required = name in REQUIRED_LISTS
        return self.language.words(name) if required else self.language.optional_words(name)

    def _words(self, name: str) -> frozenset[str]:
        lines = self._lines(name)
        return frozenset(fold_words(line.partition("\t")[0] for line in lines) if lines else ())

    def _table(self, name: str) -> dict[str, str]:
        return {
            fold_word(key): value
            for key, _, value in (line.partition("\t") for line in self._lines(name))
        }

    def _pairs(self, name: str) -> frozenset[tuple[str, str]]:
        return frozenset(
            (fold_word(key), fold_word(value))
            for key, _, value in (line.partition("\t") for line in self._lines(name))
        )

    @cached_property
    def pronouns(self) -> dict[str, Pronoun]:
        """Pronouns by the word."""
        rows = (line.split("\t") for line in self._lines("pronouns"))
        return {
            w: Pronoun(GENDERS.get(g), NUMBERS.get(n), int(p), refers)
            for w, g, n, p, refers in rows
        }

    @cached_property
    def relatives(self) -> frozenset[str]:
        """Relative pronouns."""
        return frozenset(
            word for word, known in self.pronouns.items() if known.refers == "relative"
        )

    @cached_property
    def honorifics(self) -> dict[str, str]:
        """Forms of address of one word with the gender that they show, without those in capitals.

        Those in capitals are left out where they are a pronoun in small letters ("HE").
        """
        found = _of_one_word(self._table("honorifics"))
        return {form: sex for form, sex in found.items() if form not in self.capital_honorifics}

    @cached_property
    def capital_honorifics(self) -> frozenset[str]:
        """Forms of address in capitals that are a pronoun in small letters ("HE"), folded."""
        written = (line.partition("\t")[0] for line in self._lines("honorifics"))
        return frozenset(fold_word(form) for form in written if _in_capitals(form)) & frozenset(
            self.pronouns
        )

    @cached_property
    def long_honorifics(self) -> frozenset[tuple[str, ...]]:
        """Forms of address of several words ("Tan Sri")."""
        return frozenset(_of_several_words(self._table("honorifics")))

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of one word with the gender that they show, without those in capitals."""
        found = _of_one_word(self._table("titles"))
        return {
            title: gender
            for title, gender in found.items()
            if title not in self.abbreviated_offices
        }

    @cached_property
    def abbreviated_offices(self) -> frozenset[str]:
        """Titles in capitals ("PM", "DI"), folded: in small letters they are another word."""
        written = (line.partition("\t")[0] for line in self._lines("titles"))
        return frozenset(fold_word(title) for title in written if _in_capitals(title))

    @cached_property
    def long_titles(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Titles and forms of address of several words, by their first, the longest first."""
        return _by_word((*_of_several_words(self._table("titles")), *self.long_honorifics), 0)

    @cached_property
    def titles_by_last(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Titles of several words that are no forms of address, by their last; longest first."""
        titles = _of_several_words(self._table("titles"))
        return _by_word((words for words in titles if words not in self.long_honorifics), -1)

    @cached_property
    def roles(self) -> dict[str, str]:
        """Nouns for offices, posts and occupations, with the gender that they show."""
        return self._table("role-nouns")

    @cached_property
    def people(self) -> dict[str, str]:
        """Other nouns for people, with the gender that they show."""
        return self._table("person-nouns")

    @cached_property
    def listed_nouns(self) -> frozenset[str]:
        """All nouns for people, offices, groups, organizations and documents."""
        return frozenset().union(
            self.roles,
            self.titles,
            self.people,
            self.demonyms,
            self.groups,
            self.organizations,
            self.documents,
        )

    @cached_property
    def kinship(self) -> frozenset[str]:
        """Nouns for what somebody is to another person ("daughter"), or for an age ("year-old")."""
        return self._words("kinship-nouns")

    @cached_property
    def coordinators(self) -> frozenset[str]:
        """Words between the last two of several names or nouns ("and")."""
        return self._words("byline-joiners")

    @cached_property
    def groups(self) -> frozenset[str]:
        """Nouns for groups of people."""
        return self._words("group-nouns")

    @cached_property
    def organizations(self) -> frozenset[str]:
        """Nouns for organizations."""
        return self._words("organization-nouns")

    @cached_property
    def organization_names(self) -> frozenset[str]:
        """Names of organizations."""
        return self._words("organization-names")

    @cached_property
    def laws(self) -> frozenset[str]:
        """Nouns at the end of the names of laws and treaties ("amendment")."""
        return self._words("law-nouns")

    @cached_property
    def documents(self) -> frozenset[str]:
        """Nouns for documents that can speak ("report")."""
        return self._words("document-nouns")

    @cached_property
    def unnamed(self) -> frozenset[str]:
        """Words and phrases which show that a name is withheld."""
        return self._words("unnamed")

    @cached_property
    def always_unnamed(self) -> frozenset[str]:
        """Nouns for people whose names are withheld whatever the number ("sources")."""
        return frozenset(word for word, when in self._table("unnamed").items() if when == "always")

    @cached_property
    def unnamed_phrases(self) -> tuple[str, ...]:
        """Those of `unnamed` that have several words."""
        return tuple(sorted(entry for entry in self.unnamed if " " in entry))

    @cached_property
    def spokespeople(self) -> frozenset[str]:
        """Nouns for those who speak for an organization."""
        return self._words("spokesperson-nouns")

    @cached_property
    def any_organization(self) -> frozenset[str]:
        """Nouns by which any organization can be called again ("company")."""
        return self._words("general-organization-nouns")

    @cached_property
    def interview_labels(self) -> dict[str, str]:
        """Labels in a printed interview, with what they stand before: question or answer."""
        return self._table("interview-labels")

    @cached_property
    def leading_nouns(self) -> frozenset[str]:
        """Nouns for whoever heads a body ("chief", "director-general")."""
        return self._words("leading-nouns")

    @cached_property
    def generic_roles(self) -> frozenset[str]:
        """Roles that so many people hold that they tell little of who is meant ("official")."""
        return self._words("generic-roles")

    @cached_property
    def relaying_verbs(self) -> frozenset[str]:
        """Verbs by which media pass words of others on ("carry"), as lemmas."""
        return self._words("relaying-verbs")

    @cached_property
    def reporting_prepositions(self) -> frozenset[str]:
        """Prepositions between such a noun and who made it ("by")."""
        return self._words("reporting-prepositions")

    @cached_property
    def reporting_nouns(self) -> frozenset[str]:
        """Nouns for what media make of words of others ("report"), as lemmas."""
        return self._words("reporting-nouns")

    @cached_property
    def members(self) -> dict[str, str]:
        """Words for members of a group, or a part of speech, with how the whole is printed."""
        return {key: pattern for key, pattern in self._table("group-members").items() if pattern}

    @cached_property
    def of_them(self) -> frozenset[str]:
        """What can follow a word for members of a group ("of them")."""
        return frozenset(
            key for key, pattern in self._table("group-members").items() if not pattern
        )

    @cached_property
    def female(self) -> frozenset[str]:
        """First names of women."""
        return self._words("first-names-female")

    @cached_property
    def male(self) -> frozenset[str]:
        """First names of men."""
        return self._words("first-names-male")

    @cached_property
    def first_names(self) -> frozenset[str]:
        """All first names, those of both among them."""
        return self.female | self.male | self._words("first-names-either")

    @cached_property
    def nicknames(self) -> frozenset[tuple[str, str]]:
        """Pairs of a nickname and a first name."""
        return self._pairs("nicknames")

    @cached_property
    def equivalents(self) -> dict[str, frozenset[str]]:
        """Nouns that name the same role as another, by that other."""
        pairs = self._pairs("title-equivalents")
        both = pairs | {(second, first) for first, second in pairs}
        return {noun: frozenset(b for a, b in both if a == noun) for noun, _ in both}

    @cached_property
    def particles(self) -> frozenset[str]:
        """Small words inside the name of a person ("de", "van")."""
        return self._words("name-particles")

    @cached_property
    def connectors(self) -> frozenset[str]:
        """Small words inside the name of an organization."""
        return self._words("name-connectors")

    @cached_property
    def suffixes(self) -> dict[str, str]:
        """Suffixes of names (Jr., PhD) with their kind."""
        return self._table("name-suffixes")

    @cached_property
    def name_suffixes(self) -> dict[str, str]:
        """The short form of each generation suffix ("junior" → jr), "" for degrees, folded."""
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
        """Adjectives and nouns of nations and parties, with what they stand for."""
        return self._table("demonyms")

    @cached_property
    def places(self) -> frozenset[str]:
        """Names of places."""
        return self._words("places")

    @cached_property
    def calendar(self) -> frozenset[str]:
        """Days and months as they are written, with a capital; other times in lower case."""
        return self._lines("calendar")

    @cached_property
    def determiners(self) -> dict[str, str]:
        """Determiners with their sort: definite, indefinite, possessive or quantity."""
        return self._table("determiners")

    @cached_property
    def definite_articles(self) -> frozenset[str]:
        """Determiners of something known."""
        return frozenset(word for word, sort in self.determiners.items() if sort == "definite")

    @cached_property
    def possessive_particles(self) -> frozenset[str]:
        """Words that mark the noun before them as a possessor."""
        return self._words("possessive-particles")

    @cached_property
    def organization_prepositions(self) -> frozenset[str]:
        """Prepositions inside the name of an organization or behind the noun of an office."""
        return self._words("organization-prepositions")

    @cached_property
    def role_prefixes(self) -> frozenset[str]:
        """Words before a role that say that it was held at the time told of."""
        return self._words("role-prefixes")

    @cached_property
    def role_standings(self) -> frozenset[str]:
        """Words for the standing of whoever holds an office ("deputy", "former")."""
        return self._words("role-standings")

    @cached_property
    def standings(self) -> dict[str, frozenset[str]]:
        """The standings by each word that gives one: "ex" gives "former"."""
        found: dict[str, set[str]] = {}
        for standing in self.role_standings:
            for word in self.equivalents.get(standing, frozenset()) | {standing}:
                found.setdefault(word, set()).add(standing)
        return {word: frozenset(own) for word, own in found.items()}

    @cached_property
    def evaluative(self) -> frozenset[str]:
        """Words of praise or blame in front of a role, no part of it."""
        return self._words("evaluative-words")

    @cached_property
    def newspapers(self) -> frozenset[str]:
        """Nouns for people after which newspapers are called ("Daily Observer")."""
        return self._words("newspaper-nouns")

    @cached_property
    def leading_verbs(self) -> frozenset[str]:
        """Verbs that say which body or undertaking somebody leads ("who chairs the council")."""
        return self._words("leading-verbs")

    @cached_property
    def appointing_verbs(self) -> dict[str, str]:
        """Verbs that give their subject a role, with the preposition before it, "" for none."""
        return self._table("appointing-verbs")

    @cached_property
    def belonging_prepositions(self) -> frozenset[str]:
        """Prepositions between a person and where the person belongs."""
        return self._words("belonging-prepositions")

    @cached_property
    def complement_openers(self) -> frozenset[str]:
        """Words, no prepositions in the tree, that begin the complement of a role."""
        return self._words("complement-openers")

    @cached_property
    def complement_closers(self) -> frozenset[str]:
        """Prepositions and nouns of times, no part of the complement of a role ("after", "eve")."""
        return self._words("complement-closers")

    @cached_property
    def plural_endings(self) -> tuple[str, ...]:
        """Endings of a plural, the longest first."""
        return tuple(
            sorted(self._words("plural-endings"), key=lambda ending: (-len(ending), ending))
        )

    def singular(self, word: str) -> str:
        """Return a word without the ending of a plural, or as it is."""
        ending = next((end for end in self.plural_endings if word.endswith(end)), "")
        return word.removesuffix(ending)

    def is_pronoun(self, form: str, upos: str) -> bool:
        """Return True if a word, as it is written, with its tag is a pronoun ("us", not "US")."""
        return fold_word(form) in self.pronouns and not (_in_capitals(form) and upos == "PROPN")

    def is_abbreviated_office(self, form: str) -> bool:
        """Return True if a word, as it is written, is such a title ("PM", not "pm")."""
        return _in_capitals(form) and fold_word(form) in self.abbreviated_offices

    def is_honorific(self, form: str) -> bool:
        """Return True if a word, as it is written, is a form of address ("HE", not "he")."""
        low = fold_word(form)
        return low in self.honorifics or (_in_capitals(form) and low in self.capital_honorifics)

    def honorific_before(self, forms: Sequence[str], end: int) -> int:
        """Return where the forms of address begin that end before `end` in words as written."""
        longest = max(map(len, self.long_honorifics), default=0)
        while end > 0:
            before = tuple(fold_word(form) for form in forms[max(0, end - longest) : end])
            longer = next((own for own in self.long_honorifics if before[-len(own) :] == own), ())
            if not longer and not self.is_honorific(forms[end - 1]):
                break
            end -= len(longer) or 1
        return end

    def is_role(self, word: str) -> bool:
        """Return True if a folded word names an office, a post or an occupation."""
        return word in self.roles or word in self.titles or word.rpartition("-")[2] in self.roles

    def gender_of(self, words: Iterable[str]) -> Gender | None:
        """Return the gender that titles and nouns for people show, or None.

        First names are not looked at.
        """
        for word in words:
            for table in (self.honorifics, self.roles, self.titles, self.people):
                if table.get(word):
                    return GENDERS[table[word]]
        return None

    def gender_of_first_name(self, word: str) -> Gender | None:
        """Return the gender that a first name suggests.

        None where it is used for both or unknown.
        """
        word = fold_word(word)
        return "female" if word in self.female else "male" if word in self.male else None


def _of_one_word(table: Mapping[str, str]) -> dict[str, str]:
    return {entry: value for entry, value in table.items() if " " not in entry}


def _of_several_words(table: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [tuple(entry.split()) for entry in table if " " in entry]


def _by_word(
    titles: Iterable[tuple[str, ...]], place: int
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return titles of several words by the word at a place of each, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in titles:
        found.setdefault(words[place], []).append(words)
    return {word: tuple(sorted(own, key=len, reverse=True)) for word, own in found.items()}


def _in_capitals(form: str) -> bool:
    return len(form) > 1 and form.isupper() and form.isalpha()


@lru_cache
def load_lexicon(language: Language) -> Lexicon:
    """Return the lexicon of a language.

    A list that is broken raises RuleError when it is first read.
    """
    return Lexicon(language)
