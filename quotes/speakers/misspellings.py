"""A surname that one letter tells from one in the article: "Eldrige" for John Eldridge.

In: a name and the people of a document. Out: the only one whose surname it misspells. The
difference of an edit (optimal string alignment) is one letter that is left out, too many, changed
or exchanged with the next. A vowel or an s at the end is none, since it makes another name (Kumar,
Kumari).
"""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz.distance import OSA

from quotes.names.person import PersonName

MIN_LETTERS = 5  # of a surname; shorter ones are too often names of two people
TELLING_ENDINGS = frozenset("aeious")


def misspelt(name: PersonName, people: Mapping[int, PersonName]) -> int | None:
    """Return which of some people a name means whose surname it misspells, None if not one.

    A name of several words must have the others of the person's name, too.
    """
    found = [index for index, person in people.items() if _is_misspelling(name, person)]
    return found[0] if len(found) == 1 else None


def _is_misspelling(name: PersonName, person: PersonName) -> bool:
    """Return True if a name is that of a person, or the surname, but for a letter of it."""
    if len(person.tokens) < 2 or not name.tokens:
        return False
    own, surname = name.tokens[-1], person.tokens[-1]
    return (
        name.tokens[:-1] in ((), person.tokens[:-1])
        and min(len(own), len(surname)) >= MIN_LETTERS
        and own[0] == surname[0]
        and OSA.distance(own, surname, score_cutoff=1) == 1
        and not _is_ending(own, surname)
    )


def _is_ending(first: str, second: str) -> bool:
    """Return True if two words differ in an ending that makes another name."""
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) < len(longer):
        return longer[:-1] == shorter and longer[-1] in TELLING_ENDINGS
    return first[:-1] == second[:-1] and {first[-1], second[-1]} <= TELLING_ENDINGS
