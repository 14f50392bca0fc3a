"""Parts that all readers of tables share: lines from a binary stream, bad rows, when to give up.

Text is decoded piece by piece, so that a file of any size is read in little memory; its encoding is
told from its first part.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from quotes.errors import InputError
from quotes.readers.columns import Record
from quotes.readers.encoding import MIXED, SAMPLE, TO_DO, guess_encoding, kind_of

# Bad rows at the start of a file before the file as a whole is taken to be another format.
MAX_BAD_ROWS = 20


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that holds no article. The message says which row and why, but not which file."""

    row: int
    message: str


def text_stream(stream: BinaryIO, name: str, *, newline: str) -> io.TextIOWrapper:
    """Return the stream decoded.

    Raises:
        InputError: at once where it is not text.
    """
    head = stream.read(SAMPLE * 4)
    if kind := kind_of(head):
        raise InputError(f"{name}: looks like {kind}, not text: {TO_DO}")
    # The sample may end within a character: what follows its last line end does not count.
    encoding, mark = guess_encoding(head[: head.rfind(b"\n") + 1 or len(head)], name)
    errors = MIXED if encoding == "utf-8" else "replace"
    return io.TextIOWrapper(
        io.BufferedReader(_Joined(head[mark:], stream)),
        encoding=encoding,
        errors=errors,
        newline=newline,
    )


def lines(stream: BinaryIO, name: str, *, newline: str) -> Iterator[str]:
    """Yield the lines of a stream.

    Raises:
        InputError: where it is not text.
    """
    yield from text_stream(stream, name, newline=newline)


def stop_after_bad_rows(rows: Iterator[Record | BadRow], name: str) -> Iterator[Record | BadRow]:
    """Yield the rows, unless the first `MAX_BAD_ROWS` are all bad.

    Then it raises InputError in their place with the reason of the first.
    """
    first: list[Record | BadRow] = []
    for row in rows:
        first.append(row)
        if isinstance(row, Record):
            break
        if len(first) == MAX_BAD_ROWS:
            raise InputError(
                f"{name}: none of the first {MAX_BAD_ROWS} rows can be read; "
                f"{row_message(first[0])}"
            )
    yield from chain(first, rows)


def row_message(row: Record | BadRow) -> str:
    """Return what is wrong with a row."""
    return row.message if isinstance(row, BadRow) else ""


class _Joined(io.RawIOBase):
    """The bytes already read, then the rest of the stream, which is left open."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head = head
        self.rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data, self.head = (
            (self.head[: len(buffer)], self.head[len(buffer) :])
            if self.head
            else (self.rest.read(len(buffer)), b"")
        )
        buffer[: len(data)] = data
        return len(data)
