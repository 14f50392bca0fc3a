"""Training of the scorer: log-linear fits, and labels of candidates by marked attributions."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from tests.paths import ROOT

sys.path.insert(0, str(ROOT))  # training is not installed

from quotes.evaluation.matching import AttributionWordSets
from quotes.evaluation.worded_text import read_words
from quotes.records import Span
from tests.builders import build_analysis, build_candidate
from training.labelled_articles import LabelledArticle, Marked, labels
from training.log_linear import (
    calibration_error,
    fit_labels,
    fit_options,
    names_of,
    platt,
    rows_of,
)
from training.train_attribution import Example, contents_held_out, fit_contents


def test_weights_of_labels_separate_and_the_penalty_shrinks_them() -> None:
    rows = [{"good": 1.0}, {"good": 1.0}, {"bad": 1.0}, {"bad": 1.0}] * 5
    right = np.array([1, 1, 0, 0] * 5)
    names = names_of(rows, 2)
    assert names == ["bad", "good"]
    matrix = rows_of(rows, names)
    loose, bias = fit_labels(matrix, right, 0.1)
    tight, _ = fit_labels(matrix, right, 10.0)
    assert loose[1] > tight[1] > 0 > tight[0] > loose[0]
    assert bias == pytest.approx(0.0, abs=1e-3)


def test_importance_counts_as_repetition() -> None:
    rows = rows_of([{"x": 1.0}, {"x": -1.0}, {"x": 0.5}], ["x"])
    twice = rows_of([{"x": 1.0}, {"x": 1.0}, {"x": -1.0}, {"x": 0.5}], ["x"])
    weights, _ = fit_labels(rows, np.array([1, 0, 0]), 1.0, np.array([2.0, 1.0, 1.0]))
    repeated, _ = fit_labels(twice, np.array([1, 1, 0, 0]), 1.0)
    assert float(weights[0]) == pytest.approx(float(repeated[0]), abs=1e-3)


def test_some_rows_can_be_taken() -> None:
    rows = rows_of([{"x": 1.0}, {"y": 2.0}, {"x": 3.0, "y": 4.0}], ["x", "y"])
    taken = rows.take(np.array([True, False, True]))
    weights, _ = fit_labels(rows, np.array([1, 0, 1]), 1.0)
    assert taken.scores(weights).tolist() == [rows.scores(weights)[n].item() for n in (0, 2)]


def test_options_of_a_group_are_weighed_against_each_other() -> None:
    rows = rows_of(
        [{"long": 1.0}, {"short": 1.0}, {"long": 1.0}, {"short": 1.0}], ["long", "short"]
    )
    weights = fit_options(rows, np.array([0, 0, 1, 1]), np.array([1.0, 0.0, 0.9, 0.1]), 0.01)
    assert float(weights[0]) > float(weights[1])


def test_calibration_of_raw_scores() -> None:
    raw, right = np.array([-2.0, -1.0, 1.0, 2.0] * 50), np.array([0, 1, 0, 1] * 50)
    slope, offset = platt(raw, right, np.ones(200))
    p = 1 / (1 + np.exp(-slope * raw - offset))
    assert slope > 0
    assert p.mean() == pytest.approx(0.5, abs=1e-3)
    assert calibration_error(np.full(200, 0.5), right, np.ones(200)) == pytest.approx(0.0)
    assert calibration_error(np.full(200, 0.9), right, np.ones(200)) == pytest.approx(0.4)


def test_the_option_with_the_most_shared_words_is_learned() -> None:
    examples = [Example(({"cut": 1.0}, {"whole": 1.0}), (0.6, 1.0))] * 20
    weights = fit_contents(examples)
    assert weights["whole"] > weights["cut"]
    assert "20 contents: exact 20 (before 0, best option 20), match 20" in contents_held_out(
        [[example] for example in examples]
    )


ANALYSIS = build_analysis(
    """
    Stone  Stone PROPN 2 nsubj
    said   say   VERB  0 root
    it     it    PRON  4 nsubj
    rains  rain  VERB  2 ccomp
    ,      ,     PUNCT 7 punct
    Rivers River PROPN 7 nsubj
    denied deny  VERB  2 conj
    that   that  PRON  7 obj
    .      .     PUNCT 2 punct
    """
)
TEXT = read_words(ANALYSIS.text)


def marked(content: str, source: str, *, required: bool = True) -> Marked:
    def words(passage: str) -> frozenset[int]:
        start = ANALYSIS.text.index(passage)
        return TEXT.words((Span(start, start + len(passage)),)) if passage else frozenset()

    sets = AttributionWordSets(
        words(content), words(source), frozenset(), frozenset(), (), "direct"
    )
    return Marked(sets, required)


@pytest.mark.parametrize(
    ("gold", "outlets", "expected"),
    [
        (marked("it rains", "Stone"), False, [1, 0]),
        (marked("it rains", "Rivers"), False, [0, 0]),
        (marked("that", "", required=False), False, [0, None]),
        (marked("that", "", required=False), True, [0, None]),
        (marked("said it rains, Rivers denied that", "Stone"), True, [None, None]),
        (marked("said it rains, Rivers denied that", "Stone"), False, [0, 0]),
    ],
)
def test_candidates_are_right_wrong_or_unknown(
    gold: Marked, outlets: bool, expected: list[int | None]
) -> None:
    article = LabelledArticle(ANALYSIS.document, TEXT, (gold,), outlets=outlets)
    found = [
        build_candidate(ANALYSIS, cue="said", source="Stone", content="it rains"),
        build_candidate(ANALYSIS, cue="denied", source="Rivers", content="that"),
    ]
    assert labels(article, ANALYSIS, found) == expected


def test_a_passive_is_right_where_annotators_name_no_source_either() -> None:
    article = LabelledArticle(
        ANALYSIS.document, TEXT, (marked("that", "", required=False),), outlets=False
    )
    found = [build_candidate(ANALYSIS, cue="denied", content="that")]
    assert labels(article, ANALYSIS, found) == [1]
