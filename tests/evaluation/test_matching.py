"""Matching of quotes to attributions, and which sources are right."""

from __future__ import annotations

import pytest

from quotes.evaluation import (
    Article,
    DocumentComparison,
    matching,
)
from quotes.evaluation.worded_text import read_words
from quotes.records import Span
from tests.evaluation.annotated import (
    bracketed,
    place,
    quoted,
)


def test_among_equal_fits_the_right_source_goes_first(council: Article) -> None:
    wrong, right = quoted(council, 0, source=place(council, "Ana Ruiz")), quoted(council, 0)
    comparison = DocumentComparison(council, (wrong, right))
    assert comparison.pairs == {0: 1}
    assert comparison.outcomes == ("false alarm", "right")


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("Ana Ruiz", "Ruiz", True),
        ("the mayor of Ulm", "the man", False),
        ("he", "he", True),
        ("he", "she", False),
        ("he and she", "he", False),
    ],
)
def test_a_source_is_right_by_a_telling_word_or_equal_pronouns(
    gold: str, found: str, right: bool
) -> None:
    text = read_words("Ana Ruiz or the mayor of Ulm or the man and then he and she")
    shown = " ".join(text.forms)
    start, other = shown.index(gold), shown.index(found)
    words = [text.words([Span(at, at + len(name))]) for at, name in ((start, gold), (other, found))]
    assert matching.source_right(text, *words) is right


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[s:She] slept.", "pronoun"),
        ("Then [s:Ana Ruiz] slept.", "proper name"),
        ("Then [s:the harbour police] slept.", "organisation-like"),
        ("They left. [s:Okafor] slept.", "proper name"),
        ("They left. [s:Tired engineers] slept.", "nominal"),
        ("Now [s:two engineers] slept.", "nominal"),
    ],
)
def test_kinds_of_sources(text: str, kind: str) -> None:
    article = bracketed(text)
    words = read_words(article.document.text)
    assert matching.source_kind(words, words.words(article.attributions[0].source)) == kind
