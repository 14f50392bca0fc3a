"""Scores of antecedents from evidence and from the encoder's states of the words concerned.

In: the evidence for each candidate (`antecedent_features`), the words of the mention and of each
candidate's latest mentions with those that govern them, and the states of all words of the chunk.
Out: a score for nobody and for each candidate. The states of the mention's head and of the verb of
its clause are projected to a few units each, those of a candidate's mentions likewise; the products
of both stand beside the evidence in front of two hidden layers. A candidate's score is the
logarithm of the sum over its mentions. The weights belong to one encoder and lie in its folder;
`training.train_antecedents` makes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast, get_args

from quotes.errors import ModelError
from quotes.speakers.antecedent_features import Candidate, Evidence, MentionClass
from quotes.speakers.antecedent_syntax import clause_of, is_main
from quotes.speakers.discourse import Discourse
from quotes.speakers.mentions import Form, Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

VERSION = 1
WEIGHTS, SETTINGS = "antecedents.safetensors", "antecedents.json"
LATEST = 3  # mentions of a candidate that are read
FAR_SENTENCES = 6  # back: more count as this many
PLACES, FORMS = get_args(Place), get_args(Form)
FEATURES = len(PLACES) + len(FORMS) + 3
OWN_FEATURES = len(PLACES) + 3


class WordStateSource(Protocol):
    """Whatever gives the states of words in their sentences."""

    def of(self, sentences: Sequence[Sequence[str]]) -> Any:
        """Return the states of all words: words of all sentences x units."""


@dataclass(frozen=True, slots=True)
class MentionInput:
    """A mention as the network reads it.

    Attributes:
        head: Its head among all words of the chunk.
        verb: The verb of its clause, -1 where there is none.
        features: Numbers that tell its place.
    """

    head: int
    verb: int
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RankerInput:
    """A mention to be resolved, and the latest mentions of each candidate, the last first."""

    own: MentionInput
    candidates: tuple[tuple[MentionInput, ...], ...]


def ranker_input(discourse: Discourse, index: int, found: Mapping[int, Candidate]) -> RankerInput:
    """Return what the network reads of a mention and its candidates."""
    mention = discourse.mentions[index]
    own = (
        *(float(mention.place == place) for place in PLACES),
        float(index in discourse.of_source),
        float(is_main(discourse, mention)),
        float(discourse.is_marked(mention.span)),
    )
    return RankerInput(
        MentionInput(*_words(discourse, index), own),
        tuple(
            tuple(
                _candidate(discourse, index, one.mention)
                for one in candidate.seen[: -LATEST - 1 : -1]
            )
            for candidate in found.values()
        ),
    )


def _candidate(discourse: Discourse, index: int, at: int) -> MentionInput:
    mention, other = discourse.mentions[index], discourse.mentions[at]
    back = max(-1, min(mention.sentence - other.sentence, FAR_SENTENCES))
    features = (
        *(float(other.place == place) for place in PLACES),
        *(float(other.form == form) for form in FORMS),
        float(is_main(discourse, other)),
        float(discourse.is_marked(other.span)),
        back / LATEST,
    )
    return MentionInput(*_words(discourse, at), features)


def _words(discourse: Discourse, index: int) -> tuple[int, int]:
    """Return the numbers of a mention's head and of the verb of its clause."""
    mention = discourse.mentions[index]
    sentence, first = discourse.sentences[mention.sentence], discourse.first_words[mention.sentence]
    verb = clause_of(sentence, mention.governor)
    if verb < 0:
        verb = sentence.words[mention.governor].head
    return first + mention.head, first + verb if verb >= 0 else -1


