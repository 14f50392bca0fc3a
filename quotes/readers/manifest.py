"""A manifest: a list of the files and addresses to read.

In: a text file, or standard input as "-". Out: the paths, in order.

One path or address (https://...) a line, relative to the folder in which the program runs; blank
lines and lines that begin with # are passed over. Nothing that is listed is opened here.
"""

from __future__ import annotations

import sys
from pathlib import Path

from quotes.errors import InputError
from quotes.readers.discovery import STANDARD_INPUT


def read_manifest(name: str) -> list[str]:
    """Return the paths of a manifest.

    Raises:
        InputError: where it cannot be read, is no UTF-8 text or lists nothing.
    """
    try:
        data = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
        lines = [line.strip() for line in data.decode("utf-8-sig").split("\n")]
    except OSError as error:
        raise InputError(
            f"--manifest {name}: cannot be read ({error.strerror}): check the path"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"--manifest {name}: is not a text in UTF-8: write one path or address a line"
        ) from error
    paths = [line for line in lines if line and not line.startswith("#")]
    if not paths:
        raise InputError(f"--manifest {name}: lists nothing: write one path or address a line")
    return paths
