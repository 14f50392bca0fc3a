"""JSON lines: one article an object, one object a line.

In: a binary stream. Out: `Record`s, and for bad lines `BadRow`s.

One line at a time is held.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from quotes.errors import InputError
from quotes.readers.columns import Record, record
from quotes.readers.table_rows import BadRow, lines


def read_json_lines(
    stream: BinaryIO, name: str, columns: Mapping[str, str]
) -> Iterator[Record | BadRow]:
    """Yield the records of a file in order.

    Raises:
        InputError: where the file is not text.
    """
    for number, line in enumerate(lines(stream, name, newline="\n"), 1):
        if line.strip():
            yield parse_line(number, line, columns)


def parse_line(number: int, line: str, columns: Mapping[str, str]) -> Record | BadRow:
    """Return the record in one line."""
    try:
        return record(number, _object(line), columns)
    except (InputError, json.JSONDecodeError, RecursionError) as error:
        reason = f"is not JSON ({error})" if not isinstance(error, InputError) else str(error)
        return BadRow(number, f"line {number} {reason}")


def _object(line: str) -> dict[str, Any]:
    values = json.loads(line)
    if not isinstance(values, dict):
        raise InputError(f"holds a {type(values).__name__}, not an object with a text")
    return values
