"""Text of strangers made safe to show: without what could rewrite a terminal, a page or a table.

In: any text. Out: the text without control characters and changes of writing direction. A terminal
shows one line (`printable`); a page keeps the lines and shows where something was taken out
(`replace_unprintable`).
"""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
_DIRECTIONS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNPRINTABLE = re.compile(f"[\x00-\x1f\x7f-\x9f{_DIRECTIONS}]")
_UNPRINTABLE_IN_LINES = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_DIRECTIONS}]")


def printable(text: str) -> str:
    """Return a text as one line, without control characters and changes of writing direction."""
    return _UNPRINTABLE.sub("", " ".join(text.split()))


def replace_unprintable(text: str) -> str:
    """Replace each control character and change of writing direction by U+FFFD.

    Tabs and line feeds stay.
    """
    return _UNPRINTABLE_IN_LINES.sub(REPLACEMENT, text)
