"""Each quotation mark as one unit: whole in one quote, and in no more than one.

In: `Analysis`, scored candidates, the confidence from which they are shown. Out: candidates and
confidences such that every passage in marks that is somebody's words is shown. What annotators
mark, and so what the scorer has learned, is another question than whether it was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.candidates import Candidate
from quotes.attribution.content_ranges import content_ranges
from quotes.attribution.generators.floating_quotations import floating_quotations, is_floating
from quotes.attribution.joint_selection import Conflict, Scored, select
from quotes.attribution.quotation_sites import (
    QuotationSite,
    begins_sentence,
    claimed_marks,
    is_speech,
    quotation_sites,
    quote_type,
)

# Confidence of a candidate with a cue from which it is believed to have whole sentences in marks.
MIN_RAISED = 0.1
# Confidence of such a candidate; set by hand, below that of a cue which the scorer believes.
RAISED = 0.6


class Accounted(NamedTuple):
    """Candidates, the confidence of each, and what others were given up for."""

    candidates: list[Candidate]
    confidences: list[float]
    conflicts: list[Conflict]


def account_for_marks(
    analysis: Analysis,
    candidates: Sequence[Candidate],
    confidences: Sequence[float],
    min_shown: float,
) -> Accounted:
    """Return candidates and confidences such that every quotation has one owner that is shown.

    Of those that exclude each other the likelier are left (`joint_selection`).

    Args:
        analysis: The analysis of the chunk.
        candidates: The candidates that are chosen.
        confidences: The confidence of each.
        min_shown: The confidence from which a quote is shown.
    """
    sites = quotation_sites(analysis)
    scored: list[Scored] = [
        (c, p)
        for c, p in zip(candidates, confidences, strict=True)
        if not any(span.contains(analysis.words[c.anchor].span) for span in analysis.pull_quotes)
    ]
    scored = _raised(analysis, scored, sites, min_shown)
    shown = [c for c, p in scored if p >= min_shown]
    scored = [
        (_own_quotations_apart(analysis, c, sites, shown), p) if p >= min_shown else (c, p)
        for c, p in scored
    ]
    scored, conflicts = select(
        analysis, _with_whole_marks(analysis, scored, sites, min_shown), min_shown
    )
    floating = floating_quotations(analysis, [(c, p) for c, p in scored if p >= min_shown], sites)
    return Accounted(
        [*(c for c, _ in scored), *floating],
        [*(p for _, p in scored), *(c.prior for c in floating)],
        conflicts,
    )


def _own_quotations_apart(
    analysis: Analysis,
    candidate: Candidate,
    sites: Sequence[QuotationSite],
    others: Sequence[Candidate],
) -> Candidate:
    """Return the candidate without whole sentences in marks behind a statement in other words.

    He said that forty were sick. “I saw all of them.”: the second is a quotation of its own. Not so
    where one of the others inside the statement has the marks (wrote that Smith told them: “...”).
    """
    if quote_type(analysis, candidate) != "mixed":
        return candidate
    numbers = token_numbers(candidate.content)
    first = min(numbers)
    apart = frozenset(
        n
        for site in sites
        if site.first > first
        and site.first in numbers
        and is_floating(analysis, site)
        and (begins_sentence(analysis, site) or _is_later(analysis, site, candidate))
        and not any(o.anchor in numbers and site.first in token_numbers(o.content) for o in others)
        for n in token_numbers(site.runs)
    )
    left = {n for n in numbers - apart if not analysis.is_punct(n)}
    if not apart or not left or candidate.anchor > min(apart):
        return candidate
    content = content_ranges(analysis, numbers - apart, candidate.anchor)
    return replace(candidate, content=content) if content else candidate


def _is_later(analysis: Analysis, site: QuotationSite, candidate: Candidate) -> bool:
    """Return True if a mark stands in a later sentence than the cue."""
    return analysis.sentence_of[site.first] > analysis.sentence_of[candidate.anchor]


def _holders(
    analysis: Analysis, scored: Sequence[Scored], min_shown: float
) -> dict[int, list[int]]:
    """Return for each mark the numbers of the shown candidates that hold words of it.

    They stand outside of it.
    """
    out: dict[int, list[int]] = {}
    for number, (candidate, confidence) in enumerate(scored):
        if confidence >= min_shown:
            for mark in claimed_marks(analysis, (candidate,)):
                out.setdefault(mark, []).append(number)
    return out


def _with_whole_marks(
    analysis: Analysis, scored: list[Scored], sites: Sequence[QuotationSite], min_shown: float
) -> list[Scored]:
    """Return candidates with the whole of marks that they alone hold a part of."""
    out = list(scored)
    held = _holders(analysis, out, min_shown)
    for site in sites:
        holders = held.get(site.mark, [])
        if len(holders) != 1:
            continue
        candidate, confidence = out[holders[0]]
        whole = token_numbers(site.runs)
        numbers = token_numbers(candidate.content)
        attributing = token_numbers(candidate.cue) | token_numbers(candidate.source)
        missing = {n for n in whole - numbers if not analysis.is_punct(n)}
        if missing and not whole & attributing:
            content = content_ranges(analysis, numbers | whole, candidate.anchor)
            out[holders[0]] = replace(candidate, content=content), confidence
    return out


def _raised(
    analysis: Analysis, scored: list[Scored], sites: Sequence[QuotationSite], min_shown: float
) -> list[Scored]:
    """Return scores such that whole sentences in marks beside a cue are shown.

    Of the candidates that hold them, each too unlikely, the likeliest is raised.
    """
    out = list(scored)
    held = _holders(analysis, out, MIN_RAISED)
    for site in sites:
        if not is_speech(analysis, site) or not begins_sentence(analysis, site):
            continue
        best = max(held.get(site.mark, []), key=lambda n: out[n][1], default=None)
        if best is None or out[best][1] >= min_shown:
            continue
        if out[best][0].cue and out[best][0].source:
            out[best] = out[best][0], RAISED
    return out
