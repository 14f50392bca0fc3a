"""The network of `quotes.speakers.antecedent_network` in torch, and its training.

In: examples with evidence, words and states. Out: the arrays of `NetworkWeights`. Without states
the network reads evidence and the places of mentions only.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import Tensor, nn

from quotes.speakers.antecedent_network import (
    FEATURES,
    OWN_FEATURES,
    SETTINGS,
    VERSION,
    WEIGHTS,
    evidence_table,
)
from training.antecedent_examples import Example

Array = NDArray[np.float32]
UNITS, STATE_UNITS = 48, 12
SAMPLE = 20_000  # states from which the components are computed
COMPONENTS = 128  # of the states, by which they are read
DROPOUT, STATE_DROPOUT = 0.3, 0.5
RATE, EPOCHS, BATCH = 2e-3, 8, 96
DECAY, STATE_DECAY = 1e-2, 1e-1
LARGEST_NORM = 5.0  # of a gradient
MIN_COUNT = 20  # mentions in which evidence must occur
SCALES = (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75, 2.0)
NOTHING = 1e-6  # the least probability that counts in the loss


@dataclass(frozen=True)
class Table:
    """Examples of one class as arrays.

    `owner` is the example of each row (nobody or a candidate), `row` the row of each input (a
    mention of a candidate; nobody has one without words), `head` and `verb` numbers into `states`,
    whose last row is that of no word; `own` of each example its features, head and verb.
    """

    evidence: Tensor
    owner: Tensor
    right: Tensor
    weight: Tensor
    row: Tensor
    features: Tensor
    head: Tensor
    verb: Tensor
    own: tuple[Tensor, Tensor, Tensor]
    states: Components | None
    first_rows: Tensor
    first_inputs: Tensor
    examples: Sequence[Example]


@dataclass(frozen=True)
class Components:
    """States by their principal components: values = (states - mean) @ basis."""

    values: Tensor
    mean: Tensor
    basis: Tensor


def components_of(states: Tensor) -> Components:
    """Return the components of states (words x units), and behind them those of zeros."""
    torch.manual_seed(0)
    sample = states[torch.randperm(len(states))[:SAMPLE]].float()
    mean = sample.mean(0)
    _, _, basis = torch.pca_lowrank(sample - mean, q=min(COMPONENTS, *sample.shape), center=False)
    basis = basis / ((sample - mean) @ basis).std()
    values = torch.cat([(part.float() - mean) @ basis for part in states.split(SAMPLE)])
    return Components(torch.cat((values, (-mean @ basis)[None])), mean, basis)


class _Words:
    """The states of words that examples read, each once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], int] = {}
        self._rows: list[NDArray[np.float16]] = []
        self.units = 0

    def number(self, example: Example, word: int) -> int:
        """Return the place of a word's state, -1 of none."""
        if word < 0 or example.states is None:
            return -1
        key = (id(example.states), word)
        if key not in self._known:
            self._known[key] = len(self._rows)
            self._rows.append(example.states[word])
        return self._known[key]

    def components(self) -> Components | None:
        """Return the principal components of the states and, last, of zeros."""
        if not self._rows:
            return None
        return components_of(torch.from_numpy(np.stack(self._rows)))


def table(
    examples: Sequence[Example], names: Sequence[str], weight_of: Callable[[Example], float]
) -> Table:
    """Return examples as arrays; `names` are the columns of evidence."""
    place, words = {name: i for i, name in enumerate(names)}, _Words()
    row, features, head, verb = [], [], [], []
    first_inputs = [0]
    at = 0
    for example in examples:
        inputs = [(0, -1, -1, (0.0,) * FEATURES)]
        for number, mentions in enumerate(example.given.candidates, 1):
            inputs += [(number, one.head, one.verb, one.features) for one in mentions]
        for number, of_head, of_verb, flags in inputs:
            row.append(at + number)
            head.append(words.number(example, of_head))
            verb.append(words.number(example, of_verb))
            features.append(flags)
        at += len(example.rows)
        first_inputs.append(len(row))
    own = [example.given.own for example in examples]
    own_features = [one.features or (0.0,) * OWN_FEATURES for one in own]
    counts = [len(example.rows) for example in examples]
    return Table(
        torch.from_numpy(evidence_table([r for e in examples for r in e.rows], place)),
        torch.from_numpy(np.repeat(np.arange(len(examples)), counts)),
        torch.tensor([yes for e in examples for yes in e.right]),
        torch.tensor([weight_of(e) for e in examples]),
        torch.tensor(row),
        torch.tensor(features),
        torch.tensor(head),
        torch.tensor(verb),
        (
            torch.tensor(own_features),
            torch.tensor([words.number(e, e.given.own.head) for e in examples]),
            torch.tensor([words.number(e, e.given.own.verb) for e in examples]),
        ),
        words.components(),
        torch.tensor(np.concatenate(([0], np.cumsum(counts)))),
        torch.tensor(first_inputs),
        examples,
    )


