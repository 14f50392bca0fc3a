"""How a description fits what is known of a referent: its roles, its name, its place.

In: a description ("the Texas senator") and a referent. Out: a `Match`: noun, words and place of the
description beside those of the roles that the text gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from quotes.language.lexicon import Lexicon
from quotes.records import Word
from quotes.speakers.mentions import Mention
from quotes.speakers.referents import Referent
from quotes.text.folding import fold_word

PlaceMatch = Literal["same", "none", "own", "role", "other"]
"""Both name the same; neither names one; only the description; only the roles; two others."""


@dataclass(frozen=True, slots=True)
class Match:
    """How a description fits a referent.

    Attributes:
        same: The noun is that of a role, or the last word of the name.
        like: The noun names the same as that of a role ("MP", "lawmaker").
        shared: The share of the other words of the description that stand in roles.
        place: Whether the places, nations and parties are the same.
        roles: Something is known of the referent.
        general: The noun is one for any person ("man"), not for an office.
        again: The referent was brought in by a description with this noun.
        foreign: The description names an organization, and the role of this noun another.
        plain: A role of this noun says no more than the office ("Minister").
        standing: A role of this noun has the same standing ("deputy"), or there is none.
        national: The description has an adjective of a nation or party.
        heads: Both say that somebody heads a body of the same name ("chief", "director-general").
    """

    same: bool
    like: bool
    shared: float
    place: PlaceMatch
    roles: bool
    general: bool
    again: bool
    foreign: bool = False
    plain: bool = False
    standing: bool = True
    national: bool = False
    heads: bool = False

    @property
    def fits(self) -> bool:
        """True if the referent is known to be what the description says."""
        return (self.same or self.like) and self.place != "other"

    @property
    def certain(self) -> bool:
        """True if the noun is that of a role, for an office, and no name speaks against it."""
        named = self.place in ("same", "none", "role") and not self.foreign
        held = self.same and not self.general and self.standing
        return named and (held or self.heads)

    @property
    def completed(self) -> bool:
        """True if the description says of which body the office is that the roles give alone.

        Not of which nation: there is a president of each.
        """
        named = self.plain and self.place != "other" and not self.national
        return self.same and not self.general and self.standing and named

    def evidence(self) -> dict[str, float]:
        """Return the match as numbers by name."""
        return {
            "same noun": float(self.same and not self.again),
            "like noun": float(self.like),
            "noun again": float(self.again),
            "shared words": self.shared,
            "same place": float(self.place == "same"),
            "own place": float(self.place == "own"),
            "place of role": float(self.place == "role"),
            "other role": float(self.roles and not self.same and not self.like),
            "no role": float(not self.roles),
            "general noun": float(self.general),
            "general noun, role known": float(self.general and self.roles),
        }


@dataclass(frozen=True, slots=True)
class Description:
    """What the words of a description say, whoever is meant.

    Attributes:
        noun: Its noun.
        nouns: The noun and others for the same office.
        rest: The other words, without determiners.
        standings: The standings that these give.
        bodies: The words that name an organization.
        places: The parties, nations and places that the words name.
        general: The noun is one for any person ("man"), not for an office.
        national: The description has an adjective of a nation or party.
    """

    noun: str
    nouns: frozenset[str]
    rest: frozenset[str]
    standings: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    general: bool
    national: bool


def describe(mention: Mention, words: Sequence[Word], lexicon: Lexicon) -> Description:
    """Return what a description says, of which `words` are the words."""
    noun = mention.noun
    own = frozenset(fold_word(word.form) for word in words).difference(lexicon.determiners)
    return Description(
        noun=noun,
        nouns=lexicon.equivalents.get(noun, frozenset()) | {noun},
        rest=own - {noun},
        standings=_standings(own - {noun}, lexicon),
        bodies=_body_names(mention, words, lexicon),
        places=places(own, lexicon),
        general=not lexicon.is_role(noun) and noun in lexicon.people,
        national=not own.isdisjoint(lexicon.demonyms),
    )


def match(own: Description, referent: Referent, lexicon: Lexicon) -> Match:
    """Return how a description fits a referent."""
    noun, rest = own.noun, own.rest
    offices = _offices(own.standings, referent, lexicon)
    held = [office for office in offices if noun in office]
    known = frozenset[str]().union(*offices)
    again = (
        referent.entity is None
        and referent.noun == noun
        and _are_compatible(rest, referent.words.difference({noun}, lexicon.determiners))
    )
    described = referent.entity is None and not again
    same = again or (not described and (noun == referent.noun or noun in known))
    return Match(
        same=same,
        like=not (same or described)
        and (referent.noun in own.nouns or not known.isdisjoint(own.nouns)),
        shared=len(rest & known) / len(rest) if rest else 1.0,
        place=_place(own.places, places(referent.words, lexicon)),
        roles=bool(referent.words),
        general=own.general,
        again=again,
        foreign=_is_foreign(own, held, lexicon),
        plain=any(_is_plain(office, lexicon) for office in held),
        national=own.national,
        heads=noun in lexicon.leading_nouns and _is_body_of(own, offices, lexicon),
        standing=not held
        or any(_standings(office - {noun}, lexicon) == own.standings for office in held),
    )


def _offices(standings: Set[str], referent: Referent, lexicon: Lexicon) -> list[frozenset[str]]:
    """Return the words of each role that a description with these standings can mean.

    "The vice president" is nobody who is president.
    """
    offices = referent.offices or ((referent.words,) if referent.words else ())
    found = [_without_full_stops(office) for office in offices]
    return [o for o in found if not standings or standings <= _standings(o, lexicon)]


@lru_cache(maxsize=1024)
def _without_full_stops(office: frozenset[str]) -> frozenset[str]:
    return frozenset(word.rstrip(".") for word in office)


def _standings(words: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """Return the standings that words give to whoever holds an office; "ex-" is "former"."""
    parts = (part for word in words for part in word.split("-"))
    known = lexicon.standings
    return frozenset[str]().union(*(known[part] for part in parts if part in known))


def _is_foreign(own: Description, held: Sequence[Set[str]], lexicon: Lexicon) -> bool:
    """Return True if a description names an organization that no role of this noun has."""
    return bool(own.bodies and held) and not any(
        own.bodies & office or _is_plain(office, lexicon) for office in held
    )


def _is_body_of(own: Description, offices: Sequence[Set[str]], lexicon: Lexicon) -> bool:
    """Return True if somebody heads the body that a description names: "the UN chief"."""
    return bool(own.bodies) and any(
        own.bodies <= office and office & lexicon.leading_nouns for office in offices
    )


def _body_names(mention: Mention, words: Sequence[Word], lexicon: Lexicon) -> frozenset[str]:
    """Return the words of a description that name an organization."""
    names = {
        fold_word(word.form)
        for place, word in enumerate(words, mention.start)
        if word.upos == "PROPN" and (place > 0 or word.form.isupper())
    } - {mention.noun}
    return frozenset(
        name
        for name in names
        if not (_is_of_office(name, lexicon) or name in lexicon.demonyms or name in lexicon.places)
    )


def _is_plain(office: Set[str], lexicon: Lexicon) -> bool:
    return all(_is_of_office(word, lexicon) for word in office)


def _is_of_office(word: str, lexicon: Lexicon) -> bool:
    return lexicon.is_role(word) or word in lexicon.role_standings or word in lexicon.determiners


def _are_compatible(own: Set[str], known: Set[str]) -> bool:
    """Return True if one description adds to the other: not "Prime" and "Foreign Minister"."""
    return own <= known or known <= own


def _place(here: Set[str], there: Set[str]) -> PlaceMatch:
    """Return how the places of a description and those of roles fit each other."""
    if here and there:
        return "same" if here & there else "other"
    return "own" if here else "role" if there else "none"


def places(words: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """Return the parties, nations and places that words name."""
    return frozenset(
        fold_word(lexicon.demonyms.get(word, word))
        for word in words
        if word in lexicon.demonyms or word in lexicon.places
    )
