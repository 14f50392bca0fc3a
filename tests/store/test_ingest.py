"""Adding to a store: broken off at any moment, by two programs at once, with failures."""

from __future__ import annotations

import multiprocessing
import random
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from quotes.language import Language
from quotes.models import Models
from quotes.pipeline import ReadyParse
from quotes.records import Failure
from quotes.store import EVERYTHING, Store, ingest, open_store
from quotes.store.ingest import made_by
from tests.stores import HARBOUR, SCHOOL, described, put, stored, whole, work

KILLS = 30
FOLDERS = multiprocessing.get_context(
    "forkserver"
)  # a fork of a program that has loaded everything: started in no time
FOLDERS.set_forkserver_preload(["tests.stores"])


def articles(count: int, *, first: int = 0) -> list[Any]:
    return [
        described(
            (HARBOUR, SCHOOL)[n % 2], id=f"article-{n}", published=f"2024-03-{1 + n % 28:02d}"
        )
        for n in range(first, first + count)
    ]


def _adding(folder: str, numbers: Sequence[int], batch: int, ready: Any) -> None:
    """What a program of its own does: adds articles in small batches."""
    ingest.COMMIT_DOCUMENTS = batch
    store = open_store(folder, create=True, made_by="tests")
    ready.set()
    for _ in put(store, articles(len(numbers), first=numbers[0])):
        pass


def start(folder: Path, numbers: Sequence[int], batch: int) -> Any:
    ready = FOLDERS.Event()
    process = FOLDERS.Process(target=_adding, args=(str(folder), numbers, batch, ready))
    process.start()
    assert ready.wait(120)
    return process


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")
@pytest.mark.slow
def test_killed_at_random_moments_nothing_committed_is_lost_or_doubled(tmp_path: Path) -> None:
    choose, numbers, before = random.Random(20240305), range(90), set[str]()
    folder = tmp_path / "s"
    open_store(folder, create=True, made_by="tests").close()
    for _ in range(KILLS):
        process = start(folder, numbers, batch=1)
        time.sleep(choose.uniform(0.0, 0.6))
        process.kill()
        process.join()
        with open_store(folder) as store:
            now = whole(store)
        assert before <= now
        before = now
    process = start(folder, numbers, batch=20)
    process.join()
    assert process.exitcode == 0
    with open_store(folder) as store:
        assert whole(store) == {f"article-{n}" for n in numbers}
        assert {speaker.name for speaker in store.speakers()} >= {"Anna Lindqvist"}


@pytest.mark.slow
def test_two_programs_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    open_store(folder, create=True, made_by="tests").close()
    both = [start(folder, range(24), batch=3), start(folder, range(12, 36), batch=3)]
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    with open_store(folder) as store:
        assert whole(store) == {f"article-{n}" for n in range(36)}
        assert store.sql("SELECT count(*) AS n FROM runs WHERE ended IS NOT NULL")[
            "n"
        ].tolist() == [2]


def test_what_is_processed_is_stored_when_the_run_is_stopped(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s", create=True, made_by="tests")

    def stopping(items: Any) -> Any:
        for number, result in enumerate(work(items)):
            if number == 4:
                raise KeyboardInterrupt
            yield result

    with pytest.raises(KeyboardInterrupt):
        list(store.add(articles(9), work=stopping))
    assert whole(store) == {f"article-{n}" for n in range(4)}
    assert [step.outcome for step in put(store, articles(9))] == ["unchanged"] * 4 + ["added"] * 5


def test_failures_are_rows_and_go_when_the_article_can_be_read(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s", create=True, made_by="tests")
    broken = Failure(
        "harbour", "read", "harbour.txt: is empty: nothing to read", "harbour.txt", "ReadError"
    )
    steps = list(put(store, [broken, SCHOOL]))
    assert [(step.outcome, step.failure) for step in steps] == [("added", None), ("failed", broken)]
    failures = store.sql("SELECT id, stage, message, source, detail FROM failures").to_dict(
        "records"
    )
    assert failures == [
        {
            "id": "harbour",
            "stage": "read",
            "message": broken.message,
            "source": "harbour.txt",
            "detail": "ReadError",
        }
    ]
    list(put(store, [broken]))
    assert len(store.sql("SELECT * FROM failures")) == 1
    list(put(store, [HARBOUR]))
    assert store.sql("SELECT * FROM failures").empty


def test_a_store_adds_with_the_model_named_in_this_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = list[tuple[str, str]]()

    def load(model: str, *, language: Language) -> Models:
        loaded.append((model, language.code))
        return Models(ReadyParse(HARBOUR[1]))

    monkeypatch.setattr("quotes.models.load_models_for_process", load)
    with open_store(tmp_path / "s", create=True) as store:
        steps = store.add([HARBOUR[0], SCHOOL], model="a-model")
        assert (loaded, store.count(EVERYTHING)) == ([], 0)  # nothing happens before it is asked
        assert [(step.id, step.outcome) for step in steps] == [
            (HARBOUR[0].id, "added"), (SCHOOL[0].id, "added"),
        ]  # fmt: skip
        assert loaded == [("a-model", "en")]
        assert store.count(EVERYTHING) == 6
        again = store.add([HARBOUR[0]], model="a-model", again=True)
        assert [step.outcome for step in again] == ["revised"]


def test_fewer_than_one_worker_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path / "s", create=True) as store:
        with pytest.raises(ValueError, match="at least 1, not 0"):
            store.add([HARBOUR], workers=0)
        assert store.sql("SELECT * FROM runs").empty


def test_a_run_notes_what_it_did_and_what_made_it(tmp_path: Path) -> None:
    store = stored(tmp_path / "s")
    (run,) = store.sql("SELECT * FROM runs").to_dict("records")
    assert (run["added"], run["failed"], run["quotes"]) == (2, 0, 6)
    assert run["ended"] >= run["started"]
    assert run["made_by"] == made_by("embedded")
    assert made_by("embedded").startswith("quotes ")


def test_speakers_are_made_again_after_a_run_that_ended_before_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path / "s", create=True, made_by="tests")

    def broken_off(self: Store) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "identify", broken_off)
        with pytest.raises(KeyboardInterrupt):
            list(put(store, [HARBOUR]))
    assert store.speakers() == ()
    list(put(store, [HARBOUR]))
    assert "Anna Lindqvist" in {speaker.name for speaker in store.speakers()}
