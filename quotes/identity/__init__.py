"""Entity resolution: who is who across documents, from usages of names to speakers.

    blocks(keys) → what is worth comparing; cluster(profiles, ...) → names of one speaker
    compare(usage, usage) → same, different or unsure, with a score and the reason in words
    with_reviews(speakers, reviews) → speakers after merges and splits by people
    read_known(path) → known people
    find, meanings, holders, nearest, candidates → speakers by a typed name, suggestions, pairs
    likely_pairs(speakers, among) → pairs that may be one, without comparing each with all
    roles_over_time(occurrences) → each role with the span in which it was seen

In: records and a `Language`. Out: records. Pure, but for the word lists and the file of known
people. Knows no text and no table; docs/identity.md says how it decides.
`quotes.store.entity_resolution` puts the steps together, for a collection at once or bit by bit.
"""

from __future__ import annotations

from quotes.identity.known_people import KnownPerson, read_known
from quotes.identity.likely_same import alike_names, is_likely_same, likely_pairs
from quotes.identity.lookup import MergeCandidate, candidates, find, holders, meanings, nearest
from quotes.identity.overrides import only_in_documents, splits_by_document, with_reviews
from quotes.identity.pairwise import PairComparison, compare
from quotes.identity.role_history import RoleOccurrence, RoleSpan, main_role, roles_over_time
from quotes.names.match_weights import MIN_SAME
from quotes.names.transliteration import latin_key

__all__ = [
    "MIN_SAME",
    "KnownPerson",
    "MergeCandidate",
    "PairComparison",
    "RoleOccurrence",
    "RoleSpan",
    "alike_names",
    "candidates",
    "compare",
    "find",
    "holders",
    "is_likely_same",
    "latin_key",
    "likely_pairs",
    "main_role",
    "meanings",
    "nearest",
    "only_in_documents",
    "read_known",
    "roles_over_time",
    "splits_by_document",
    "with_reviews",
]
