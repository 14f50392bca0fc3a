"""Which kind of name a name tagger's type is. Types that name nothing (dates, numbers, sums) are left out."""

from __future__ import annotations

from quotes.records import EntityKind

KINDS: dict[str, EntityKind] = {
    **dict.fromkeys(("PER", "PERSON", "PERS"), "PER"),
    **dict.fromkeys(("ORG", "ORGANIZATION"), "ORG"),
    **dict.fromkeys(("LOC", "GPE", "FAC", "LOCATION"), "LOC"),
    **dict.fromkeys(("MISC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"), "MISC"),
}
