"""JSON documents: an array of articles, an object with such an array, or one article.

In: a binary stream. Out: `Record`s and `BadRow`s, numbered from 1 (0: the object that is the file).
The whole file is held in memory, so large collections belong into JSON lines. JSON lines under the
name of JSON are read as what they are.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from quotes.errors import InputError
from quotes.readers.columns import Record, record, wanted
from quotes.readers.encoding import decode
from quotes.readers.json_lines import read_json_lines
from quotes.readers.table_rows import BadRow

LISTS = ("articles", "docs", "documents", "items", "results", "data")
MAX_FILE_BYTES = 512 << 20


def read_json(stream: BinaryIO, name: str, columns: Mapping[str, str]) -> Iterator[Record | BadRow]:
    """Yield the records of a file in order.

    Raises:
        InputError: where it is no JSON, or JSON without articles.
    """
    data = stream.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise InputError(
            f"{name}: is larger than {MAX_FILE_BYTES >> 20} MB: write one article a line and "
            "call it .jsonl"
        )
    text = decode(data, name)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" or not _is_object(text[: error.pos]):
            raise InputError(f"{name}: is not JSON ({error})") from error
        yield from read_json_lines(io.BytesIO(data), name, columns)
        return
    except RecursionError as error:
        raise InputError(f"{name}: is JSON nested too deeply to read") from error
    yield from _articles(value, name, columns)


def _is_object(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("{")


def _articles(value: Any, name: str, columns: Mapping[str, str]) -> Iterator[Record | BadRow]:
    if isinstance(value, dict):
        rows = next((value[key] for key in LISTS if isinstance(value.get(key), list)), None)
        if rows is None and not wanted(value, "text", columns):
            raise InputError(
                f"{name}: has neither a text nor a list of articles ({', '.join(LISTS)})"
            )
        if rows is None:
            yield _row(0, value, columns)
            return
        value = rows
    if not isinstance(value, list):
        raise InputError(f"{name}: holds a {type(value).__name__}, not articles")
    for number, values in enumerate(value, 1):
        yield _row(number, values, columns)


def _row(number: int, values: Any, columns: Mapping[str, str]) -> Record | BadRow:
    where = f"article {number} " if number else ""
    if not isinstance(values, dict):
        return BadRow(number, f"{where}is a {type(values).__name__}, not an object with a text")
    try:
        return record(number, values, columns)
    except InputError as error:
        return BadRow(number, f"{where}{error}")
