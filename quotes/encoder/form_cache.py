"""Vectors of word forms, made once and kept for a while.

In: what makes vectors of words that stand alone. Out: a vector for each word. They lie in one piece of memory: thousands of small ones that
come and go over the articles would leave holes that nothing else fits into.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

FORMS = 6_000  # word forms whose vectors are kept


class FormVectorCache:
    """Vectors that depend on the letters of a word alone, made once a form and kept for `FORMS` forms."""

    def __init__(self, make: Callable[[list[str]], Tensor]) -> None:
        self._make = make
        self._known: dict[str, int] = {}
        self._table = torch.empty(0)

    def __call__(self, forms: Sequence[str]) -> Tensor:
        new = list(dict.fromkeys(form for form in forms if form not in self._known))
        if len(self._known) + len(new) > FORMS:
            self._known.clear()
            new = list(dict.fromkeys(forms))
        if new:
            self._keep(new, self._make(new))
        return self._table[[self._known[form] for form in forms]]

    def _keep(self, new: Sequence[str], made: Tensor) -> None:
        start = len(self._known)
        end = start + len(new)
        if end > len(self._table):
            table = made.new_empty(max(FORMS, end), made.shape[1])
            if start:
                table[:start] = self._table[:start]
            self._table = table
        self._table[start:end] = made
        self._known.update(zip(new, range(start, end), strict=True))
