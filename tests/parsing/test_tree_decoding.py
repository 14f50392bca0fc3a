"""The tree decoder finds what Stanza's finds, and does not take minutes."""

from __future__ import annotations

import time

import numpy as np
import pytest

from quotes.parsing.tree_decoding import one_root_tree


@pytest.mark.parametrize("seed", range(40))
def test_the_tree_is_that_of_stanza(seed: int) -> None:
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    chance = np.random.default_rng(seed)
    size = int(chance.integers(2, 30))
    scores = chance.normal(size=(size, size)).astype(np.float32) * 3 - 10
    assert one_root_tree(scores).tolist() == chuliu_edmonds_one_root(scores).tolist()


@pytest.mark.parametrize("seed", range(10))
def test_the_tree_is_the_same_where_many_roots_score_alike(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(seed)
    scores = chance.normal(size=(40, 40)).astype(np.float32) * 0.1 - 10
    one_by_one = one_root_tree(scores).tolist()
    monkeypatch.setattr("quotes.parsing.tree_decoding.MAX_ROOTS", 1)
    assert one_root_tree(scores).tolist() == one_by_one


@pytest.mark.parametrize("fill", [0.0, -7.5])
def test_scores_that_say_nothing_still_give_one_tree_at_once(fill: float) -> None:
    start = time.process_time()
    heads = one_root_tree(np.full((401, 401), fill, dtype=np.float32))
    assert time.process_time() - start < 5
    assert (heads[1:] == 0).sum() == 1
    for node in range(1, 401):
        way, at = 0, node
        while at and way <= 401:
            at, way = heads[at], way + 1
        assert at == 0
