"""CSV and TSV with a header line: one article a row.

In: a binary stream. Out: `Record`s, and for bad rows `BadRow`s.

The delimiter is the one of comma, semicolon, tab and bar that is most frequent in the header.
Values in quotation marks may hold line ends. A row with a quotation mark that is never closed is
bad, and the rows that it would swallow are read where they can be told.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import BinaryIO

from quotes.errors import InputError
from quotes.readers.columns import Record, record, require_text_column
from quotes.readers.table_rows import BadRow, text_stream

DELIMITERS = ",;\t|"
SHORT_ID = re.compile(r"(?=[^\d]*\d)[\w./-]{1,60}")  # a first cell that rows begin with
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
    lines = _Lines(chain([first], decoded))
    reader = csv.reader(lines, delimiter=delimiter_of(first))
    number = columns = 0
    while (values := _next(reader, number)) is not None:
        if isinstance(values, list) and len(lines.taken) > 1:
            values = _closed(values, lines, number, columns, reader.dialect.delimiter)
        lines.taken.clear()
        if values:
            columns = columns or len(values) if isinstance(values, list) else columns
            yield number, values
            number += 1


class _Lines:
    """The lines of a file: `taken` are those of the row being read, `first` counts them from 1.

    Lines can be put back.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._back = lines, list[str]()
        self.taken = list[str]()
        self.number = 0  # of the last line taken

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._lines)
        self.taken.append(line)
        self.number += 1
        return line

    def put_back(self, lines: list[str]) -> None:
        """Give these lines, the last ones taken, again."""
        self._back += lines[::-1]
        self.number -= len(lines)


def _closed(
    values: list[str], lines: _Lines, number: int, columns: int, delimiter: str
) -> list[str] | BadRow:
    """Return a row of several lines, unless a cell of it is never closed.

    Then the lines that look like rows of their own are read again.
    """
    start = lines.number - len(lines.taken) + 1
    try:
        list(csv.reader(lines.taken, delimiter=delimiter, strict=True))
        return values
    except csv.Error as error:
        open_end = "unexpected end" in str(error)
    swallowed = _next_row(lines.taken, columns, delimiter)
    if swallowed is None and not open_end:
        return values  # marks within a cell that are not doubled
    message = f"line {start}: row {number} has a quoted cell that is never closed, and is not read"
    if swallowed is None:
        return BadRow(number, f"{message}, nor are the rows behind it: close the quotation mark")
    lines.put_back(lines.taken[swallowed:])
    again = f"; what follows is read from line {start + swallowed} on"
    return BadRow(number, f"{message}{again}: close the quotation mark")


def _next_row(lines: list[str], columns: int, delimiter: str) -> int | None:
    """Return the index of the first line that looks like the beginning of another row.

    It has all columns, and a first cell (a number, an id) like that of the row.
    """
    shape = _shape(lines[0], delimiter)
    if shape is None or columns < 2:
        return None
    for index, line in enumerate(lines[1:], 1):
        cells = next(csv.reader([line], delimiter=delimiter), [])
        if len(cells) >= min(columns, 2) and _shape(line, delimiter) == shape:
            return index
    return None


def _shape(line: str, delimiter: str) -> str | None:
    """Return the shape of a first cell with a figure in it, such as a9 of art-17; None without."""
    cell, found, _ = line.partition(delimiter)
    cell = cell.strip().strip('"')
    if not found or not SHORT_ID.fullmatch(cell):
        return None
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", cell))


def _next(reader: Iterator[list[str]], number: int) -> list[str] | BadRow | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        return BadRow(number, f"row {number} is malformed ({error})")


def delimiter_of(header: str) -> str:
    """Return the delimiter that is most frequent in a header."""
    outside = "".join(header.split('"')[0::2])
    return max(DELIMITERS, key=outside.count)
