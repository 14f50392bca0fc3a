"""Commits to a store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quotes.records import Alias, Failure, Review, Speaker
from quotes.store import commits, delta, open_store
from quotes.store.commits import Counts, ProgramRun
from quotes.store.rows import Entry
from tests.stores import HARBOUR, SCHOOL, stored


def empty(folder: Path) -> Path:
    return stored(folder / "s", []).path


def count(folder: Path, table: str) -> int:
    with open_store(folder) as store:
        return int(store.sql(f"SELECT count(*) AS n FROM raw_{table}")["n"][0])


def test_counts_add_up_to_the_documents_done() -> None:
    assert Counts(added=1, revised=2, unchanged=3, failed=4, quotes=99).done == 10


def test_the_documents_of_a_commit_are_written_last(tmp_path: Path, monkeypatch: Any) -> None:
    folder, order, append = empty(tmp_path), list[str](), delta.append

    def noted(place: Path, rows: Any) -> None:
        order.append(place.name)
        append(place, rows)

    monkeypatch.setattr(delta, "append", noted)
    run = ProgramRun(folder, made_by="tests")
    run.commit([Entry(document=HARBOUR[0], quotes=())], [Failure("a", "read", "is empty")])
    assert order[0] == "runs"
    assert order[-1] == "documents"
    assert (count(folder, "documents"), count(folder, "failures")) == (1, 1)


def test_the_end_of_a_run_is_recorded_with_its_counts(tmp_path: Path) -> None:
    folder = empty(tmp_path)
    run = ProgramRun(folder, made_by="tests")
    run.end(Counts(added=2, quotes=6))
    with open_store(folder) as store:
        found = store.sql("SELECT * FROM runs WHERE id = ?", [run.id]).to_dict("records")
    assert [(row["added"], row["quotes"], row["made_by"]) for row in found] == [(2, 6, "tests")]


def test_speakers_are_replaced_and_reviews_added(tmp_path: Path) -> None:
    folder = empty(tmp_path)
    for name in ("Ann", "Bo"):
        alias = Alias(name, "person", 1.0, "", "machine")
        speaker = Speaker(id=name, name=name, kind="person", aliases=(alias,))
        commits.write_speakers(folder, [speaker])
        review = Review(
            id="", action="merge", by="Ann", at=datetime(2024, 3, 4, tzinfo=UTC), names=(name, "x")
        )
        (made,) = commits.write_reviews(folder, [review])
        assert made.id
    assert (count(folder, "speakers"), count(folder, "reviews")) == (1, 2)


def test_a_removed_document_is_in_no_table(tmp_path: Path) -> None:
    folder = stored(tmp_path / "s", [HARBOUR, SCHOOL]).path
    commits.remove(folder, ["harbour"], reviews=False)
    with open_store(folder) as store:
        assert store.documents()["id"].tolist() == ["=school"]
        assert set(store.sql("SELECT DISTINCT document FROM raw_quotes")["document"]) == {"=school"}
