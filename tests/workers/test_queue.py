"""What is handed out, in which order, and what becomes of what a lost worker held."""

from __future__ import annotations

from quotes.pipeline import BATCH_CHARS
from quotes.records import Document, Failure
from quotes.workers.queue import Batch, WorkQueue


def texts(count: int) -> list[Document]:
    return [
        Document(id=f"a{n}", text="x" * (BATCH_CHARS // 3 + 1), source=f"a{n}.txt")
        for n in range(count)
    ]


def ids(bundle: Batch | None) -> list[str]:
    assert bundle is not None
    return [item.id for item in bundle.items if isinstance(item, Document)]


def test_bundles_come_in_order_until_all_is_read() -> None:
    supply = WorkQueue(texts(5))
    assert ids(supply.next()) == ["a0"]
    assert ids(supply.next()) == ["a1", "a2", "a3"]
    assert not supply.done
    assert ids(supply.next()) == ["a4"]
    assert supply.next() is None
    assert supply.done


def test_what_a_lost_worker_was_at_comes_again_one_by_one_and_before_the_rest() -> None:
    supply = WorkQueue(texts(8))
    supply.next()
    held = [bundle for bundle in (supply.next(), supply.next()) if bundle]
    assert [ids(bundle) for bundle in held] == [["a1", "a2", "a3"], ["a4", "a5", "a6"]]
    assert list(supply.lost(held, "exit code 7")) == []
    again = [ids(supply.next()) for _ in range(5)]
    assert again == [["a1"], ["a2"], ["a3"], ["a4", "a5", "a6"], ["a7"]]


def test_the_second_death_at_a_document_is_its_failure() -> None:
    supply = WorkQueue(texts(1))
    first = supply.next()
    assert first
    assert list(supply.lost([first], "exit code 7")) == []
    assert not supply.done
    second = supply.next()
    assert second
    (failure,) = supply.lost([second], "exit code 7")
    assert failure == Failure(
        "a0", "parse", "a0.txt: the program that worked on it died (exit code 7)", "a0.txt"
    )
    assert supply.next() is None
