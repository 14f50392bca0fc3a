"""The cache of states: what is added comes out, and what grows too large is emptied."""

from __future__ import annotations

import pytest
import torch

from quotes.encoder import state_cache
from quotes.encoder.state_cache import StateCache


def test_states_of_rows_come_out_as_they_were_added() -> None:
    cache = StateCache(2, torch.float32)
    states = torch.arange(10.0).view(5, 2)
    cache.add([b"a", b"b"], [2, 3], states)
    assert torch.equal(cache[b"a"], states[:2])
    assert torch.equal(cache[b"b"], states[2:])
    assert b"c" not in cache
    cache.clear()
    assert b"a" not in cache


def test_a_full_cache_is_emptied_and_states_taken_before_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(state_cache, "MAX_CACHED_PIECES", 4)
    monkeypatch.setattr(state_cache, "SPARE_PIECES", 1)
    cache = StateCache(1, torch.float16)
    cache.add([b"a"], [4], torch.full((4, 1), 1.0))
    before = cache[b"a"]
    cache.add([b"b"], [9], torch.full((9, 1), 2.0))  # more than there is room for
    assert b"a" in cache
    cache.add([b"c"], [1], torch.full((1, 1), 3.0))
    assert b"a" not in cache
    assert b"b" not in cache
    assert cache[b"c"].tolist() == [[3.0]]
    assert before.tolist() == [[1.0]] * 4