def names_of(examples: Sequence[Example]) -> list[str]:
    """Return the evidence that occurs often enough."""
    counts = Counter(
        name for e in examples for name in {n for row in e.rows for n, v in row.items() if v}
    )
    return sorted(name for name, count in counts.items() if count >= MIN_COUNT)


class Ranker(nn.Module):
    """The network; `width` is the number of kinds of evidence, `states` the units of a state."""

    def __init__(self, width: int, states: int) -> None:
        super().__init__()
        self.linear = nn.Linear(width, 1, bias=False)
        nn.init.zeros_(self.linear.weight)
        self.projections = nn.ModuleDict(
            {name: nn.Linear(states, STATE_UNITS) for name in PROJECTIONS if states}
        )
        inputs = width + FEATURES + OWN_FEATURES + (6 * STATE_UNITS if states else 0)
        self.hidden, self.middle = nn.Linear(inputs, UNITS), nn.Linear(UNITS, UNITS)
        self.out = nn.Linear(UNITS, 1, bias=False)
        self.dropout, self.state_dropout = nn.Dropout(DROPOUT), nn.Dropout(STATE_DROPOUT)

    def forward(self, data: Table, chosen: Tensor) -> tuple[Tensor, Tensor]:
        """Return the scores of the rows of chosen examples, and the example of each (from 0)."""
        rows = _ranges(data.first_rows, chosen)
        inputs = _ranges(data.first_inputs, chosen)
        place = torch.full((len(data.examples),), -1)
        place[chosen] = torch.arange(len(chosen))
        owner = place[data.owner[rows]]
        row_place = torch.full((len(data.owner),), -1)
        row_place[rows] = torch.arange(len(rows))
        row = row_place[data.row[inputs]]
        example = owner[row]
        evidence = data.evidence[rows]
        features, own_head, own_verb = data.own
        parts = [evidence[row], data.features[inputs], features[chosen][example]]
        if len(self.projections) and data.states is not None:
            own_head_units = self._units("own_head", data.states.values, own_head[chosen])[example]
            own_verb_units = self._units("own_verb", data.states.values, own_verb[chosen])[example]
            head = self._units("head", data.states.values, data.head[inputs])
            verb = self._units("verb", data.states.values, data.verb[inputs])
            parts += [head * own_head_units, verb * own_verb_units, head, verb]
            parts += [own_head_units, own_verb_units]
        units = self.dropout(torch.tanh(self.hidden(torch.cat(parts, dim=1))))
        units = self.dropout(units + torch.relu(self.middle(units)))
        found = self.out(units).squeeze(1)
        scores = _log_sums(found, row, len(rows)) + self.linear(evidence).squeeze(1)
        return scores, owner

    def _units(self, name: str, states: Tensor, words: Tensor) -> Tensor:
        """Return the projected components of words."""
        chosen: Tensor = self.state_dropout(states[words])
        units: Tensor = torch.tanh(self.projections[name](chosen))
        return units


PROJECTIONS = ("own_head", "own_verb", "head", "verb")


def _ranges(first: Tensor, chosen: Tensor) -> Tensor:
    """Return the numbers that belong to chosen examples, one after the other."""
    return torch.cat([torch.arange(int(first[n]), int(first[n + 1])) for n in chosen.tolist()])


def _log_sums(values: Tensor, owner: Tensor, count: int) -> Tensor:
    """Return the logarithm of the sum of exponentials of each owner's values."""
    top = torch.full((count,), -1e9).scatter_reduce(0, owner, values.detach(), "amax")
    total = torch.zeros(count).index_add(0, owner, torch.exp(values - top[owner]))
    return top + torch.log(total)


def log_shares(scores: Tensor, owner: Tensor, count: int) -> Tensor:
    """Return the logarithm of each row's share among the rows of its example."""
    return scores - _log_sums(scores, owner, count)[owner]


def loss_of(scores: Tensor, owner: Tensor, right: Tensor, weight: Tensor) -> Tensor:
    """Return the weighted mean of the negative logarithm of the right rows' shares."""
    shares = torch.exp(log_shares(scores, owner, len(weight)))
    good = torch.zeros(len(weight)).index_add(0, owner, shares * right)
    loss: Tensor = -(torch.log(good.clamp(min=NOTHING)) * weight).sum() / weight.sum()
    return loss


