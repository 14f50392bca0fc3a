"""Statements over documents: who said this, in which wordings, and who printed it first.

    index.open_index(folder), build, update → Index    Index.search(words) → hits
    compare(asked, printed) → WordComparison           answer(asked, statements) → Answer
    group(statements) → groups                         near_duplicates.find_pairs → copied articles

In: records and a `Language`. Out: records. Only `index`, the one module that imports tantivy,
writes to disk, and only `check` knows a store.
"""

from __future__ import annotations

from quotes.statements.answers import NOT_FOUND, Answer, Found, answer
from quotes.statements.comparison import MatchKind, Piece, WordComparison, compare
from quotes.statements.grouping import group, may_join
from quotes.statements.types import Group, Reason, Statement, Variant, in_order

__all__ = [
    "NOT_FOUND",
    "Answer",
    "Found",
    "Group",
    "MatchKind",
    "Piece",
    "Reason",
    "Statement",
    "Variant",
    "WordComparison",
    "answer",
    "compare",
    "group",
    "in_order",
    "may_join",
]
