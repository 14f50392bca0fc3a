"""A search index made by several processes is the one that a single process makes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from quotes.errors import SearchIndexError
from quotes.statements import index_parts
from quotes.statements.index import Index, build, open_index, update
from quotes.statements.index_parts import index_rows, process_count, write_parts
from tests.builders import ENGLISH

THINGS = ("prices", "wages", "ferries", "taxes", "schools", "bridges", "trains")
VERBS = ("rise", "fall", "wait", "cost more", "are safe")


def batches(count: int = 210, size: int = 30) -> Iterator[pa.RecordBatch]:
    rows = [
        {
            "id": f"{n:016x}",
            "document": f"d{n // 3}",
            "words": f"{THINGS[n % 7]} {VERBS[n % 5]} in town {n}",
            "stored": '["Ann Lee", 0.5, null]',
        }
        for n in range(count)
    ]
    for start in range(0, count, size):
        yield pa.RecordBatch.from_pylist(rows[start : start + size])


def reader() -> pa.RecordBatchReader:
    made = list(batches())
    return pa.RecordBatchReader.from_batches(made[0].schema, made)


def made_in_parts(folder: Path) -> Index:
    found = reader()
    return build(
        folder, lambda path: write_parts(path, found, ENGLISH, 2), state="now", language=ENGLISH
    )


def test_two_processes_make_the_index_that_one_makes(tmp_path: Path) -> None:
    several = made_in_parts(tmp_path / "several")
    one = build(tmp_path / "one", index_rows(batches()), state="now", language=ENGLISH)
    assert several.count == one.count == 210
    for asked in ("wages fall in town 15", "schools are safe", "town 100", "taxes"):
        assert several.search(asked) == one.search(asked)
    assert several.quote(f"{41:016x}") == one.quote(f"{41:016x}")
    assert open_index(tmp_path / "several", language=ENGLISH) is not None


def test_an_index_of_parts_is_updated_like_another(tmp_path: Path) -> None:
    made_in_parts(tmp_path / "several")
    rows = list(index_rows(batches(3)))
    found = update(tmp_path / "several", rows[:1], ["d5"], state="later", language=ENGLISH)
    assert found.count == 210 - 3 + 1 - 3
    assert found.quote(f"{0:016x}") is not None
    assert found.quote(f"{1:016x}") is None
    assert found.quote(f"{15:016x}") is None


def test_a_process_that_fails_leaves_no_index_and_says_why(tmp_path: Path) -> None:
    broken = [
        pa.RecordBatch.from_pylist(
            [{"id": "no id", "document": "d", "words": "so", "stored": "[]"}]
        )
    ]
    found = pa.RecordBatchReader.from_batches(broken[0].schema, broken)
    with pytest.raises(SearchIndexError, match="an id has 16 hexadecimal digits"):
        build(
            tmp_path / "s", lambda path: write_parts(path, found, ENGLISH, 2), state="now",
            language=ENGLISH,
        )  # fmt: skip
    assert open_index(tmp_path / "s", language=ENGLISH) is None
    assert not list((tmp_path / "s").glob("g-*"))


def test_few_quotes_are_one_process_s_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    assert process_count(index_parts.MIN_QUOTES - 1) == 1
    assert process_count(index_parts.MIN_QUOTES) == 3
