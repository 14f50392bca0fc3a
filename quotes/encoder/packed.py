"""The encoder over many sentences laid end to end, so that nothing is computed for padding.

In: rows of word pieces of any lengths, the places wanted in each, and how much each reader takes of the top layers. Out: what each reader
gets at these places. Only attention looks at rows one by one, or at several of about one length together; everything else works on all
pieces in one matrix.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from quotes.encoder.bert import LAYERS, Bert, StateCache, multiplied
from quotes.encoder.precision import BLOCK, padded_size

PIECES = BLOCK  # word pieces in one run: more gain no speed on a CPU and cost memory
NEAR = 0.8  # rows at least this part of the longest one as long are attended to together

Row = Sequence[int]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows beside each other in the matrix that attention takes together: where their pieces are, and which places are padding."""

    pieces: slice
    rows: int
    places: Tensor | None = (
        None  # rows x longest: numbers of pieces; None where all rows are equally long
    )
    there: Tensor | None = None  # rows x longest: True where there is a piece


class PackedEncoder:
    """A BERT whose rows are laid end to end. `rows` counts those that it was run on.

    What the tagger of attributions reads of a row is kept a little longer than the parse (`remembered`).
    """

    def __init__(self, bert: Bert) -> None:
        self._bert = bert
        self._layers = [
            _Layer(bert, f"encoder.layer.{number}")
            for number in range(bert.config.num_hidden_layers)
        ]
        self.rows = 0
        self._kept = StateCache()

    @torch.no_grad()
    def remembered(self, rows: Sequence[Tensor]) -> list[Tensor]:
        """For each row of word pieces: pieces x twice the units, the last layer and the mean of the three before it."""
        keys = [row.numpy().tobytes() for row in rows]
        found = {key: self._kept[key] for key in keys if key in self._kept}
        missing = [
            row.tolist()
            for key, row in {
                key: row for key, row in zip(keys, rows, strict=True) if key not in found
            }.items()
        ]
        missing.sort(key=lambda row: -len(row))
        for batch in _batches(range(len(missing)), [len(row) for row in missing]):
            own = [missing[number] for number in batch]
            self._run(own)
            found |= {key: self._kept[key] for key in map(_key, own)}
        return [found[key] for key in keys]

    def states(self, rows: Sequence[Row], places: Sequence[Sequence[int]], mixes: Tensor) -> Tensor:
        """For each of the mixes (mixes x top layers): all places of all rows (in order) x units."""
        order = sorted(range(len(rows)), key=lambda number: -len(rows[number]))
        counts = [len(wanted) for wanted in places]
        starts = _starts(counts)
        out = torch.empty((len(mixes), sum(counts), self._bert.config.hidden_size))
        for batch in _batches(order, [len(row) for row in rows]):
            own = [rows[number] for number in batch]
            first = _starts([len(row) for row in own])
            top = self._run(own)
            at = [
                start + place
                for start, number in zip(first, batch, strict=True)
                for place in places[number]
            ]
            to = [starts[number] + index for number in batch for index in range(counts[number])]
            out[:, to] = torch.einsum("ml,lwu->mwu", mixes, top[:, at])
        return out

    def _run(self, rows: Sequence[Row]) -> Tensor:
        self.rows += len(rows)
        lengths = [len(row) for row in rows]
        states = self._bert.embed(
            torch.tensor([piece for row in rows for piece in row]), _numbers(lengths)
        )
        states = functional.pad(states, (0, 0, 0, padded_size(len(states)) - len(states)))
        groups = list(_groups(lengths))
        top = []
        for number, layer in enumerate(self._layers, 1):
            states = layer(states, groups)
            if len(self._layers) - number < LAYERS:
                top.append(states)
        layers = torch.stack(top)
        self._kept.make_room()
        self._kept.add([_key(row) for row in rows], lengths, layers)
        return layers


class _Layer:
    def __init__(self, bert: Bert, name: str) -> None:
        weights = bert.weights
        parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        self._bert, self._name = bert, name
        self._heads = bert.config.num_attention_heads
        self._joint = (
            torch.cat([weights[f"{part}.weight"] for part in parts]),
            torch.cat([weights[f"{part}.bias"] for part in parts]),
        )

    def __call__(self, states: Tensor, groups: Sequence[Group]) -> Tensor:
        bert, name = self._bert, self._name
        joint = multiplied(states, *self._joint).float().view(len(states), 3, self._heads, -1)
        seen = torch.empty_like(states)
        seen[groups[-1].pieces.stop :] = 0
        for group in groups:
            seen[group.pieces] = _attend(joint[group.pieces], group)
        states = bert.norm(
            f"{name}.attention.output.LayerNorm",
            bert.linear(f"{name}.attention.output.dense", seen).float().add_(states),
        )
        inner = functional.gelu(bert.linear(f"{name}.intermediate.dense", states))
        return bert.norm(
            f"{name}.output.LayerNorm",
            bert.linear(f"{name}.output.dense", inner).float().add_(states),
        )


def _key(row: Row) -> bytes:
    return np.array(row, dtype=np.int64).tobytes()


def _attend(joint: Tensor, group: Group) -> Tensor:
    """Pieces x units of one group: what each piece sees of its row."""
    if group.places is None or group.there is None:
        query, key, value = joint.view(group.rows, -1, *joint.shape[1:]).permute(2, 0, 3, 1, 4)
        return (
            functional.scaled_dot_product_attention(query, key, value)
            .transpose(1, 2)
            .reshape(len(joint), -1)
        )
    query, key, value = joint[group.places].permute(2, 0, 3, 1, 4)
    mask = group.there[:, None, None, :]
    seen = (
        functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        .transpose(1, 2)
        .flatten(2)
    )
    return seen[group.there]


def _groups(lengths: Sequence[int]) -> Iterator[Group]:
    """Rows that come in falling length, in groups of nearly one length."""
    start = at = 0
    while at < len(lengths):
        longest = lengths[at]
        end = at
        while end < len(lengths) and lengths[end] >= NEAR * longest:
            end += 1
        own = lengths[at:end]
        pieces = slice(start, start + sum(own))
        if own[-1] == longest:
            yield Group(pieces, len(own))
        else:
            place = torch.arange(longest)
            there = place < torch.tensor(own)[:, None]
            yield Group(
                pieces,
                len(own),
                torch.where(there, torch.tensor(_starts(own))[:, None] + place, 0),
                there,
            )
        start, at = pieces.stop, end


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    size = 0
    for number in order:
        if batch and size + lengths[number] > PIECES:
            yield batch
            batch, size = [], 0
        batch.append(number)
        size += lengths[number]
    if batch:
        yield batch


def _starts(lengths: Sequence[int]) -> list[int]:
    out, at = [], 0
    for length in lengths:
        out.append(at)
        at += length
    return out


def _numbers(lengths: Sequence[int]) -> Tensor:
    """The place of each piece in its row."""
    return torch.cat([torch.arange(length) for length in lengths])
