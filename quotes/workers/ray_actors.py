"""Documents processed by the actors of a Ray cluster, each with a model of its own.

As `quotes.workers.processes`, on many machines. In: a stream of documents. Out: what `pipeline.run`
gives for each, as it is ready, in any order. Documents and results travel as objects, so that files
have to be on the machine of this program only; that machine must be one of the cluster's, and every
machine must have the same version of quotes. Reads ahead by no more than two batches an actor. An
actor that dies is replaced, and the batches it held are processed again (`quotes.workers.queue`);
what it had not given back was never stored, so nothing is stored twice.

Without an address a cluster of this machine alone is started and ended. No usage statistics are
sent, and nothing of Ray's is printed.
"""

from __future__ import annotations

import os
import re
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from quotes import __version__
from quotes.encoder.memory import release_memory
from quotes.errors import EngineError, QuotesError
from quotes.language import Language
from quotes.models import Models, load_models_for_process
from quotes.pipeline import Item, Processed, run_batches
from quotes.records import Failure
from quotes.workers.queue import MAX_HELD, Batch, WorkQueue

EXTRA = "quotes-attribution[ray]"
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_SCHEDULER_EVENTS": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}  # read on import
SPARE_CPU = 0.1  # part of a CPU that each actor leaves, so that they never take all of a machine
OBJECT_STORE = 200_000_000  # bytes, of a cluster of this machine: texts are small
MAX_CONNECT_SECONDS = 10.0  # until an address answers
MAX_PLACE_SECONDS = 600.0  # until the first actor is placed: a machine may have to be started
MAX_DEATHS = 3  # actors in a row that may die before they are ready
CAUSE = re.compile(
    r"(?:Worker exit detail: |The actor is dead because )(.+?)(?: Some common causes|\n|$)"
)


@dataclass(eq=False)
class _ActorHandle:
    """An actor, the batches that it holds, and the references to their results in order."""

    actor: Any
    version: Any  # reference to its version; None once it is ready
    held: deque[Batch] = field(default_factory=deque)
    results: deque[Any] = field(default_factory=deque)

    @property
    def next(self) -> Any:
        """The reference to its next result, None where it has nothing to do."""
        return self.version or (self.results[0] if self.results else None)


class _Actor:
    """A worker on the cluster. The model is loaded when the first document needs it."""

    def __init__(self, model: str, threads: int) -> None:
        self._models = cache(lambda language: _load(model, language, threads))

    def version(self) -> tuple[str, str]:
        """Return the version of quotes, and the name of the machine."""
        return __version__, socket.gethostname()

    def work(self, items: list[Item]) -> list[Processed | Failure] | QuotesError:
        """Process a batch; return an error where nothing can go on (ModelError, RuleError)."""
        release_memory()
        try:
            return list(run_batches([items], models=self._models))
        except QuotesError as error:
            return error


