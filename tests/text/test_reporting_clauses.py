"""Clauses that say who speaks, from characters alone."""

from __future__ import annotations

import pytest

from quotes.text.reporting_clauses import reporting_clauses
from tests.builders import ENGLISH

CLAUSES = reporting_clauses(ENGLISH)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("We came, sighed Bo Lund, who had walked.", "We came,"),
        ("Why did we come? asked Bo.", "Why did we come?"),
        ("We came, he adds.", "We came,"),
        ("We came, Bo van Lund says.", None),
        ("We came, Bo Lund says.", "We came,"),
        ("We came and Bo Lund says so.", None),
        ("We came, said the man.", None),
    ],
)
def test_a_clause_begins_behind_its_comma(text: str, quoted: str | None) -> None:
    start = CLAUSES.first(text, 0, len(text))
    assert (None if start is None else text[:start]) == quoted


def test_a_sentence_follows_the_clause() -> None:
    text = ",” says Bo of it. We saw."
    start = CLAUSES.sentence_after(text, 2, len(text))
    assert start is not None
    assert text[start:] == "We saw."
    assert CLAUSES.sentence_after(text.replace("says", "sees"), 2, len(text)) is None
    assert CLAUSES.sentence_after(text, 2, 10) is None
