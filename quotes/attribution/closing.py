"""Where a quotation ends that the reporter goes on from in the same sentence: he joked, "You're ridiculous," drawing loud jeers.

In: `Analysis` and candidates or their contents. Out: contents that end with the mark. A comma inside the closing mark belongs to the sentence
around it, so a participle or a relative clause behind it is the reporter's.
"""

from __future__ import annotations

from dataclasses import replace

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.candidates import Candidate
from quotes.attribution.quoted import pieces
from quotes.attribution.tagged import TaggedCandidate


def closed(analysis: Analysis, proposal: TaggedCandidate) -> TaggedCandidate:
    """The proposal without what the reporter says behind a quotation."""
    candidate = proposal.candidate
    stop = _stop(analysis, candidate)
    if stop is None:
        return proposal
    high = analysis.sentence(stop - 1)[1]
    kept = frozenset(n for n in token_numbers(candidate.content) if n < stop or n >= high)
    return replace(
        proposal, candidate=replace(candidate, content=pieces(analysis, kept, candidate.cue))
    )


def _stop(analysis: Analysis, candidate: Candidate) -> int | None:
    """Behind the last word of the mark that the content begins with, if the reporter goes on from there."""
    first = candidate.content[0][0]
    mark = analysis.mark_over(first, candidate.cue)
    if mark < 0 or candidate.cue > first or not candidate.cue_words:
        return None
    stop = max(token_numbers(analysis.mark_runs[mark])) + 1
    inner = analysis.marks[mark].parts[-1].of(analysis.text).rstrip()
    after = next(
        (n for n in range(stop, analysis.sentence(stop - 1)[1]) if not analysis.is_punct(n)), None
    )
    if after not in token_numbers(candidate.content) or after is None or not inner.endswith(","):
        return None
    word = analysis.words[after]
    return (
        stop if word.feat("PronType") == "Rel" or word.feat("VerbForm") in ("Part", "Ger") else None
    )
