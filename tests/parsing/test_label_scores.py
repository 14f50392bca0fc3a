"""The best labels of arcs are those of the whole biaffine layer, most of them found without it."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor

from quotes.encoder import precision
from quotes.parsing.label_scores import ArcLabels

UNITS, LABELS, ARCS, FEW = 129, 20, 1_000, 20


def layer(noise: float) -> tuple[Tensor, Tensor]:
    """Return a layer whose matrices are alike in all but a few directions and some noise."""
    torch.manual_seed(1)
    core = torch.randn(FEW, FEW, LABELS) / FEW
    dependents, heads = torch.randn(UNITS, FEW), torch.randn(UNITS, FEW)
    weight = torch.einsum("rsl,ir,js->ijl", core, dependents, heads) + torch.randn(UNITS, UNITS, 1)
    return weight + noise * torch.randn(weight.shape), torch.randn(LABELS)


def arcs() -> tuple[Tensor, Tensor]:
    """Return vectors of dependents and heads, not negative and many of them zero."""
    return torch.randn(ARCS, UNITS).relu(), torch.randn(ARCS, UNITS).relu()


@pytest.mark.parametrize(
    ("noise", "whole"), [(0.0, (0, 10)), (0.02, (10, 500)), (1.0, (500, ARCS))]
)
def test_the_best_labels_are_those_of_the_whole_layer(
    monkeypatch: pytest.MonkeyPatch, noise: float, whole: tuple[int, int]
) -> None:
    monkeypatch.setattr(precision, "uses_bfloat16", lambda: False)
    (weight, bias), (dependents, heads) = layer(noise), arcs()
    labels = ArcLabels(weight, bias)
    sizes: list[int] = []
    plain = ArcLabels._scores

    def scored(self: ArcLabels, matrices: precision.FusedLinear, *vectors: Tensor) -> Tensor:
        if matrices is self._whole:
            sizes.append(len(vectors[0]))
        return plain(self, matrices, *vectors)

    monkeypatch.setattr(ArcLabels, "_scores", scored)
    wanted = torch.einsum("ai,ijl,aj->al", dependents, weight, heads) + bias
    assert labels.best(dependents, heads) == wanted.argmax(1).tolist()
    assert whole[0] <= sum(sizes) <= whole[1]


def test_labels_of_real_sentences_are_those_of_the_whole_layer(
    exact: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quotes.records import Document
    from tests.paths import ROOT

    seen: list[tuple[Tensor, Tensor, list[int]]] = []
    plain = ArcLabels.best

    def best(self: ArcLabels, dependents: Tensor, heads: Tensor) -> list[int]:
        found = plain(self, dependents, heads)
        seen.append((dependents, heads, found))
        return found

    monkeypatch.setattr(ArcLabels, "best", best)
    for path in sorted((ROOT / "seeds").glob("*.txt")):
        exact.parse(Document(id=path.stem, text=path.read_text(encoding="utf-8")))
    scorer = exact._loaded.multitask._parser._model.deprel.scorer.W_bilin
    for dependents, heads, found in seen:
        with torch.no_grad():
            whole = torch.einsum("ai,ijl,aj->al", dependents, scorer.weight, heads) + scorer.bias
        assert found == whole.argmax(1).tolist()
    assert sum(len(found) for *_, found in seen) > 500
