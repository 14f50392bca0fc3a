"""Rows as CSV, as tab-separated values and as JSON lines.

In: Arrow batches, or rows in memory. Out: text in UTF-8, written batch by batch, or one text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

import pyarrow as pa

from quotes.output.csv_text import csv_text
from quotes.output.tables.cells import cell_text, cell_texts, json_value


def write_csv(rows: pa.RecordBatchReader, stream: BinaryIO, *, delimiter: str = ",") -> int:
    """Write a header and a line for each row, and return the number of rows.

    Cells that begin like a formula get an apostrophe in front.
    """
    written = 0
    _write_lines([rows.schema.names], stream, delimiter)
    for batch in rows:
        _write_lines(zip(*map(cell_texts, batch.columns), strict=True), stream, delimiter)
        written += batch.num_rows
    return written


def write_tsv(rows: pa.RecordBatchReader, stream: BinaryIO) -> int:
    """Write a header and a line for each row, with tabs between cells; return the rows' number."""
    return write_csv(rows, stream, delimiter="\t")


def write_jsonl(rows: pa.RecordBatchReader, stream: BinaryIO) -> int:
    """Write a JSON object for each row, and return the number of rows.

    Missing values are null, days in ISO 8601, spans [start, end].
    """
    written = 0
    for batch in rows:
        lines = (
            json.dumps(json_value(row), ensure_ascii=False) + "\n" for row in batch.to_pylist()
        )
        stream.write("".join(lines).encode())
        written += batch.num_rows
    return written


def rows_text(columns: Sequence[str], rows: Iterable[Sequence[Any]], file_format: str) -> str:
    """Return rows in memory, with values in the order of the columns, as text: csv or jsonl."""
    if file_format == "csv":
        return csv_text([columns, *(list(map(cell_text, row)) for row in rows)])
    objects = (dict(zip(columns, map(json_value, row), strict=True)) for row in rows)
    return "".join(json.dumps(made, ensure_ascii=False) + "\n" for made in objects)


def _write_lines(cells: Iterable[Sequence[str]], stream: BinaryIO, delimiter: str) -> None:
    """Write lines of cells."""
    stream.write(csv_text(cells, delimiter=delimiter).encode())
