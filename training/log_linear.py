"""Log-linear models with an L2 penalty, fitted by L-BFGS.

In: features by name. Out: weights. Two losses: of labels (logistic regression) and of the options
of a group (softmax within each group).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

STEPS = 200


@dataclass(frozen=True)
class Rows:
    """A sparse matrix by its cells: row, column and value of each."""

    row: Tensor
    column: Tensor
    value: Tensor
    shape: tuple[int, int]

    def scores(self, weights: Tensor) -> Tensor:
        """Return the product with a vector of weights."""
        cells = weights[self.column] * self.value
        return torch.zeros(self.shape[0], dtype=torch.float64).index_add(0, self.row, cells)

    def take(self, chosen: np.ndarray) -> Rows:
        """Return some of the rows, in their order; `chosen` tells of each whether it stays."""
        kept = torch.from_numpy(chosen)
        place = torch.cumsum(kept.long(), 0) - 1
        cells = kept[self.row]
        return Rows(
            place[self.row[cells]],
            self.column[cells],
            self.value[cells],
            (int(kept.sum()), self.shape[1]),
        )


def names_of(rows: Iterable[Mapping[str, float]], min_count: int) -> list[str]:
    """Return the names of the features that occur in so many rows, sorted."""
    seen = Counter(name for row in rows for name in row)
    return sorted(name for name, count in seen.items() if count >= min_count)


def rows_of(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Rows:
    """Return rows of features as a matrix with a column for each name; others are left out."""
    place = {name: column for column, name in enumerate(names)}
    cells = [
        (number, place[name], value)
        for number, row in enumerate(rows)
        for name, value in row.items()
        if name in place
    ]
    row, column, value = zip(*cells, strict=True) if cells else ((), (), ())
    return Rows(
        torch.tensor(row, dtype=torch.long),
        torch.tensor(column, dtype=torch.long),
        torch.tensor(value, dtype=torch.float64),
        (len(rows), len(names)),
    )


def fit_labels(
    rows: Rows, labels: np.ndarray, penalty: float, importance: np.ndarray | None = None
) -> tuple[Tensor, float]:
    """Fit logistic regression.

    Returns:
        The weights, and the bias, which the penalty leaves out (the factor of half the squared
        weights).
    """
    right = torch.from_numpy(labels.astype(np.float64))
    counts = torch.ones_like(right) if importance is None else torch.from_numpy(importance)

    def loss(found: Tensor) -> Tensor:
        scores = rows.scores(found[:-1]) + found[-1]
        each = torch.nn.functional.binary_cross_entropy_with_logits(scores, right, reduction="none")
        return (counts * each).sum() + 0.5 * penalty * found[:-1].square().sum()

    found = _minimum(loss, rows.shape[1] + 1)
    return found[:-1], float(found[-1])


def fit_options(rows: Rows, group: np.ndarray, target: np.ndarray, penalty: float) -> Tensor:
    """Fit the weights that tell the options of a group apart.

    Args:
        rows: An option in each row.
        group: The number of the group of each option, from 0 on.
        target: The share of each option, which sum up to 1 in a group.
        penalty: As in `fit_labels`.
    """
    of, share = torch.from_numpy(group), torch.from_numpy(target)
    count = int(group.max()) + 1

    def loss(weights: Tensor) -> Tensor:
        scores = rows.scores(weights)
        highest = torch.zeros(count, dtype=torch.float64).scatter_reduce(
            0, of, scores.detach(), "amax", include_self=False
        )
        total = torch.zeros(count, dtype=torch.float64).index_add(
            0, of, torch.exp(scores - highest[of])
        )
        fitted = (highest + torch.log(total)).sum() - (share * scores).sum()
        return fitted + 0.5 * penalty * weights.square().sum()

    return _minimum(loss, rows.shape[1])


def _minimum(loss: Callable[[Tensor], Tensor], size: int) -> Tensor:
    """Return where a convex function of so many numbers is least."""
    at = torch.zeros(size, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([at], max_iter=STEPS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        value = loss(at)
        value.backward()
        return value

    optimizer.step(closure)
    return at.detach()


def platt(raw: np.ndarray, labels: np.ndarray, importance: np.ndarray) -> tuple[float, float]:
    """Fit slope and offset of the logistic map from raw scores to probabilities (Platt 1999)."""
    rows = rows_of([{"raw": value} for value in raw], ["raw"])
    weights, bias = fit_labels(rows, labels, 1e-6, importance)
    return float(weights[0]), bias


def calibration_error(
    p: np.ndarray, labels: np.ndarray, importance: np.ndarray, bins: int = 10
) -> float:
    """Return the expected calibration error over equally wide bins (Naeini et al. 2015)."""
    at = np.minimum((p * bins).astype(int), bins - 1)
    total = importance.sum()
    return float(
        sum(
            abs(((p - labels) * importance)[at == b].sum()) / total
            for b in range(bins)
            if (at == b).any()
        )
    )


def report(name: str, p: np.ndarray, labels: np.ndarray, importance: np.ndarray) -> None:
    """Print log loss, average precision and calibration error."""
    clipped = np.clip(p, 1e-9, 1 - 1e-9)
    each = labels * np.log(clipped) + (1 - labels) * np.log(1 - clipped)
    order = np.argsort(-p)
    precision = np.cumsum(labels[order]) / np.arange(1, len(p) + 1)
    average = float((precision * labels[order]).sum() / max(1, labels.sum()))
    print(
        f"{name}: {len(p)}, {labels.mean():.3f} right, "
        f"log loss {-(each * importance).sum() / importance.sum():.4f}, average precision "
        f"{average:.4f}, calibration error {calibration_error(p, labels, importance):.4f}",
        flush=True,
    )
