"""The characters that may be quotation marks."""

from __future__ import annotations

import pytest

from quotes.records import Span
from quotes.text.quote_glyphs import Glyph, look_ahead, read_glyphs
from tests.builders import ENGLISH


def glyphs(text: str) -> tuple[Glyph, ...]:
    return read_glyphs(text, Span(0, len(text)), ENGLISH)


def directions(text: str) -> list[str]:
    return [f"{glyph.kind} {glyph.direction}" for glyph in glyphs(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“It rains,” he said.", ["“ open", "” close"]),
        ('"It rains," he said.', ['" open', '" close']),
        ("‘It rains,’ he said.", ["‘ open", "’ close"]),
        ("''Yes,'' he said", ["'' open", "'' close"]),
        ("«Oui», dit-il", ["« open", "» close"]),
        ("„Ja“, sagte er", ["„ open", "“ close"]),
    ],
)
def test_a_mark_opens_or_closes_by_what_stands_around_it(text: str, found: list[str]) -> None:
    assert directions(text) == found


@pytest.mark.parametrize("text", ["It's late.", "rock 'n' roll", "in the '90s", "’tis cold"])
def test_a_plain_apostrophe_is_no_mark(text: str) -> None:
    assert directions(text) == []


def test_the_apostrophe_of_a_possessive_and_an_inch_mark_close_only_if_nothing_better_does() -> (
    None
):
    assert directions("the ministers' plan") == ["' weak"]
    assert directions('a 12" record') == ['" weak']


def test_other_characters_stand_for_the_same_mark() -> None:
    assert directions("＂Yes＂") == ['" open', '" close']


def test_a_row_of_marks_is_a_line_and_no_mark() -> None:
    assert directions("---““““““““---") == []


def test_an_opening_straight_single_mark_may_be_an_apostrophe() -> None:
    opening, closing = glyphs("'Yes,' he said")
    assert (opening.sure, closing.sure) == (False, True)


def test_only_the_given_paragraph_is_read() -> None:
    text = "“One” “two”"
    assert [glyph.start for glyph in read_glyphs(text, Span(6, 11), ENGLISH)] == [6, 10]


def test_the_next_two_double_marks_are_seen_from_each_glyph() -> None:
    assert look_ahead(glyphs("“a” “b")) == [("close", "open"), ("open",), ()]
