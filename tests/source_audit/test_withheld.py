"""Why a name is withheld, in the words of the article."""

from __future__ import annotations

import pytest

from quotes.records import Span
from quotes.source_audit.withheld import reason_withheld
from tests.builders import ENGLISH


@pytest.mark.parametrize(
    ("text", "source", "reason"),
    [
        (
            "“It is over,” said a senior official, who asked not to be named because talks go on.",
            "a senior official",
            "who asked not to be named because talks go on",
        ),
        (
            "Two diplomats, speaking on condition of anonymity to discuss the talks, said so.",
            "Two diplomats",
            "speaking on condition of anonymity to discuss the talks",
        ),
        (
            "An aide said so. He was not authorized to speak to the press. It rained.",
            "An aide",
            "He was not authorized to speak to the press",
        ),
        ("A source said so. It rained.", "A source", None),
        ("A source said so. It rained. He spoke on condition of anonymity.", "A source", None),
    ],
)
def test_the_reason_is_cut_from_the_text(text: str, source: str, reason: str | None) -> None:
    at = text.index(source)
    assert reason_withheld(text, Span(at, at + len(source)), ENGLISH) == reason
