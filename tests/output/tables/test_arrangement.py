"""Which columns of a table are written, and how days stand in text."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from quotes.output.tables.arrangement import arranged, day_text


def rows() -> pa.RecordBatchReader:
    return pa.table(
        {
            "words": ["one", "two", "three"],
            "said_on": pa.array([date(2024, 3, 1), None, date(2024, 1, 1)], pa.date32()),
            "said_precision": ["month", None, "year"],
        }
    ).to_reader(2)


def test_columns_come_in_the_order_asked_for() -> None:
    found = arranged(rows(), columns=["said_precision", "words"]).read_all()
    assert found.column_names == ["said_precision", "words"]
    assert found["words"].to_pylist() == ["one", "two", "three"]


def test_days_stay_days_unless_they_are_to_be_text() -> None:
    assert arranged(rows()).read_all()["said_on"].to_pylist() == [
        date(2024, 3, 1),
        None,
        date(2024, 1, 1),
    ]


def test_a_day_in_text_is_as_exact_as_it_is_known_though_its_precision_is_not_written() -> None:
    found = arranged(rows(), columns=["said_on"], days_as_text=True).read_all()
    assert found.to_pydict() == {"said_on": ["2024-03", None, "2024"]}


@pytest.mark.parametrize(
    ("precision", "text"),
    [("day", "2024-03-04"), ("week", "2024-03-04"), ("month", "2024-03"), (None, "2024-03-04")],
)
def test_a_day_as_text(precision: str | None, text: str) -> None:
    assert day_text(date(2024, 3, 4), precision) == text
    assert day_text(None, precision) is None
