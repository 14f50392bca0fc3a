"""What is handed out, in which order, and what becomes of what a lost worker held."""

from __future__ import annotations

from quotes.records import Document, Failure
from quotes.text.chunking import BATCH_CHARS
from quotes.workers.queue import Batch, WorkQueue


def texts(count: int) -> list[Document]:
    return [
        Document(id=f"a{n}", text="x" * (BATCH_CHARS // 3 + 1), source=f"a{n}.txt")
        for n in range(count)
    ]


def ids(batch: Batch | None) -> list[str]:
    assert batch is not None
    return [item.id for item in batch.items if isinstance(item, Document)]


def test_batches_come_in_order_until_all_is_read() -> None:
    queue = WorkQueue(texts(5))
    assert ids(queue.next()) == ["a0"]
    assert ids(queue.next()) == ["a1", "a2", "a3"]
    assert not queue.done
    assert ids(queue.next()) == ["a4"]
    assert queue.next() is None
    assert queue.done


def test_what_a_lost_worker_was_at_comes_again_one_by_one_and_before_the_rest() -> None:
    queue = WorkQueue(texts(8))
    queue.next()
    held = [batch for batch in (queue.next(), queue.next()) if batch]
    assert [ids(batch) for batch in held] == [["a1", "a2", "a3"], ["a4", "a5", "a6"]]
    assert list(queue.redeliver(held, "exit code 7")) == []
    again = [ids(queue.next()) for _ in range(5)]
    assert again == [["a1"], ["a2"], ["a3"], ["a4", "a5", "a6"], ["a7"]]


def test_the_second_death_at_a_document_is_its_failure() -> None:
    queue = WorkQueue(texts(1))
    first = queue.next()
    assert first
    assert list(queue.redeliver([first], "exit code 7")) == []
    assert not queue.done
    second = queue.next()
    assert second
    (failure,) = queue.redeliver([second], "exit code 7")
    assert failure == Failure(
        "a0", "parse", "a0.txt: the program that worked on it died (exit code 7)", "a0.txt"
    )
    assert queue.next() is None
