"""Blocking: which usages of names are worth comparing, those that share a key.

In: profiles. Out: the keys of each, and the blocks that these put it in. Comparing all pairs of
50,000 usages would be over a thousand million comparisons. Keys are made so that every two names
that `compare` can call one share one; those of surnames are their consonants by class
(`phonetics.skeleton`), which all spellings have in common.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import product

from quotes.identity.profiles import Profile
from quotes.names.abjads import abjad_units
from quotes.names.organization import OrganizationName
from quotes.names.person import PersonName
from quotes.names.phonetics import skeleton
from quotes.names.transliteration import syllables
from quotes.names.word_lists import IdentityWords

Key = tuple[str, ...]
MUTUAL = frozenset({"full", "one word", "body"})
"""Kinds of keys under which usages are compared with each other; other kinds join short names to
fuller ones only."""


@dataclass(frozen=True, slots=True)
class BlockingKeys:
    """The keys of a usage.

    `own` are those under which it is found; `wanted` are those under which it looks for names that
    say more than it does.
    """

    own: frozenset[Key]
    wanted: frozenset[Key]

    def meet(self, other: BlockingKeys) -> bool:
        """Tell whether the two usages are worth comparing."""
        return bool(self.own & other.own or self.wanted & other.own or self.own & other.wanted)


class Side(IntEnum):
    """The side on which a usage stands in a block."""

    MUTUAL = 0  # found by others of this side, and by those that look for fuller names
    FULLER = 1  # found by those that look for fuller names only
    WANTED = 2  # looks for names that say more than it does


MEETING = frozenset(
    {
        (Side.MUTUAL, Side.MUTUAL),
        (Side.MUTUAL, Side.WANTED),
        (Side.WANTED, Side.MUTUAL),
        (Side.FULLER, Side.WANTED),
        (Side.WANTED, Side.FULLER),
    }
)
"""The sides of two usages in one block that are worth comparing."""

Block = tuple[int, Side]
"""A block, by the number of its key, and the side on which a usage stands in it."""


def blocks(keys: BlockingKeys) -> frozenset[Block]:
    """Return the blocks of a usage. Keys are numbered by 63 bits of their BLAKE2 hashes."""
    own = ((key, Side.MUTUAL if key[0] in MUTUAL else Side.FULLER) for key in keys.own)
    wanted = ((key, Side.WANTED) for key in keys.wanted)
    return frozenset((_number(key), side) for key, side in (*own, *wanted))


def _number(key: Key) -> int:
    digest = hashlib.blake2b("\x1f".join(key).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1


def blocking_keys(profile: Profile, words: IdentityWords) -> BlockingKeys:
    """Return the keys of a usage, by its kind."""
    own: set[Key] = set()
    wanted: set[Key] = set()
    if profile.kind in ("person", None):
        own.update(_person_keys(profile.person, words))
        wanted.update(_wanted_persons(profile.person, words))
    if profile.kind in ("organization", None):
        own.update(_organization_keys(profile.organization))
        wanted.update(_wanted_organizations(profile.organization))
    return BlockingKeys(frozenset(own), frozenset(wanted))


def _organization_keys(name: OrganizationName) -> Iterator[Key]:
    yield "body", *name.key
    if len(name.key) > 1:
        yield from (("acronym", acronym) for acronym in name.acronyms)
    if name.body and name.places:
        yield "anywhere", name.body, *sorted(name.words)


def _wanted_organizations(name: OrganizationName) -> Iterator[Key]:
    if " " not in name.text:
        yield "acronym", name.text.replace(".", "")
    if name.body and not name.places:
        yield "anywhere", name.body, *sorted(name.words)


def _person_keys(name: PersonName, words: IdentityWords) -> Iterator[Key]:
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
    givens = _given_keys(name, words)
    yield from _full_keys(families, givens)
    if givens:  # an initial finds names that are written out
        yield from (("initial", *key) for key in product(families, _initials(name, words)))
    if not any(name.particles):
        yield from _other_order_keys(name, words)
    if len(name.units) > 2:  # the last may be a second surname
        yield from _order_keys((*name.units[:1], *name.units[-2:-1]), words)


def _other_order_keys(name: PersonName, words: IdentityWords) -> Iterator[Key]:
    """Yield the keys that the name would have in the other order."""
    yield from _order_keys((name.units[-1], *name.units[:-1]), words)
    if len(name.units) > 2:
        yield from _order_keys((*name.units[1:], name.units[0]), words)


def _order_keys(units: Sequence[str], words: IdentityWords) -> Iterator[Key]:
    """Yield the keys of first and last name in the order of these units."""
    yield from _full_keys(_skeletons(units[-1:], words), _skeletons(units[:1], words))


def _full_keys(families: Iterable[str], givens: Iterable[str]) -> Iterator[Key]:
    yield from (("full", *key) for key in product(families, givens))


def _wanted_persons(name: PersonName, words: IdentityWords) -> Iterator[Key]:
    if name.script == "han":
        heard = syllables(name.text)
        yield "letters", "".join(heard)
        yield "letters", "".join((*heard[1:], *heard[:1]))
    elif name.script == "hangul" and syllables(name.text):
        first = syllables(name.text)[0]
        usual = {first} | {usual for usual, hangul in words.korean if hangul == first}
        yield from (("family", spelling) for spelling in usual)
    elif name.script == "abjad":
        yield from (("surname", skeleton(family)) for family in abjad_units(name.text)[-1:])
    elif not name.full:
        families = _skeletons((name.family, name.alternatives[-1]), words)
        yield from (("surname", family) for family in families)
    elif len(name.units[0]) == 1:
        families = _skeletons((name.family,), words)
        yield from (("initial", family, name.units[0]) for family in families)


def _skeletons(forms: Iterable[str], words: IdentityWords) -> frozenset[str]:
    return frozenset(skeleton(words.variants.get(form, form)) for form in forms)


def _given_keys(name: PersonName, words: IdentityWords) -> frozenset[str]:
    """Return skeletons of the given names.

    Of the first one, of what it is short for, of all in one word, and of those behind it.
    """
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
