"""Ctrl-C, where the exception that it raises gets lost.

Python raises KeyboardInterrupt in whatever runs. DuckDB breaks off its query then and raises
RuntimeError instead; what is raised in a callback or a destructor goes nowhere. So the signal is
noted here, too.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any


class Interrupts:
    """Note Ctrl-C within a block.

    An exception that leaves the block after it becomes KeyboardInterrupt. Outside the main thread
    and where the signal is ignored nothing is noted.
    """

    def __init__(self) -> None:
        self._seen = False
        self._before: Any = None

    def check(self) -> None:
        """Raise KeyboardInterrupt if Ctrl-C was pressed within the block."""
        if self._seen:
            raise KeyboardInterrupt

    def __enter__(self) -> Interrupts:
        """Begin to note the signal."""
        before = signal.getsignal(signal.SIGINT)
        if callable(before) and threading.current_thread() is threading.main_thread():
            self._before = before
            signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the signal as it was before. Raises KeyboardInterrupt in place of another error."""
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
        if self._seen and isinstance(error, Exception):
            raise KeyboardInterrupt from error

    def _note(self, number: int, frame: FrameType | None) -> None:
        """Note the signal, and go on as before it was noted."""
        self._seen = True
        self._before(number, frame)
