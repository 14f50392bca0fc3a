"""Entity resolution: from usages of names to speakers, for a whole collection.

In: usages, if wanted known people. Out: `Speaker`s with ids, the canonical name and all aliases,
each with score and reason. Pure: the same usages in any order give the same. Descriptions get no
identity over documents and are left out (`name_nodes`).
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes.identity.known_people import KnownPerson
from quotes.identity.resolution import Resolution
from quotes.language import Language
from quotes.records import NameUsage, Speaker


def identify(
    usages: Sequence[NameUsage], *, language: Language, known: Sequence[KnownPerson] = ()
) -> tuple[Speaker, ...]:
    """Resolve the usages of a collection into speakers, in order of their ids."""
    with Resolution(language, known=known) as resolution:
        resolution.put(usages)
        resolution.decide()
        return resolution.speakers()
