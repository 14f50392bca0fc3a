"""How far a confidence can be trusted.

In: pairs of a confidence and whether the quote was right. Out: bins of equal width with the expected calibration error (Naeini, Cooper and
Hauskrecht, AAAI 2015), and the share of the quotes that can be kept at a stated precision.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

BINS = 10
NORMAL_95 = 1.96  # standard deviations

Judged = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Bin:
    """The quotes with a confidence from `low` to under `high` (the last: up to 1): how many, their mean confidence, how many are right."""

    low: float
    high: float
    size: int = 0
    confidence: float = 0.0
    right: int = 0

    @property
    def accuracy(self) -> float:
        return self.right / self.size if self.size else 0.0

    def interval(self) -> tuple[float, float]:
        """Where the true accuracy lies with 95% (Wilson 1927)."""
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
    """The most that can be kept at a precision: quotes with at least `least` confidence. `least` is None where nothing can."""

    precision: float
    least: float | None
    kept: int
    right: int
    of: int

    @property
    def share(self) -> float:
        return self.kept / self.of if self.of else 0.0


def reliability(judged: Sequence[Judged], *, bins: int = BINS) -> tuple[Bin, ...]:
    """Bins of equal width from 0 to 1, empty ones too."""
    edges = [n / bins for n in range(bins + 1)]
    return tuple(
        _bin(low, high, [(c, right) for c, right in judged if _place(c, bins) == n])
        for n, (low, high) in enumerate(pairwise(edges))
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """The mean distance of confidence and accuracy over the bins, weighted by their sizes; 0 without quotes."""
    total = sum(b.size for b in bins)
    return sum(b.size * abs(b.accuracy - b.confidence) for b in bins) / total if total else 0.0


def coverage(judged: Sequence[Judged], precision: float) -> Coverage:
    """The lowest confidence from which on the quotes are right at this rate."""
    best = Coverage(precision, None, 0, 0, len(judged))
    kept = right = 0
    for confidence in sorted({c for c, _ in judged}, reverse=True):
        level = [hit for c, hit in judged if c == confidence]
        kept, right = kept + len(level), right + sum(level)
        if right >= precision * kept:
            best = Coverage(precision, confidence, kept, right, len(judged))
    return best


def _place(confidence: float, bins: int) -> int:
    return min(int(confidence * bins), bins - 1)


def _bin(low: float, high: float, judged: Sequence[Judged]) -> Bin:
    mean = sum(c for c, _ in judged) / len(judged) if judged else 0.0
    return Bin(low, high, len(judged), mean, sum(right for _, right in judged))
