"""The probability that a candidate is right, from its features.

In: a tuple of feature names (`quotes.attribution.features`). Out: a probability; right means, as in
`quotes.evaluation`, that the content shares at least half its words with what an annotator marked
and the source is the annotator's. The model is logistic regression over features that are present
or not (weights in `data/<language>/scorer.json`, made by `training/train_attribution.py` on PolNeAR
train), followed by a monotone map that was fitted on held-out folds (Platt 1999), so that 0.9 means
right nine times in ten on such news.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from quotes.errors import ModelError
from quotes.language import Language

VERSION = 1
CONSTANT = "constant"  # the name of the weight that always counts
MAX_LOG_ODDS = 30.0  # either way
MAX_LOGIT = 6.0  # of a single probability, either way
CACHED_NUMBERS = 65_536  # the same words are asked about for each content that they may be in


@lru_cache(maxsize=CACHED_NUMBERS)
def logit(p: float) -> float:
    """Return the log odds of a probability, at most `MAX_LOGIT` either way."""
    return _clipped(math.log((p + 1e-9) / (1 - p + 1e-9)), MAX_LOGIT)


@lru_cache(maxsize=CACHED_NUMBERS)
def logistic(log_odds: float) -> float:
    """Return the probability of log odds, these at most `MAX_LOG_ODDS` either way."""
    return 1 / (1 + math.exp(-_clipped(log_odds, MAX_LOG_ODDS)))


def _clipped(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))


@dataclass(frozen=True)
class Scorer:
    """Weights by feature, a bias, slope and offset of the calibration.

    `signals` are the weights of the numbers that the tagger adds; the log odds of the features are
    one of these numbers. `contents` are the weights that choose between the contents of a candidate
    (`quotes.attribution.content_choice`). `calibration` holds, by type of quote, slope and offset
    of the map from the score of the signals to log odds, so that a probability means the same for
    each.
    """

    weights: Mapping[str, float]
    bias: float
    slope: float = 1.0
    offset: float = 0.0
    signals: Mapping[str, float] = field(default_factory=dict)
    contents: Mapping[str, float] = field(default_factory=dict)
    calibration: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def log_odds(self, features: Iterable[str]) -> float:
        """Return the log odds, at most `MAX_LOG_ODDS` either way.

        Features that training did not see count nothing.
        """
        weights = self.weights
        total = self.bias + sum(weights.get(feature, 0.0) for feature in features)
        return _clipped(self.slope * total + self.offset, MAX_LOG_ODDS)

    def probability(self, features: Iterable[str]) -> float:
        """Return the probability from features of rule, tree and words alone."""
        return logistic(self.log_odds(features))

    def combined(self, signals: Mapping[str, float], type_: str) -> float:
        """Return the probability from the numbers of `quotes.attribution.features.signals`.

        Args:
            signals: The numbers.
            type_: The type of the quote, for the calibration.
        """
        total = self.signals.get(CONSTANT, 0.0) + sum(
            self.signals.get(name, 0.0) * value for name, value in signals.items()
        )
        slope, offset = self.calibration.get(type_, (1.0, 0.0))
        return logistic(slope * total + offset)


def read_scorer(path: Path) -> Scorer:
    """Read a scorer from its file.

    Raises:
        ModelError: where the file is no scorer, or of another version; it names the file.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["version"] != VERSION:
            raise ModelError(
                f"{path}: version {content['version']}, this program reads {VERSION}; "
                "train it again with training/train_attribution.py"
            )
        return Scorer(
            _weights(content["weights"]),
            float(content["bias"]),
            float(content["slope"]),
            float(content["offset"]),
            _weights(content.get("signals", {})),
            _weights(content.get("contents", {})),
            {
                str(kind): (float(slope), float(offset))
                for kind, (slope, offset) in content.get("calibration", {}).items()
            },
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{path}: not a scorer ({error}); "
            "install the package again or train it with training/train_attribution.py"
        ) from error


def _weights(content: Mapping[str, float]) -> dict[str, float]:
    return {str(name): float(weight) for name, weight in content.items()}


@cache
def load_scorer(language: Language) -> Scorer | None:
    """Load the scorer of a language; None where it has none (`Candidate.prior` then serves)."""
    path = language.folder / "scorer.json"
    return read_scorer(path) if path.is_file() else None
