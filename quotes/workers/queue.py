"""Bundles for several workers, and what becomes of those that a lost worker held.

In: a stream of documents. Out: bundles (`pipeline.batched`), one at a time. What a worker held when it died is handed out again, before
anything else: the bundle that it was at document by document. A document at which two workers died, the second time by itself, becomes a
Failure. Nothing is started or sent here: how a worker is reached is known to `quotes.workers.processes` (programs of this machine) and
`quotes.workers.ray_actors` (a cluster).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotes.pipeline import Item, batched
from quotes.records import Failure

AHEAD = 2  # bundles that a worker holds: one at work, one waiting


@dataclass(eq=False)
class Batch:
    """Items that a worker is given together. `again`: one item, at which a worker died before."""

    items: list[Item]
    again: bool = False


class WorkQueue:
    """What is left to do."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._left = batched(items)
        self._again = deque[Batch]()
        self._read = False

    @property
    def done(self) -> bool:
        """Whether all has been handed out; a worker that dies may bring some of it back."""
        return self._read and not self._again

    def next(self) -> Batch | None:
        """The next bundle; None where nothing is left for now."""
        if self._again:
            return self._again.popleft()
        items = next(self._left, None)
        self._read = items is None
        return Batch(items) if items else None

    def lost(self, held: Iterable[Batch], how: str) -> Iterator[Failure]:
        """Takes back the bundles of a worker that died, the one at work first; `how` it died ("exit code 7") goes into the Failure."""
        at_work, *waiting = held
        if at_work.again:
            yield _failure(at_work.items[0], how)
        else:
            self._again.extend(Batch([item], again=True) for item in at_work.items)
        self._again.extend(waiting)


def _failure(item: Item, how: str) -> Failure:
    if isinstance(item, Failure):  # then it was not the item
        return item
    document = item[0] if isinstance(item, tuple) else item
    message = f"{document.source or document.id}: the program that worked on it died ({how})"
    return Failure(document.id, "parse", message, document.source)
