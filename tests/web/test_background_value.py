"""Tests of values that are computed in the background."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from quotes.errors import EngineError
from quotes.web import background_value
from quotes.web.background_value import BackgroundValue, Computation


def numbers(last: int) -> Iterator[int]:
    """Yield the numbers up to the last."""
    yield from range(1, last + 1)


class Collection:
    """A collection of numbers whose sum is wanted."""

    def __init__(self) -> None:
        self.version, self.last = 0, 3
        self.changed = threading.Event()
        self.computation = Computation[int](
            state=lambda: self.version,
            fingerprint=lambda: self.last,
            is_small=lambda: False,
            arguments=lambda: (self.last,),
            compute=numbers,
            assemble=sum,
        )

    def value(self) -> BackgroundValue[int]:
        """Return the sum, computed in the background."""
        return BackgroundValue(self.computation, on_change=self.changed.set)


def test_a_small_collection_is_computed_before_the_answer() -> None:
    collection = Collection()
    value = BackgroundValue(replace(collection.computation, is_small=lambda: True))
    assert value.current() == 6
    collection.version, collection.last = 1, 4
    assert not value.is_current
    assert value.current() == 10
    assert value.is_current


def test_readers_of_a_large_collection_get_the_value_of_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collection, begin = Collection(), threading.Event()

    def local(function: object, last: int) -> Iterator[int]:
        assert begin.wait(20)
        return numbers(last)

    monkeypatch.setattr(background_value, "yielded_in_process", local)
    value = collection.value()
    assert value.current() is None
    assert value.current() is None  # and no second computation is started
    begin.set()
    assert collection.changed.wait(20)
    assert value.current() == 6
    begin.clear()
    collection.version, collection.last = 1, 4
    assert value.current() == 6
    collection.changed.clear()
    begin.set()
    assert collection.changed.wait(20)
    assert value.current() == 10


def test_a_failed_computation_leaves_the_value_and_is_not_tried_at_once_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    collection, tried = Collection(), list[int]()

    def broken(function: object, last: int) -> Iterator[int]:
        tried.append(last)
        raise EngineError("no process can be started")

    monkeypatch.setattr(background_value, "yielded_in_process", broken)
    value = collection.value()
    assert value.current() is None
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(5)
    assert value.current() is None
    assert tried == [3]
    assert not collection.changed.is_set()
