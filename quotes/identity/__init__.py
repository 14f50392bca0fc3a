"""Who is who across documents: from uses of names to speakers.

    identify(uses, known=...) → speakers: one for all spellings, orders, short forms of a name
    compare(use, use) → same, different or unsure, with a score and the reason in words
    with_judgements(speakers, judgements) → speakers after merges and splits by people
    read_known(path) → known people;  find, nearest, candidates → speakers by a typed name, suggestions, pairs to review
    roles_over_time(sightings) → each role with the span it stands in

In: records. Out: records. Pure, but for the word lists and the file of known people. Knows no text and no table; docs/identity.md says how
it decides.
"""

from __future__ import annotations

from quotes.identity.known_people import KnownPerson, read_known
from quotes.identity.lookup import MergeCandidate, candidates, find, nearest
from quotes.identity.overrides import (
    only_in_documents,
    splits_by_document,
    with_judgements,
)
from quotes.identity.pairwise import SAME, PairComparison, compare
from quotes.identity.resolve import identify
from quotes.identity.role_history import RoleSpan, Sighting, roles_over_time
from quotes.names.transliteration import latin_key

__all__ = [
    "SAME",
    "KnownPerson",
    "MergeCandidate",
    "PairComparison",
    "RoleSpan",
    "Sighting",
    "candidates",
    "compare",
    "find",
    "identify",
    "latin_key",
    "nearest",
    "only_in_documents",
    "read_known",
    "roles_over_time",
    "splits_by_document",
    "with_judgements",
]
