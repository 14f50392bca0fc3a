"""Names of people taken apart for comparing over documents.

In: a name as articles print it, in any script. Out: `PersonName`: first names and surname in Latin letters, particles, generation suffix,
gender where a form of address shows it. Family names that stand first (Xi Jinping, Kim Jong Un) are put last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from quotes.language import Language
from quotes.language.lexicon import Gender
from quotes.names.phonetics import Origin, origins_of
from quotes.names.transliteration import Script, script_of, to_latin, to_latin_digraphs
from quotes.names.word_lists import IdentityWords, load_words
from quotes.text.folding import fold_word

ARTICLES = frozenset({"al", "el", "ul"})
ASSIMILATED = frozenset(
    {"ad", "an", "ar", "as", "ash", "at", "az"}
)  # the Arabic article before certain letters, always with a hyphen
SERVANT = (
    "abdul",
    "abdel",
    "abdal",
    "abdol",
    "abdoul",
    "abdur",
    "abder",
    "abd",
)  # "servant of": first part of an Arabic name
SYLLABLES = re.compile(
    r"(?:(?:zh|ch|sh|[b-df-hj-np-tw-z])?[aeiou]+(?:ng|n|r)?)+$"
)  # of Chinese and Korean names
ROMAN = re.compile(r"[IVX]+$")


@dataclass(frozen=True)
class PersonName:
    """`units` are the words of the name, surname last, hyphens closed up. `particles[i]` stand before `units[i]`.

    `alternatives` are the units with umlauts written out. `text` is what it was made from, `titled` whether a title stands before it.
    """

    text: str
    units: tuple[str, ...]
    alternatives: tuple[str, ...]
    particles: tuple[tuple[str, ...], ...]
    suffix: str = ""
    gender: Gender | None = None
    script: Script = "latin"
    family_first: bool = False
    origins: frozenset[Origin] = frozenset()
    titled: bool = False

    @property
    def full(self) -> bool:
        """Whether there is more than a surname: several words, the first without a particle before it."""
        return len(self.units) > 1

    @property
    def family(self) -> str:
        return self.units[-1]

    @cached_property
    def letters(self) -> str:
        """All letters in a row, Arabic articles left out: the same for every way to space and hyphenate the name."""
        return "".join(
            "".join(p for p in before if p not in ARTICLES) + unit
            for before, unit in zip(self.particles, self.units, strict=True)
        )


@lru_cache(maxsize=1 << 17)
def person_name(text: str, language: Language) -> PersonName:
    """The parts of a person's name ("Sen. Robert F. Kennedy Jr." → robert, f, kennedy; jr)."""
    words = load_words(language)
    tokens, suffix = _without_suffix(_tokens(text), words)
    count = len(tokens)
    tokens, gender = _without_titles(tokens, words)
    split = [piece for token in tokens for piece in _split_article(token)]
    units, others, particles = _units(split, words)
    first = _family_first(units, tokens, words)
    if first:
        units, others = [*units[1:], units[0]], [*others[1:], others[0]]
        particles = [*particles[1:], particles[0]]
    script = script_of(text)
    origins = origins_of(units, [p for before in particles for p in before], words)
    origins |= {"slavic"} if script == "cyrillic" else set()
    return PersonName(
        text,
        tuple(units),
        tuple(others),
        tuple(particles),
        suffix,
        gender,
        script,
        first,
        origins,
        len(tokens) < count,
    )


def _tokens(text: str) -> list[str]:
    """The words, without nicknames in marks; "Lavrov, Sergei" turned round."""
    text = re.sub(r"[\"“”„(«][^\"“”()»]*[\"“”)»]", " ", text)
    before, comma, after = text.partition(",")
    if (
        comma
        and len(before.split()) <= 2
        and len(after.split()) in (1, 2)
        and not _is_suffix(after.split()[0])
    ):
        text = f"{after} {before}"
    return [word for word in re.split(r"[\s,·]+", text) if to_latin(word).strip("-")]


def _is_suffix(word: str) -> bool:
    return to_latin(word) in ("jr", "sr", "junior", "senior", "esq", "md", "phd", "mp") or bool(
        ROMAN.match(word)
    )


