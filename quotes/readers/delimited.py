"""CSV and TSV with a header line: one article a row.

In: a binary stream. Out: `Record`s, and for bad rows `BadRow`s.

The delimiter is the one of comma, semicolon, tab and bar that is most frequent in the header.
Values in quotation marks may hold line ends.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import BinaryIO

from quotes.errors import InputError
from quotes.readers.columns import Record, record, require_text_column
from quotes.readers.table_rows import BadRow, text_stream

DELIMITERS = ",;\t|"
MAX_FIELD_CHARS = 2**31 - 1  # a C long on Windows; the default of 128 KiB cuts articles off


def read_delimited(
    stream: BinaryIO, name: str, columns: Mapping[str, str]
) -> Iterator[Record | BadRow]:
    """Yield the records of a file in order.

    Raises:
        InputError: where it is not text or has no column for the text.
    """
    header: list[str] = []
    for number, values in _rows(stream, name):
        if isinstance(values, BadRow):
            yield values
        elif not header:
            header = values
            require_text_column(header, columns, name)
        else:
            yield _record(number, header, values, columns)


def read_mappings(stream: BinaryIO, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of any CSV file as mappings.

    Raises:
        InputError: with the line where it is malformed.
    """
    header: list[str] = []
    for number, values in _rows(stream, name):
        if isinstance(values, BadRow):
            raise InputError(f"{name}: {values.message}")
        if header and len(values) > len(header):
            raise InputError(
                f"{name}: row {number} has {len(values)} values for {len(header)} columns"
            )
        if header:
            yield dict(zip(header, values, strict=False))
        else:
            header = values


def _record(
    number: int, header: list[str], values: list[str], columns: Mapping[str, str]
) -> Record | BadRow:
    if len(values) > len(header):
        return BadRow(number, f"row {number} has {len(values)} values for {len(header)} columns")
    try:
        return record(number, dict(zip(header, values, strict=False)), columns)
    except InputError as error:
        return BadRow(number, f"row {number}: {error}")


def _rows(stream: BinaryIO, name: str) -> Iterator[tuple[int, list[str] | BadRow]]:
    """Yield the header as row 0, then the rows; empty lines do not count."""
    csv.field_size_limit(MAX_FIELD_CHARS)
    decoded = text_stream(stream, name, newline="")
    first = decoded.readline()
    reader = csv.reader(chain([first], decoded), delimiter=_delimiter(first))
    number = 0
    while (values := _next(reader, number)) is not None:
        if values:
            yield number, values
            number += 1


def _next(reader: Iterator[list[str]], number: int) -> list[str] | BadRow | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        return BadRow(number, f"row {number} is malformed ({error})")


def _delimiter(header: str) -> str:
    outside = "".join(header.split('"')[0::2])
    return max(DELIMITERS, key=outside.count)
