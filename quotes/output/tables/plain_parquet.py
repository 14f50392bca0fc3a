"""Rows as one plain Parquet file, which every tool for tables reads.

In: Arrow batches. Out: the file, compressed with Zstandard, types as in the data dictionary.
"""

from __future__ import annotations

from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq


def write_parquet(rows: pa.RecordBatchReader, stream: BinaryIO) -> int:
    """Write a row group for each batch, and return the number of rows."""
    written = 0
    with pq.ParquetWriter(stream, rows.schema, compression="zstd") as writer:
        for batch in rows:
            writer.write_batch(batch)
            written += batch.num_rows
    return written
