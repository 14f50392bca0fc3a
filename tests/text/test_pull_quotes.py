"""Pull quotes: words of a quotation nearby, printed again between paragraphs."""

from __future__ import annotations

import pytest

from quotes.text.paragraphs import paragraphs
from tests.builders import ENGLISH

QUOTATION = "“We asked for a bridge and they sent us a ferry. Nobody can drive on a ferry.”"
BEFORE = "“The river is wide,” Ms Okoro said."


def kinds(*texts: str) -> list[str]:
    return [p.kind for p in paragraphs("\n\n".join(texts), ENGLISH)]


@pytest.mark.parametrize(
    "pulled",
    [
        "Nobody can drive on a ferry Engineer Ada Okoro",
        "“Nobody can drive on a ferry” – Ada Okoro, engineer",
        "We asked for a bridge and they sent us a ferry",
        "Nobody can drive on a ferry",
    ],
)
def test_words_of_a_quotation_nearby_are_a_pull_quote(pulled: str) -> None:
    assert kinds(BEFORE, pulled, QUOTATION) == ["text", "pull quote", "text"]
    assert kinds(QUOTATION, pulled, BEFORE) == ["text", "pull quote", "text"]


@pytest.mark.parametrize(
    "own",
    [
        "Nobody can drive on a ferry.",  # a sentence of the article
        "Nobody can drive on a boat Engineer Ada Okoro",  # other words
        "Nobody can drive on a ferry said the engineer of the town",  # no credit
        "A ferry Ada Okoro",  # too few words
    ],
)
def test_other_paragraphs_are_none(own: str) -> None:
    assert kinds(BEFORE, own, QUOTATION) == ["text", "text", "text"]


def test_a_pull_quote_stands_beside_a_quotation() -> None:
    plain = "The river is wide, Ms Okoro said."
    assert kinds(plain, "Nobody can drive on a ferry", plain, QUOTATION)[1] == "text"
