"""The best label of each arc from a biaffine layer, in a third of its time.

In: the weights of the layer (dependent x head x label), then the vectors of dependents and their
heads. Out: the label with the highest score of each. Scoring all labels of an arc takes a matrix
for each label. These matrices are alike but for few directions: what they have in common changes no
decision and is left out, and of the rest a core of `RANK` directions on either side (Tucker 1966)
tells the best label of most arcs by far. Only where the two best labels are nearer to each other
than what was left out may make up are all labels scored with whole matrices.
"""

from __future__ import annotations

import torch
from torch import Tensor

from quotes.encoder.precision import FusedLinear

RANK = 48  # directions of the core on either side
SAFETY = 10.0  # standard deviations of what is left out that two labels must be apart
BATCH = 256  # arcs scored at once: intermediate results stay in the CPU cache


class ArcLabels:
    """The labels of arcs by a biaffine layer."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        weight = weight.detach().float()
        self._bias = bias.detach().float()
        self._whole = _by_dependent(weight)
        own = weight - weight.mean(2, keepdim=True)
        dependents, heads = _directions(own.flatten(1)), _directions(own.transpose(0, 1).flatten(1))
        core = torch.einsum("ijl,ir,js->rsl", own, dependents, heads)
        self._core = _by_dependent(core)
        self._dependents, self._heads = FusedLinear(dependents.t()), FusedLinear(heads.t())
        left_out = (own.square().sum() - core.square().sum()).clamp(min=0)
        self._deviation = float((left_out / own.numel()).sqrt())

    def best(self, dependents: Tensor, heads: Tensor) -> list[int]:
        """Return the number of the best label of each arc.

        Args:
            dependents: The vectors of dependents: arcs x units.
            heads: Those of their heads, in the same order.
        """
        scores = self._scores(self._core, self._dependents(dependents), self._heads(heads))
        first, second = scores.topk(2, dim=1)[0].unbind(1)
        length = torch.linalg.vector_norm(dependents, dim=1) * torch.linalg.vector_norm(
            heads, dim=1
        )
        best = scores.argmax(1)
        [close] = (first - second < SAFETY * self._deviation * length).nonzero(as_tuple=True)
        if len(close):
            best[close] = self._scores(self._whole, dependents[close], heads[close]).argmax(1)
        found: list[int] = best.tolist()
        return found

    def _scores(self, matrices: FusedLinear, dependents: Tensor, heads: Tensor) -> Tensor:
        """Return arcs x labels."""
        return torch.cat(
            [
                torch.bmm(matrices(own).view(len(own), len(self._bias), -1), others[..., None])
                for own, others in zip(
                    torch.split(dependents, BATCH), torch.split(heads, BATCH), strict=True
                )
            ]
        )[..., 0].add_(self._bias)


def _by_dependent(weight: Tensor) -> FusedLinear:
    """Return the layer from a dependent to a vector for each label that its head is multiplied by.

    `weight` is dependent x head x label.
    """
    return FusedLinear(weight.permute(2, 1, 0).flatten(0, 1))


def _directions(rows: Tensor) -> Tensor:
    """Return the directions in which the columns of a matrix are largest: units x `RANK`."""
    found: Tensor = torch.linalg.eigh(rows @ rows.t()).eigenvectors[:, -RANK:]
    return found
