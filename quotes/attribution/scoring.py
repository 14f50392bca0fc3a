"""The probability that a candidate is right, from its features.

In: a tuple of feature names (`quotes.attribution.features`). Out: a probability; right means, as in `evaluate`, that the content shares at
least half its words with what an annotator marked and the source is the annotator's. The model is logistic regression over features that
are present or not (weights in `data/<language>/scorer.json`, made by `training/train_scorer.py` on PolNeAR train), followed by a monotone
map that was fitted on held-out folds (Platt 1999), so that 0.9 means right nine times in ten on such news.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from quotes.errors import ModelError
from quotes.language import Language

VERSION = 1
CONSTANT = "constant"  # the name of the weight that always counts


@dataclass(frozen=True)
class Scorer:
    """Weights by feature, a bias, and slope and offset of the calibration; `signals` are the weights of the tagger's numbers, which take
    the log odds of the rest as one of them."""

    weights: Mapping[str, float]
    bias: float
    slope: float = 1.0
    offset: float = 0.0
    signals: Mapping[str, float] = field(default_factory=dict)

    def odds(self, features: Iterable[str]) -> float:
        """The logarithm of the odds, at most 30 either way; features that training did not see count nothing."""
        weights = self.weights
        total = self.bias + sum(weights.get(feature, 0.0) for feature in features)
        return max(-30.0, min(30.0, self.slope * total + self.offset))

    def probability(self, features: Iterable[str]) -> float:
        """Between 0 and 1, from features of rule, tree and words alone."""
        return 1 / (1 + math.exp(-self.odds(features)))

    def combined(self, signals: Mapping[str, float]) -> float:
        """Between 0 and 1, from the numbers of `quotes.attribution.signals`."""
        total = self.signals.get(CONSTANT, 0.0) + sum(
            self.signals.get(name, 0.0) * value for name, value in signals.items()
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def read_scorer(path: Path) -> Scorer:
    """A scorer from its file. Raises ModelError naming the file."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["version"] != VERSION:
            raise ModelError(
                f"{path}: version {content['version']}, this program reads {VERSION}; train it again with training/train_scorer.py"
            )
        weights = {str(name): float(weight) for name, weight in content["weights"].items()}
        signals = {str(name): float(weight) for name, weight in content.get("signals", {}).items()}
        return Scorer(
            weights,
            float(content["bias"]),
            float(content["slope"]),
            float(content["offset"]),
            signals,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{path}: not a scorer ({error}); install the package again or train it with training/train_scorer.py"
        ) from error


@cache
def load_scorer(language: Language) -> Scorer | None:
    """Return the scorer of a language, None where it has none.

    Then every attribution that rules find has the same confidence.
    """
    path = language.folder / "scorer.json"
    return read_scorer(path) if path.is_file() else None
