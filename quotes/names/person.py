"""Names of people, parsed: the one model for names in a document and across documents.

In: a name as articles print it, in any script. Out: `PersonName`. Inside a document its `tokens`
are compared (`short_forms`); across documents its `units` in Latin letters, with particles, origins
and the family name last (`person_similarity`). These are made when they are first asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from quotes.language import Language
from quotes.language.lexicon import Gender, Lexicon, load_lexicon
from quotes.names.phonetics import Origin, origins_of
from quotes.names.transliteration import Script, script_of, to_latin, to_latin_digraphs
from quotes.names.word_lists import IdentityWords, load_words
from quotes.text.folding import fold_name, fold_word

ASSIMILATED = frozenset({"ad", "an", "ar", "as", "ash", "at", "az"})
"""The Arabic article before certain letters, always with a hyphen."""
SERVANT = ("abdul", "abdel", "abdal", "abdol", "abdoul", "abdur", "abder", "abd")
""" "Servant of", the first part of an Arabic name, in all its spellings."""
SYLLABLES = re.compile(r"(?:(?:zh|ch|sh|[b-df-hj-np-tw-z])?[aeiou]+(?:ng|n|r)?)+$")
"""A given name in syllables of Chinese or Korean."""
ROMAN_NUMERAL = re.compile(r"[IVX]+$")
NICKNAME = re.compile(r"[\"“”„(«][^\"“”()»]*[\"“”)»]")  # in quotation marks or brackets
MAX_REVERSED = 2  # words before the comma in "Lavrov, Sergei", and behind it


@dataclass(frozen=True)
class _Parts:
    """The words of a name as they are compared across documents."""

    units: tuple[str, ...]
    alternatives: tuple[str, ...]
    particles: tuple[tuple[str, ...], ...]
    family_first: bool


@dataclass(frozen=True)
class PersonName:
    """A person's name.

    Attributes:
        text: What it was made from.
        words: Its words as printed, without titles, nicknames and generation suffix.
        suffix: The generation suffix ("jr", "sr", "iii"), if there is one.
        gender: The gender that a form of address before it shows.
        titled: True if a title stands before it.
        language: The language of its titles and suffixes.
    """

    text: str
    words: tuple[str, ...]
    suffix: str = ""
    gender: Gender | None = None
    titled: bool = False
    language: Language = field(kw_only=True, repr=False)

    # Inside a document

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The words in lower case without accents and full stops."""
        return tuple(fold_name(word) for word in self.words)

    @property
    def several_words(self) -> bool:
        """True if there is more than one word, particles among them ("de Blasio")."""
        return len(self.words) > 1

    @property
    def key(self) -> tuple[tuple[str, ...], str]:
        """Tokens and suffix: equal for equal names, however they are titled."""
        return self.tokens, self.suffix

    # Across documents

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The words in Latin letters, the surname last, hyphens closed up, without particles."""
        return self._parts.units

    @cached_property
    def alternatives(self) -> tuple[str, ...]:
        """The units with umlauts written as two letters."""
        return self._parts.alternatives

    @cached_property
    def particles(self) -> tuple[tuple[str, ...], ...]:
        """The particles before each unit."""
        return self._parts.particles

    @cached_property
    def family_first(self) -> bool:
        """True if the family name stands first in the text (Xi Jinping, Kim Jong Un)."""
        return self._parts.family_first

    @cached_property
    def script(self) -> Script:
        """The script that it is written in."""
        return script_of(self.text)

    @cached_property
    def origins(self) -> frozenset[Origin]:
        """The scripts from which it shows itself to be transliterated."""
        particles = [particle for before in self.particles for particle in before]
        found = origins_of(self.units, particles, load_words(self.language))
        return found | ({"slavic"} if self.script == "cyrillic" else set())

    @cached_property
    def letters(self) -> str:
        """All letters in a row, without Arabic articles: the same however it is hyphenated."""
        articles = load_words(self.language).arabic_articles
        return "".join(
            "".join(p for p in before if p not in articles) + unit
            for before, unit in zip(self.particles, self.units, strict=True)
        )

    @property
    def full(self) -> bool:
        """True if there is more than a surname with its particles."""
        return len(self.units) > 1

    @property
    def family(self) -> str:
        """The surname, or the only name."""
        return self.units[-1]

    @cached_property
    def _parts(self) -> _Parts:
        words = load_words(self.language)
        split = [piece for word in self.words for piece in _split_article(word, words)]
        units, others, particles = _units(split, words)
        first = _is_family_first(units, self.words, words)
        if first:
            units, others = [*units[1:], units[0]], [*others[1:], others[0]]
            particles = [*particles[1:], particles[0]]
        return _Parts(tuple(units), tuple(others), tuple(particles), first)


@lru_cache(maxsize=1 << 17)
def person_name(text: str, language: Language) -> PersonName:
    """Parse a person's name ("Sen. Robert F. Kennedy Jr." → robert, f, kennedy; jr)."""
    lexicon = load_lexicon(language)
    words, suffix = _without_suffix(_words(text, lexicon), lexicon)
    named, gender = _without_titles(words, lexicon)
    titled = len(named) < len(words)
    return PersonName(text, tuple(named), suffix, gender, titled, language=language)


