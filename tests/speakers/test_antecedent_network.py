"""Scores of antecedents that read states of words, with weights and states made by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import save_file

from quotes.errors import ModelError
from quotes.speakers import DocumentEntities
from quotes.speakers.antecedent_features import candidates
from quotes.speakers.antecedent_network import (
    FEATURES,
    OWN_FEATURES,
    AntecedentRanker,
    load_ranker,
    network_weights,
    ranker_input,
)
from quotes.speakers.antecedents import probabilities
from quotes.speakers.discourse import Discourse
from quotes.speakers.resolution import read_discourse
from tests.builders import build_analysis

Array = NDArray[np.float32]
TABLE = """
    Anna   Anna   PROPN 2 compound
    Roe    Roe    PROPN 3 nsubj
    met    meet   VERB  0 root
    Ella   Ella   PROPN 5 compound
    Park   Park   PROPN 3 obj
    .      .      PUNCT 3 punct

    She    she    PRON  2 nsubj
    left   leave  VERB  0 root
    .      .      PUNCT 2 punct
"""
PEOPLE = {"Anna Roe": "PER", "Ella Park": "PER"}
STATE = 2  # units of the states below


class States:
    """Zeros for all words but those named, which have ones in the first unit."""

    def __init__(self, *marked: str) -> None:
        self.marked = marked

    def of(self, sentences: Sequence[Sequence[str]]) -> Array:
        words = [word for sentence in sentences for word in sentence]
        return np.array([[float(word in self.marked), 0.0] for word in words], dtype=np.float32)


def arrays(*, units: int = STATE, evidence: int = 1) -> dict[str, Array]:
    """Return weights for which nothing counts but the product of two heads' first units."""
    inputs = evidence + FEATURES + OWN_FEATURES + 6 * units
    hidden = np.zeros((inputs, 1), dtype=np.float32)
    hidden[evidence + FEATURES + OWN_FEATURES] = 1.0
    one = np.eye(STATE, units, dtype=np.float32)
    made = {
        "linear": np.zeros(evidence, dtype=np.float32),
        "hidden": hidden,
        "middle": np.zeros((1, 1), dtype=np.float32),
        "out": np.full(1, 5.0, dtype=np.float32),
    }
    made |= dict.fromkeys(("own_head", "own_verb", "head", "verb"), one)
    biases = {f"{name}_bias": np.zeros(own.shape[-1], np.float32) for name, own in made.items()}
    return made | {name: biases[name] for name in biases if name not in ("linear_bias", "out_bias")}


def read(ranker: AntecedentRanker | None) -> tuple[Discourse, int]:
    analysis = build_analysis(TABLE, entities=PEOPLE)
    discourse, _, _ = read_discourse(analysis, (), DocumentEntities(), ranker=ranker)
    return discourse, next(i for i, m in enumerate(discourse.mentions) if m.is_pronoun)


def likely(ranker: AntecedentRanker | None) -> dict[str, float]:
    discourse, she = read(ranker)
    found = probabilities(discourse, she)
    return {discourse.referents[number].text: share for number, share in found.items()}


@pytest.mark.parametrize("name", PEOPLE)
def test_the_states_of_both_heads_decide(name: str) -> None:
    weights = network_weights(["only one"], arrays(), 1.0)
    ranker = AntecedentRanker({"personal": weights}, States("She", name.split()[-1]))
    found = likely(ranker)
    assert max(found, key=lambda one: found[one]) == name
    assert sum(found.values()) < 1.0  # nobody has a share


def test_without_a_ranker_the_evidence_alone_decides() -> None:
    network = network_weights(["only one"], arrays(), 1.0)
    other = AntecedentRanker({"neuter": network}, States("She", "Park"))
    assert likely(None) == likely(other)
    assert likely(None)["Anna Roe"] > likely(None)["Ella Park"]


def test_the_latest_mentions_come_first_with_their_clauses() -> None:
    discourse, she = read(None)
    found = candidates(discourse, she)
    given = ranker_input(discourse, she, found)
    assert (given.own.head, given.own.verb) == (6, 7)
    assert [[(one.head, one.verb) for one in own] for own in given.candidates] == [
        [(1, 2)], [(4, 2)],
    ]  # fmt: skip
    assert all(len(one.features) == FEATURES for own in given.candidates for one in own)
    assert len(given.own.features) == OWN_FEATURES


def test_a_scale_makes_answers_less_sure() -> None:
    states = States("She", "Roe")
    sure, unsure = (
        likely(AntecedentRanker({"personal": network_weights(["x"], arrays(), scale)}, states))
        for scale in (1.0, 2.0)
    )
    assert sure["Anna Roe"] > unsure["Anna Roe"] > unsure["Ella Park"] > sure["Ella Park"]


def write(folder: Path, **settings: object) -> None:
    classes = {"personal": {"evidence": ["only one"], "scale": 1.0}}
    known = {"version": 1, "classes": classes} | settings
    (folder / "antecedents.json").write_text(json.dumps(known), encoding="utf-8")
    weights = {f"personal.{name}": own.astype(np.float16) for name, own in arrays().items()}
    save_file(weights, folder / "antecedents.safetensors")


def test_a_ranker_is_read_from_a_folder(tmp_path: Path) -> None:
    assert load_ranker(tmp_path, States()) is None
    write(tmp_path)
    found = likely(load_ranker(tmp_path, States("She", "Park")))
    assert found["Ella Park"] > found["Anna Roe"]


@pytest.mark.parametrize(
    "settings",
    [{"version": 99}, {"classes": {"personal": {}}}, {"classes": {"plural": {}}}],
)
def test_a_broken_ranker_is_refused(tmp_path: Path, settings: dict[str, object]) -> None:
    write(tmp_path, **settings)
    with pytest.raises(ModelError, match="ranker of antecedents"):
        load_ranker(tmp_path, States())


def test_weights_that_do_not_fit_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="hidden"):
        network_weights(
            ["one", "two"], arrays(evidence=1) | {"linear": np.zeros(2, dtype=np.float32)}, 1.0
        )
