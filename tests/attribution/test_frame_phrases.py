"""Where something was told of, behind what was told."""

from __future__ import annotations

import pytest

from quotes.attribution.frame_phrases import before_occasion
from tests.builders import build_analysis

OCCASION = """
announced announce VERB  0 root VerbForm=Fin
the       the      DET   3 det
raid      raid     NOUN  1 obj
{word}    {word}   ADP   7 case
{det}     {det}    {upos} 7 {label}
{first}   {first}  NOUN  7 compound
{noun}    {noun}   NOUN  3 nmod
"""
RESPONSE = """
announced announce VERB 0 root VerbForm=Fin
measures  measure  NOUN 1 obj
in        in       ADP  4 case
response  response NOUN 2 nmod
"""


@pytest.mark.parametrize(
    ("word", "det", "first", "noun", "left"),
    [
        ("at", "a", "press", "briefing", 2),
        ("on", "own", "state", "television", 2),
        ("at", "a", "gas", "station", 6),
        ("of", "a", "press", "briefing", 6),
    ],
)
def test_where_something_is_announced_is_not_what(
    word: str, det: str, first: str, noun: str, left: int
) -> None:
    upos, label = ("DET", "det") if det == "a" else ("ADJ", "amod")
    table = OCCASION.format(word=word, det=det, first=first, noun=noun, upos=upos, label=label)
    numbers = frozenset(range(1, 7))
    assert before_occasion(build_analysis(table), numbers) == frozenset(range(1, 1 + left))


def test_a_noun_that_is_no_certain_occasion_belongs_to_what_is_announced() -> None:
    numbers = frozenset({1, 2, 3})
    assert before_occasion(build_analysis(RESPONSE), numbers) == numbers
