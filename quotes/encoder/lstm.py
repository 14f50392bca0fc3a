"""Recurrent layers over rows of any lengths, laid end to end.

In: a bidirectional LSTM of one layer and vectors, row by row. Out: its states, as `torch.nn.LSTM`
gives them for a packed sequence. That one goes from step to step in small operations. On processors
with bfloat16 all rows that have not ended go many steps together, through oneDNN's own layer, in
less than half the time; on others that is no quicker, and torch's way is taken. Rows and steps come
in few sizes, because oneDNN caches a kernel for each size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from quotes.encoder.precision import FusedLinear, compute_dtype, uses_bfloat16

STEPS = 16  # steps that rows go together: sentences, whose words are counted, have about 20
MAX_ROWS = 64  # rows that go together
ROWS_MULTIPLE = 16  # the number of rows that go together is a multiple of it

Numbers = npt.NDArray[np.int64]
States = tuple[Tensor, Tensor]  # of an LSTM: 1 x rows x units each


@dataclass(frozen=True, slots=True)
class StepBlock:
    """Some steps of rows that have not ended: steps x rows, the numbers of the vectors to read.

    Where a row has ended, that is the number behind the last vector. With `first` the rows begin;
    else they go on from the block before, whose last rows may have ended.
    """

    forwards: Tensor
    backwards: Tensor
    first: bool


@dataclass(frozen=True)
class Layout:
    """The order in which rows laid end to end are read: those of about one length together.

    The longest come first.
    """

    lengths: tuple[int, ...]
    starts: tuple[int, ...]
    steps: int

    @classmethod
    def of(cls, lengths: Sequence[int], *, steps: int = STEPS) -> Layout:
        """Return the layout of rows of these lengths."""
        return cls(tuple(lengths), tuple(accumulate(lengths[:-1], initial=0)), steps)

    @cached_property
    def _sorted(self) -> tuple[Numbers, Numbers]:
        """Lengths and starts of the rows, the longest first."""
        lengths = np.asarray(self.lengths)
        order = np.argsort(-lengths, kind="stable")
        return lengths[order], np.asarray(self.starts)[order]

    @cached_property
    def packed(self) -> tuple[Tensor, Tensor]:
        """A packed sequence of torch: the number of the vector at each place, and batch sizes.

        The latter are the numbers of rows that have not ended, step by step.
        """
        lengths, starts = self._sorted
        step = np.arange(lengths[0])[:, None]
        there = step < lengths
        return torch.from_numpy((starts + step)[there]), torch.from_numpy(there.sum(1))

    @cached_property
    def blocks(self) -> tuple[StepBlock, ...]:
        """The blocks of rows, and within them of steps, one after the other."""
        spare = np.zeros(-len(self.lengths) % ROWS_MULTIPLE, dtype=np.int64)
        lengths, starts = (np.concatenate((part, spare)) for part in self._sorted)
        parts = (slice(at, at + MAX_ROWS) for at in range(0, len(lengths), MAX_ROWS))
        return tuple(
            one
            for part in parts
            for one in _blocks(lengths[part], starts[part], self.steps, sum(self.lengths))
        )


def _blocks(lengths: Numbers, starts: Numbers, steps: int, behind: int) -> Iterator[StepBlock]:
    """Yield the blocks of rows that go together, in falling length.

    `behind` is the number that is read where a row has ended.
    """
    for begin in range(0, int(lengths[0]), steps):
        rows = -(-int((lengths > begin).sum()) // ROWS_MULTIPLE) * ROWS_MULTIPLE
        step = np.arange(begin, begin + steps)[:, None]
        ways = starts[:rows] + step, starts[:rows] + lengths[:rows] - 1 - step
        forwards, backwards = (
            torch.from_numpy(np.where(step < lengths[:rows], way, behind)) for way in ways
        )
        yield StepBlock(forwards, backwards, begin == 0)


class Recurrent:
    """A bidirectional LSTM of one layer.

    `first` are the states that it begins with, in torch's shape for one row (zeros by default).
    """

    def __init__(
        self, lstm: nn.LSTM, first: States | None = None, *, precision: torch.dtype | None = None
    ) -> None:
        self._units = lstm.hidden_size
        self._precision = precision or compute_dtype()
        self._weights = [
            [weight.detach().to(self._precision) for weight in weights]
            for weights in lstm.all_weights
        ]
        begin = first or (torch.zeros(2, 1, self._units), torch.zeros(2, 1, self._units))
        self._first = [part.detach().to(self._precision) for part in begin]
        self._block_wise = uses_bfloat16()

    def __call__(self, inputs: Tensor, layout: Layout) -> Tensor:
        """Return the states: vectors x twice the units."""
        return (
            self._in_blocks(inputs, layout) if self._block_wise else self._in_step(inputs, layout)
        )

    def _in_step(self, inputs: Tensor, layout: Layout) -> Tensor:
        places, sizes = layout.packed
        begin = [part.expand(-1, int(sizes[0]), -1).contiguous() for part in self._first]
        weights = [weight for way in self._weights for weight in way]
        made = torch.lstm(
            inputs[places].to(self._precision), sizes, begin, weights, True, 1, 0.0, False, True
        )[0]
        out = inputs.new_empty(len(inputs), 2 * self._units)
        out[places] = made.float()
        return out

    def _in_blocks(self, inputs: Tensor, layout: Layout) -> Tensor:
        # the vector behind the last is read where a row has ended
        padded = functional.pad(inputs.to(self._precision), (0, 0, 0, 1))
        out = inputs.new_empty(len(padded), 2, self._units)
        for way, places in enumerate(("forwards", "backwards")):
            states: Sequence[Tensor] = ()
            for block in layout.blocks:
                at = getattr(block, places)
                rows = at.shape[1]
                if block.first:
                    states = [part[way : way + 1].expand(-1, rows, -1) for part in self._first]
                begin = [part[:, :rows].contiguous() for part in states]
                made, *states = torch.lstm(
                    padded[at], begin, self._weights[way], True, 1, 0.0, False, False, False
                )
                out[at.flatten(), way] = made.flatten(0, 1).float()
        return out[:-1].flatten(1)


class HighwayLSTM:
    """Stanza's HighwayLSTM of one layer: an LSTM, plus a gated linear layer over the same input."""

    def __init__(self, network: Any, first: States) -> None:
        self._lstm = Recurrent(network.lstm[0].lstm, first)
        self._sides = FusedLinear.of(network.gate[0], network.highway[0])
        self._shape = network.highway_func or (lambda given: given)

    def __call__(self, inputs: Tensor, layout: Layout) -> Tensor:
        """Return the states: vectors x twice the units."""
        gate, beside = self._sides(inputs).chunk(2, dim=1)
        made: Tensor = self._lstm(inputs, layout) + torch.sigmoid(gate) * self._shape(beside)
        return made
