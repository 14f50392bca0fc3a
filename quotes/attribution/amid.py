"""Cues that stand amid what is said: Those who shout, he said, "have nothing to say".

In: `Table` and candidates. Out: the same, contents on one side of such a cue with the words of the sentence on its other side, which
parsers like to hang elsewhere.
"""

from __future__ import annotations

from dataclasses import replace

from quotes.analysis import Run, Table, numbers_of
from quotes.attribution.candidates import Candidate
from quotes.attribution.quoted import pieces


def around_cue(table: Table, candidate: Candidate, framing: frozenset[str]) -> Candidate:
    """The candidate with both sides of its sentence, where its cue and source are set off by commas in the middle of it.

    A whole quotation stays as it is, and so does what follows with a preposition in `framing` (he said, *in* a statement): that is the
    reporter's.
    """
    zone = _set_off(table, candidate)
    if zone is None or table.marks_at[candidate.cue]:
        return candidate
    low, high = table.sentence(candidate.cue)
    content = numbers_of(candidate.content)
    before = frozenset(n for n in range(low, zone[0]) if not table.is_punct(n))
    after = frozenset(n for n in range(zone[1], high) if not table.is_punct(n))
    if not before or not after or not content or not content <= {*range(low, high)} or (before & content and after & content):
        return candidate
    first, second = table.words[min(after)], table.mark_over(min(after), candidate.cue)
    if all(table.mark_over(n, candidate.cue) >= 0 for n in before) or (second >= 0 and first.form[:1].isupper()):
        return candidate
    if before & content and first.lemma.lower() in framing:
        return candidate
    new = before if after & content else frozenset(n for n in after if _hangs_on(table, n, content))
    return replace(candidate, content=pieces(table, content | new, candidate.cue)) if new else candidate


def _set_off(table: Table, candidate: Candidate) -> Run | None:
    """From the first to behind the last word of cue and source, if these are all that stands between two commas."""
    words = numbers_of(candidate.cue_words) | numbers_of(candidate.source)
    if not candidate.source or candidate.inherits or not candidate.cue_words:
        return None
    low, high = min(words), max(words) + 1
    if any(n not in words and not table.is_punct(n) for n in range(low, high)) or high >= len(table.words):
        return None
    gap = table.text[: table.words[low].span.start].rstrip(" \"'”’")
    return (low, high) if gap.endswith(",") and table.words[high].form == "," else None


def _hangs_on(table: Table, number: int, content: frozenset[int]) -> bool:
    return any(n in content for n in table.ancestors(number))