@dataclass(frozen=True, slots=True)
class NetworkWeights:
    """The weights of one class of mentions.

    Attributes:
        names: The evidence that is read, in the order of the rows.
        arrays: `linear` (evidence), `own_head`, `own_verb`, `head`, `verb` (states x units) with
            `_bias` each, `hidden` (inputs x units), `middle` (units x units) with `_bias` each,
            `out` (units).
        scale: What the scores are divided by before the softmax (temperature).
    """

    names: Mapping[str, int]
    arrays: Mapping[str, Array]
    scale: float

    def scores(
        self, rows: Sequence[Evidence], given: RankerInput, states: Array | None = None
    ) -> Array:
        """Return the score of nobody (the first row) and of each candidate.

        Args:
            rows: The evidence for nobody and for each candidate.
            given: The words of the mention and of the candidates.
            states: The states of all words of the chunk (words x units), for weights that read
                them.
        """
        import numpy as np

        evidence = evidence_table(rows, self.names)
        inputs = [(row, one) for row, own in enumerate(given.candidates, 1) for one in own]
        owner = np.array([0, *(row for row, _ in inputs)])
        features = np.array([(0.0,) * FEATURES, *(one.features for _, one in inputs)], np.float32)
        own = np.tile(np.array(given.own.features, np.float32), (len(owner), 1))
        parts = [evidence[owner], features, own]
        if states is not None:
            parts += self._state_units(given.own, [one for _, one in inputs], states)
        layer: Array = np.concatenate(parts, axis=1).astype(np.float32)
        first = np.tanh(self._linear("hidden", layer))
        second = first + np.maximum(np.float32(0.0), self._linear("middle", first))
        found = second @ self.arrays["out"]
        scores = np.full(len(rows), -np.inf, np.float32)
        np.logaddexp.at(scores, owner, found)
        scores += evidence @ self.arrays["linear"]
        return (scores / self.scale).astype(np.float32)

    def _state_units(
        self, own: MentionInput, others: Sequence[MentionInput], states: Array
    ) -> list[Array]:
        """Return the projected states of the words of a mention and of others, nobody's first."""
        import numpy as np

        own_head = self._units("own_head", states, [own.head])
        own_verb = self._units("own_verb", states, [own.verb])
        head = self._units("head", states, [-1, *(one.head for one in others)])
        verb = self._units("verb", states, [-1, *(one.verb for one in others)])
        shape = (len(head), 1)
        return [
            head * own_head,
            verb * own_verb,
            head,
            verb,
            np.tile(own_head, shape),
            np.tile(own_verb, shape),
        ]

    def _linear(self, name: str, values: Array) -> Array:
        made: Array = values @ self.arrays[name] + self.arrays[f"{name}_bias"]
        return made

    def _units(self, name: str, states: Array, words: Sequence[int]) -> Array:
        """Return the projected states of words; word -1 has zeros for a state."""
        import numpy as np

        numbers = np.array(words, dtype=np.int64)
        chosen = np.where(numbers[:, None] >= 0, states[numbers], np.float32(0.0))
        units: Array = np.tanh(self._linear(name, chosen))
        return units


def evidence_table(rows: Sequence[Evidence], names: Mapping[str, int]) -> Array:
    """Return evidence as an array, rows x names; evidence without a column is left out."""
    import numpy as np

    absent = dict.fromkeys(names, 0.0)
    values = [itemgetter(*names)(absent | evidence) for evidence in rows]
    table: Array = np.array(values, dtype=np.float32).reshape(len(rows), len(names))
    return table


def network_weights(
    names: Sequence[str], arrays: Mapping[str, Array], scale: float
) -> NetworkWeights:
    """Return the weights of one class.

    Raises:
        ValueError: where the shapes of the arrays do not fit each other.
    """
    columns = {str(name): place for place, name in enumerate(names)}
    units, inputs = arrays["out"].shape[0], len(columns) + FEATURES + OWN_FEATURES
    if "head" in arrays:
        inputs += 6 * arrays["head"].shape[1]
    wanted = {
        "linear": (len(columns),),
        "hidden": (inputs, units),
        "hidden_bias": (units,),
        "middle": (units, units),
        "middle_bias": (units,),
    }
    for name, shape in wanted.items():
        if arrays[name].shape != shape:
            raise ValueError(f"{name}: {arrays[name].shape}, not {shape}")
    return NetworkWeights(columns, arrays, float(scale))


@dataclass(frozen=True, slots=True)
class AntecedentRanker:
    """The weights that read the states of an encoder, by class of mention, and its states."""

    weights: Mapping[MentionClass, NetworkWeights]
    states: WordStateSource


def load_ranker(folder: Path, states: WordStateSource) -> AntecedentRanker | None:
    """Load the ranker in the folder of a model, None where it has none.

    Raises:
        ModelError: naming the file that is missing or broken.
    """
    import numpy as np
    from safetensors.numpy import load_file

    path = folder / SETTINGS
    if not path.is_file():
        return None
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        if known["version"] != VERSION:
            raise ValueError(f"version {known['version']}, not {VERSION}")
        classes = known["classes"]
        path = folder / WEIGHTS
        arrays: dict[str, dict[str, Array]] = {}
        for key, value in load_file(path).items():
            name, _, part = key.partition(".")
            arrays.setdefault(name, {})[part] = value.astype(np.float32)
        weights = {
            cast("MentionClass", name): network_weights(one["evidence"], arrays[name], one["scale"])
            for name, one in classes.items()
        }
    except Exception as error:
        raise ModelError(
            f"{path}: no ranker of antecedents ({error!r}): install the package again, or train it "
            "with training/train_antecedents.py"
        ) from error
    return AntecedentRanker(weights, states)
