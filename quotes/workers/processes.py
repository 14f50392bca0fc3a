"""Documents processed by several programs at once, each with a model of its own.

In: a stream of documents. Out: what `pipeline.run` gives for each, as it is ready, in any order. Reads ahead by no more than two bundles
(`pipeline.bundled`) a worker, so that memory does not grow with the stream. Another worker takes the place of one that dies, and does again
what that one held (`quotes.workers.queue`).
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

from quotes.encoder.memory import give_back
from quotes.errors import QuotesError
from quotes.pipeline import Item, Processed
from quotes.records import Failure
from quotes.workers.queue import AHEAD, Batch, WorkQueue

THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    line: Connection
    held: deque[Batch] = field(default_factory=deque)


def run_with_workers(
    items: Iterable[Item], *, workers: int, model: str = "embedded", threads: int | None = None
) -> Iterator[Processed | Failure]:
    """Each item processed by one of `workers` programs, which use `threads` each (by default the processors are shared out).

    Raises ModelError without a model, RuleError where the rules are broken.
    """
    supply = WorkQueue(items)
    threads = threads or max(1, (os.cpu_count() or 1) // workers)
    crew = [_start(model, threads) for _ in range(workers)]
    try:
        for worker in crew:
            _feed(worker, supply)
        while busy := [worker for worker in crew if worker.held]:
            ready = wait([worker.line for worker in busy])
            for at, worker in enumerate(crew):
                if worker.line not in ready:
                    continue
                try:
                    result = worker.line.recv()
                except (EOFError, OSError):
                    worker.process.join()
                    yield from supply.lost(worker.held, _how(worker.process.exitcode or 0))
                    worker.line.close()
                    crew[at] = worker = _start(model, threads)
                else:
                    worker.held[0].items.pop(0)
                    if not worker.held[0].items:
                        worker.held.popleft()
                    if isinstance(
                        result, QuotesError
                    ):  # without a model or rules nothing can go on
                        raise result
                    yield result
                _feed(worker, supply)
    finally:
        for worker in crew:
            worker.line.close()
            worker.process.terminate()
        for worker in crew:
            worker.process.join()


def _start(model: str, threads: int) -> _Worker:
    """A new worker. It shares no memory with this program: threads of torch do not survive a fork."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, str(threads)))  # read when the libraries are loaded
    try:
        process = context.Process(target=_work, args=(there, model, threads), daemon=True)
        process.start()
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value
    there.close()
    return _Worker(process, here)


def _feed(worker: _Worker, supply: WorkQueue) -> None:
    """Hand a worker bundles until it has enough."""
    while len(worker.held) < AHEAD:
        bundle = supply.next()
        if bundle is None:
            return
        worker.held.append(bundle)
        try:
            worker.line.send(bundle.items)
        except OSError:  # it is dead, which the next look at it will show
            return


def _how(code: int) -> str:
    """How a program died, by its exit code."""
    if code >= 0:
        return f"exit code {code}"
    hint = ", perhaps for want of memory: try fewer --workers" if code == -signal.SIGKILL else ""
    return f"signal {signal.Signals(-code).name}{hint}"


def _work(line: Connection, model: str, threads: int) -> None:
    """What a worker does: receive, process, send back, until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that started it
    from quotes.models import load_models_for_process
    from quotes.pipeline import run_batches

    def incoming() -> Iterator[list[Item]]:
        while True:
            give_back()
            try:
                yield line.recv()
            except EOFError:
                return

    try:
        for result in run_batches(
            incoming(),
            models=lambda language: load_models_for_process(
                model, language=language, threads=threads
            ),
        ):
            line.send(result)
    except QuotesError as error:
        line.send(error)
    except (BrokenPipeError, ConnectionResetError):
        return
