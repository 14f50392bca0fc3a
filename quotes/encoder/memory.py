"""Free memory of a process that reads articles all day, given back to the machine.

In: batches of articles. Out: the same. Between two batches a third of the memory of a worker is
free, in pieces that the C library keeps for later and that grow with the articles; giving them back
costs no time that can be measured. Only the GNU C library is known to need it. oneDNN caches a
kernel for each size of matrix, a quarter of a megabyte and 2 MB for a recurrent layer, by default
for the latest 1,024 sizes.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

# For the environment; articles need some sixty kernels over and over.
COMPILED = {"ONEDNN_PRIMITIVE_CACHE_CAPACITY": "256"}

Batch = TypeVar("Batch")


def release_between_batches(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Yield the same batches; before each, give free memory back."""
    for batch in batches:
        release_memory()
        yield batch


def release_memory() -> bool:
    """Give free memory back, that of garbage too.

    Returns:
        False where the C library has no such call.
    """
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
