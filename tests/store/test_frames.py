"""Arrow tables as typed frames."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from quotes.store.frames import typed


def test_a_frame_is_typed() -> None:
    frame = typed(
        pa.table({"day": [date(2024, 3, 4), None], "names": [["a"], None], "text": ["x", None]})
    )
    assert str(frame["day"].dtype) == "datetime64[s]"
    assert frame["names"].tolist() == [["a"], None]
    assert str(frame["text"].dtype) == "str"
