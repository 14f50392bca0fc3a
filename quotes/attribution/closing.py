"""Where a quotation ends that the reporter goes on from in the same sentence: he joked, "You're ridiculous," drawing loud jeers.

In: `Table` and candidates or their contents. Out: contents that end with the mark. A comma inside the closing mark belongs to the sentence
around it, so a participle or a relative clause behind it is the reporter's.
"""

from __future__ import annotations

from dataclasses import replace

from quotes.analysis import Table, numbers_of
from quotes.attribution.candidates import Candidate
from quotes.attribution.quoted import pieces
from quotes.attribution.tagged import Proposal


def closed(table: Table, proposal: Proposal) -> Proposal:
    """The proposal without what the reporter says behind a quotation."""
    candidate = proposal.candidate
    stop = _stop(table, candidate)
    if stop is None:
        return proposal
    high = table.sentence(stop - 1)[1]
    kept = frozenset(n for n in numbers_of(candidate.content) if n < stop or n >= high)
    return replace(proposal, candidate=replace(candidate, content=pieces(table, kept, candidate.cue)))


def _stop(table: Table, candidate: Candidate) -> int | None:
    """Behind the last word of the mark that the content begins with, if the reporter goes on from there."""
    first = candidate.content[0][0]
    mark = table.mark_over(first, candidate.cue)
    if mark < 0 or candidate.cue > first or not candidate.cue_words:
        return None
    stop = max(numbers_of(table.mark_runs[mark])) + 1
    inner = table.marks[mark].parts[-1].of(table.text).rstrip()
    after = next((n for n in range(stop, table.sentence(stop - 1)[1]) if not table.is_punct(n)), None)
    if after not in numbers_of(candidate.content) or after is None or not inner.endswith(","):
        return None
    word = table.words[after]
    return stop if word.feat("PronType") == "Rel" or word.feat("VerbForm") in ("Part", "Ger") else None
