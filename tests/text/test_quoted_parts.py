"""The outermost quotation marks, and the parts of a span inside marks."""

from __future__ import annotations

from quotes.records import Span, cut
from quotes.text.quoted_parts import outermost_marks, quoted_parts
from tests.builders import ENGLISH

TEXT = "“He said ‘no’ to me,” said Falk. “We stay,” she added."


def test_marks_inside_others_are_left_out() -> None:
    parts = [part for mark in outermost_marks(TEXT, ENGLISH) for part in mark.parts]
    assert cut(TEXT, parts) == ("He said ‘no’ to me,", "We stay,")


def test_parts_are_cut_at_the_ends_of_the_span() -> None:
    span = Span(TEXT.index("to me"), TEXT.index(" stay"))
    assert cut(TEXT, quoted_parts(outermost_marks(TEXT, ENGLISH), span)) == ("to me,", "We")


def test_no_part_lies_outside_of_marks() -> None:
    start = TEXT.index("said Falk")
    marks = outermost_marks(TEXT, ENGLISH)
    assert quoted_parts(marks, Span(start, start + len("said Falk"))) == ()
