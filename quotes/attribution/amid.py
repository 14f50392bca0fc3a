"""Cues that stand amid what is said: Those who shout, he said, "have nothing to say".

In: `Analysis` and candidates. Out: the same, contents on one side of such a cue with the words of the sentence on its other side, which
parsers like to hang elsewhere.
"""

from __future__ import annotations

from dataclasses import replace

from quotes.analysis import Analysis, TokenRange, token_numbers
from quotes.attribution.candidates import Candidate
from quotes.attribution.quoted import pieces


def around_cue(analysis: Analysis, candidate: Candidate, framing: frozenset[str]) -> Candidate:
    """The candidate with both sides of its sentence, where its cue and source are set off by commas in the middle of it.

    A whole quotation stays as it is, and so does what follows with a preposition in `framing` (he said, *in* a statement): that is the
    reporter's.
    """
    zone = _set_off(analysis, candidate)
    if zone is None or analysis.marks_at[candidate.cue]:
        return candidate
    low, high = analysis.sentence(candidate.cue)
    content = token_numbers(candidate.content)
    before = frozenset(n for n in range(low, zone[0]) if not analysis.is_punct(n))
    after = frozenset(n for n in range(zone[1], high) if not analysis.is_punct(n))
    if (
        not before
        or not after
        or not content
        or not content <= {*range(low, high)}
        or (before & content and after & content)
    ):
        return candidate
    first, second = analysis.words[min(after)], analysis.mark_over(min(after), candidate.cue)
    if all(analysis.mark_over(n, candidate.cue) >= 0 for n in before) or (
        second >= 0 and first.form[:1].isupper()
    ):
        return candidate
    if before & content and first.lemma.lower() in framing:
        return candidate
    new = (
        before
        if after & content
        else frozenset(n for n in after if _hangs_on(analysis, n, content))
    )
    return (
        replace(candidate, content=pieces(analysis, content | new, candidate.cue))
        if new
        else candidate
    )


def _set_off(analysis: Analysis, candidate: Candidate) -> TokenRange | None:
    """From the first to behind the last word of cue and source, if these are all that stands between two commas."""
    words = token_numbers(candidate.cue_words) | token_numbers(candidate.source)
    if not candidate.source or candidate.inherits or not candidate.cue_words:
        return None
    low, high = min(words), max(words) + 1
    if any(n not in words and not analysis.is_punct(n) for n in range(low, high)) or high >= len(
        analysis.words
    ):
        return None
    gap = analysis.text[: analysis.words[low].span.start].rstrip(" \"'”’")
    return (low, high) if gap.endswith(",") and analysis.words[high].form == "," else None


def _hangs_on(analysis: Analysis, number: int, content: frozenset[int]) -> bool:
    return any(n in content for n in analysis.ancestors(number))
