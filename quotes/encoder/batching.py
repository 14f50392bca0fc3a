"""Items in batches of bounded size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def batches_by_size(
    items: Iterable[Item], size: Callable[[Item], int], limit: int
) -> Iterator[list[Item]]:
    """Yield items in their order, in batches whose sizes add up to at most `limit`.

    An item that is larger by itself stands alone.
    """
    batch: list[Item] = []
    total = 0
    for item in items:
        count = size(item)
        if batch and total + count > limit:
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += count
    if batch:
        yield batch
