"""The words, sentences and quoted passages that the measure counts."""

from __future__ import annotations

import pytest

from quotes.evaluation.worded_text import quoted_passages, read_words
from quotes.records import Span


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("he “came” and “went”", ["came", "went"]),
        ("a ``first'' and ``second''", ["first", "second"]),
        ("''both sides'' the same ''way''", ["both sides", "way"]),
        ("“open to the end\nof its paragraph", ["open to the end"]),
        ("don’t ‘count’ these", []),
    ],
)
def test_quoted_passages(text: str, passages: list[str]) -> None:
    assert [passage.of(text) for passage in quoted_passages(text)] == passages


def test_a_word_belongs_to_a_span_by_its_midpoint() -> None:
    text = read_words("Ruiz's plan")
    assert text.words([Span(0, 4)]) == {0}
    assert text.words([Span(4, 8)]) == frozenset()


def test_sentences_do_not_end_after_abbreviations() -> None:
    text = read_words("Mr. Okafor left. Then Dr. Lee spoke.\nAll")
    assert [
        text.forms[n]
        for n in range(1, len(text.forms))
        if text.sentences[n] != text.sentences[n - 1]
    ] == ["Then", "All"]
