"""Canonical names: what a speaker is called, and the id that it has in addresses.

In: the forms of a speaker's names. Out: the best name; ids for all speakers together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from quotes.language import Language
from quotes.names.person import person_name
from quotes.names.transliteration import script_of, to_latin
from quotes.names.word_lists import load_words
from quotes.records import Kind, NameUsage, Speaker

UNNAMEABLE = "speaker"  # the id of a name without a single Latin letter
KINDS: tuple[Kind | None, ...] = (
    "person",
    "organization",
    "document",
    "group",
    "unnamed",
    None,
)  # of speakers of one name the first of these has the id without an addition


@dataclass(frozen=True, slots=True)
class NameForm:
    """A form of a name: what it is a name of, and how often it is used."""

    name: str
    kind: Kind | None
    uses: int


def form_of(usage: NameUsage) -> NameForm:
    """Return the form of a usage. It is used as often as it speaks and as documents have it."""
    return NameForm(usage.name, usage.kind, usage.quotes + len(usage.documents))


def canonical_name(forms: Sequence[NameForm], language: Language) -> str:
    """Return the name to show.

    It is in Latin letters, in full, with a first name, without title or article, not in capitals
    throughout; of several such the most frequent, then the longest.
    """

    def rank(form: NameForm) -> tuple[bool, bool, bool, bool, bool, bool, int, int, str]:
        name, person = form.name, form.kind == "person"
        parsed = person_name(name, language)
        units = parsed.units
        return (
            script_of(name) != "latin",
            person and len(units) < 2,
            person and min(len(units[0]), len(units[-1])) < 2,
            person and parsed.titled,
            load_words(language).without_article(name) != name,
            (name.isupper() or name.islower()) and " " in name,
            -form.uses,
            -len(name),
            name,
        )

    return min(forms, key=rank).name


def slug(name: str) -> str:
    """Return a name for an address: "Dmitry Peskov" → dmitry-peskov."""
    return re.sub(r"[^a-z0-9]+", "-", to_latin(name)).strip("-") or UNNAMEABLE


def assign_ids(speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """Return the speakers with ids, in order of these.

    Where names give the same id, a person has it as it is; others add their kind, then a number.
    """
    by_slug: dict[str, list[Speaker]] = defaultdict(list)
    for speaker in speakers:
        by_slug[slug(speaker.name)].append(speaker)
    found = [
        speaker if speaker.id == identifier else replace(speaker, id=identifier)
        for bare, several in by_slug.items()
        for speaker, identifier in ids_of_slug(bare, several, by_slug.__contains__)
    ]
    return tuple(sorted(found, key=lambda speaker: speaker.id))


def ids_of_slug(
    bare: str, speakers: Sequence[Speaker], is_slug: Callable[[str], bool]
) -> Iterator[tuple[Speaker, str]]:
    """Yield the speakers of one slug, each with its id.

    Args:
        bare: The slug.
        speakers: All speakers that have it.
        is_slug: Tells whether any speaker of the collection has a slug.
    """
    first, *others = _in_order(bare, speakers)
    yield first, bare
    taken = set[str]()
    for speaker in others:
        kind = speaker.kind if speaker.kind != first.kind else None
        identifier = _free_id(bare, kind, lambda name: name in taken or is_slug(name))
        taken.add(identifier)
        yield speaker, identifier


def _in_order(bare: str, speakers: Sequence[Speaker]) -> list[Speaker]:
    """Return the speakers of one slug in order; who has it as its id already keeps it."""

    def order(speaker: Speaker) -> tuple[int, bool, str, str, tuple[str, ...]]:
        names = tuple(alias.name for alias in speaker.aliases)
        return KINDS.index(speaker.kind), speaker.id != bare, speaker.name, speaker.id, names

    return sorted(speakers, key=order) if len(speakers) > 1 else list(speakers)


def _free_id(bare: str, kind: Kind | None, is_taken: Callable[[str], bool]) -> str:
    if kind and not is_taken(f"{bare}-{kind}"):
        return f"{bare}-{kind}"
    number = 2
    while is_taken(f"{bare}-{number}"):
        number += 1
    return f"{bare}-{number}"