def without_nickname(text: str) -> str:
    """Return a name without a nickname in marks in its middle: 'Walid “Uncle Sam” Haddad'."""
    parts = NICKNAME.split(text)
    inside = len(parts) == 2 and all(part.strip() for part in parts)
    return " ".join(part.strip() for part in parts) if inside else text


def unparsed_name(text: str, language: Language) -> PersonName:
    """Return a name that is one word, whatever it holds: what is no person's is not taken apart."""
    return PersonName(text, (text,), language=language)


def _words(text: str, lexicon: Lexicon) -> list[str]:
    """Cut a name into words, without nicknames in marks; "Lavrov, Sergei" is turned round."""
    text = NICKNAME.sub(" ", text)
    before, comma, after = text.partition(",")
    behind = after.split()
    if (
        comma
        and len(before.split()) <= MAX_REVERSED
        and 1 <= len(behind) <= MAX_REVERSED
        and not _is_suffix(behind[0], lexicon)
    ):
        text = f"{after} {before}"
    return [word for word in re.split(r"[\s,·]+", text) if to_latin(word).strip("-")]


def _is_suffix(word: str, lexicon: Lexicon) -> bool:
    return fold_name(word) in lexicon.name_suffixes or bool(ROMAN_NUMERAL.match(word))


def _without_suffix(words: list[str], lexicon: Lexicon) -> tuple[list[str], str]:
    """Return the words before degrees and generation suffix, and the suffix in its short form."""
    found = ""
    while len(words) > 1 and _is_suffix(words[-1], lexicon):
        last = fold_name(words[-1])
        found = lexicon.name_suffixes.get(last, last) or found
        words = words[:-1]
    return words, found


def _without_titles(words: list[str], lexicon: Lexicon) -> tuple[list[str], Gender | None]:
    """Return the words behind titles, and the gender that a form of address shows."""
    gender: Gender | None = None
    while len(words) > 1:
        low = [fold_word(word) for word in words]
        titles = lexicon.long_titles.get(low[0], ())
        long = next((title for title in titles if tuple(low[: len(title)]) == title), ())
        if long and len(long) < len(words):
            words = words[len(long) :]
        elif _is_title(low[0], lexicon):
            gender = gender or lexicon.gender_of([low[0]])
            words = words[1:]
        else:
            break
    return words, gender


def _is_title(word: str, lexicon: Lexicon) -> bool:
    known = word in lexicon.honorifics or word in lexicon.titles
    return known and to_latin(word) not in lexicon.first_names


def _split_article(word: str, words: IdentityWords) -> list[str]:
    """Split off an Arabic article with a hyphen ("al-Assad", "ash-Shara")."""
    head, hyphen, rest = word.partition("-")
    if hyphen and rest and (to_latin(head) in words.arabic_articles | ASSIMILATED):
        return ["al-", rest]
    return [word]


def _units(
    tokens: list[str], words: IdentityWords
) -> tuple[list[str], list[str], list[tuple[str, ...]]]:
    """Return the units of a name, the same with umlauts written out, the particles before each."""
    units: list[str] = []
    others: list[str] = []
    particles: list[tuple[str, ...]] = []
    before: tuple[str, ...] = ()
    servant = ""
    for at, token in enumerate(tokens):
        low = to_latin(token).replace("-", "")
        if servant and low in words.arabic_articles:
            continue
        if low in SERVANT and at < len(tokens) - 1:
            servant = "abd"
        elif _is_particle(token, low, at, len(tokens), words):
            before += (words.arabic_particles.get(low, low),)
        else:
            units.append(servant + _unify_servant(low))
            others.append(servant + _unify_servant(to_latin_digraphs(token).replace("-", "")))
            particles.append(before)
            before, servant = (), ""
    if not units:
        units, others, particles = ["".join(before) or servant], ["".join(before) or servant], [()]
    return units, others, particles


def _is_particle(token: str, low: str, at: int, count: int, words: IdentityWords) -> bool:
    """Tell whether a word is a particle; in "Al Gore" and "Van Jones" the first is a first name."""
    initial = len(token.rstrip(".")) == 1 and token.isupper()  # D. Okafor, not d'Okafor
    if at == count - 1 or low not in words.particles or initial:
        return False
    if at > 0 or token.endswith("-") or token.islower() or low in words.capital_particles:
        return True
    return low not in words.lexicon.first_names


def _unify_servant(low: str) -> str:
    """Return "Abdulrahman", "Abdelrahman" and "Abdurrahman" in one form."""
    prefix = next((p for p in SERVANT if low.startswith(p) and len(low) > len(p) + 2), "")
    if not prefix:
        return low
    rest = low[len(prefix) :]
    doubled = prefix in ("abdur", "abder") and rest.startswith("rr")
    return "abd" + (rest[1:] if doubled else rest)


def _is_family_first(units: list[str], printed: tuple[str, ...], words: IdentityWords) -> bool:
    """Tell whether a family name of East Asia or Hungary stands first.

    The rest must be no English first names; "Kim Davis" is none: behind a word that is also a first
    name the rest must sound like a given name.
    """
    if not 2 <= len(units) <= 3 or units[0] not in words.family_first:
        return False
    first_names = words.lexicon.first_names
    if units[0] not in first_names:
        return True
    if any(unit in first_names for unit in units[1:]):
        return False
    return len(units) > 2 or bool(SYLLABLES.match(units[1])) or "-" in printed[-1]
