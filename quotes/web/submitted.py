"""Values that a form or a JSON object submits, as text.

In: plain values as a person sent them. Out: text, tidied and checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quotes.web.errors import Refused

MAX_TEXT_CHARS = 500  # of a name, a reason
MAX_NAME_CHARS = 80  # of a reviewer

Submitted = Mapping[str, Any]


def reviewer(name: str) -> str:
    """Return the tidied name of a reviewer.

    Raises:
        Refused: There is none, or it is too long.
    """
    name = " ".join("".join(c for c in name if c.isprintable()).split())
    if not name:
        raise Refused(400, "enter your name first: reviews are saved under it")
    if len(name) > MAX_NAME_CHARS:
        raise Refused(400, f"a name has at most {MAX_NAME_CHARS} characters")
    return name


def text(
    given: Submitted, name: str, *, required: bool = False, max_chars: int = MAX_TEXT_CHARS
) -> str:
    """Return a value as text, "" where it is missing.

    Raises:
        Refused: It is no text, too long, has control characters, or is required and missing.
    """
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise Refused(400, f"{name}: must be text")
    value = (value or "").strip()
    if required and not value:
        raise Refused(400, f"{name} is missing")
    if len(value) > max_chars:
        raise Refused(400, f"{name}: has {len(value):,} characters, at most {max_chars:,}")
    if any((c < " " and c not in "\n\t\r") or "\ud800" <= c <= "\udfff" for c in value):
        raise Refused(400, f"{name}: contains control characters")
    return value
