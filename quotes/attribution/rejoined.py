"""Quoted sentences that go on with a quotation although another cue stands between: "A," said Smith, who noted that B. "C."

In: proposals as the tagger leaves them. Out: the same, C with the one that A belongs to, not with the cue inside of the sentence that
attributes A.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.candidates import Candidate
from quotes.attribution.quoted import pieces
from quotes.attribution.tagged import TaggedCandidate
from quotes.attribution.tagger.interface import TokenSet


def rejoined(
    analysis: Analysis, proposals: Sequence[TaggedCandidate]
) -> tuple[TaggedCandidate, ...]:
    """Proposals whose quoted sentences behind their own stand with the quotation before them in it, where there is one."""
    out = list(proposals)
    for number, proposal in enumerate(out):
        late = _late(analysis, proposal)
        at = next(
            (
                i
                for i, other in enumerate(out)
                if late and i != number and _opens(analysis, other, proposal.candidate)
            ),
            None,
        )
        if at is None:
            continue
        inner, outer = proposal.candidate, out[at].candidate
        shorter = pieces(analysis, token_numbers(inner.content) - late, inner.cue)
        out[number] = replace(proposal, candidate=replace(inner, content=shorter))
        out[at] = replace(
            out[at],
            candidate=replace(
                outer, content=pieces(analysis, token_numbers(outer.content) | late, outer.cue)
            ),
        )
    return tuple(out)


def _late(analysis: Analysis, proposal: TaggedCandidate) -> TokenSet:
    """The words of a content in sentences behind that of the cue, if all of them are quoted and others stand before them."""
    candidate = proposal.candidate
    if proposal.tagged is None or not candidate.cue_words:
        return frozenset()
    end = analysis.sentence(candidate.cue)[1]
    words = frozenset(n for n in token_numbers(candidate.content) if not analysis.is_punct(n))
    late = frozenset(n for n in words if n >= end)
    return late if late != words and _quoted(analysis, late, candidate.cue) else frozenset()


def _opens(analysis: Analysis, other: TaggedCandidate, inner: Candidate) -> bool:
    """Whether another proposal is a quotation whose cue follows it, with the inner cue in its source or later in its cue's sentence."""
    outer = other.candidate
    if (
        other.tagged is None
        or not outer.cue_words
        or outer.cue >= inner.cue
        or not outer.content
        or outer.content[0][0] > outer.cue
    ):
        return False
    ended = outer.content[-1][1] <= outer.cue and analysis.sentence(outer.cue) == analysis.sentence(
        inner.cue
    )
    return (ended or inner.cue in token_numbers(outer.source)) and _quoted(
        analysis, token_numbers(outer.content), outer.cue
    )


def _quoted(analysis: Analysis, numbers: TokenSet, cue: int) -> bool:
    return all(analysis.mark_over(n, cue) >= 0 or analysis.is_punct(n) for n in numbers)