def run_with_ray(
    items: Iterable[Item],
    *,
    address: str | None,
    actors: int | None,
    model: str = "embedded",
    threads: int = 1,
) -> Iterator[Processed | Failure]:
    """Process each item in one of the actors of a Ray cluster.

    Args:
        items: documents, each alone or with its own parse; failures pass through.
        address: HOST:PORT of a cluster, None for this machine alone; a program that has called
            `ray.init` itself goes on with that.
        actors: number of actors; by default one for each CPU but one.
        model: name or folder of the model.
        threads: threads of each actor.

    Raises:
        EngineError: where there is no Ray, no cluster or no actor that fits.
        ModelError: where there is no model.
        RuleError: where the rules are broken.
    """
    ray = _ray()
    with _cluster(ray, address, actors, threads):
        count = actors or max(1, (int(ray.cluster_resources().get("CPU", 0)) - 1) // threads)
        make = ray.remote(_Actor).options(
            num_cpus=threads - SPARE_CPU, max_restarts=0, max_task_retries=0
        )
        yield from _ActorPool(ray, lambda: make.remote(model, threads), count).run(WorkQueue(items))


class _ActorPool:
    """The actors of one run."""

    def __init__(self, ray: Any, make: Any, count: int) -> None:
        self._ray, self._make = ray, make
        self._handles = [self._start() for _ in range(count)]
        self._placed, self._died = False, 0  # died: in a row, without having been ready

    def _start(self) -> _ActorHandle:
        """Start an actor, and ask for its version."""
        actor = self._make()
        return _ActorHandle(actor, actor.version.remote())

    def run(self, queue: WorkQueue) -> Iterator[Processed | Failure]:
        """Process all batches of a queue, and yield the results."""
        try:
            while not queue.done or any(handle.held for handle in self._handles):
                for at in self._ready():
                    yield from self._receive(at, queue)
        finally:
            for handle in self._handles:
                self._kill(handle)

    def _ready(self) -> list[int]:
        """Wait for actors with a result, and return their indices, at least one."""
        waiting = {
            handle.next: at for at, handle in enumerate(self._handles) if handle.next is not None
        }
        found, _ = self._ray.wait(
            list(waiting), num_returns=1, timeout=None if self._placed else MAX_PLACE_SECONDS
        )
        if not found:
            free = self._ray.available_resources().get("CPU", 0)
            raise EngineError(
                f"Ray: no actor could be placed in {MAX_PLACE_SECONDS:.0f} s "
                f"({free:.1f} CPUs of the cluster are free): try again later"
            )
        more, _ = self._ray.wait(list(waiting), num_returns=len(waiting), timeout=0)
        return [waiting[reference] for reference in {*found, *more}]

    def _receive(self, at: int, queue: WorkQueue) -> Iterator[Processed | Failure]:
        """Yield the results of an actor, replace it where it died, and send it more batches."""
        handle = self._handles[at]
        try:
            found = self._ray.get(handle.next)
        except self._ray.exceptions.RayError as error:
            self._kill(handle)
            yield from self._redeliver(handle, queue, _cause(error))
            self._handles[at] = self._start()
            for other in self._handles:  # the new one takes a while to load
                if other.version is None:
                    self._feed(other, queue)
            return
        if handle.version is not None:
            _check_version(*found)
            handle.version, self._placed, self._died = None, True, 0
        else:
            handle.results.popleft()
            handle.held.popleft()
            if isinstance(found, QuotesError):
                raise found
            yield from found
        self._feed(handle, queue)

    def _redeliver(self, handle: _ActorHandle, queue: WorkQueue, cause: str) -> Iterator[Failure]:
        """Take back the batches of an actor that died; too many deaths before work are an error."""
        if handle.version is None:
            yield from queue.redeliver(handle.held, cause)
            return
        self._died += 1
        if self._died == MAX_DEATHS:
            needed = f'pip install "{EXTRA}=={__version__}" on every machine of the cluster'
            raise EngineError(
                f"Ray: {MAX_DEATHS} actors in a row died before they could work ({cause}): "
                f"is it installed? {needed}"
            )

    def _feed(self, handle: _ActorHandle, queue: WorkQueue) -> None:
        """Send an actor batches until it holds `MAX_HELD`."""
        while len(handle.held) < MAX_HELD:
            batch = queue.next()
            if batch is None:
                return
            handle.held.append(batch)
            handle.results.append(handle.actor.work.remote(batch.items))

    def _kill(self, handle: _ActorHandle) -> None:
        """End an actor."""
        # an error says that it is dead, or that its cluster is gone
        with suppress(self._ray.exceptions.RayError, RuntimeError):
            self._ray.kill(handle.actor)


def _ray() -> Any:
    """Import Ray. Raises EngineError where it is not installed."""
    os.environ.update(QUIET)
    try:
        import ray
    except ImportError as error:
        raise EngineError(
            f'--engine ray needs {error.name}, which is not installed: pip install "{EXTRA}"'
        ) from error
    return ray


@contextmanager
def _cluster(ray: Any, address: str | None, actors: int | None, threads: int) -> Iterator[None]:
    """Connect to the cluster, and disconnect at the end unless it was connected before."""
    if ray.is_initialized():
        yield
        return
    options: dict[str, Any] = {
        "address": "local",
        "include_dashboard": False,
        "object_store_memory": OBJECT_STORE,
    }
    if address:
        _require_cluster(ray, address)
        options = {"address": address}
    elif actors:
        options["num_cpus"] = max(os.cpu_count() or 1, actors * threads + 1)
    # else what Ray says of a dead actor comes between the results, on standard output
    ray._private.worker._worker_logs_enabled = False
    try:
        ray.init(**options, logging_level="ERROR", log_to_driver=False)
    except (RuntimeError, ConnectionError, ValueError, OSError) as error:
        where = address or "this machine"
        hint = (
            "start this program on a machine of the cluster, "
            "with the versions of Ray and Python that it has"
        )
        raise EngineError(
            f"Ray: no cluster at {where} ({str(error).strip().splitlines()[0]}): {hint}"
        ) from error
    try:
        yield
    finally:
        ray.shutdown()


def _require_cluster(ray: Any, address: str) -> None:
    """Check that a cluster answers at an address.

    Ray itself would wait for minutes, and end this program. Raises EngineError where none does.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or "/" in address:
        raise EngineError(
            f"--address {address}: is not HOST:PORT, "
            "as `ray start --head` prints it (10.0.0.1:6379)"
        )
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=MAX_CONNECT_SECONDS).close()
    except (OSError, OverflowError) as error:
        raise EngineError(
            f"--address {address}: nothing answers there ({error}): is the cluster up?"
        ) from error
    # `ray health-check` uses it; it gives up after 40 seconds
    client = getattr(ray._raylet, "GcsClient", None)
    try:
        if client:
            client(address=address)
    except (ray.exceptions.RayError, RuntimeError) as error:
        hint = "where it asks for a token, set RAY_AUTH_MODE=token (and RAY_AUTH_TOKEN_PATH)"
        reason = str(error).partition(" Note:")[0].strip().rstrip(".")
        raise EngineError(
            f"--address {address}: what answers is no Ray cluster that lets this program in "
            f"({reason}); {hint}"
        ) from error


def _check_version(found: str, machine: str) -> None:
    """Check that a machine has the version of this program."""
    if found != __version__:
        needed = f'pip install "{EXTRA}=={__version__}" there'
        raise EngineError(
            f"{machine}: has quotes {found}, and this program is {__version__}: "
            f"results would differ: {needed}"
        )


def _cause(error: Exception) -> str:
    """Return how an actor died, in words, from Ray's long message."""
    text = str(getattr(error, "cause", None) or error)
    found = CAUSE.search(text)
    return (found.group(1) if found else text.strip().splitlines()[-1]).strip().rstrip(".")


def _load(model: str, language: Language, threads: int) -> Models:
    """Load the models of a language."""
    return load_models_for_process(model, language=language, threads=threads)
