"""Documents processed by the actors of a Ray cluster, each with a model of its own: as `quotes.workers.processes`, on many machines.

In: a stream of documents. Out: what `pipeline.run` gives for each, as it is ready, in any order. Documents and results travel as objects,
so that files have to be on the machine of this program only; that machine must be one of the cluster's, and every machine must have the
same version of quotes. Reads ahead by no more than two bundles an actor. Another actor takes the place of one that dies, and does again
what that one held (`quotes.workers.queue`); what it had not given back was never stored, so nothing is stored twice.

Without an address a cluster of this machine alone is started and ended. No usage statistics are sent, and nothing of Ray's is printed.
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
from quotes.encoder.memory import give_back
from quotes.errors import EngineError, QuotesError
from quotes.language import Language
from quotes.models import Models, load_models_for_process
from quotes.pipeline import Item, Processed, run_batches
from quotes.records import Failure
from quotes.workers.queue import AHEAD, Batch, WorkQueue

EXTRA = "quotes-attribution[ray]"
QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_SCHEDULER_EVENTS": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}  # read on import
LESS = 0.1  # of a CPU is left by each actor, so that they never take all of a machine
OBJECTS = 200_000_000  # bytes of the object store of a cluster of this machine: texts are small
REACHED = 10.0  # seconds in which an address has to answer
PLACED = 600.0  # seconds in which the first actor has to be placed: a cluster may have to start a machine for it
TRIES = 3  # actors in a row that may die before they are ready
CAUSE = re.compile(
    r"(?:Worker exit detail: |The actor is dead because )(.+?)(?: Some common causes|\n|$)"
)


@dataclass(eq=False)
class _Hand:
    """An actor, the bundles that it holds, and the references to their results in the same order."""

    actor: Any
    coming: Any  # reference to its version; None once it is ready
    held: deque[Batch] = field(default_factory=deque)
    results: deque[Any] = field(default_factory=deque)

    @property
    def next(self) -> Any:
        """The reference to what it gives back next, None where it has nothing to do."""
        return self.coming or (self.results[0] if self.results else None)


class _Actor:
    """What an actor does. The model is loaded when the first document wants it."""

    def __init__(self, model: str, threads: int) -> None:
        self._models = cache(lambda language: _load(model, language, threads))

    def version(self) -> tuple[str, str]:
        """Of quotes, and the name of the machine."""
        return __version__, socket.gethostname()

    def work(self, items: list[Item]) -> list[Processed | Failure] | QuotesError:
        """The results of a bundle; an error where nothing can go on (ModelError, RuleError)."""
        give_back()
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
    """Each item processed by one of `actors` (by default one for each CPU but one), which use `threads` each.

    `address` is HOST:PORT of a cluster, None for this machine alone; a program that has called `ray.init` itself goes on with that. Raises
    EngineError where there is no Ray, no cluster or no actor that fits, ModelError without a model, RuleError where the rules are broken.
    """
    ray = _ray()
    with _cluster(ray, address, actors, threads):
        count = actors or max(1, (int(ray.cluster_resources().get("CPU", 0)) - 1) // threads)
        make = ray.remote(_Actor).options(
            num_cpus=threads - LESS, max_restarts=0, max_task_retries=0
        )
        yield from _Crew(ray, lambda: make.remote(model, threads), count).run(WorkQueue(items))


class _Crew:
    """The actors of one run, and which of them are at work."""

    def __init__(self, ray: Any, make: Any, count: int) -> None:
        self._ray, self._make = ray, make
        self._hands = [self._start() for _ in range(count)]
        self._placed, self._died = False, 0  # died: in a row, without having been ready

    def _start(self) -> _Hand:
        actor = self._make()
        return _Hand(actor, actor.version.remote())

    def run(self, supply: WorkQueue) -> Iterator[Processed | Failure]:
        """The results of all that the supply has."""
        try:
            while not supply.done or any(hand.held for hand in self._hands):
                for at in self._ready():
                    yield from self._turn(at, supply)
        finally:
            for hand in self._hands:
                self._end(hand)

    def _ready(self) -> list[int]:
        """The places of those that have something to give back, at least one."""
        waiting = {hand.next: at for at, hand in enumerate(self._hands) if hand.next is not None}
        found, _ = self._ray.wait(
            list(waiting), num_returns=1, timeout=None if self._placed else PLACED
        )
        if not found:
            free = self._ray.available_resources().get("CPU", 0)
            raise EngineError(
                f"Ray: no actor could be placed in {PLACED:.0f} s ({free:.1f} CPUs of the cluster are free): try again later"
            )
        more, _ = self._ray.wait(list(waiting), num_returns=len(waiting), timeout=0)
        return [waiting[reference] for reference in {*found, *more}]

    def _turn(self, at: int, supply: WorkQueue) -> Iterator[Processed | Failure]:
        """Takes what an actor gives back, puts another in its place where it died, and gives it more to do."""
        hand = self._hands[at]
        try:
            found = self._ray.get(hand.next)
        except self._ray.exceptions.RayError as error:
            self._end(hand)
            yield from self._lost(hand, supply, _how(error))
            self._hands[at] = self._start()
            for other in self._hands:  # the new one takes a while to load
                if other.coming is None:
                    self._feed(other, supply)
            return
        if hand.coming is not None:
            _same_version(*found)
            hand.coming, self._placed, self._died = None, True, 0
        else:
            hand.results.popleft()
            hand.held.popleft()
            if isinstance(found, QuotesError):
                raise found
            yield from found
        self._feed(hand, supply)

    def _lost(self, hand: _Hand, supply: WorkQueue, how: str) -> Iterator[Failure]:
        if hand.coming is None:
            yield from supply.lost(hand.held, how)
            return
        self._died += 1
        if self._died == TRIES:
            needed = f'pip install "{EXTRA}=={__version__}" on every machine of the cluster'
            raise EngineError(
                f"Ray: {TRIES} actors in a row died before they could work ({how}): is it installed? {needed}"
            )

    def _feed(self, hand: _Hand, supply: WorkQueue) -> None:
        while len(hand.held) < AHEAD:
            bundle = supply.next()
            if bundle is None:
                return
            hand.held.append(bundle)
            hand.results.append(hand.actor.work.remote(bundle.items))

    def _end(self, hand: _Hand) -> None:
        with suppress(
            self._ray.exceptions.RayError, RuntimeError
        ):  # it is dead, or its cluster is gone
            self._ray.kill(hand.actor)


def _ray() -> Any:
    """The library. Raises EngineError where it is not installed."""
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
    """Connected to the cluster, and disconnected at the end where this function connected."""
    if ray.is_initialized():
        yield
        return
    options: dict[str, Any] = {
        "address": "local",
        "include_dashboard": False,
        "object_store_memory": OBJECTS,
    }
    if address:
        _require_cluster(ray, address)
        options = {"address": address}
    elif actors:
        options["num_cpus"] = max(os.cpu_count() or 1, actors * threads + 1)
    ray._private.worker._worker_logs_enabled = (
        False  # else what Ray says of a dead actor comes between the results, on standard output
    )
    try:
        ray.init(**options, logging_level="ERROR", log_to_driver=False)
    except (RuntimeError, ConnectionError, ValueError, OSError) as error:
        where = address or "this machine"
        hint = "start this program on a machine of the cluster, with the versions of Ray and Python that it has"
        raise EngineError(
            f"Ray: no cluster at {where} ({str(error).strip().splitlines()[0]}): {hint}"
        ) from error
    try:
        yield
    finally:
        ray.shutdown()


def _require_cluster(ray: Any, address: str) -> None:
    """Raises EngineError where a cluster's address is none, or is not answered: Ray itself would wait for minutes, and end this program."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or "/" in address:
        raise EngineError(
            f"--address {address}: is not HOST:PORT, as `ray start --head` prints it (10.0.0.1:6379)"
        )
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=REACHED).close()
    except (OSError, OverflowError) as error:
        raise EngineError(
            f"--address {address}: nothing answers there ({error}): is the cluster up?"
        ) from error
    ask = getattr(
        ray._raylet, "GcsClient", None
    )  # what `ray health-check` uses; gives up after 40 seconds
    try:
        if ask:
            ask(address=address)
    except (ray.exceptions.RayError, RuntimeError) as error:
        hint = "where it asks for a token, set RAY_AUTH_MODE=token (and RAY_AUTH_TOKEN_PATH)"
        reason = str(error).partition(" Note:")[0].strip().rstrip(".")
        raise EngineError(
            f"--address {address}: what answers is no Ray cluster that lets this program in ({reason}); {hint}"
        ) from error


def _same_version(found: str, machine: str) -> None:
    if found != __version__:
        needed = f'pip install "{EXTRA}=={__version__}" there'
        raise EngineError(
            f"{machine}: has quotes {found}, and this program is {__version__}: results would differ: {needed}"
        )


def _how(error: Exception) -> str:
    """How an actor died, from what Ray says of it at length."""
    text = str(getattr(error, "cause", None) or error)
    found = CAUSE.search(text)
    return (found.group(1) if found else text.strip().splitlines()[-1]).strip().rstrip(".")


def _load(model: str, language: Language, threads: int) -> Models:
    return load_models_for_process(model, language=language, threads=threads)
