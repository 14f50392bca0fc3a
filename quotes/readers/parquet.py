"""Parquet tables: one article a row.

In: a seekable binary stream. Out: `Record`s, and for rows without text `BadRow`s.

Read in batches, without columns of lists, structs and bytes that `quotes.readers.columns` does not
know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from quotes.errors import InputError
from quotes.readers.columns import NAMES, Record, record, require_text_column, wanted
from quotes.readers.encoding import MIXED
from quotes.readers.table_rows import BadRow

BATCH = 256
# Bytes of a column that are read at once; without it all of a row group is, maybe the whole file.
BUFFER = 1 << 20


def read_parquet(
    stream: BinaryIO, name: str, columns: Mapping[str, str]
) -> Iterator[Record | BadRow]:
    """Yield the records of a file in order.

    Raises:
        InputError: where it is no Parquet file or has no column for the text.
    """
    import pyarrow

    try:
        yield from _records(stream, name, columns)
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(
            f"{name}: cannot be read as Parquet ({str(error).splitlines()[0]}): is the file "
            "complete?"
        ) from error


def _records(stream: BinaryIO, name: str, columns: Mapping[str, str]) -> Iterator[Record | BadRow]:
    from pyarrow import parquet

    with parquet.ParquetFile(stream, pre_buffer=False, buffer_size=BUFFER) as table:
        names = table.schema_arrow.names
        require_text_column(names, columns, name)
        known = [column for field in NAMES for column in wanted(names, field, columns)]
        known += [f.name for f in table.schema_arrow if f.name not in known and _is_plain(f.type)]
        number = 0
        for batch in table.iter_batches(batch_size=BATCH, columns=known):
            for values in batch.to_pylist():
                number += 1
                yield _row(number, values, columns)


def _is_plain(kind: Any) -> bool:
    """Return whether the values of an Arrow type are words, numbers or days."""
    from pyarrow import types

    return not (types.is_nested(kind) or types.is_binary(kind) or types.is_large_binary(kind))


def _row(number: int, values: dict[str, Any], columns: Mapping[str, str]) -> Record | BadRow:
    decoded = {
        key: value.decode("utf-8", MIXED) if isinstance(value, bytes) else value
        for key, value in values.items()
    }
    try:
        return record(number, decoded, columns)
    except InputError as error:
        return BadRow(number, f"row {number}: {error}")
