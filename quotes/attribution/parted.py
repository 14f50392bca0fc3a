"""Words that two attributions both take for their content, given to the likelier one: "A," said Smith. "B," said Jones.

In: proposals as the tagger leaves them. Out: the same, where it shows whose they are no word in the contents of two attributions that stand
beside each other. One inside the other keeps its words, and one found twice is not parted: that is for whoever keeps the likelier of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, groupby

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.quoted import pieces
from quotes.attribution.tagged import SURE, TaggedCandidate, crumb
from quotes.attribution.tagger.interface import TokenSet

LIKELIER = (
    0.05  # by how much more probable words must be as the content of one to be taken from the other
)


def parted(analysis: Analysis, proposals: Sequence[TaggedCandidate]) -> list[TaggedCandidate]:
    """Proposals without the words that another one has better reason to hold."""
    out = list(proposals)
    asked = [
        n
        for n, p in enumerate(out)
        if p.tagged and p.tagged.valid >= SURE and p.candidate.cue_words and not p.candidate.citing
    ]
    contents = {n: token_numbers(out[n].candidate.content) for n in asked}
    for first, second in combinations(asked, 2):
        both = contents[first] & contents[second]
        if (
            not both
            or _inside(out[first], out[second], contents[second])
            or _inside(out[second], out[first], contents[first])
        ):
            continue
        for words in _stretches(analysis, both):
            loser = min((first, second), key=lambda n: _sure(out[n], words))
            winner = first + second - loser
            if _sure(out[winner], words) - _sure(out[loser], words) >= LIKELIER:
                out[loser] = _without(analysis, out[loser], words)
                contents[loser] = token_numbers(out[loser].candidate.content)
    return out


def _inside(inner: TaggedCandidate, outer: TaggedCandidate, content: TokenSet) -> bool:
    """Whether one attribution is part of the other's `content`; its cue may have been left out of that."""
    low, high = min(content), max(content)
    around = low < inner.candidate.cue < high and not low < outer.candidate.cue < high
    return around or bool(token_numbers(inner.candidate.cue_words) & content)


def _stretches(analysis: Analysis, both: TokenSet) -> Iterator[TokenSet]:
    """The words that two attributions hold, each quoted part by itself."""
    words = sorted(n for n in both if not analysis.is_punct(n))
    parts = {
        n: (index, run)
        for index, runs in enumerate(analysis.mark_runs)
        for run in runs
        for n in range(*run)
        if n in both
    }
    for _, own in groupby(words, key=parts.get):
        yield frozenset(own)


def _without(analysis: Analysis, proposal: TaggedCandidate, words: TokenSet) -> TaggedCandidate:
    """The proposal without the words, if more than a crumb is left."""
    candidate = proposal.candidate
    runs = pieces(analysis, token_numbers(candidate.content) - words, candidate.cue)
    kept = tuple(run for run in runs if analysis.marks_at[run[0]] or not crumb(analysis, *run))
    return replace(proposal, candidate=replace(candidate, content=kept)) if kept else proposal


def _sure(proposal: TaggedCandidate, words: TokenSet) -> float:
    """The mean probability of words as the content of an attribution; words out of its reach count nothing."""
    tagged = proposal.tagged
    assert tagged is not None
    given = tagged.content
    return sum(given[n - tagged.start] for n in words if 0 <= n - tagged.start < len(given)) / len(
        words
    )
