"""Numbers for people: a count with its noun.

In: a number and a noun. Out: text.
"""

from __future__ import annotations


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where there is not exactly one: "1,234 quotes".

    The plural is formed with "s".
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
