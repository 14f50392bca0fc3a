"""Standard output for commands that write much: bytes, and no error when the reader stops early.

In: a block that writes. Out: bytes on standard output, until a reader such as `head` closes it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


@contextmanager
def standard_output() -> Iterator[BinaryIO]:
    """Give standard output as a stream of bytes; when its reader closes it, the block ends."""
    sys.stdout.flush()
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # else Python reports an error when it closes the stream at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
