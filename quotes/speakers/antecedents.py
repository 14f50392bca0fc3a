"""How likely each referent is to be meant by a pronoun or a description.

In: a mention and the discourse up to it. Out: a probability for each referent that number, gender
and kind allow; what is missing to 1 is the probability that none of them is meant. Each candidate
and "nobody" get a score from their evidence (`antecedent_features`), linear and through one hidden
layer, and a softmax over all of them makes probabilities (a mention ranker, Denis and Baldridge
2008). The weights are in `antecedents.json` of the language, trained by
`training.train_antecedents`; a language without them has no antecedents of pronouns of the third
person. Classes of mentions for which the model has a network over its encoder's states
(`antecedent_network`) get their scores from that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING, Any, get_args

from quotes.errors import ModelError
from quotes.language import Language
from quotes.speakers.antecedent_features import (
    Evidence,
    MentionClass,
    candidates,
    class_of,
    nobody_evidence,
)
from quotes.speakers.antecedent_network import evidence_table, ranker_input
from quotes.speakers.discourse import Discourse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

VERSION = 2  # of the file of weights


@dataclass(frozen=True, slots=True)
class RankerWeights:
    """The weights of one class of mentions.

    Attributes:
        names: The evidence that is used, in the order of the rows.
        linear: A weight for each.
        hidden: Weights of the hidden units: evidence x units.
        bias: One for each hidden unit.
        out: The weight of each hidden unit in the score.
        scale: What the scores are divided by before the softmax (temperature).
    """

    names: Mapping[str, int]
    linear: Array
    hidden: Array
    bias: Array
    out: Array
    scale: float

    def scores(self, rows: Sequence[Evidence]) -> Array:
        """Return the score of each row of evidence."""
        import numpy as np

        table = evidence_table(rows, self.names)
        units = np.tanh(table @ self.hidden + self.bias)
        scores: Array = (table @ self.linear + units @ self.out) / self.scale
        return scores


Weights = Mapping[MentionClass, RankerWeights]


@cache
def load_weights(language: Language) -> Weights:
    """Return the weights of a language by class of mention, none where it has no file of them.

    Raises:
        ModelError: where the file is no file of weights, or of another version.
    """
    path = language.folder / "antecedents.json"
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["version"] != VERSION:
            raise ModelError(
                f"{path}: version {content['version']}, this program reads {VERSION}: "
                "install the package again"
            )
        return {name: weights_of(content["weights"][name]) for name in get_args(MentionClass)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: no weights of antecedents ({error!r})") from error


def weights_of(content: Mapping[str, Any]) -> RankerWeights:
    """Return the weights of one class as the file has them."""
    import numpy as np

    names = {str(name): place for place, name in enumerate(content["evidence"])}
    linear, hidden, bias, out = (
        np.array(content[name], dtype=np.float32) for name in ("linear", "hidden", "bias", "out")
    )
    if linear.shape != (len(names),) or hidden.shape != (len(names), *bias.shape):
        raise ValueError(f"{linear.shape} and {hidden.shape} for {len(names)} names")
    return RankerWeights(names, linear, hidden, bias, out, float(content["scale"]))


def probabilities(discourse: Discourse, index: int) -> dict[int, float]:
    """Return for each referent that a mention can mean the probability that it does.

    Where the model has a network for mentions of this class, the logarithms of its probabilities
    and of those of the evidence alone are averaged.
    """
    name = class_of(discourse.mentions[index])
    weights = load_weights(discourse.lexicon.language).get(name)
    network = discourse.ranker.weights.get(name) if discourse.ranker is not None else None
    found = candidates(discourse, index) if weights or network else {}
    if not found:
        return {}
    rows = [nobody_evidence(discourse, index, found), *(c.evidence for c in found.values())]
    scores = []
    if weights is not None:
        scores.append(log_shares(weights.scores(rows)))
    if network is not None:
        given = ranker_input(discourse, index, found)
        scores.append(log_shares(network.scores(rows, given, discourse.states)))
    shares = [exp(sum(each) / len(each)) for each in zip(*scores, strict=True)]
    total = sum(shares)
    return {number: share / total for number, share in zip(found, shares[1:], strict=True)}


def log_shares(scores: Array) -> list[float]:
    """Return the logarithm of the share of each score in the softmax of all."""
    top = float(max(scores))
    total = log(sum(exp(float(score) - top) for score in scores))
    return [float(score) - top - total for score in scores]
