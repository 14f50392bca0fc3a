"""Values of a row as text of a cell, and as JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from quotes.output.tables.cells import cell_text, cell_texts, json_value

SPAN = {"start": 3, "end": 9}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0.123456, "0.1235"),
        (7, "7"),
        (date(2024, 3, 4), "2024-03-04"),
        ([SPAN, {"start": 12, "end": 20}], "3-9; 12-20"),
        ([{"name": "Ann", "kind": "person"}, "Bo"], "Ann; Bo"),
        ([{"name": "section", "value": "Local"}], "section: Local"),
        ([], ""),
        ("=SUM(A1)", "'=SUM(A1)"),
        (["=SUM(A1)"], "'=SUM(A1)"),
    ],
)
def test_a_value_as_text_of_a_cell(value: Any, text: str) -> None:
    assert cell_text(value) == text


def test_a_column_of_text_is_escaped_and_what_is_missing_is_empty() -> None:
    assert cell_texts(pa.array(["yes", "@author", None, ""])) == ["yes", "'@author", "", ""]
    assert cell_texts(pa.array([1, None])) == ["1", ""]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (0.123456, 0.1235),
        (datetime(2024, 3, 4, 5, 6, tzinfo=UTC), "2024-03-04T05:06:00+00:00"),
        ([SPAN], [[3, 9]]),
        ({"name": "Ann", "score": 0.123456}, {"name": "Ann", "score": 0.1235}),
        ("=SUM(A1)", "=SUM(A1)"),
    ],
)
def test_a_value_as_json_holds_it(value: Any, plain: Any) -> None:
    assert json_value(value) == plain
