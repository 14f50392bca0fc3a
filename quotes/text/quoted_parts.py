"""The words inside the outermost quotation marks of a text.

In: a text, or its marks. Out: marks that stand in no other, and the parts of a span inside them.
"""

from __future__ import annotations

from collections.abc import Iterable

from quotes.language import Language
from quotes.records import Mark, Span, Spans
from quotes.text.quotation_marks import find_marks


def outermost_marks(text: str, language: Language) -> tuple[Mark, ...]:
    """Return the quotation marks of a text that stand inside no other."""
    return tuple(mark for mark in find_marks(text, language) if not mark.level)


def quoted_parts(marks: Iterable[Mark], span: Span) -> Spans:
    """Return the parts of a span that stand inside marks."""
    return tuple(
        Span(max(part.start, span.start), min(part.end, span.end))
        for mark in marks
        for part in mark.parts
        if part.overlaps(span)
    )
