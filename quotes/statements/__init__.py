"""Statements over documents: who said this, in which wordings, and who printed it first.

    index.open_index(folder) / build / update → Index;  Index.search(words) → hits;  Index.vocabulary()
    compare(asked, printed) → Comparison            answer(asked, statements) → Answer
    group(statements) → groups                      copies.find_copies(new, known) → copies of articles

In: records. Out: records. The one place that keeps something on disk is `index`, the gate to tantivy. Prints nothing.
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
