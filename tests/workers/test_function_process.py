"""Tests of a computation in a process of its own."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from quotes.errors import EngineError
from quotes.workers.function_process import yielded_in_process


def squares(numbers: range) -> Iterator[tuple[int, int]]:
    """Yield the id of this process with each square."""
    for number in numbers:
        yield os.getpid(), number * number


def dying(numbers: range) -> Iterator[int]:
    """Yield one number, and end this process as the operating system does without memory."""
    yield numbers[0]
    os.kill(os.getpid(), signal.SIGTERM)


def test_what_a_function_yields_comes_from_another_process_in_order() -> None:
    found = list(yielded_in_process(squares, range(4)))
    assert [square for _, square in found] == [0, 1, 4, 9]
    assert os.getpid() not in {process for process, _ in found}


def test_a_process_that_dies_is_an_error_after_what_it_gave() -> None:
    received = yielded_in_process(dying, range(7, 9))
    assert next(received) == 7
    with pytest.raises(EngineError, match="dying: its process ended early"):
        next(received)


def test_an_iterator_that_is_closed_ends_its_process() -> None:
    received = yielded_in_process(squares, range(10**9))
    process, _ = next(received)
    received.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
