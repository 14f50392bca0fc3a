"""How far a confidence can be trusted.

In: confidences, each with whether the quote was right. Out: bins of equal width with the expected
calibration error (Naeini, Cooper and Hauskrecht, AAAI 2015), and the coverage at a given precision:
the share of the quotes that remains.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

BINS = 10
NORMAL_95 = 1.96  # standard deviations

Prediction = tuple[float, bool]  # the confidence of a quote, and whether it is right


@dataclass(frozen=True, slots=True)
class Bin:
    """The quotes with a confidence from `low` to below `high` (in the last bin, up to 1).

    Attributes:
        low: The lower bound.
        high: The upper bound.
        size: The number of quotes.
        confidence: Their mean confidence.
        right: The number of right ones.
    """

    low: float
    high: float
    size: int = 0
    confidence: float = 0.0
    right: int = 0

    @property
    def accuracy(self) -> float:
        """The share of right quotes; 0 in an empty bin."""
        return self.right / self.size if self.size else 0.0

    def interval(self) -> tuple[float, float]:
        """Return the 95% confidence interval of the accuracy (Wilson 1927)."""
        if not self.size:
            return 0.0, 1.0
        square, p = NORMAL_95**2, self.accuracy
        middle = (p + square / (2 * self.size)) / (1 + square / self.size)
        half = (
            NORMAL_95
            * math.sqrt(p * (1 - p) / self.size + square / (4 * self.size**2))
            / (1 + square / self.size)
        )
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The most quotes that reach a precision.

    Attributes:
        precision: The precision to reach.
        min_confidence: The confidence from which the quotes reach it; None where none do.
        quotes: The number of quotes of at least that confidence.
        right: The number of right ones.
        total: The number of all quotes.
    """

    precision: float
    min_confidence: float | None
    quotes: int
    right: int
    total: int

    @property
    def share(self) -> float:
        """The share of the quotes that remains."""
        return self.quotes / self.total if self.total else 0.0


def reliability(predictions: Sequence[Prediction], *, bins: int = BINS) -> tuple[Bin, ...]:
    """Return bins of equal width from 0 to 1, empty ones too."""
    edges = [n / bins for n in range(bins + 1)]
    return tuple(
        _bin(low, high, [(c, right) for c, right in predictions if _place(c, bins) == n])
        for n, (low, high) in enumerate(pairwise(edges))
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error; 0 without quotes.

    It is the mean distance of confidence and accuracy over the bins, weighted by their sizes.
    """
    total = sum(b.size for b in bins)
    return sum(b.size * abs(b.accuracy - b.confidence) for b in bins) / total if total else 0.0


def coverage(predictions: Sequence[Prediction], precision: float) -> Coverage:
    """Find the lowest confidence from which the quotes reach a precision."""
    best = Coverage(precision, None, 0, 0, len(predictions))
    quotes = right = 0
    for confidence in sorted({c for c, _ in predictions}, reverse=True):
        level = [hit for c, hit in predictions if c == confidence]
        quotes, right = quotes + len(level), right + sum(level)
        if right >= precision * quotes:
            best = Coverage(precision, confidence, quotes, right, len(predictions))
    return best


def _place(confidence: float, bins: int) -> int:
    """Return the number of the bin of a confidence."""
    return min(int(confidence * bins), bins - 1)


def _bin(low: float, high: float, predictions: Sequence[Prediction]) -> Bin:
    """Return a bin of these quotes."""
    mean = sum(c for c, _ in predictions) / len(predictions) if predictions else 0.0
    return Bin(low, high, len(predictions), mean, sum(right for _, right in predictions))
