"""Canonical names: what a speaker is called, and the id that it has in addresses.

In: the usages of a speaker's names. Out: the best name; ids for all speakers together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

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


def canonical_name(usages: Sequence[NameUsage], language: Language) -> str:
    """Return the name to show.

    It is in Latin letters, in full, with a first name, without title or article, not in capitals
    throughout; of several such the most frequent, then the longest.
    """

    def rank(usage: NameUsage) -> tuple[bool, bool, bool, bool, bool, bool, int, int, str]:
        name, person = usage.name, usage.kind == "person"
        parsed = person_name(name, language)
        units = parsed.units
        return (
            script_of(name) != "latin",
            person and len(units) < 2,
            person and min(len(units[0]), len(units[-1])) < 2,
            person and parsed.titled,
            load_words(language).without_article(name) != name,
            (name.isupper() or name.islower()) and " " in name,
            -(usage.quotes + len(usage.documents)),
            -len(name),
            name,
        )

    return min(usages, key=rank).name


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
    taken = set(by_slug)
    found: list[Speaker] = []
    for bare in sorted(by_slug):
        first, *others = sorted(by_slug[bare], key=_order)
        found.append(replace(first, id=bare))
        for speaker in others:
            kind = speaker.kind if speaker.kind != first.kind else None
            identifier = _free_id(bare, kind, taken)
            taken.add(identifier)
            found.append(replace(speaker, id=identifier))
    return tuple(sorted(found, key=lambda speaker: speaker.id))


def _order(speaker: Speaker) -> tuple[int, bool, str, str, tuple[str, ...]]:
    """Return what speakers of one slug are sorted by; who has the bare id already keeps it."""
    return (
        KINDS.index(speaker.kind),
        speaker.id != slug(speaker.name),
        speaker.name,
        speaker.id,
        tuple(alias.name for alias in speaker.aliases),
    )


def _free_id(bare: str, kind: Kind | None, taken: set[str]) -> str:
    if kind and f"{bare}-{kind}" not in taken:
        return f"{bare}-{kind}"
    number = 2
    while f"{bare}-{number}" in taken:
        number += 1
    return f"{bare}-{number}"
