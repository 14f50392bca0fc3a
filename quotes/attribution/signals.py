"""What the scorer may know of a candidate once the tagger has read it, as named numbers.

In: `Analysis`, a proposal, what the scorer of the rules gave it. Out: numbers by name, each about between -1 and 1. No weights, no thresholds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quotes.analysis import Analysis, TokenRanges, token_numbers
from quotes.attribution.candidates import Candidate
from quotes.attribution.floating import FLOATING
from quotes.attribution.quoted import quote_type
from quotes.attribution.tagged import TaggedCandidate, logit
from quotes.attribution.tagger.interface import TaggerOutput

SCALE = 6.0  # the largest logit


def signals(analysis: Analysis, proposal: TaggedCandidate, ruled: float) -> Mapping[str, float]:
    """The numbers of a proposal that the tagger has read; `ruled` is the log odds that the rules' scorer gives it (0 where it is new)."""
    candidate, tagged = proposal.candidate, proposal.tagged
    if tagged is None:
        return {}
    new = proposal.ruled is None
    type_ = quote_type(analysis, candidate)
    out = {
        "valid": logit(tagged.valid) / SCALE,
        "likely": logit(tagged.likely) / SCALE,
        "ruled": ruled / SCALE,
        "new": float(new),
        "new & valid": new * logit(tagged.valid) / SCALE,
        "direct": float(type_ == "direct"),
        "direct & valid": (type_ == "direct") * logit(tagged.valid) / SCALE,
        "direct & ruled": (type_ == "direct") * ruled / SCALE,
        "mixed": float(type_ == "mixed"),
        "no cue": float(not candidate.cue_words),
        "no source": float(not candidate.source),
        "floating": float(candidate.rule == FLOATING),
        "content": _sure(tagged, candidate.content, tagged.content),
        "source": _sure(tagged, candidate.source, tagged.source),
        "source best": _best(tagged, candidate.source, tagged.source),
        "cue": _sure(tagged, candidate.cue_words, tagged.cue),
        "content left out": _left_out(tagged, candidate.content, tagged.content),
        "source left out": _left_out(tagged, candidate.source, tagged.source),
        "nested in marks": float(bool(analysis.marks_at[candidate.cue])),
    }
    return out | _agreement(candidate, proposal.ruled)


def _agreement(candidate: Candidate, ruled: Candidate | None) -> dict[str, float]:
    """How far the rules and the tagger say the same."""
    if ruled is None:
        return {}
    own, other = token_numbers(candidate.content), token_numbers(ruled.content)
    same = len(own & other) / max(1, len(own | other))
    return {
        "content agreed": same,
        "source agreed": float(bool(token_numbers(candidate.source) & token_numbers(ruled.source))),
    }


def _probabilities(
    tagged: TaggerOutput, runs: TokenRanges, given: tuple[float, ...]
) -> list[float]:
    return [
        given[n - tagged.start] for n in token_numbers(runs) if 0 <= n - tagged.start < len(given)
    ]


def _sure(tagged: TaggerOutput, runs: TokenRanges, given: tuple[float, ...]) -> float:
    """The mean probability of the words; a half where there are none."""
    found = _probabilities(tagged, runs, given)
    return sum(found) / len(found) if found else 0.5


def _best(tagged: TaggerOutput, runs: TokenRanges, given: tuple[float, ...]) -> float:
    return max(_probabilities(tagged, runs, given), default=0.5)


def _left_out(tagged: TaggerOutput, runs: TokenRanges, given: Iterable[float]) -> float:
    """The largest probability of a word that is not among the words."""
    inside = token_numbers(runs)
    return max((p for n, p in enumerate(given, tagged.start) if n not in inside), default=0.0)
