"""Words by number, with the sentences, trees and quotation marks that they stand in."""

from __future__ import annotations

from quotes.analysis import token_numbers, token_ranges
from tests.builders import build_analysis


def test_analysis_counts_words_over_sentences_and_sees_marks() -> None:
    analysis = build_analysis(
        """
        “     “     PUNCT 3 punct
        It    it    PRON  3 nsubj
        rains rain  VERB  7 ccomp
        ,     ,     PUNCT 3 punct
        ”     ”     PUNCT 3 punct
        he    he    PRON  7 nsubj
        said  say   VERB  0 root
        .     .     PUNCT 7 punct

        “     “     PUNCT 3 punct
        A     a     DET   3 det
        lot   lot   NOUN  0 root
        .     .     PUNCT 3 punct
        ”     ”     PUNCT 3 punct
        """
    )
    assert analysis.text == "“It rains,” he said. “A lot.”"
    assert [analysis.words[n].form for n in sorted(analysis.subtree(2))] == [
        '"',
        "It",
        "rains",
        ",",
        '"',
    ]
    assert analysis.head(9) == 10
    assert analysis.mark_over(2, 6) == 0
    assert analysis.mark_over(10, 6) == 1
    assert analysis.mark_over(6, 6) == -1
    assert [s.of(analysis.text) for s in analysis.spans(((1, 3), (9, 11)))] == [
        "It rains,",
        "A lot.",
    ]


def test_runs_join_over_bridges_only() -> None:
    assert token_ranges([1, 2, 5, 7], bridge=frozenset({6})) == ((1, 3), (5, 8))
    assert token_numbers(((1, 3), (5, 6))) == {1, 2, 5}