def train(data: Table, chosen: Sequence[int], seed: int) -> Ranker:
    """Return a ranker that is trained on the examples of these numbers."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    units = data.states.values.shape[1] if data.states is not None else 0
    model = Ranker(data.evidence.shape[1], units)
    others = [own for name, own in model.named_parameters() if "projections" not in name]
    groups: list[dict[str, Any]] = [
        {"params": list(model.projections.parameters()), "weight_decay": STATE_DECAY},
        {"params": others},
    ]
    optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=DECAY)
    numbers = list(chosen)
    steps = EPOCHS * (len(numbers) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: max(0.02, 1 - n / steps))
    model.train()
    for _ in range(EPOCHS):
        order.shuffle(numbers)
        for begin in range(0, len(numbers), BATCH):
            own = torch.tensor(numbers[begin : begin + BATCH])
            scores, owner = model(data, own)
            right = data.right[_ranges(data.first_rows, own)]
            loss = loss_of(scores, owner, right, data.weight[own])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), LARGEST_NORM)
            optimizer.step()
            schedule.step()
    return model.eval()


@torch.no_grad()
def scores_of(model: Ranker, data: Table, chosen: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
    """Return the scores of the rows of examples, the example of each, and which rows are right."""
    numbers = torch.tensor(chosen)
    scores, owner = model(data, numbers)
    return scores, owner, data.right[_ranges(data.first_rows, numbers)]


def best_scale(held_out: Sequence[tuple[Tensor, Tensor, Tensor]]) -> float:
    """Return the scale with which the right rows of held-out examples are likeliest."""

    def loss(scale: float) -> float:
        return sum(
            float(loss_of(scores / scale, owner, right, torch.ones(count))) * count
            for scores, owner, right in held_out
            if (count := int(owner.max()) + 1)
        )

    return min(SCALES, key=loss)


def fit(
    examples: Sequence[Example],
    weight_of: Callable[[Example], float],
    fold_of: Callable[[Example], int | None],
    set_by_hand: Mapping[str, float],
) -> tuple[list[str], dict[str, Array], float]:
    """Return the names of the evidence, the arrays and the scale of a class.

    Args:
        examples: Those of the class.
        weight_of: How much an example counts.
        fold_of: The number of the fold in which an example is held out, None for one that is
            always trained on.
        set_by_hand: Weights of evidence that are given, not fitted.
    """
    names = names_of(examples)
    data = table(examples, names, weight_of)
    folds = [fold_of(example) for example in examples]
    held_out = []
    for fold in sorted({fold for fold in folds if fold is not None}):
        model = train(data, [n for n, own in enumerate(folds) if own != fold], fold)
        held_out.append(scores_of(model, data, [n for n, own in enumerate(folds) if own == fold]))
    scale = best_scale(held_out) if held_out else 1.0
    right = sum(_count_right(*one) for one in held_out)
    count = sum(fold is not None for fold in folds)
    print(f"network: {len(examples)} mentions, {count} held out, {right} right, scale {scale}")
    arrays = arrays_of(train(data, range(len(examples)), 0), data)
    for name, weight in set_by_hand.items():
        if name in names:
            arrays["linear"][names.index(name)] = weight
            arrays["hidden"][names.index(name)] = 0.0
    return names, arrays, scale


def _count_right(scores: Tensor, owner: Tensor, right: Tensor) -> int:
    """Return in how many examples the best row is right."""
    count = int(owner.max()) + 1
    top = torch.full((count,), -1e9).scatter_reduce(0, owner, scores, "amax")
    return int(torch.zeros(count).index_add(0, owner, ((scores == top[owner]) & right) * 1.0).sum())


def arrays_of(model: Ranker, data: Table) -> dict[str, Array]:
    """Return the weights as `NetworkWeights` has them: projections read states, not components."""
    layers = {"hidden": model.hidden, "middle": model.middle}
    found = {"linear": model.linear.weight[0], "out": model.out.weight[0]}
    for name, layer in layers.items():
        found[name], found[f"{name}_bias"] = layer.weight.T, layer.bias
    if data.states is not None:
        for name, layer in _projections(model).items():
            weight = data.states.basis @ layer.weight.T
            found[name], found[f"{name}_bias"] = weight, layer.bias - data.states.mean @ weight
    return {name: value.detach().numpy().astype(np.float32) for name, value in found.items()}


def _projections(model: Ranker) -> dict[str, nn.Linear]:
    """Return the projections of states by name."""
    return {name: one for name, one in model.projections.items() if isinstance(one, nn.Linear)}


def save(
    folder: Path,
    weights: Mapping[str, tuple[Sequence[str], Mapping[str, Array], float]],
    origin: str,
) -> None:
    """Write the files of a ranker; `weights` are names of evidence, arrays and scale by class."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = {
        f"{name}.{part}": np.ascontiguousarray(array.astype(np.float16))
        for name, (_, own, _) in weights.items()
        for part, array in own.items()
    }
    save_file(arrays, folder / WEIGHTS)
    classes = {
        name: {"evidence": list(names), "scale": scale}
        for name, (names, _, scale) in weights.items()
    }
    content = {"version": VERSION, "origin": origin, "classes": classes}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / SETTINGS).write_text(text + "\n", encoding="utf-8")
