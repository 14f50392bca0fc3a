"""A queue of batches for several workers, which redelivers those that a lost worker held.

In: a stream of documents. Out: batches (`pipeline.batched`), one at a time. The batches that a
worker held when it died are handed out again before all others: the one at work document by
document. A document at which two workers died, the second time alone, becomes a Failure. Nothing is
started or sent here: `quotes.workers.processes` (processes of this machine) and
`quotes.workers.ray_actors` (a cluster) do that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quotes.pipeline import Item, batched, document_of_item
from quotes.records import Failure

MAX_HELD = 2  # batches that a worker holds: one at work, one waiting


@dataclass(eq=False)
class Batch:
    """Items for one worker. `retried`: one item, at which a worker died before."""

    items: list[Item]
    retried: bool = False


class WorkQueue:
    """The batches that are still to be processed."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._new = batched(items)
        self._retried = deque[Batch]()
        self._exhausted = False

    @property
    def done(self) -> bool:
        """True if all has been handed out; a worker that dies may bring some of it back."""
        return self._exhausted and not self._retried

    def next(self) -> Batch | None:
        """Return the next batch; None where nothing is left for now."""
        if self._retried:
            return self._retried.popleft()
        items = next(self._new, None)
        self._exhausted = items is None
        return Batch(items) if items else None

    def redeliver(self, held: Iterable[Batch], cause: str) -> Iterator[Failure]:
        """Take back the batches that a worker held when it died.

        Args:
            held: the batches, the one at work first.
            cause: how the worker died, in words ("exit code 7").

        Yields:
            A Failure for a document that is not tried again.
        """
        at_work, *waiting = held
        if at_work.retried:
            yield _failure(at_work.items[0], cause)
        else:
            self._retried.extend(Batch([item], retried=True) for item in at_work.items)
        self._retried.extend(waiting)


def _failure(item: Item, cause: str) -> Failure:
    """Return the failure of an item at which workers died."""
    if isinstance(item, Failure):  # then it was not the item
        return item
    document = document_of_item(item)
    message = f"{document.source or document.id}: the program that worked on it died ({cause})"
    return Failure(document.id, "parse", message, document.source)
