"""How many documents paths stand for, without reading the articles.

In: paths. Out: a number for showing progress, or None where only reading would tell. It may be off
where files are broken.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quotes.readers.discovery import STANDARD_INPUT, Input, items

SINGLE = frozenset({"text", "html", "pdf", "docx", ""})  # formats of one article a file


def count(paths: Sequence[str | Path]) -> int | None:
    """Return the number of documents to come."""
    total = 0
    for item in items(paths):
        number = _count(item)
        if number is None:
            return None
        total += number
    return total


def _count(item: Input) -> int | None:
    if item.problem or item.format in SINGLE:
        return 1
    if str(item.path) == STANDARD_INPUT or item.compressed:
        return None
    try:
        if item.format == "parquet":
            import pyarrow.parquet

            return int(pyarrow.parquet.read_metadata(item.path).num_rows)
        if item.format == "jsonl":
            with item.path.open("rb") as lines:
                return sum(1 for line in lines if line.strip())
    except (OSError, ValueError):  # whatever is wrong with it, reading says so
        return 1
    return None
