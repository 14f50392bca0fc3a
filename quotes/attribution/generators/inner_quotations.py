"""Quotation marks beside a verb of speech that itself stands inside a statement.

In: `Analysis`, the candidates so far and those of the rules. Out: the candidates, with those whose
cue lies in quotation marks or in the content of another candidate: “The judge asked her, ‘Can you
swim?’” A mark that stands at once behind such a cue and its source, or before them, is what that
source said. Marks beside a cue that lies in no other statement are for `quoted_passages`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.content_ranges import trimmed
from quotes.attribution.generators.quoted_passages import STOPS, leads_in
from quotes.attribution.quotation_sites import attributing_zone, closing_words

MAX_INNER_LEAD_WORDS = 8  # words between an inner cue and its mark: "told the brass on Friday: ..."
GOES_ON = ",?!—–-…"  # what ends the words in a mark that the clause of the cue follows
ENDS = GOES_ON + ".;"  # what ends the words in a mark that a cue leads up to
MIN_WORDS = 3  # words in such a mark from which it needs no punctuation at its end


def inner_quotations(
    analysis: Analysis, candidates: tuple[Candidate, ...], ruled: Sequence[Candidate]
) -> tuple[Candidate, ...]:
    """Return the candidates with those of inner cues that a mark stands beside.

    Args:
        analysis: The analysis of the chunk.
        candidates: The candidates so far; one whose content is missing or loose is replaced where
            its cue has such a mark.
        ruled: All candidates of the rules; those that may be a link of a chain and have left their
            content to the marks are looked at.
    """
    anchors = frozenset(c.anchor for c in candidates)
    inside = frozenset(n for c in candidates for n in token_numbers(c.content))
    held = {
        c.anchor
        for c in candidates
        if c.content and Trait.LOOSE not in c.traits and not _runs_past_mark(analysis, c)
    }
    found = {
        c.anchor: c
        for draft in (*ruled, *candidates)
        if (not draft.content or _runs_past_mark(analysis, draft))
        and draft.source
        and Trait.CHAIN in draft.traits
        and draft.anchor not in held
        and (analysis.marks_at[draft.anchor] or draft.anchor in inside)
        and (c := _with_mark(analysis, draft, anchors)) is not None
    }
    return (*(c for c in candidates if c.anchor not in found), *found.values())


def _runs_past_mark(analysis: Analysis, candidate: Candidate) -> bool:
    """Return True if a content begins as a mark does and goes on behind its end.

    "told us, ‘Go home,’ and we left": the clause behind was hung on the quoted one.
    """
    content = [n for n in sorted(token_numbers(candidate.content)) if not analysis.is_punct(n)]
    mark = analysis.mark_over(content[0], candidate.anchor) if content else -1
    if mark < 0:
        return False
    words = [n for n in sorted(token_numbers(analysis.mark_runs[mark])) if not analysis.is_punct(n)]
    return words[:1] == content[:1] and not set(content) <= set(words)


def _with_mark(
    analysis: Analysis, candidate: Candidate, anchors: frozenset[int]
) -> Candidate | None:
    """Return the candidate with the mark beside its cue, None where there is none."""
    mark = _mark_after(analysis, candidate, anchors)
    if mark is None:
        mark = _mark_before(analysis, candidate)
    if mark is None:
        return None
    runs = trimmed(analysis, analysis.mark_runs[mark])
    return replace(candidate, content=runs, head=runs[0][0])


def _mark_after(analysis: Analysis, candidate: Candidate, anchors: frozenset[int]) -> int | None:
    """Return the mark that a cue leads up to: "told the brass: ‘...’"."""
    high = attributing_zone(candidate)[1]
    for n in range(high, min(high + MAX_INNER_LEAD_WORDS + 1, len(analysis.words))):
        mark = analysis.mark_over(n, candidate.anchor)
        if mark < 0:
            if n in anchors or not _is_beside(analysis, candidate.anchor, n):
                return None
            continue
        gap = analysis.gap(analysis.words[high - 1].span.end, analysis.marks[mark].start)
        led = leads_in(gap) and not STOPS.search(gap) and _is_beside(analysis, candidate.anchor, n)
        return mark if led and _is_statement(analysis, mark, ENDS) else None
    return None


def _mark_before(analysis: Analysis, candidate: Candidate) -> int | None:
    """Return the mark that the clause of a cue follows at once: "‘...,’ she said"."""
    low = attributing_zone(candidate)[0]
    last = low - 1
    while last >= 0 and analysis.is_punct(last) and analysis.mark_over(last, candidate.anchor) < 0:
        last -= 1
    mark = analysis.mark_over(last, candidate.anchor) if last >= 0 else -1
    if mark < 0 or not _is_beside(analysis, candidate.anchor, last):
        return None
    gap = analysis.gap(analysis.marks[mark].end, analysis.words[low].span.start)
    return mark if not gap.strip(" ,") and _is_statement(analysis, mark, GOES_ON) else None


def _is_beside(analysis: Analysis, anchor: int, number: int) -> bool:
    """Return True if a word stands in every mark that the anchor stands in."""
    return set(analysis.marks_at[anchor]) <= set(analysis.marks_at[number])


def _is_statement(analysis: Analysis, mark: int, ends: Sequence[str]) -> bool:
    """Return True if a mark ends as a statement does or has the words of one."""
    numbers = [n for n in token_numbers(analysis.mark_runs[mark]) if not analysis.is_punct(n)]
    inner = closing_words(analysis, mark)
    verbs = any(analysis.words[n].upos in ("VERB", "AUX") for n in numbers)
    return bool(inner) and (inner[-1] in ends or (verbs and len(numbers) >= MIN_WORDS))
