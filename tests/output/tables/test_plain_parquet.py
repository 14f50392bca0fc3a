"""Rows as one plain Parquet file."""

from __future__ import annotations

import io
from pathlib import Path

import pandas
import pyarrow as pa
import pyarrow.parquet as pq

from quotes.output import tables
from quotes.output.tables.plain_parquet import with_moments
from quotes.store import EVERYTHING, Store


def test_parquet_is_the_same_table(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "quotes.parquet"
    assert tables.export_quotes(store, EVERYTHING, target) == len(store.quotes())
    found = pq.read_table(target)
    kept = store.find_quotes(EVERYTHING)
    assert found.equals(kept.cast(with_moments(kept.schema)))


def test_pandas_reads_days_as_days(store: Store, tmp_path: Path) -> None:
    tables.export_quotes(store, EVERYTHING, tmp_path / "quotes.parquet")
    frame = pandas.read_parquet(tmp_path / "quotes.parquet")
    days = frame.dtypes[["day", "said_on", "published"]]
    assert all(pandas.api.types.is_datetime64_dtype(kind) for kind in days)
    assert frame["published"].dropna().dt.year.unique().tolist() == [2024]


def test_each_batch_is_a_row_group_of_compressed_columns() -> None:
    schema, stream = pa.schema([("words", pa.string())]), io.BytesIO()
    batches = [pa.record_batch([[words]], schema=schema) for words in ("one", "two")]
    rows = pa.RecordBatchReader.from_batches(schema, batches)
    assert tables.write_rows(rows, stream, "parquet") == 2
    found = pq.ParquetFile(io.BytesIO(stream.getvalue())).metadata
    assert found.num_row_groups == 2
    assert found.row_group(0).column(0).compression == "ZSTD"


def test_without_rows_the_columns_are_there() -> None:
    schema, stream = pa.schema([("words", pa.string())]), io.BytesIO()
    assert tables.write_rows(pa.RecordBatchReader.from_batches(schema, []), stream, "parquet") == 0
    assert pq.read_table(io.BytesIO(stream.getvalue())).column_names == ["words"]
