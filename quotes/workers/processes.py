"""Documents processed by several processes, each with a model of its own.

In: a stream of documents. Out: what `pipeline.run` gives for each, as it is ready, in any order.
Reads ahead by no more than two batches (`pipeline.batched`) a worker, so that memory does not grow
with the stream. A worker that dies is replaced, and the batches it held are processed again
(`quotes.workers.queue`).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from quotes.encoder.memory import release_memory
from quotes.errors import QuotesError
from quotes.pipeline import Item, Processed
from quotes.records import Failure
from quotes.workers.parent import end_with_parent
from quotes.workers.queue import MAX_HELD, Batch, WorkQueue

THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(eq=False)
class _Worker:
    """A process, the connection to it, and the batches that it holds."""

    process: BaseProcess
    connection: Connection
    held: deque[Batch] = field(default_factory=deque)


def run_with_workers(
    items: Iterable[Item], *, workers: int, model: str = "embedded", threads: int | None = None
) -> Iterator[Processed | Failure]:
    """Process each item in one of several processes.

    Args:
        items: documents, each alone or with its own parse; failures pass through.
        workers: number of processes.
        model: name or folder of the model.
        threads: threads of each process; by default the processors are shared out.

    Raises:
        ModelError: where there is no model.
        RuleError: where the rules are broken.
    """
    queue = WorkQueue(items)
    threads = threads or max(1, (os.cpu_count() or 1) // workers)
    started = [_start(model, threads) for _ in range(workers)]
    try:
        for worker in started:
            _feed(worker, queue)
        while busy := [worker for worker in started if worker.held]:
            ready = wait([worker.connection for worker in busy])
            for at, worker in enumerate(started):
                if worker.connection not in ready:
                    continue
                try:
                    result = worker.connection.recv()
                except (EOFError, OSError):
                    worker.process.join()
                    yield from queue.redeliver(worker.held, _cause(worker.process.exitcode or 0))
                    worker.connection.close()
                    started[at] = worker = _start(model, threads)
                else:
                    worker.held[0].items.pop(0)
                    if not worker.held[0].items:
                        worker.held.popleft()
                    if isinstance(result, QuotesError):  # no model or rules: nothing can go on
                        raise result
                    yield result
                _feed(worker, queue)
    finally:
        for worker in started:
            worker.connection.close()
            worker.process.terminate()
        for worker in started:
            worker.process.join()


def _start(model: str, threads: int) -> _Worker:
    """Start a worker, without shared memory: threads of torch do not survive a fork."""
    context = multiprocessing.get_context("spawn")
    own_end, worker_end = context.Pipe()
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, str(threads)))  # read when the libraries are loaded
    try:
        process = context.Process(target=_work, args=(worker_end, model, threads), daemon=True)
        process.start()
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value
    worker_end.close()
    return _Worker(process, own_end)


def _feed(worker: _Worker, queue: WorkQueue) -> None:
    """Send a worker batches until it holds `MAX_HELD`."""
    while len(worker.held) < MAX_HELD:
        batch = queue.next()
        if batch is None:
            return
        worker.held.append(batch)
        try:
            worker.connection.send(batch.items)
        except OSError:  # it is dead, which the next look at it will show
            return


def _cause(code: int) -> str:
    """Return how a process died, in words, from its exit code."""
    if code >= 0:
        return f"exit code {code}"
    hint = ", perhaps for want of memory: try fewer --workers" if code == -signal.SIGKILL else ""
    return f"signal {signal.Signals(-code).name}{hint}"


def _work(connection: Connection, model: str, threads: int) -> None:
    """Receive batches, process them and send results back, until the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that started it
    end_with_parent()
    from quotes.models import load_models_for_process
    from quotes.pipeline import run_batches

    def received() -> Iterator[list[Item]]:
        while True:
            release_memory()
            try:
                yield connection.recv()
            except EOFError:
                return

    try:
        for result in run_batches(
            received(),
            models=lambda language: load_models_for_process(
                model, language=language, threads=threads
            ),
        ):
            connection.send(result)
    except QuotesError as error:
        connection.send(error)
    except (BrokenPipeError, ConnectionResetError):
        return
