"""Rows as one plain Parquet file, which every tool for tables reads.

In: Arrow batches. Out: the file, compressed with Zstandard, types as in the data dictionary; days
are the moment at which they begin, which pandas reads as `datetime64`.
"""

from __future__ import annotations

from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

DAY = pa.timestamp("ms")


def write_parquet(rows: pa.RecordBatchReader, stream: BinaryIO) -> int:
    """Write a row group for each batch, and return the number of rows."""
    written, schema = 0, with_moments(rows.schema)
    with pq.ParquetWriter(stream, schema, compression="zstd") as writer:
        for batch in rows:
            writer.write_batch(batch.cast(schema))
            written += batch.num_rows
    return written


def with_moments(schema: pa.Schema) -> pa.Schema:
    """Return a schema with moments in the place of days."""
    return pa.schema(
        pa.field(field.name, DAY) if pa.types.is_date(field.type) else field for field in schema
    )
