"""Probabilities from features and signals, and the file of the weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.attribution.scoring import (
    CONSTANT,
    MAX_LOG_ODDS,
    VERSION,
    Scorer,
    load_scorer,
    logistic,
    logit,
    read_scorer,
)
from quotes.errors import ModelError
from quotes.language import Language
from tests.builders import ENGLISH

CONTENT = {"version": VERSION, "bias": -1.0, "slope": 2.0, "offset": 0.5, "weights": {"a": 1.0}}


def test_weights_of_features_add_up_and_are_calibrated() -> None:
    scorer = Scorer({"a": 1.0, "b": 2.0}, bias=-1.0, slope=2.0, offset=0.5)
    assert scorer.log_odds(["a", "b", "never seen"]) == pytest.approx(2 * (-1 + 1 + 2) + 0.5)
    assert scorer.probability([]) == pytest.approx(logistic(-1.5))
    assert Scorer({"a": 1000.0}, 0.0).log_odds(["a"]) == MAX_LOG_ODDS


def test_signals_have_weights_of_their_own() -> None:
    scorer = Scorer({}, 0.0, signals={CONSTANT: 1.0, "valid": 2.0})
    assert scorer.combined({"valid": -0.5, "never seen": 9.0}, "direct") == pytest.approx(0.5)


def test_signals_are_calibrated_by_type() -> None:
    scorer = Scorer({}, 0.0, signals={"valid": 1.0}, calibration={"mixed": (2.0, -1.0)})
    assert scorer.combined({"valid": 1.0}, "mixed") == pytest.approx(logistic(1.0))
    assert scorer.combined({"valid": 1.0}, "indirect") == pytest.approx(logistic(1.0))
    assert scorer.combined({"valid": 3.0}, "mixed") == pytest.approx(logistic(5.0))


def test_log_odds_are_limited() -> None:
    assert logit(0.5) == 0.0
    assert (logit(0.0), logit(1.0)) == (-6.0, 6.0)
    assert logistic(logit(0.9)) == pytest.approx(0.9)


def test_a_scorer_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "scorer.json"
    more = {"signals": {"valid": 3}, "contents": {"size": 1}, "calibration": {"direct": [2, 1]}}
    path.write_text(json.dumps(CONTENT | more), encoding="utf-8")
    assert read_scorer(path) == Scorer(
        {"a": 1.0}, -1.0, 2.0, 0.5, {"valid": 3.0}, {"size": 1.0}, {"direct": (2.0, 1.0)}
    )


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps(CONTENT | {"weights": 1})])
def test_a_broken_file_is_named(content: str, tmp_path: Path) -> None:
    path = tmp_path / "scorer.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ModelError, match=r"scorer\.json: not a scorer"):
        read_scorer(path)


def test_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scorer.json"
    path.write_text(json.dumps(CONTENT | {"version": VERSION + 1}), encoding="utf-8")
    with pytest.raises(ModelError, match="train it again"):
        read_scorer(path)


def test_a_language_may_have_no_scorer(tmp_path: Path) -> None:
    for path in ENGLISH.folder.iterdir():
        if path.name != "scorer.json":
            (tmp_path / path.name).symlink_to(path)
    assert load_scorer(Language.from_folder(tmp_path, code="xx")) is None
    assert load_scorer(ENGLISH) is not None
