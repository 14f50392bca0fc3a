"""Words that two attributions both take for their content, given to the likelier one: "A," said Smith. "B," said Jones.

In: proposals as the tagger leaves them. Out: the same, where it shows whose they are no word in the contents of two attributions that stand
beside each other. One inside the other keeps its words, and one found twice is not parted: that is for whoever keeps the likelier of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, groupby

from quotes.analysis import Table, numbers_of
from quotes.attribution.quoted import pieces
from quotes.attribution.tagged import SURE, Proposal, crumb
from quotes.attribution.tagger.interface import Numbers

LIKELIER = 0.05  # by how much more probable words must be as the content of one to be taken from the other


def parted(table: Table, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Proposals without the words that another one has better reason to hold."""
    out = list(proposals)
    asked = [n for n, p in enumerate(out) if p.tagged and p.tagged.valid >= SURE and p.candidate.cue_words and not p.candidate.citing]
    contents = {n: numbers_of(out[n].candidate.content) for n in asked}
    for first, second in combinations(asked, 2):
        both = contents[first] & contents[second]
        if not both or _inside(out[first], out[second], contents[second]) or _inside(out[second], out[first], contents[first]):
            continue
        for words in _stretches(table, both):
            loser = min((first, second), key=lambda n: _sure(out[n], words))
            winner = first + second - loser
            if _sure(out[winner], words) - _sure(out[loser], words) >= LIKELIER:
                out[loser] = _without(table, out[loser], words)
                contents[loser] = numbers_of(out[loser].candidate.content)
    return out


def _inside(inner: Proposal, outer: Proposal, content: Numbers) -> bool:
    """Whether one attribution is part of the other's `content`; its cue may have been left out of that."""
    low, high = min(content), max(content)
    around = low < inner.candidate.cue < high and not low < outer.candidate.cue < high
    return around or bool(numbers_of(inner.candidate.cue_words) & content)


def _stretches(table: Table, both: Numbers) -> Iterator[Numbers]:
    """The words that two attributions hold, each quoted part by itself."""
    words = sorted(n for n in both if not table.is_punct(n))
    parts = {n: (index, run) for index, runs in enumerate(table.mark_runs) for run in runs for n in range(*run) if n in both}
    for _, own in groupby(words, key=parts.get):
        yield frozenset(own)


def _without(table: Table, proposal: Proposal, words: Numbers) -> Proposal:
    """The proposal without the words, if more than a crumb is left."""
    candidate = proposal.candidate
    runs = pieces(table, numbers_of(candidate.content) - words, candidate.cue)
    kept = tuple(run for run in runs if table.marks_at[run[0]] or not crumb(table, *run))
    return replace(proposal, candidate=replace(candidate, content=kept)) if kept else proposal


def _sure(proposal: Proposal, words: Numbers) -> float:
    """The mean probability of words as the content of an attribution; words out of its reach count nothing."""
    tagged = proposal.tagged
    assert tagged is not None
    given = tagged.content
    return sum(given[n - tagged.start] for n in words if 0 <= n - tagged.start < len(given)) / len(words)
