"""Formats whose libraries are an extra of the package.

In: the ImportError of a library that is not there. Out: the message that says how to get it. Nothing is imported or installed here.
"""

from __future__ import annotations

from quotes.errors import InputError

EXTRA = "quotes-attribution[documents]"


def missing(error: ImportError, what: str, name: str) -> InputError:
    """What to raise where `what` ("PDF files") cannot be read for want of a library; `name` is the file."""
    return InputError(
        f'{name}: reading {what} needs {error.name}, which is not installed: pip install "{EXTRA}"'
    )
