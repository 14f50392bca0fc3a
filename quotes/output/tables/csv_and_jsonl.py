"""Rows as CSV and as JSON lines.

In: Arrow batches. Out: text in UTF-8, written batch by batch.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import BinaryIO

import pyarrow as pa

from quotes.output.tables.cells import plain, texts


def write_csv(rows: pa.RecordBatchReader, stream: BinaryIO) -> int:
    """A header and a line a row. No cell can be a formula: those that begin like one get an apostrophe in front."""
    written = 0
    _lines([rows.schema.names], stream)
    for batch in rows:
        _lines(zip(*map(texts, batch.columns), strict=True), stream)
        written += batch.num_rows
    return written


def write_jsonl(rows: pa.RecordBatchReader, stream: BinaryIO) -> int:
    """An object a line, missing values null, days in ISO 8601, spans as [start, end]."""
    written = 0
    for batch in rows:
        made = (json.dumps(plain(row), ensure_ascii=False) + "\n" for row in batch.to_pylist())
        stream.write("".join(made).encode())
        written += batch.num_rows
    return written


def _lines(cells: Iterable[Sequence[str]], stream: BinaryIO) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(cells)
    stream.write(out.getvalue().encode())
