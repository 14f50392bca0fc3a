"""Documents with their quotes as JSON lines, one object a document.

In: the text of each document and the rows of its quotes. Out: lines of the form of
`quotes.output.documents.nest`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from quotes.output.documents import nest
from quotes.output.tables.arrangement import day_text
from quotes.output.tables.cells import json_value


def write_documents(
    documents: Iterable[tuple[str, list[dict[str, Any]]]],
    stream: BinaryIO,
    *,
    with_text: bool = False,
) -> int:
    """Write a JSON object for each document, and return the number of quotes."""
    written = 0
    for text, rows in documents:
        plain = [_plain(row) for row in rows]
        made = nest(rows[0]["document"], plain[0], plain, text=text, with_text=with_text)
        stream.write((json.dumps(made, ensure_ascii=False) + "\n").encode())
        written += len(rows)
    return written


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as JSON holds it."""
    said = day_text(row["said_on"], row["said_precision"])
    return {name: json_value(value) for name, value in row.items()} | {"said_on": said}
