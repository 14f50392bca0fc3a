"""A compaction that is killed at any step loses nothing, and readers beside it go on."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

import deltalake
import pyarrow.parquet as pq
import pytest

from quotes.errors import StoreError
from quotes.records import ReviewRequest
from quotes.store import Store, delta, open_store
from quotes.store.commits import COMPACTED
from quotes.store.reviews import writing
from tests.stores import HARBOUR, SCHOOL, described, put, stored, whole

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.stores"])
STEPS = ("optimize", "vacuum")
ARTICLES = 6


class _DyingAt:
    """A table that kills the program in front of one step of a compaction, or right behind it."""

    def __init__(self, table: Any, step: str, *, done: bool) -> None:
        self._table, self._step, self._done = table, step, done

    def _at(self, step: str, act: Any) -> Any:
        def called(*arguments: Any, **options: Any) -> Any:
            if step == self._step and not self._done:
                os.kill(os.getpid(), signal.SIGKILL)
            found = act(*arguments, **options)
            if step == self._step:
                os.kill(os.getpid(), signal.SIGKILL)
            return found

        return called

    @property
    def optimize(self) -> Any:
        """Both ways of joining files."""
        own = self._table.optimize
        return type(
            "Optimizer",
            (),
            {
                "compact": staticmethod(self._at("optimize", own.compact)),
                "z_order": staticmethod(self._at("optimize", own.z_order)),
            },
        )

    def vacuum(self, **options: Any) -> Any:
        """Delete old files."""
        return self._at("vacuum", self._table.vacuum)(**options)

    def get_add_actions(self, **options: Any) -> Any:
        """Return the files."""
        return self._table.get_add_actions(**options)


def _compact_and_die(folder: str, table: str, step: str, done: bool) -> None:
    """What a program of its own does: it is killed while it compacts one table."""
    whole_table = deltalake.DeltaTable

    def opened(path: Any) -> Any:
        found = whole_table(path)
        return _DyingAt(found, step, done=done) if Path(path).name == table else found

    store = open_store(folder)
    delta.MAX_SMALL_FILES = 2
    delta.HOURS_KEPT = 0
    setattr(delta, "DeltaTable", opened)  # noqa: B010  # not exported there
    store.compact()


def contents(store: Any) -> dict[str, list[str]]:
    """The rows of all tables, each as text, in order."""
    return {
        name: sorted(map(str, store._session().rows(f"SELECT * FROM raw_{name}")))
        for name in (table.name for table in COMPACTED)
    }


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("table", ["quotes", "documents"])
def test_a_compaction_that_is_killed_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, step: str, done: bool
) -> None:
    monkeypatch.setattr(delta, "MAX_SMALL_FILES", 100)  # not yet
    store = stored(tmp_path / "s", [])
    for number in range(ARTICLES):
        list(put(store, [described((HARBOUR, SCHOOL)[number % 2], id=f"article-{number}")]))
    monkeypatch.undo()
    before, everything = contents(store), whole(store)
    _, files = delta.files(tmp_path / "s" / table)
    assert len(files) > 2
    process = PROCESSES.Process(
        target=_compact_and_die, args=(str(tmp_path / "s"), table, step, done)
    )
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert contents(store) == before
    with open_store(tmp_path / "s") as again:
        assert contents(again) == before
        assert whole(again) == everything
        list(put(again, [described(HARBOUR, id="one-more")]))
        monkeypatch.setattr(delta, "MAX_SMALL_FILES", 1)
        again.compact()
        assert len(delta.files(tmp_path / "s" / table)[1]) == 1
        assert whole(again) == everything | {"one-more"}


def test_a_reader_goes_on_while_files_are_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stored(tmp_path / "s", []) as store, open_store(tmp_path / "s") as reader:
        for number in range(ARTICLES):
            list(put(store, [described(HARBOUR, id=f"article-{number}")]))
        before, everything = contents(reader), whole(reader)
        _, files = delta.files(tmp_path / "s" / "quotes")
        monkeypatch.setattr(delta, "MAX_SMALL_FILES", 1)
        store.compact()
        assert len(delta.files(tmp_path / "s" / "quotes")[1]) == 1
        old = sum(pq.read_metadata(file).num_rows for file in files)  # who reads them, goes on
        assert old == len(before["quotes"])
        assert contents(reader) == before
        assert whole(reader) == everything


def test_reviews_one_by_one_are_joined_and_stay_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "COMPACTED_FILES", 4)
    monkeypatch.setattr(delta, "MAX_SMALL_FILES", 2)
    with stored(tmp_path / "s", [described(HARBOUR)]) as store, open_store(store.path) as reader:
        (quote, *_) = store.quotes_of("harbour")
        made = [
            store.review(ReviewRequest(action="role", by="Ada", quote=quote.id, value=f"mayor {n}"))
            for n in range(11)
        ]
        assert len(delta.files(store.path / "reviews")[1]) <= 4
        for each in (store, reader):
            assert each.reviews() == tuple(made)
            (role,) = {q.role for q in each.quotes_of("harbour") if q.id == quote.id}
            assert role == "mayor 10"


def test_a_review_is_stored_although_files_cannot_be_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(writing, "COMPACTED_FILES", 0)
    with stored(tmp_path / "s", [described(HARBOUR)]) as store:
        monkeypatch.setattr(Store, "compact", full)
        (quote, *_) = store.quotes_of("harbour")
        review = store.review(ReviewRequest(action="reject", by="Ada", quote=quote.id))
        assert store.reviews() == (review,)
