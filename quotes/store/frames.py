"""Arrow tables of a store as typed pandas frames."""

from __future__ import annotations

import pandas
import pyarrow as pa


def typed(found: pa.Table) -> pandas.DataFrame:
    """Return an Arrow table as a typed frame.

    Text is `str`, days `datetime64[s]`, moments `datetime64[us, UTC]`, lists are Python lists.
    """
    for at, field in enumerate(found.schema):
        if pa.types.is_date(field.type):
            found = found.set_column(at, field.name, found.column(at).cast(pa.timestamp("s")))
    frame: pandas.DataFrame = found.to_pandas()
    listed = [field.name for field in found.schema if pa.types.is_list(field.type)]
    for name in listed:
        frame[name] = pandas.Series(
            [value if value is None else list(value) for value in frame[name]], dtype="object"
        )
    return frame
