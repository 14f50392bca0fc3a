"""Tables of many commits: few files, nothing lost; one that stays open shows the newest commit."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotes.store import delta, ingest
from quotes.store.rows import arrow
from quotes.store.schema import ROLES
from tests.stores import HARBOUR, described, put, stored, whole


@pytest.fixture
def table(tmp_path: Path) -> Path:
    folder = tmp_path / "roles"
    delta.create(folder, ROLES)
    return folder


def rows(first: int, count: int) -> pa.Table:
    numbers = range(first, first + count)
    return arrow(ROLES, [{"name": f"Name {n * 7919 % 1009}", "role": f"role {n}"} for n in numbers])


def roles(folder: Path) -> list[str]:
    _, files = delta.files(folder)
    return sorted(name for file in files for name in pq.read_table(file)["role"].to_pylist())


def test_small_files_are_joined_and_a_large_one_beside_them_stays(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delta.append(table, rows(0, 20_000))
    _, (large,) = delta.files(table)
    monkeypatch.setattr(delta, "SMALL_FILE", os.path.getsize(large))
    monkeypatch.setattr(delta, "MIN_SHARE", 1.0)  # footers make small files large
    for number in range(12):
        delta.append(table, rows(20_000 + number, 1))
    assert delta.compact(table, ROLES.order)
    _, files = delta.files(table)
    assert large in files
    assert len(files) == 2
    assert roles(table) == sorted(f"role {n}" for n in range(20_012))
    assert not delta.compact(table, ROLES.order)


def test_when_small_files_are_many_rows_beside_large_ones_all_are_sorted_again(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delta.append(table, rows(0, 2_000))
    _, (large,) = delta.files(table)
    monkeypatch.setattr(delta, "SMALL_FILE", os.path.getsize(large))
    for number in range(12):
        delta.append(table, rows(2_000 + number * 100, 100))
    assert delta.compact(table, ("name",))
    _, (file,) = delta.files(table)
    names = pq.read_table(file)["name"].to_pylist()
    assert names == sorted(names)
    assert len(names) == 3_200


def test_files_that_were_rewritten_stay_a_day_for_their_readers(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        delta.append(table, rows(number, 1))
    _, before = delta.files(table)
    delta.compact(table, ROLES.order)
    assert all(os.path.exists(file) for file in before)
    monkeypatch.setattr(delta, "HOURS_KEPT", 0)
    for number in range(12, 24):
        delta.append(table, rows(number, 1))
    assert delta.compact(table, ROLES.order)
    assert not any(os.path.exists(file) for file in before)
    assert roles(table) == sorted(f"role {n}" for n in range(24))


def test_nothing_is_lost_where_programs_append_while_another_compacts(table: Path) -> None:
    def append(number: int) -> None:
        for n in range(12):
            delta.append(table, rows(number * 100 + n, 1))

    with ThreadPoolExecutor(4) as pool:
        done = [pool.submit(append, number) for number in range(3)]
        joined = pool.submit(lambda: [delta.compact(table, ROLES.order) for _ in range(8)])
        for each in done:
            each.result()
        joined.result()
    delta.compact(table, ROLES.order)
    assert roles(table) == sorted(f"role {a * 100 + n}" for a in range(3) for n in range(12))


def test_a_run_of_many_commits_joins_files_before_it_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "COMMIT_DOCUMENTS", 1)
    monkeypatch.setattr(ingest, "COMPACTED_COMMITS", 4)
    monkeypatch.setattr(delta, "MAX_SMALL_FILES", 2)
    with stored(tmp_path / "s", []) as store:
        items = [described(HARBOUR, id=f"harbour-{number}") for number in range(9)]
        most = max(len(delta.files(store.table_folder("quotes"))[1]) for _ in put(store, items))
        assert most <= 4
        assert whole(store) == {document.id for document, _ in items}


def test_each_commit_is_seen_whoever_made_it(table: Path) -> None:
    delta.append(table, rows(0, 1))
    delta.append(table, rows(1, 1))
    assert delta.files(table)[0] == 2
    assert delta.delete(table, "role", ["role 0"]) == 1  # opened anew, as by another program
    assert delta.files(table)[0] == 3
    assert roles(table) == ["role 1"]


def test_a_table_restored_from_a_copy_is_read_again(table: Path, tmp_path: Path) -> None:
    delta.append(table, rows(0, 1))
    copy = Path(shutil.copytree(table, tmp_path / "copy"))
    delta.append(table, rows(1, 1))
    assert delta.files(table)[0] == 2
    (table / "_delta_log" / f"{2:020}.json").unlink()  # in place
    assert roles(table) == ["role 0"]
    delta.append(table, rows(2, 1))
    assert roles(table) == ["role 0", "role 2"]
    shutil.rmtree(table)
    shutil.copytree(copy, table)
    assert delta.files(table)[0] == 1
    assert roles(table) == ["role 0"]


def test_a_log_that_was_cleaned_up_is_read_again(table: Path) -> None:
    delta.append(table, rows(0, 1))
    delta.append(table, rows(1, 1))
    assert len(roles(table)) == 2
    delta.purge(table)
    delta.append(table, rows(2, 1))
    assert delta.files(table)[0] == delta.newest(table)
    assert len(roles(table)) == 3
