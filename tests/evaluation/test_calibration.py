"""Bins, calibration error and coverage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.evaluation import (
    calibration,
)

PREDICTIONS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


@given(PREDICTIONS)
def test_bins_hold_every_quote_once_and_the_error_is_a_share(
    predictions: list[tuple[float, bool]],
) -> None:
    bins = calibration.reliability(predictions)
    assert sum(b.size for b in bins) == len(predictions)
    assert sum(b.right for b in bins) == sum(right for _, right in predictions)
    assert 0 <= calibration.calibration_error(bins) <= 1
    assert all(
        low - 1e-9 <= b.accuracy <= high + 1e-9
        for b in bins
        if b.size
        for low, high in [b.interval()]
    )


@given(PREDICTIONS, st.sampled_from([0.5, 0.9, 0.95]))
def test_coverage_keeps_its_precision_and_no_lower_confidence_would(
    predictions: list[tuple[float, bool]], precision: float
) -> None:
    found = calibration.coverage(predictions, precision)

    def precise(least: float) -> bool:
        kept = [right for confidence, right in predictions if confidence >= least]
        return sum(kept) >= precision * len(kept)

    levels = {confidence for confidence, _ in predictions}
    assert found.min_confidence is None or precise(found.min_confidence)
    bound = 2.0 if found.min_confidence is None else found.min_confidence
    assert not any(precise(level) for level in levels if level < bound)


def test_calibration_error_worked_out_by_hand() -> None:
    predictions = [(0.95, True)] * 9 + [(0.95, False)] + [(0.25, True)] * 5 + [(0.25, False)] * 5
    assert calibration.calibration_error(calibration.reliability(predictions)) == pytest.approx(
        (0.05 + 0.25) / 2
    )
