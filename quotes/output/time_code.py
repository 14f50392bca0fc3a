"""Times in a recording as text.

In: seconds. Out: "00:12:03".
"""

from __future__ import annotations


def time_code(seconds: float) -> str:
    """Return hours, minutes and seconds."""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
