"""The best tree for a sentence from the parser's arc scores, in a fraction of Stanza's time.

In: the scores of all arcs. Out: the heads of the best tree that has one root.
`stanza.models.common.chuliu_edmonds` takes a fifth of the time of all parsing, and minutes for one
sentence of a few hundred brackets, because it forbids a second root by making every root costly,
and so contracts whole sentences. Here the heads that score best are taken where they are a tree
already, and contraction works on arrays. Scores and labels are not changed.

Chu and Liu 1965, Edmonds 1967; one root by reweighting: Stanojević and Cohen 2021
(https://aclanthology.org/2021.emnlp-main.823/).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Heads = npt.NDArray[np.intp]

MAX_ROOTS = 10  # that are tried one by one

_STANZA_LOCK = threading.RLock()


@dataclass(frozen=True, slots=True)
class _Contraction:
    """A cycle made one node, with what undoes it. The new node comes after the nodes outside."""

    heads: Heads
    inside: Heads
    outside: Heads
    enter: Heads  # for each outside head, the node of the cycle that it would take
    leave: Heads  # for each outside dependent, the node of the cycle that would take it


@contextmanager
def decoding_in_stanza() -> Iterator[None]:
    """Have Stanza's own parser use `one_root_tree` while the context lasts.

    For parsers that only Stanza can run. Its two functions are put back at the end; contexts of
    several threads follow each other.
    """
    from stanza.models.depparse import head_constraints, model

    with _STANZA_LOCK:
        modules = (model, head_constraints)
        originals = [module.chuliu_edmonds_one_root for module in modules]
        for module in modules:
            module.chuliu_edmonds_one_root = one_root_tree
        try:
            yield
        finally:
            for module, original in zip(modules, originals, strict=True):
                module.chuliu_edmonds_one_root = original


def one_root_tree(scores: npt.NDArray[Any]) -> Heads:
    """Return the heads of the best tree with exactly one dependent of node 0.

    The same as Stanza's `chuliu_edmonds_one_root` but for ties.

    Args:
        scores: Nodes x nodes; `scores[d, h]` is the score of `h` as head of `d`.

    Returns:
        For each node its head; node 0 gets itself.
    """
    weights = scores.astype(np.float64)
    _prepare(weights)
    heads = _greedy(weights)
    if (heads[1:] == 0).sum() == 1 and _cycle(heads) is None:
        return heads
    others = weights.copy()
    others[:, 0] = -np.inf
    best = others[1:].max(axis=1)
    if np.isfinite(best).all():
        return _best_by_root(weights, others, best)
    return _best_with_dear_roots(weights)


def _best_with_dear_roots(weights: Scores) -> Heads:
    """Return the best tree where each dependent of node 0 costs more than all else can gain."""
    dear, known = weights.copy(), weights[np.isfinite(weights)]
    dear[1:, 0] -= (known.max() - known.min() + 1) * len(weights)
    return _tree(dear)


def _best_by_root(weights: Scores, others: Scores, best: npt.NDArray[np.float64]) -> Heads:
    """Return the best tree of those with each node as the root, the most promising first.

    No tree with a root is better than that root with the best head of each other node, whether
    these make a tree or not: once such a sum is no better than a tree, that tree is the best. After
    `MAX_ROOTS` of them, as among hundreds of marks with like scores, all roots are tried at once.

    Args:
        weights: Nodes x nodes.
        others: The same without node 0 as a head.
        best: The best score in `others` of each node but 0.
    """
    bounds = weights[1:, 0] + best.sum() - best
    dependents = np.arange(1, len(weights))
    found, highest = None, -np.inf
    for tried, root in enumerate((np.argsort(-bounds, kind="stable") + 1).tolist()):
        if found is not None and bounds[root - 1] <= highest:
            break
        if tried == MAX_ROOTS:
            return _best_with_dear_roots(weights)
        own = others.copy()
        own[root] = -np.inf
        own[root, 0] = weights[root, 0]
        heads = _tree(own)
        total = float(weights[dependents, heads[1:]].sum())
        if found is None or total > highest:
            found, highest = heads, total
    if found is None:
        raise ValueError("scores without a node")
    return found


def _prepare(weights: Scores) -> None:
    np.fill_diagonal(weights, -np.inf)
    weights[0] = -np.inf


def _greedy(weights: Scores) -> Heads:
    heads: Heads = weights.argmax(axis=1)
    heads[0] = 0
    return heads


def _tree(weights: Scores) -> Heads:
    contracted: list[_Contraction] = []
    heads = _greedy(weights)
    while (cycle := _cycle(heads)) is not None:
        weights, step = _contract(weights, heads, cycle)
        contracted.append(step)
        heads = _greedy(weights)
    for step in reversed(contracted):
        heads = _expand(heads, step)
    return heads


def _cycle(heads: Heads) -> list[int] | None:
    """Return the nodes of one cycle, or None where every node leads to 0."""
    way = heads.tolist()
    seen = [0] * len(way)
    seen[0] = -1
    for start in range(1, len(way)):
        at = start
        while not seen[at]:
            seen[at] = start
            at = way[at]
        if seen[at] == start:
            cycle, node = [at], way[at]
            while node != at:
                cycle.append(node)
                node = way[node]
            return cycle
    return None


def _contract(weights: Scores, heads: Heads, cycle: list[int]) -> tuple[Scores, _Contraction]:
    inside = np.array(cycle)
    outside = np.setdiff1d(np.arange(len(heads)), inside)
    entering = weights[np.ix_(inside, outside)] - weights[inside, heads[inside]][:, None]
    leaving = weights[np.ix_(outside, inside)]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = weights[np.ix_(outside, outside)]
    smaller[size, :size] = entering.max(axis=0)
    smaller[:size, size] = leaving.max(axis=1)
    return smaller, _Contraction(
        heads, inside, outside, entering.argmax(axis=0), leaving.argmax(axis=1)
    )


def _expand(heads: Heads, step: _Contraction) -> Heads:
    made = len(step.outside)
    full = step.heads.copy()
    taker = heads[made]
    full[step.inside[step.enter[taker]]] = step.outside[taker]
    for index in range(1, made):  # outside[0] is node 0
        head = heads[index]
        full[step.outside[index]] = (
            step.inside[step.leave[index]] if head == made else step.outside[head]
        )
    return full
