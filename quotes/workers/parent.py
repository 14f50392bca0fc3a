"""The end of a process with the program that started it, however that ended."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait


def end_with_parent() -> None:
    """End this process, started by `multiprocessing`, as soon as the one that started it is gone.

    A program that is killed ends no process of its own. One that is in the midst of a long
    computation would notice only when it sends a result that nobody receives.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)  # at once: what it computes is for nobody
