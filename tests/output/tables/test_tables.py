"""Tables of a store as files: equal rows in every format, no formulas, complete or not at all."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from quotes.errors import InputError, StoreError
from quotes.output import tables
from quotes.records import ReviewRequest
from quotes.store import COLUMNS, EVERYTHING, Selection, Store, row_batches
from tests.output.tables.reading import cells, nested, written
from tests.stores import HARBOUR, SCHOOL, described, stored


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


def arranged(store: Store, **layout: Any) -> list[dict[str, str]]:
    stream = io.BytesIO()
    tables.export_quotes(store, EVERYTHING, stream, layout=tables.Layout(**layout))
    return cells(stream.getvalue())


def test_columns_order_and_number_can_be_chosen(store: Store) -> None:
    assert list(arranged(store, columns=("outlet", "words"))[0]) == ["outlet", "words"]
    sure = [float(row["probability"]) for row in arranged(store, sort=("-probability",))]
    assert sure == sorted(sure, reverse=True)
    assert sure != sorted(sure)
    by_type = [(row["type"], row["day"]) for row in arranged(store, sort=("type", "-day"))]
    assert [kind for kind, _ in by_type] == sorted(kind for kind, _ in by_type)
    assert len(arranged(store, limit=3)) == 3
    assert arranged(store, limit=3) == arranged(store)[:3]
    for layout in ({"columns": ("word",)}, {"sort": ("-word",)}):
        with pytest.raises(StoreError, match=r"no column '-?word': there are speaker_name, "):
            arranged(store, **layout)


def test_further_columns_of_the_articles_are_carried_through(tmp_path: Path) -> None:
    own = (("section", "World"), ("type", "it's news"))
    articles = [described(HARBOUR, extra=own), SCHOOL]
    with stored(tmp_path / "s", articles) as store:
        rows = arranged(store)
        assert list(rows[0]) == [*COLUMNS, "section", "article_type"]
        by_document = {row["document"]: (row["section"], row["article_type"]) for row in rows}
        assert by_document == {"harbour": ("World", "it's news"), "'=school": ("", "")}
        chosen = arranged(store, columns=("section", "words"), sort=("-section",))
        assert [row["section"] for row in chosen][:1] == ["World"]
        assert {q["section"] for each in nested(store, EVERYTHING) for q in each["quotes"]} == {
            "World",
            None,
        }


def test_very_many_are_sorted_only_with_a_limit(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_batches, "MAX_SORTED_ROWS", 3)
    with pytest.raises(StoreError, match="more than 3 quotes, the most that can be sorted"):
        arranged(store, sort=("words",))
    assert len(arranged(store, sort=("words",), limit=2)) == 2


def test_other_tables_are_arranged_too(store: Store) -> None:
    def written_table(name: str, **layout: Any) -> list[dict[str, str]]:
        stream = io.BytesIO()
        tables.export_table(store, name, stream, layout=tables.Layout(**layout))
        return cells(stream.getvalue())

    documents = written_table("documents", columns=("id", "outlet"), sort=("-id",), limit=2)
    assert documents == [
        {"id": "later", "outlet": "Evening Star"},
        {"id": "harbour", "outlet": "Harbour Post"},
    ]
    speakers = written_table("speakers", columns=("name",), sort=("-name",))
    assert [row["name"] for row in speakers] == ["council", "Anna Lindqvist"]
    with pytest.raises(StoreError, match="no column 'words'"):
        written_table("speakers", columns=("words",))
