"""Texts and names in SQL, where the database takes no parameters for them.

In: texts and names of columns. Out: SQL.
"""

from __future__ import annotations

from collections.abc import Iterable


def text_literal(text: str) -> str:
    """Return a text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def text_literals(texts: Iterable[str]) -> str:
    """Return texts as SQL has them, with commas between."""
    return ", ".join(map(text_literal, texts))


def identifier(name: str) -> str:
    """Return the name of a column or table as SQL has it."""
    return '"' + name.replace('"', '""') + '"'
