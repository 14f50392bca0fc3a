"""A cache of vectors of word forms.

In: a function that makes the vectors of words that stand alone. Out: a vector for each word. All
lie in one tensor: thousands of small ones that are freed at different times would leave gaps in
memory that nothing else fits into.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

MAX_CACHED_FORMS = 6_000


class FormVectorCache:
    """Vectors that depend on the letters of a word alone, of at most `MAX_CACHED_FORMS` forms."""

    def __init__(self, make: Callable[[list[str]], Tensor]) -> None:
        self._make = make
        self._known: dict[str, int] = {}
        self._table = torch.empty(0)

    def __call__(self, forms: Sequence[str]) -> Tensor:
        """Return words x units."""
        new = list(dict.fromkeys(form for form in forms if form not in self._known))
        if len(self._known) + len(new) > MAX_CACHED_FORMS:
            self._known.clear()
            new = list(dict.fromkeys(forms))
        if new:
            self._add(new, self._make(new))
        return self._table[[self._known[form] for form in forms]]

    def _add(self, new: Sequence[str], made: Tensor) -> None:
        start = len(self._known)
        end = start + len(new)
        if end > len(self._table):
            table = made.new_empty(max(MAX_CACHED_FORMS, end), made.shape[1])
            if start:
                table[:start] = self._table[:start]
            self._table = table
        self._table[start:end] = made
        self._known.update(zip(new, range(start, end), strict=True))
