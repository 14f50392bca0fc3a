"""Memory that is free inside of a program that reads articles all day, given back to the machine; and how much it keeps for later.

In: at the most bundles of articles. Out: the same. Between two bundles a third of what a worker holds is free, in pieces that the C library
keeps for later and that grow with the articles; giving them back costs no time that can be measured. Only the GNU C library is known to
need it. oneDNN keeps what it compiled for each size of matrix, a quarter of a megabyte and 2 MB for a recurrent layer, of the latest 1,024
by itself.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

COMPILED = {
    "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "256"
}  # for the environment; articles need some sixty of them over and over

Bundle = TypeVar("Bundle")


def with_room(bundles: Iterable[Bundle]) -> Iterator[Bundle]:
    """The same bundles; before each, free memory is given back."""
    for bundle in bundles:
        give_back()
        yield bundle


def give_back() -> bool:
    """Give free memory back, that of garbage too; False where the C library has no such call."""
    gc.collect()
    call = _call()
    return call is not None and call(0) >= 0


@cache
def _call() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (
        AttributeError,
        OSError,
        TypeError,
    ):  # another C library, or no way to ask for it by nothing (Windows)
        return None