def _without_suffix(tokens: list[str], words: IdentityWords) -> tuple[list[str], str]:
    suffixes = {to_latin(suffix): what for suffix, what in words.lexicon.suffixes.items()}
    found = ""
    while len(tokens) > 1 and (to_latin(tokens[-1]) in suffixes or ROMAN.match(tokens[-1])):
        last = to_latin(tokens[-1])
        if suffixes.get(last) != "degree":
            found = {"junior": "jr", "senior": "sr"}.get(last, last)
        tokens = tokens[:-1]
    return tokens, found


def _without_titles(tokens: list[str], words: IdentityWords) -> tuple[list[str], Gender | None]:
    """The name without what stands before it, and the gender that a form of address shows."""
    gender: Gender | None = None
    while len(tokens) > 1:
        low = [fold_word(token) for token in tokens]
        long = next(
            (
                title
                for title in words.lexicon.long_titles.get(low[0], ())
                if tuple(low[: len(title)]) == title
            ),
            (),
        )
        if long and len(long) < len(tokens):
            tokens = tokens[len(long) :]
            continue
        if (
            not (low[0] in words.lexicon.honorifics or low[0] in words.lexicon.titles)
            or to_latin(low[0]) in words.lexicon.first_names
        ):
            break
        gender = gender or words.lexicon.gender_of([low[0]])
        tokens = tokens[1:]
    return tokens, gender


def _split_article(token: str) -> list[str]:
    """An Arabic article with a hyphen is a word of its own ("al-Assad", "ash-Shara")."""
    head, hyphen, rest = token.partition("-")
    if hyphen and rest and (to_latin(head) in ARTICLES or to_latin(head) in ASSIMILATED):
        return ["al-", rest]
    return [token]


def _units(
    tokens: list[str], words: IdentityWords
) -> tuple[list[str], list[str], list[tuple[str, ...]]]:
    """The words of the name, the same with umlauts written out, and the particles before each."""
    units: list[str] = []
    others: list[str] = []
    particles: list[tuple[str, ...]] = []
    before: tuple[str, ...] = ()
    servant = ""
    for at, token in enumerate(tokens):
        low = to_latin(token).replace("-", "")
        if servant and low in ARTICLES:
            continue
        if low in SERVANT and at < len(tokens) - 1:
            servant = "abd"
        elif _is_particle(token, low, at, len(tokens), words):
            before += ("al" if low in ARTICLES else "bin" if low in ("ibn", "ben", "bin") else low,)
        else:
            units.append(servant + _servant(low))
            others.append(servant + _servant(to_latin_digraphs(token).replace("-", "")))
            particles.append(before)
            before, servant = (), ""
    if not units:
        units, others, particles = ["".join(before) or servant], ["".join(before) or servant], [()]
    return units, others, particles


def _is_particle(token: str, low: str, at: int, count: int, words: IdentityWords) -> bool:
    if at == count - 1 or low not in words.particles:
        return False
    if (
        at == 0
    ):  # "Al Gore", "Ben Carson", "Van Jones": a capital at the start of a full name is a first name
        return (
            token.endswith("-")
            or token.islower()
            or low == "abu"
            or low not in words.lexicon.first_names
        )
    return True


def _servant(low: str) -> str:
    """ "Abdulrahman", "Abdelrahman", "Abdurrahman" in one form."""
    prefix = next((p for p in SERVANT if low.startswith(p) and len(low) > len(p) + 2), "")
    return (
        "abd"
        + low[len(prefix) :].removeprefix(
            "r" if prefix in ("abdur", "abder") and low[len(prefix) :].startswith("rr") else ""
        )
        if prefix
        else low
    )


def _family_first(units: list[str], tokens: list[str], words: IdentityWords) -> bool:
    """Whether the first word is a family name of East Asia or Hungary and the rest are no English first names."""
    if len(units) < 2 or len(units) > 3 or units[0] not in words.family_first:
        return False
    if (
        any(unit in words.lexicon.first_names for unit in units[1:])
        and units[0] in words.lexicon.first_names
    ):
        return False
    if (
        units[0] in words.lexicon.first_names and len(units) == 2
    ):  # "Kim Davis" is none: the rest must sound like a given name
        return bool(SYLLABLES.match(units[1])) or "-" in tokens[-1]
    return True
