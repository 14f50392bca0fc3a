"""A value computed from the whole collection, such as all of its statements, kept up to date.

In: how to compute it. Out: the value of now; in a large collection the value of a moment ago, while
a process of its own computes the next one. So the threads that make pages never wait for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from quotes.errors import QuotesError
from quotes.workers.function_process import yielded_in_process

RETRY_SECONDS = 60.0  # after a computation that failed
PAUSE_SECONDS = 0.01  # between two parts of a value: readers go first

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Computation(Generic[Value]):
    """How a value is computed.

    Attributes:
        state: Return what changes with the collection; the value is computed again when it has.
        fingerprint: Return what changes only when the value does.
        is_small: Tell whether the collection is so small that a reader can wait.
        arguments: Return the arguments of `compute`, which can be pickled.
        compute: A function of a module, which yields the value in parts.
        assemble: Make the value of its parts.
        min_pause: Return how many times as long as computing took must lie before the next time.
    """

    state: Callable[[], Any]
    fingerprint: Callable[[], Any]
    is_small: Callable[[], bool]
    arguments: Callable[[], tuple[Any, ...]]
    compute: Callable[..., Iterator[Any]]
    assemble: Callable[[Iterable[Any]], Value]
    min_pause: Callable[[], float] = lambda: 0.0


class BackgroundValue(Generic[Value]):
    """A value that is computed again when the collection has changed.

    Attributes:
        on_change: Called in the background when another value is there.
    """

    def __init__(
        self, computation: Computation[Value], *, on_change: Callable[[], None] = lambda: None
    ) -> None:
        self._computation, self.on_change = computation, on_change
        self._value: Value | None = None
        self._state: Any = None  # that the value reflects
        self._fingerprint: Any = None  # of the value
        self._next = 0.0  # when it may be computed again (`time.monotonic()`)
        self._lock = threading.Lock()  # held while it is computed

    def current(self) -> Value | None:
        """Return the value: of now, or of a moment ago in a large collection, None before that."""
        state = self._computation.state()
        if self._reflects(state):
            return self._value
        if self._computation.is_small():
            with self._lock:
                if not self._reflects(state):
                    fingerprint = self._computation.fingerprint()
                    parts = self._computation.compute(*self._computation.arguments())
                    self._set(self._computation.assemble(parts), state, fingerprint)
        elif time.monotonic() >= self._next and self._lock.acquire(blocking=False):
            threading.Thread(target=self._compute_elsewhere, args=(state,), daemon=True).start()
        return self._value

    @property
    def is_current(self) -> bool:
        """True if the value reflects the state of now."""
        return self._reflects(self._computation.state())

    def _reflects(self, state: Any) -> bool:
        return self._value is not None and (self._state is state or self._state == state)

    def _compute_elsewhere(self, state: Any) -> None:
        try:
            fingerprint, started = self._computation.fingerprint(), time.monotonic()
            if self._value is not None and fingerprint == self._fingerprint:
                self._state = state  # such as after a quote was accepted
                took = time.monotonic() - started
                self._next = time.monotonic() + self._computation.min_pause() * took
                return
            arguments = self._computation.arguments()
            parts = yielded_in_process(self._computation.compute, *arguments)
            self._set(self._computation.assemble(_slowly(parts)), state, fingerprint)
            took = time.monotonic() - started
            self._next = time.monotonic() + self._computation.min_pause() * took
            self.on_change()
        except QuotesError:  # there is no room for a process, or the store cannot be read
            self._next = time.monotonic() + RETRY_SECONDS
        finally:
            self._lock.release()

    def _set(self, value: Value, state: Any, fingerprint: Any) -> None:
        self._value, self._state, self._fingerprint = value, state, fingerprint


def _slowly(parts: Iterable[Any]) -> Iterator[Any]:
    """Yield parts with pauses, in which pages are made."""
    for part in parts:
        yield part
        time.sleep(PAUSE_SECONDS)
