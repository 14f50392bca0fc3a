"""One long computation in a process of its own, so that the threads of a server stay quick.

In: a generator function of a module, and its arguments, which are pickled. Out: what it yields, one
after the other. The process has a low priority: whoever waits for an answer goes first.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from quotes.errors import EngineError
from quotes.workers.parent import end_with_parent

Part = TypeVar("Part")

NICENESS = 10  # added to that of the program


def yielded_in_process(function: Callable[..., Iterator[Part]], *arguments: Any) -> Iterator[Part]:
    """Yield what a generator function yields, run in a process that ends with this iterator.

    Raises:
        EngineError: The process could not be started, or died before the function was done.
    """
    context = multiprocessing.get_context("spawn")
    own_end, other_end = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(other_end, function, arguments), daemon=True)
    try:
        process.start()
    except (OSError, RuntimeError) as error:  # such as from a script without a main guard
        own_end.close()
        raise EngineError(f"no process can be started: {error}") from error
    finally:
        other_end.close()
    try:
        while True:
            try:
                received: tuple[Part, ...] = own_end.recv()
            except (EOFError, OSError):
                process.join()
                raise EngineError(
                    f"{function.__module__}.{function.__qualname__}: "
                    f"its process ended early (exit code {process.exitcode})"
                ) from None
            if not received:
                return
            yield received[0]
    finally:
        own_end.close()
        process.terminate()
        process.join()


def _run(
    connection: Connection, function: Callable[..., Iterator[Any]], arguments: tuple[Any, ...]
) -> None:
    """Send what a function yields, one by one, then an empty tuple."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that started it
    end_with_parent()
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    for part in function(*arguments):
        connection.send((part,))
    connection.send(())
