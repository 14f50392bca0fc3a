"""Recurrent layers over rows of any lengths, in steps that the processor's library does in one go.

In: a bidirectional LSTM of one layer and vectors laid end to end, row by row. Out: what it gives for each, as `torch.nn.LSTM` gives it for
a packed sequence, in about half the time: that one goes from step to step in small operations. Here all rows that are not over yet go so
many steps together (`Layout`), through oneDNN's own layer. Rows and steps come in few sizes, because oneDNN keeps what it compiled for
each size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from quotes.parsing.precision import Product, kind

STEPS = 16  # steps that rows go together: sentences, whose words are counted, have about 20
ROWS = 8  # the number of rows that go together is a multiple of it

States = tuple[Tensor, Tensor]  # of an LSTM: 1 x rows x units each


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many steps of the rows that are not over yet, the longest first: steps x rows, the number of the vector that is read, forwards and
    backwards; where a row is over, the number behind the last vector."""

    forwards: Tensor
    backwards: Tensor


@dataclass(frozen=True, slots=True)
class Layout:
    """How rows laid end to end are read in step."""

    lengths: tuple[int, ...]
    starts: tuple[int, ...]
    stretches: tuple[Stretch, ...]

    @classmethod
    def of(cls, lengths: Sequence[int], *, steps: int = STEPS) -> Layout:
        ends = np.cumsum(lengths)
        order = np.argsort(-np.asarray(lengths), kind="stable")
        spare = -len(order) % ROWS
        own = np.concatenate((np.asarray(lengths)[order], np.zeros(spare, dtype=np.int64)))
        first = np.concatenate(((ends - lengths)[order], np.zeros(spare, dtype=np.int64)))
        stretches = []
        for begin in range(0, int(own[0]), steps):
            rows = -(-int((own > begin).sum()) // ROWS) * ROWS
            step = np.arange(begin, begin + steps)[:, None]
            there = step < own[:rows]
            ways = (first[:rows] + step, first[:rows] + own[:rows] - 1 - step)
            stretches.append(Stretch(*(torch.from_numpy(np.where(there, way, ends[-1])) for way in ways)))
        return cls(tuple(lengths), tuple((ends - lengths).tolist()), tuple(stretches))


class Recurrent:
    """A bidirectional LSTM of one layer, in this precision.

    `first` are the states that it begins with, as torch wants them for one row (zeros by default).
    """

    def __init__(self, lstm: nn.LSTM, first: States | None = None, *, precision: torch.dtype | None = None) -> None:
        self._units = lstm.hidden_size
        self._precision = precision or kind()
        self._weights = [[weight.detach().to(self._precision) for weight in weights] for weights in lstm.all_weights]
        begin = first or (torch.zeros(2, 1, self._units), torch.zeros(2, 1, self._units))
        self._first = [[part[way : way + 1].detach().to(self._precision) for part in begin] for way in range(2)]

    def __call__(self, inputs: Tensor, layout: Layout) -> Tensor:
        """Vectors x twice the units."""
        kept = functional.pad(inputs.to(self._precision), (0, 0, 0, 1))  # the one behind the last is read where a row is over
        out = inputs.new_empty(len(kept), 2, self._units)
        for way, places in enumerate(("forwards", "backwards")):
            states = [part.expand(-1, layout.stretches[0].forwards.shape[1], -1) for part in self._first[way]]
            for stretch in layout.stretches:
                at = getattr(stretch, places)
                begin = tuple(part[:, : at.shape[1]].contiguous() for part in states)
                made, *states = torch.lstm(kept[at], begin, self._weights[way], True, 1, 0.0, False, False, False)
                out[at.flatten(), way] = made.flatten(0, 1).float()
        return out[:-1].flatten(1)


class Highway:
    """Stanza's HighwayLSTM of one layer: what the LSTM gives, and beside it as much of a second layer as a gate lets through."""

    def __init__(self, network: Any, first: States) -> None:
        self._lstm = Recurrent(network.lstm[0].lstm, first)
        self._sides = Product.of(network.gate[0], network.highway[0])
        self._shape = network.highway_func or (lambda given: given)

    def __call__(self, inputs: Tensor, layout: Layout) -> Tensor:
        gate, beside = self._sides(inputs).chunk(2, dim=1)
        made: Tensor = self._lstm(inputs, layout) + torch.sigmoid(gate) * self._shape(beside)
        return made
