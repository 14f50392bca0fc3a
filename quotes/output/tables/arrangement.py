"""Which columns of a table are written, and how days stand in text.

In: Arrow batches. Out: the same rows with the columns that are wanted, in their order; in a text
format, days that are known as a month or a year as just these ("2024-03"), so that nobody takes the
first day of a month for the day on which something was said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pyarrow as pa

from quotes.output.dates import iso_text
from quotes.records import SaidOn

DAY, PRECISION = "said_on", "said_precision"


def arranged(
    rows: pa.RecordBatchReader, *, columns: Sequence[str] = (), days_as_text: bool = False
) -> pa.RecordBatchReader:
    """Return rows with some columns only, in this order.

    Args:
        rows: The rows.
        columns: Names of columns; all that there are without it.
        days_as_text: Write `said_on` as exactly as it is known; needs `said_precision` in `rows`.
    """
    names = list(columns) or rows.schema.names
    as_text = days_as_text and {DAY, PRECISION} <= set(rows.schema.names)
    fields = [rows.schema.field(name) for name in names]
    schema = pa.schema(
        pa.field(field.name, pa.string()) if as_text and field.name == DAY else field
        for field in fields
    )

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in rows:
            known = dict(zip(batch.schema.names, batch.columns, strict=True))
            if as_text:
                known[DAY] = day_texts(known[DAY], known[PRECISION])
            yield pa.record_batch([known[name] for name in names], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def day_texts(days: pa.Array, precisions: pa.Array) -> pa.Array:
    """Return days in ISO 8601, as exactly as each is known: "2024-03-04", "2024-03", "2024"."""
    pairs = zip(days.to_pylist(), precisions.to_pylist(), strict=True)
    return pa.array([day_text(day, precision) for day, precision in pairs], pa.string())


def day_text(day: date | None, precision: str | None) -> str | None:
    """Return a day in ISO 8601, as exactly as it is known; None where it is unknown."""
    return iso_text(SaidOn(day, precision or "day")) if day else None  # type: ignore[arg-type]
