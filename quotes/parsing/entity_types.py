"""The kinds of entities by the types of name taggers; types of no name (dates, sums) have none."""

from __future__ import annotations

from quotes.records import EntityKind

ENTITY_KINDS: dict[str, EntityKind] = {
    **dict.fromkeys(("PER", "PERSON", "PERS"), "PER"),
    **dict.fromkeys(("ORG", "ORGANIZATION"), "ORG"),
    **dict.fromkeys(("LOC", "GPE", "FAC", "LOCATION"), "LOC"),
    **dict.fromkeys(("MISC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"), "MISC"),
}
