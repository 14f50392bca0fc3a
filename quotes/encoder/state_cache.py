"""A cache of the encoder's states of rows of word pieces.

In: states of rows laid end to end. Out: those of one row, by its key. All states lie in one tensor:
thousands of small ones that are freed at different times would leave gaps in memory that nothing
else fits into.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

MAX_CACHED_PIECES = 20_000  # word pieces: more than a chunk of the pipeline has
SPARE_PIECES = 1_000  # word pieces: room for the batch that fills the cache


class StateCache:
    """States of at most about `MAX_CACHED_PIECES` word pieces, each of `units` numbers."""

    def __init__(self, units: int, dtype: torch.dtype) -> None:
        self._units, self._dtype = units, dtype
        self._spans: dict[bytes, slice] = {}
        self._states = torch.empty(0)
        self._end = 0

    def __contains__(self, key: bytes) -> bool:
        return key in self._spans

    def __getitem__(self, key: bytes) -> Tensor:
        """Return the states of a row: pieces x units."""
        return self._states[self._spans[key]]

    def add(self, keys: Sequence[bytes], lengths: Sequence[int], states: Tensor) -> None:
        """Add the states of rows laid end to end (pieces x units).

        A full cache is emptied first; states that were taken from it stay valid.
        """
        if self._end > MAX_CACHED_PIECES:
            self.clear()
        count = sum(lengths)
        if self._end + count > len(self._states):
            capacity = MAX_CACHED_PIECES + max(count, SPARE_PIECES)
            grown = torch.empty((capacity, self._units), dtype=self._dtype)
            if self._end:
                grown[: self._end] = self._states[: self._end]
            self._states = grown
        self._states[self._end : self._end + count] = states
        for key, length in zip(keys, lengths, strict=True):
            self._spans[key] = slice(self._end, self._end + length)
            self._end += length

    def clear(self) -> None:
        """Remove all states."""
        self._spans.clear()
        self._states, self._end = torch.empty(0), 0
