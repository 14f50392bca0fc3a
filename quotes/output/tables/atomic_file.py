"""A file that is complete or not there at all.

In: a path. Out: a stream to write to; the file takes its place when all is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from quotes.errors import InputError


@contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """Give a stream into a file beside `path`, which takes its name when the block ends.

    After an error, what was at `path` before stays.

    Raises:
        InputError: The file cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if path.is_dir():
            raise InputError(f"{path}: cannot be written: it is a folder: name a file")
        with open(part, "wb") as stream:
            yield stream
        os.replace(part, path)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written: {error.strerror or error}: "
            "make room, or choose another place"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
