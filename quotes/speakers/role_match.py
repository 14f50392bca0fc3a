"""How a description fits what is known of a referent: its roles, its name, its place.

In: a description ("the Texas senator") and a referent. Out: a `Match`: noun, words and place of the
description beside those of the roles that the text gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
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


def match(mention: Mention, words: Iterable[Word], referent: Referent, lexicon: Lexicon) -> Match:
    """Return how a description, of which `words` are the words, fits a referent."""
    words = tuple(words)
    own = {fold_word(word.form) for word in words} - set(lexicon.determiners)
    nouns = lexicon.equivalents.get(mention.noun, frozenset()) | {mention.noun}
    standings = _standings(own - {mention.noun}, lexicon)
    offices = _offices(standings, referent, lexicon)
    held = [office for office in offices if mention.noun in office]
    known = frozenset[str]().union(*offices)
    rest = own - {mention.noun}
    again = (
        referent.entity is None
        and referent.noun == mention.noun
        and _are_compatible(rest, referent.words - {mention.noun} - set(lexicon.determiners))
    )
    described = referent.entity is None and not again
    same = again or (not described and (mention.noun == referent.noun or mention.noun in known))
    return Match(
        same=same,
        like=not (same or described) and (referent.noun in nouns or bool(known & nouns)),
        shared=len(rest & known) / len(rest) if rest else 1.0,
        place=_place(own, referent.words, lexicon),
        roles=bool(referent.words),
        general=not lexicon.is_role(mention.noun) and mention.noun in lexicon.people,
        again=again,
        foreign=_is_foreign(mention, words, held, lexicon),
        plain=any(_is_plain(office, lexicon) for office in held),
        national=not own.isdisjoint(lexicon.demonyms),
        heads=mention.noun in lexicon.leading_nouns
        and _is_body_of(mention, words, offices, lexicon),
        standing=not held
        or any(_standings(office - {mention.noun}, lexicon) == standings for office in held),
    )


def _offices(standings: Set[str], referent: Referent, lexicon: Lexicon) -> list[frozenset[str]]:
    """Return the words of each role that a description with these standings can mean.

    "The vice president" is nobody who is president.
    """
    offices = referent.offices or ((referent.words,) if referent.words else ())
    found = [frozenset(word.rstrip(".") for word in office) for office in offices]
    return [office for office in found if standings <= _standings(office, lexicon)]


def _standings(words: Set[str], lexicon: Lexicon) -> set[str]:
    """Return the standings that words give to whoever holds an office; "ex-" is "former"."""
    parts = {part for word in words for part in word.split("-")}
    return {
        standing
        for standing in lexicon.role_standings
        if parts & (lexicon.equivalents.get(standing, frozenset()) | {standing})
    }


def _is_foreign(
    mention: Mention, words: Sequence[Word], held: Sequence[Set[str]], lexicon: Lexicon
) -> bool:
    """Return True if a description names an organization that no role of this noun has."""
    names = _body_names(mention, words, lexicon)
    return bool(names and held) and not any(
        names & office or _is_plain(office, lexicon) for office in held
    )


def _is_body_of(
    mention: Mention, words: Sequence[Word], offices: Sequence[Set[str]], lexicon: Lexicon
) -> bool:
    """Return True if somebody heads the body that a description names: "the UN chief"."""
    names = _body_names(mention, words, lexicon)
    return bool(names) and any(
        names <= office and office & lexicon.leading_nouns for office in offices
    )


def _body_names(mention: Mention, words: Sequence[Word], lexicon: Lexicon) -> set[str]:
    """Return the words of a description that name an organization."""
    names = {
        fold_word(word.form)
        for place, word in enumerate(words, mention.start)
        if word.upos == "PROPN" and (place > 0 or word.form.isupper())
    } - {mention.noun}
    return {
        name
        for name in names
        if not (_is_of_office(name, lexicon) or name in lexicon.demonyms or name in lexicon.places)
    }


def _is_plain(office: Set[str], lexicon: Lexicon) -> bool:
    return all(_is_of_office(word, lexicon) for word in office)


def _is_of_office(word: str, lexicon: Lexicon) -> bool:
    return lexicon.is_role(word) or word in lexicon.role_standings or word in lexicon.determiners


def _are_compatible(own: Set[str], known: Set[str]) -> bool:
    """Return True if one description adds to the other: not "Prime" and "Foreign Minister"."""
    return own <= known or known <= own


def _place(own: Iterable[str], roles: Iterable[str], lexicon: Lexicon) -> PlaceMatch:
    here, there = places(own, lexicon), places(roles, lexicon)
    if here and there:
        return "same" if here & there else "other"
    return "own" if here else "role" if there else "none"


def places(words: Iterable[str], lexicon: Lexicon) -> set[str]:
    """Return the parties, nations and places that words name."""
    return {
        fold_word(lexicon.demonyms.get(word, word))
        for word in words
        if word in lexicon.demonyms or word in lexicon.places
    }
