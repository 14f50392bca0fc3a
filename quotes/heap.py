"""Memory that is free inside of the program, given back to the machine.

In: nothing. Out: nothing. Between two bundles of articles a third of what a worker holds is free, in pieces that the C library keeps for
later and that grow with the articles; giving them back costs no time that can be measured. Only the GNU C library is known to need it.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any


def give_back() -> bool:
    """Give free memory back; False where the C library has no such call."""
    call = _call()
    return call is not None and call(0) >= 0


@cache
def _call() -> Any:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another C library, or no way to ask for it by nothing (Windows)
        return None
