"""Quotation marks beside a cue: contents for candidates whose rule leaves them to the marks.

In: `Analysis`, the candidates of the rules, the quotation sites. Out: candidates with the marks
beside their cue as content. What is left over is for `unattributed_marks`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from quotes.analysis import Analysis, TokenRanges, token_numbers
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.quotation_sites import (
    ENDS_SENTENCE,
    MAX_LEAD_WORDS,
    MAX_TAIL_WORDS,
    QuotationSite,
    attributing_zone,
    claimed_marks,
    closing_words,
    is_speech,
)

STOPS = re.compile(r"[.?!]['\"’”)\]]*\s+(?=[\"“‘'(\[]*[^\W\d_a-z])|\n")
JOINS = re.compile(r"[,;:—–-]\s*$")
NO_LEAD_COST = 5.0  # words added to the distance of a cue whose words do not lead up to the mark
LEAD_COST = 0.5  # words added to the distance of a cue that the mark follows


def link_marks(
    analysis: Analysis, candidates: tuple[Candidate, ...], marked: tuple[QuotationSite, ...]
) -> tuple[Candidate, ...]:
    """Give the marks beside a cue to its candidate, where no other candidate holds them already.

    A candidate whose content the tree gave in words outside of marks keeps it, unless that
    content is loose or the quotation ends right before the clause of the cue ("...," Smith, the
    winner, said): then the quotation is the content.
    """
    taken = set(claimed_marks(analysis, candidates))
    out = list(candidates)
    frames = [
        i
        for i, c in enumerate(candidates)
        if not analysis.marks_at[c.anchor] and Trait.PASSES_ON not in c.traits
    ]
    for site in marked:
        if site.mark in taken:
            continue
        near = [
            (score, i)
            for i in frames
            if (score := _distance(analysis, out[i], site)) is not None
            and _can_take(analysis, out[i], site)
        ]
        near = [
            (score, i)
            for score, i in near
            if score < NO_LEAD_COST or not _continues_content(analysis, out, site)
        ]
        if not near:
            continue
        at = out[min(near)[1]]
        keep = at.content if claimed_marks(analysis, [at]) else ()
        new = _fragment(analysis, at, site) if not keep else site.runs
        out[min(near)[1]] = replace(
            at,
            content=tuple(sorted({*keep, *new})),
            head=site.first if not keep else at.head,
            traits=at.traits - {Trait.LOOSE},
        )
        taken.add(site.mark)
    return tuple(out)


def _continues_content(
    analysis: Analysis, candidates: list[Candidate], site: QuotationSite
) -> bool:
    """Return True if a content ends right before the mark, in its sentence.

    The mark goes on with it rather than with a cue far away.
    """
    low = analysis.sentence(site.first)[0]
    return any(
        c.content and low <= c.anchor < c.content[0][0] and 0 <= site.first - c.content[-1][1] <= 2
        for c in candidates
    )


def _can_take(analysis: Analysis, candidate: Candidate, site: QuotationSite) -> bool:
    """Return True if a candidate can take a mark.

    It has no content of its own, holds a quotation already, or follows this one at once.
    """
    if (
        not candidate.content
        or Trait.LOOSE in candidate.traits
        or claimed_marks(analysis, [candidate])
    ):
        return True
    low = attributing_zone(candidate)[0]
    closes = closing_words(analysis, site.mark)[-1:]
    gap = analysis.gap(analysis.marks[site.mark].end, analysis.words[low].span.start)
    return low > site.last and not gap.strip() and closes in ",?!—–-" and is_speech(analysis, site)


def _fragment(analysis: Analysis, candidate: Candidate, site: QuotationSite) -> TokenRanges:
    """Return the words of a mark, or of the clause in whose middle it begins.

    "wrote he was “honored” to sell".
    """
    high = attributing_zone(candidate)[1]
    gap = analysis.gap(analysis.words[high - 1].span.end, analysis.marks[site.mark].start)
    if high > site.first or leads_in(gap) or is_speech(analysis, site):
        return site.runs
    inside = token_numbers(site.runs)
    top = analysis.top(inside)
    top = site.first if top is None else top
    zone = token_numbers(candidate.cue) | token_numbers(candidate.source)
    while (head := analysis.head(top)) >= high and not analysis.subtree(head) & zone:
        top = head
    clause = {n for n in analysis.subtree(top) if n >= high} | inside
    piece = analysis.trim((min(clause), max(clause) + 1))
    return (piece,) if not set(range(*piece)) & zone else site.runs


def _distance(analysis: Analysis, candidate: Candidate, site: QuotationSite) -> float | None:
    """Return how many words the clause of the cue stands from the mark, None if not beside it."""
    low, high = attributing_zone(candidate)
    if low > site.last:
        return _distance_after(analysis, candidate, site, low)
    return _distance_before(analysis, candidate, site, low, high) if high <= site.first else None


def _distance_after(
    analysis: Analysis, candidate: Candidate, site: QuotationSite, low: int
) -> float | None:
    """Return the distance of a cue that follows the mark: "..., on Monday, Smith said"."""
    mark = analysis.marks[site.mark]
    gap = analysis.gap(mark.end, analysis.words[low].span.start)
    inner = closing_words(analysis, site.mark)
    following = next((n for n in range(site.last + 1, low) if not analysis.is_punct(n)), low)
    closes = inner.endswith(".") and not analysis.words[following].form[:1].islower()
    near = low - site.last - 1 <= MAX_TAIL_WORDS + 2 and len(gap.split()) <= (
        0 if Trait.INVERTED in candidate.traits else MAX_TAIL_WORDS
    )
    if Trait.INVERTED in candidate.traits and candidate.cue[0][0] != low:
        return None
    return (
        None
        if closes or not near or STOPS.search(gap) or mark.end > site.paragraph.end
        else low - site.last + _tie_break(candidate, site)
    )


def _distance_before(
    analysis: Analysis, candidate: Candidate, site: QuotationSite, low: int, high: int
) -> float | None:
    """Return the distance of a cue that the mark follows: "said in a statement on Tuesday: ...".

    After a colon the mark may begin the next paragraph.
    """
    if Trait.INVERTED in candidate.traits:
        return None
    gap = analysis.gap(analysis.words[high - 1].span.end, analysis.marks[site.mark].start)
    colon = gap.rstrip().endswith(":")
    tail = gap.rstrip()
    if len(gap.split()) > MAX_LEAD_WORDS or STOPS.search(tail) or ENDS_SENTENCE.search(tail):
        return None
    if (
        "\n" in gap[len(tail) :]
        and analysis.words[low].span.start < site.paragraph.start
        and not colon
    ):
        return None
    return (
        site.first
        - high
        + (LEAD_COST if leads_in(gap) else NO_LEAD_COST)
        + _tie_break(candidate, site)
    )


def leads_in(gap: str) -> bool:
    """Return True if the characters between a cue and a mark lead up to the mark.

    There is nothing, or a comma, colon or dash at the end.
    """
    return not gap.strip(" \n\t,:") or bool(JOINS.search(gap))


def _tie_break(candidate: Candidate, site: QuotationSite) -> float:
    """Return a small amount that grows with the distance of the cue itself.

    It decides between cues that share a source.
    """
    return min(abs(candidate.anchor - site.first), abs(candidate.anchor - site.last)) / 1000
