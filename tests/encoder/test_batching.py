"""Batches of bounded size."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from quotes.encoder.batching import batches_by_size


@given(st.lists(st.integers(0, 30)), st.integers(1, 40))
def test_batches_keep_the_order_and_are_as_full_as_can_be(sizes: list[int], limit: int) -> None:
    batches = list(batches_by_size(sizes, lambda size: size, limit))
    assert [size for batch in batches for size in batch] == sizes
    assert all(batch and (len(batch) == 1 or sum(batch) <= limit) for batch in batches)
    for batch, following in pairwise(batches):
        assert sum(batch) + following[0] > limit


def test_no_items_are_no_batch() -> None:
    assert list(batches_by_size([], len, 5)) == []
