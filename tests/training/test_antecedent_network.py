"""The network of the ranker in torch: it scores as the program does, and learns from states."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import torch

from quotes.speakers.antecedent_network import (
    FEATURES,
    OWN_FEATURES,
    MentionInput,
    RankerInput,
    load_ranker,
    network_weights,
)
from training import antecedent_network as network
from training.antecedent_examples import Example

UNITS, WORDS = 6, 40


def examples(count: int = 60) -> list[Example]:
    """Return mentions of which the right candidate is the one with the state of the mention."""
    order, made = random.Random(0), []
    states = np.random.default_rng(0).normal(size=(WORDS, UNITS)).astype(np.float16)
    for number in range(count):
        own, *others = order.sample(range(WORDS - 1), 3)
        states[own + 1] = states[own] if number % 2 else states[own + 1]
        heads = [own, *others[:1]]
        right = (False, True, False)
        flags = (0.0,) * FEATURES
        given = RankerInput(
            MentionInput(own, -1, (1.0,) * OWN_FEATURES),
            tuple(
                (MentionInput(head, own, flags), MentionInput(head, -1, flags)) for head in heads
            ),
        )
        rows = ({"nobody": 1.0}, {"near": 0.5}, {"near": 0.25})
        made.append(Example(f"d{number}", "gap", "personal", False, rows, right, given, states))
    return made


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "EPOCHS", 3)
    monkeypatch.setattr(network, "COMPONENTS", 4)


def test_the_program_scores_as_the_trained_network(tmp_path: Path) -> None:
    known = examples()
    names = network.names_of(known)
    assert names == ["near", "nobody"]
    data = network.table(known, names, lambda _: 1.0)
    model = network.train(data, range(50), seed=1)
    scores, owner, _ = network.scores_of(model, data, [3, 51])
    arrays = network.arrays_of(model, data)
    weights = network_weights(names, arrays, 2.0)
    for place, number in enumerate((3, 51)):
        example = known[number]
        assert example.states is not None
        states = example.states.astype(np.float32)
        given = weights.scores(example.rows, example.given, states)
        wanted = scores[owner == place].numpy() / 2.0
        assert given == pytest.approx(wanted, abs=1e-4)
    network.save(tmp_path, {"personal": (names, arrays, 2.0)}, "made up")
    ranker = load_ranker(tmp_path, None)  # type: ignore[arg-type]
    assert ranker is not None
    assert ranker.weights["personal"].names == weights.names


def test_a_class_is_fitted_with_a_scale_and_weights_by_hand() -> None:
    known = examples()
    names, arrays, scale = network.fit(
        known, lambda _: 1.0, lambda e: int(e.group[1:]) % 3 or None, {"near": -2.0}
    )
    assert scale in network.SCALES
    assert arrays["linear"][names.index("near")] == -2.0
    assert not arrays["hidden"][names.index("near")].any()


def test_without_states_evidence_alone_is_read() -> None:
    known = [
        Example(e.group, e.corpus, e.name, e.source, e.rows, e.right, e.given) for e in examples(30)
    ]
    data = network.table(known, ["near"], lambda _: 1.0)
    assert data.states is None
    model = network.train(data, range(30), seed=1)
    assert "head" not in network.arrays_of(model, data)


def test_the_logarithm_of_a_sum_keeps_to_its_owner() -> None:
    values, owner = torch.tensor([0.0, 0.0, 3.0]), torch.tensor([0, 0, 1])
    shares = network.log_shares(values, owner, 2).exp()
    assert shares.tolist() == pytest.approx([0.5, 0.5, 1.0])
