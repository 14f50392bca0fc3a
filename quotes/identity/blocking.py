"""Which uses are worth comparing: those that share a key. Not all pairs: 50,000 uses would have over a thousand million.

In: profiles. Out: pairs of their places. A key is made so that every two names that `compare` can call one share it; the keys of surnames
are their consonants by class (`sounds.skeleton`), which all spellings have in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from quotes.identity.profiles import Profile
from quotes.language import Language
from quotes.names.abjads import written_units
from quotes.names.person import PersonName
from quotes.names.phonetics import skeleton
from quotes.names.transliteration import syllables
from quotes.names.word_lists import IdentityWords, load_words

Key = tuple[str, ...]


def pairs(profiles: Sequence[Profile], language: Language) -> Iterator[tuple[int, int]]:
    """Each pair worth comparing once, the smaller place first, in order."""
    words = load_words(language)
    told: dict[Key, list[int]] = defaultdict(list)
    asked: dict[Key, list[int]] = defaultdict(list)
    for at, of in enumerate(profiles):
        tells, asks = keys(of, words)
        for key in tells:
            told[key].append(at)
        for key in asks:
            asked[key].append(at)
    found: set[tuple[int, int]] = set()
    for key, places in told.items():
        if key[0] in MUTUAL:
            found.update(combinations(places, 2))
    for key, places in asked.items():
        found.update((min(x, y), max(x, y)) for x in places for y in told.get(key, ()) if x != y)
    yield from sorted(found)


MUTUAL = frozenset({"full", "one word", "body"})


def keys(of: Profile, words: IdentityWords) -> tuple[frozenset[Key], frozenset[Key]]:
    """The keys under which a use is found, and those under which it asks for others that say more."""
    tells: set[Key] = set()
    asks: set[Key] = set()
    if of.kind in ("person", None):
        tells |= set(_person_tells(of.person, words))
        asks |= set(_person_asks(of.person, words))
    if of.kind in ("organization", None):
        tells |= {("body", *of.body.key)} | {
            ("acronym", acronym) for acronym in of.body.acronyms if len(of.body.key) > 1
        }
        tells |= (
            {("anywhere", of.body.body, *sorted(of.body.words))}
            if of.body.body and of.body.places
            else set()
        )
        asks |= {("acronym", of.body.text.replace(".", ""))} if " " not in of.body.text else set()
        asks |= (
            {("anywhere", of.body.body, *sorted(of.body.words))}
            if of.body.body and not of.body.places
            else set()
        )
    return frozenset(tells), frozenset(asks)


def _person_tells(name: PersonName, words: IdentityWords) -> Iterator[Key]:
    if name.script not in ("latin", "cyrillic"):
        yield "one word", name.letters
        return
    families = _skeletons((name.family, name.alternatives[-1]), words)
    if not name.full:
        yield from (("one word", family) for family in families)
        return
    yield from (("surname", family) for family in families)
    yield "letters", name.letters
    yield "letters", name.family + "".join(name.units[:-1])
    yield "family", name.family
    for given in _given_keys(name, words):
        yield from (("full", family, given) for family in families)
        yield from (
            ("initial", family, letter) for family in families for letter in _initials(name, words)
        )
    if not any(name.particles):
        yield from _turned_keys(name, words)
    if len(name.units) > 2:  # the last may be a second surname
        yield from (
            ("full", *key)
            for key in _product(
                _skeletons(name.units[-2:-1], words), _skeletons(name.units[:1], words)
            )
        )


def _turned_keys(name: PersonName, words: IdentityWords) -> Iterator[Key]:
    """The key that the name would have in the other order."""
    orders = [(name.units[-1], *name.units[:-1])]
    orders += [(*name.units[1:], name.units[0])] if len(name.units) > 2 else []
    for order in orders:
        yield from (
            ("full", *key)
            for key in _product(_skeletons(order[-1:], words), _skeletons(order[:1], words))
        )


def _person_asks(name: PersonName, words: IdentityWords) -> Iterator[Key]:
    if name.script == "han":
        yield "letters", "".join(syllables(name.text))
        yield "letters", "".join((*syllables(name.text)[1:], *syllables(name.text)[:1]))
    elif name.script == "hangul" and syllables(name.text):
        first = syllables(name.text)[0]
        yield from (
            ("family", usual)
            for usual in {first} | {usual for usual, hangul in words.korean if hangul == first}
        )
    elif name.script == "abjad":
        yield from (("surname", skeleton(family)) for family in written_units(name.text)[-1:])
    elif not name.full:
        yield from (
            ("surname", family)
            for family in _skeletons((name.family, name.alternatives[-1]), words)
        )
    elif len(name.units[0]) == 1:
        letters = {name.units[0]}
        yield from (
            ("initial", family, letter)
            for family in _skeletons((name.family,), words)
            for letter in letters
        )


def _skeletons(forms: Iterable[str], words: IdentityWords) -> frozenset[str]:
    return frozenset(skeleton(words.variants.get(form, form)) for form in forms)


def _given_keys(name: PersonName, words: IdentityWords) -> frozenset[str]:
    """Keys of the first name, of what it is short for, of the given names in one word, and of those behind it."""
    first = name.units[0]
    forms = {
        first,
        "".join(name.units[:-1]),
        *words.nicknames.get(first, ()),
        words.spellings.get(first, first),
    }
    forms |= {name.alternatives[0]} | {unit for unit in name.units[1:-1] if len(unit) > 1}
    return _skeletons((form for form in forms if len(form) > 1), words)


def _initials(name: PersonName, words: IdentityWords) -> frozenset[str]:
    first = name.units[0]
    return frozenset((first[0], words.variants.get(first, first)[0]))


def _product(families: frozenset[str], givens: frozenset[str]) -> Iterator[tuple[str, str]]:
    return ((family, given) for family in families for given in givens)
