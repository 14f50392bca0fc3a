"""What a speaker is called and the id it has in addresses.

In: the names of a speaker with how often each stands. Out: the best of them; ids for all speakers together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from quotes.language import Language
from quotes.names.person import person_name
from quotes.names.transliteration import script_of, to_latin
from quotes.records import Kind, NameUsage, Speaker
from quotes.text.folding import fold_case

UNNAMEABLE = "speaker"  # the id of a name without a single letter


def best_name(uses: Sequence[NameUsage], language: Language) -> str:
    """The name to show: in Latin letters, in full, with a first name, without title; of those the most frequent, then the longest."""

    def rank(use: NameUsage) -> tuple[bool, bool, bool, bool, bool, bool, int, int, str]:
        person = use.kind == "person"
        parsed = person_name(use.name, language)
        units = parsed.units
        return (
            script_of(use.name) != "latin",
            person and len(units) < 2,
            person and min(len(units[0]), len(units[-1])) < 2,
            person and parsed.titled,
            fold_case(use.name[:4]) == "the ",
            (use.name.isupper() or use.name.islower()) and " " in use.name,
            -(use.quotes + len(use.documents)),
            -len(use.name),
            use.name,
        )

    return min(uses, key=rank).name


def slug(name: str) -> str:
    """A name for an address: "Dmitry Peskov" → dmitry-peskov."""
    return re.sub(r"[^a-z0-9]+", "-", to_latin(name)).strip("-") or UNNAMEABLE


def with_ids(speakers: Sequence[Speaker]) -> tuple[Speaker, ...]:
    """The speakers with ids, in order of these. Where names give the same, a person keeps it bare, others add their kind, then a number."""
    same: dict[str, list[Speaker]] = defaultdict(list)
    for speaker in speakers:
        same[slug(speaker.name)].append(speaker)
    taken = set(same)
    found: list[Speaker] = []
    for bare in sorted(same):
        group = sorted(same[bare], key=_order)
        found.append(replace(group[0], id=bare))
        for speaker in group[1:]:
            identifier = _free(bare, speaker.kind if speaker.kind != group[0].kind else None, taken)
            taken.add(identifier)
            found.append(replace(speaker, id=identifier))
    return tuple(sorted(found, key=lambda speaker: speaker.id))


def _order(speaker: Speaker) -> tuple[int, bool, str, str, tuple[str, ...]]:
    kinds: tuple[Kind | None, ...] = (
        "person",
        "organization",
        "document",
        "group",
        "unnamed",
        None,
    )
    held = speaker.id == slug(speaker.name)  # whoever has the bare form already keeps it
    return (
        kinds.index(speaker.kind),
        not held,
        speaker.name,
        speaker.id,
        tuple(alias.name for alias in speaker.aliases),
    )


def _free(bare: str, kind: Kind | None, taken: set[str]) -> str:
    if kind and f"{bare}-{kind}" not in taken:
        return f"{bare}-{kind}"
    number = 2
    while f"{bare}-{number}" in taken:
        number += 1
    return f"{bare}-{number}"
