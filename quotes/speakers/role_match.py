"""How a description fits what is known of a referent: its roles, its name, its place.

In: a description ("the Texas senator") and a referent. Out: a `Match`: noun, words and place of the
description beside those of the roles that the text gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
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
    """

    same: bool
    like: bool
    shared: float
    place: PlaceMatch
    roles: bool
    general: bool
    again: bool

    @property
    def fits(self) -> bool:
        """True if the referent is known to be what the description says."""
        return (self.same or self.like) and self.place != "other"

    @property
    def certain(self) -> bool:
        """True if the noun is that of a role, for an office, and no place speaks against it."""
        return self.same and not self.general and self.place in ("same", "none", "role")

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
    own = {fold_word(word.form) for word in words} - set(lexicon.determiners)
    nouns = lexicon.equivalents.get(mention.noun, frozenset()) | {mention.noun}
    known = {word.rstrip(".") for word in referent.words}
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
    )


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
        lexicon.demonyms.get(word, word)
        for word in words
        if word in lexicon.demonyms or word in lexicon.places
    }
