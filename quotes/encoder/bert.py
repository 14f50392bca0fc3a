"""BERT over rows of word pieces laid end to end, so that nothing is computed for padding.

In: the folder of an encoder (config.json, model.safetensors), then rows of word pieces of any
lengths. Out: the states of the top layers. Only attention works row by row, or on several rows of
about one length together; everything else works on all pieces in one matrix.

BERT is written out here, because importing it from transformers takes longer than loading all other
files of the model. Parameters have the names that transformers gives them, and outputs are equal to
those of its `BertModel` (Devlin et al. 2019, https://aclanthology.org/N19-1423/).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from quotes.encoder.int8 import InputRange, Int8Linear, read_ranges
from quotes.encoder.precision import BLOCK, compute_dtype, padded_size, uses_int8

TOP_LAYERS = 4  # the most layers from the top that a processor mixes (its `bert_hidden_layers`)
BATCH_PIECES = BLOCK  # word pieces in one run: more gain no speed on a CPU and cost memory
MAX_ROW_PIECES = 512  # word pieces of a row: there are no vectors for later positions
LEAST_GELU = -0.17  # no value of this activation is below it
MIN_RELATIVE_LENGTH = 0.8  # of the longest row of a group of rows that attention takes together

Row = Sequence[int]


@dataclass(frozen=True, slots=True)
class BertConfig:
    """The settings of a BERT that its computation depends on."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    layer_norm_eps: float


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows beside each other in the matrix that attention takes together.

    `pieces` is their range in the matrix. Where they are not equally long, `positions` (rows x
    longest) are the numbers of their pieces and `present` says where there is a piece.
    """

    pieces: slice
    rows: int
    positions: Tensor | None = None
    present: Tensor | None = None


class Bert:
    """BERT for inference. `precision` is that of its matrices; everything else is float32.

    With `ranges` (by the names of layers), matrices are multiplied in eight bits.
    """

    def __init__(
        self,
        config: BertConfig,
        weights: Mapping[str, Tensor],
        *,
        precision: torch.dtype,
        ranges: Mapping[str, InputRange] | None = None,
    ) -> None:
        self.config = config
        self._words, self._positions, self._type = (
            weights[f"embeddings.{name}_embeddings.weight"].float()
            for name in ("word", "position", "token_type")
        )
        self._norm = _Norm.of(weights, "embeddings.LayerNorm", config)
        self.layers = [
            _Layer(config, weights, f"encoder.layer.{number}", precision, ranges)
            for number in range(config.num_hidden_layers)
        ]

    def __call__(self, rows: Sequence[Row]) -> Tensor:
        """Run the encoder on rows in falling length.

        Returns:
            The states of the top layers, layers x pieces x units: the pieces of all rows end to
            end, then perhaps some that are padding.
        """
        lengths = [len(row) for row in rows]
        states = self._embed(rows)
        states = functional.pad(states, (0, 0, 0, padded_size(len(states)) - len(states)))
        groups = list(row_groups(lengths))
        top = []
        for number, layer in enumerate(self.layers, 1):
            states = layer(states, groups)
            if len(self.layers) - number < TOP_LAYERS:
                top.append(states)
        return torch.stack(top)

    def _embed(self, rows: Sequence[Row]) -> Tensor:
        """Return the vectors of pieces, each with that of its position in its row."""
        pieces = torch.tensor([piece for row in rows for piece in row])
        positions = torch.cat([torch.arange(len(row)) for row in rows])
        return self._norm(self._words[pieces] + self._type[0] + self._positions[positions])


class _Layer:
    """One layer of BERT."""

    def __init__(
        self,
        config: BertConfig,
        weights: Mapping[str, Tensor],
        name: str,
        precision: torch.dtype,
        ranges: Mapping[str, InputRange] | None,
    ) -> None:
        def linear(*parts: str, lowest: float | None = None) -> Linear:
            names = [f"{name}.{part}" for part in parts]
            weight = torch.cat([weights[f"{part}.weight"] for part in names])
            bias = torch.cat([weights[f"{part}.bias"] for part in names])
            if ranges is not None:
                return Int8Linear(weight, bias, ranges[names[0]], lowest=lowest)
            return PlainLinear(weight.to(precision), bias.to(precision))

        self._heads = config.num_attention_heads
        self.joint = linear(*(f"attention.self.{part}" for part in ("query", "key", "value")))
        self.out = linear("attention.output.dense")
        self.inner = linear("intermediate.dense")
        self.outer = linear("output.dense", lowest=LEAST_GELU)
        self._attention_norm = _Norm.of(weights, f"{name}.attention.output.LayerNorm", config)
        self._norm = _Norm.of(weights, f"{name}.output.LayerNorm", config)

    def __call__(self, states: Tensor, groups: Sequence[RowGroup]) -> Tensor:
        joint = self.joint(states).float().view(len(states), 3, self._heads, -1)
        seen = torch.empty_like(states)
        seen[groups[-1].pieces.stop :] = 0
        for group in groups:
            seen[group.pieces] = _attend(joint[group.pieces], group)
        states = self._attention_norm(self.out(seen).float().add_(states))
        inner = functional.gelu(self.inner(states))
        return self._norm(self.outer(inner).float().add_(states))


@dataclass(frozen=True, slots=True)
class PlainLinear:
    """A linear layer, in the precision of its weights."""

    weight: Tensor
    bias: Tensor

    def __call__(self, states: Tensor) -> Tensor:
        """Return rows x outputs."""
        return functional.linear(states.to(self.weight.dtype), self.weight, self.bias)


Linear = PlainLinear | Int8Linear


@dataclass(frozen=True, slots=True)
class _Norm:
    """A layer normalisation."""

    weight: Tensor
    bias: Tensor
    epsilon: float

    @classmethod
    def of(cls, weights: Mapping[str, Tensor], name: str, config: BertConfig) -> _Norm:
        """Return the normalisation of this name."""
        weight, bias = weights[f"{name}.weight"].float(), weights[f"{name}.bias"].float()
        return cls(weight, bias, config.layer_norm_eps)

    def __call__(self, states: Tensor) -> Tensor:
        return functional.layer_norm(
            states, self.weight.shape, self.weight, self.bias, self.epsilon
        )


def _attend(joint: Tensor, group: RowGroup) -> Tensor:
    """Return the result of attention within the rows of a group: pieces x units."""
    if group.positions is None or group.present is None:
        query, key, value = joint.view(group.rows, -1, *joint.shape[1:]).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value)
        return seen.transpose(1, 2).reshape(len(joint), -1)
    query, key, value = joint[group.positions].permute(2, 0, 3, 1, 4)
    mask = group.present[:, None, None, :]
    seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    return seen.transpose(1, 2).flatten(2)[group.present]


def row_groups(lengths: Sequence[int]) -> Iterator[RowGroup]:
    """Yield rows that come in falling length, in groups of nearly one length."""
    start = at = 0
    while at < len(lengths):
        longest = lengths[at]
        end = at
        while end < len(lengths) and lengths[end] >= MIN_RELATIVE_LENGTH * longest:
            end += 1
        own = lengths[at:end]
        pieces = slice(start, start + sum(own))
        if own[-1] == longest:
            yield RowGroup(pieces, len(own))
        else:
            position = torch.arange(longest)
            present = position < torch.tensor(own)[:, None]
            numbers = torch.tensor(starts(own))[:, None] + position
            yield RowGroup(pieces, len(own), torch.where(present, numbers, 0), present)
        start, at = pieces.stop, end


def starts(lengths: Sequence[int]) -> list[int]:
    """Return where each of rows laid end to end begins."""
    return list(accumulate(lengths, initial=0))[:-1]


def load_bert(folder: Path) -> Bert:
    """Load the BERT of a folder in the precision that suits this processor.

    Raises:
        ValueError: where it is another architecture; whatever reading its files raises, too.
        ModelError: where QUOTES_PRECISION is wrong, or asks for int8 and the folder has no ranges.
    """
    known = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    found = (
        known.get("model_type"),
        known.get("hidden_act"),
        known.get("position_embedding_type", "absolute"),
    )
    if found != ("bert", "gelu", "absolute"):
        raise ValueError(
            f"config.json: {', '.join(map(str, found))}: must be a bert with gelu and absolute "
            "positions"
        )
    config = BertConfig(
        known["hidden_size"],
        known["num_hidden_layers"],
        known["num_attention_heads"],
        known["layer_norm_eps"],
    )
    return Bert(
        config,
        load_file(folder / "model.safetensors"),
        precision=compute_dtype(),
        ranges=read_ranges(folder) if uses_int8() else None,
    )
