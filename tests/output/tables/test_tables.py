"""Tables of a store as files: equal rows in every format, no formulas, complete or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from quotes.errors import InputError
from quotes.output import tables
from quotes.records import ReviewRequest
from quotes.store import COLUMNS, Selection, Store, row_batches
from tests.output.tables.reading import cells, written


def test_only_the_selection_is_written(store: Store) -> None:
    wanted = store.selection_of(store.speaker("Anna Lindqvist"), since=date(2024, 5, 1))
    assert [row["document"] for row in cells(written(store, "csv", wanted))] == ["later"]
    assert len(cells(written(store, "csv", Selection(kind="organization")))) == 2
    assert written(store, "csv", Selection(about="nowhere")).decode() == ",".join(COLUMNS) + "\n"
    assert json.loads(written(store, "jsonld", Selection(about="nowhere")))["@graph"] == []


def test_other_tables_are_written_as_they_count(store: Store, tmp_path: Path) -> None:
    store.review(ReviewRequest(action="reject", by="R. Reader", quote=store.quotes()["id"][0]))
    numbers = {}
    for table in tables.TABLES:
        target = tmp_path / f"{table}.csv"
        numbers[table] = tables.export_table(store, table, target)
        assert len(cells(target.read_bytes())) == numbers[table]
    assert numbers == {"quotes": 7, "documents": 3, "reviews": 1, "failures": 0, "speakers": 2}
    anna = cells((tmp_path / "speakers.csv").read_bytes())[0]
    assert (anna["name"], anna["aliases"], anna["quotes"]) == (
        "Anna Lindqvist",
        "Anna Lindqvist",
        "2",
    )
    assert "text" not in cells((tmp_path / "documents.csv").read_bytes())[0]
    with pytest.raises(InputError, match="jsonld"):
        tables.export_table(store, "documents", tmp_path / "documents.jsonld")


def test_very_many_rows_come_unsorted_and_complete(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sorting all columns of millions of rows would need more memory than the database may use."""
    monkeypatch.setattr(row_batches, "MAX_SORTED_ROWS", 7)
    assert sorted(row["id"] for row in cells(written(store, "csv"))) == sorted(store.quotes()["id"])


def test_rows_pass_through_in_batches(tmp_path: Path) -> None:
    """However many rows come, only one batch is looked at, and written, at a time."""
    schema, seen = pa.schema([("words", pa.string())]), list[int]()
    target = tmp_path / "many.csv"

    def batches(stream: Any) -> Iterator[pa.RecordBatch]:
        for _ in range(5):
            seen.append(stream.tell())
            yield pa.record_batch([["word"] * 1000], schema=schema)

    with target.open("wb") as stream:
        reader = pa.RecordBatchReader.from_batches(schema, batches(stream))
        assert tables.write_rows(reader, stream, "csv") == 5000
    assert seen == [len("words\n") + 5000 * number for number in range(5)]


def test_the_ending_names_the_format() -> None:
    assert tables.format_of(Path("a.XLSX")) == "xlsx"
    with pytest.raises(InputError, match=r"quotes\.doc: unknown format: end the name in \.csv, "):
        tables.format_of(Path("quotes.doc"))
