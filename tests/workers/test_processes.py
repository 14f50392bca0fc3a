"""Several processes: each document comes back once, and a crash costs one document."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from quotes.errors import ModelError
from quotes.pipeline import Processed
from quotes.records import Document, Failure
from quotes.workers.processes import run_with_workers
from quotes.workers.queue import MAX_HELD
from tests.crashing_documents import CrashingDocument
from tests.stores import HARBOUR, SCHOOL, Counted, described, work


def articles(count: int) -> list[Any]:
    return [described((HARBOUR, SCHOOL)[n % 2], id=f"article-{n}") for n in range(count)]


def test_workers_give_what_one_program_gives() -> None:
    failure = Failure("empty", "read", "empty.txt: is empty")
    items = [*articles(9), failure]
    found = {
        (r.document.id if isinstance(r, Processed) else r.id): r
        for r in run_with_workers(items, workers=2)
    }
    alone = {(r.document.id if isinstance(r, Processed) else r.id): r for r in work(items)}
    assert found == alone
    assert len(found) == 10


def test_a_worker_that_dies_costs_the_document_it_was_at() -> None:
    items = articles(12)
    items.insert(3, CrashingDocument(id="deadly", text="Boom.", source="deadly.txt"))
    results = list(run_with_workers(items, workers=2))
    failures = [result for result in results if isinstance(result, Failure)]
    assert [(f.id, f.stage, f.source) for f in failures] == [("deadly", "parse", "deadly.txt")]
    assert "deadly.txt: the program that worked on it died (exit code 7)" in failures[0].message
    assert sorted(r.document.id for r in results if isinstance(r, Processed)) == sorted(
        document.id for document, _ in articles(12)
    )


def test_what_was_batched_with_a_deadly_document_is_done_all_the_same() -> None:
    """Articles in a language without rules: no model is needed to say so."""
    items: list[Any] = [
        Document(id=f"a{n}", text="Die Preise steigen.", language="de") for n in range(9)
    ]
    items.insert(5, CrashingDocument(id="deadly", text="Boom.", language="de"))
    found = {
        failure.id: failure.message
        for failure in run_with_workers(items, workers=1)
        if isinstance(failure, Failure)
    }
    assert sorted(found) == sorted(item.id for item in items)
    assert {name for name, message in found.items() if "exit code 7" in message} == {"deadly"}


def test_no_more_is_read_than_the_workers_hold() -> None:
    items = Counted(articles(40))
    for done, _ in enumerate(run_with_workers(items, workers=2), start=1):
        assert items.taken <= done + 2 * MAX_HELD
    assert (done, items.taken) == (40, 40)


def test_when_the_caller_stops_the_workers_end() -> None:
    running = run_with_workers(articles(40), workers=2)
    assert isinstance(running, Generator)
    next(running)
    running.close()
    import multiprocessing

    assert not [
        child
        for child in multiprocessing.active_children()
        if child.name.startswith("SpawnProcess")
    ]


@pytest.mark.slow
def test_without_a_model_nothing_goes_on() -> None:
    with pytest.raises(ModelError, match="no/such/model"):
        list(
            run_with_workers(
                [Document(id="a", text="Prices rose, she said.", language="en")],
                workers=2,
                model="no/such/model",
            )
        )


def test_a_language_without_rules_is_a_failure_of_its_document() -> None:
    (result,) = run_with_workers(
        [Document(id="a", text="Die Preise steigen.", language="de")], workers=1
    )
    assert isinstance(result, Failure)
    assert "'de'" in result.message
