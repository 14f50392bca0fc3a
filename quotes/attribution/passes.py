"""The passes of attribution in their order; `quotes.attribution` says why it is this one.

In: `Analysis`. Out: the candidates that are scored, before and after the tagger has read them. What
is learned from (`training/`) is made here, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from quotes.analysis import Analysis
from quotes.attribution.boundaries import (
    extend_around_cue,
    inherit_sources,
    share_contents,
)
from quotes.attribution.candidates import Candidate, TaggedCandidate, Trait
from quotes.attribution.conflicts import resolve_overlaps, stop_at_next_cue
from quotes.attribution.content_choice import choose_contents
from quotes.attribution.decoding import best_by_cue, distinct, one_per_content, restore_marks
from quotes.attribution.generators.inner_quotations import inner_quotations
from quotes.attribution.generators.inverted_reports import inverted_reports
from quotes.attribution.generators.layout import (
    embedded_passages,
    labelled_passages,
    not_embedded,
)
from quotes.attribution.generators.layout_candidates import BY_LAYOUT
from quotes.attribution.generators.nested_reports import with_nested_reports
from quotes.attribution.generators.ordered_reports import ordered_reports
from quotes.attribution.generators.quoted_passages import link_marks
from quotes.attribution.generators.rule_matches import rule_candidates
from quotes.attribution.generators.tagger import tagged_candidates
from quotes.attribution.generators.unattributed_marks import clauses_before, following_clauses
from quotes.attribution.inner_statements import is_inner_link, without_addressee
from quotes.attribution.nesting import parents_of
from quotes.attribution.quotation_boundaries import (
    continue_to_marks,
    end_at_mark,
    expand_to_marks,
    join_following_marks,
    rejoin_quotations,
)
from quotes.attribution.quotation_sites import quotation_sites
from quotes.attribution.tagger.interface import Tagger

NO_WEIGHTS: Mapping[str, float] = MappingProxyType({})


def find_candidates(analysis: Analysis) -> tuple[Candidate, ...]:
    """Return all candidates that have a content, at most one for each cue, before the tagger."""
    if not analysis.words:
        return ()
    ruled = (
        *with_nested_reports(analysis, rule_candidates(analysis)),
        *inverted_reports(analysis),
    )
    ruled += ordered_reports(analysis, ruled)
    found = inherit_sources(analysis, best_by_cue(analysis, ruled))
    found = tuple(extend_around_cue(analysis, expand_to_marks(analysis, c)) for c in found)
    found = stop_at_next_cue(analysis, found)
    embedded = embedded_passages(analysis)
    sites = not_embedded(analysis, quotation_sites(analysis), embedded)
    sites, by_label = labelled_passages(analysis, sites)
    found += following_clauses(analysis, found, sites, before=True)
    found = continue_to_marks(analysis, link_marks(analysis, found, sites), sites)
    found += following_clauses(analysis, found, sites, before=False)
    found = join_following_marks(analysis, found, sites)
    found += clauses_before(analysis, found, sites)
    found = share_contents(analysis, inner_quotations(analysis, found, ruled))
    chosen = distinct(c for c in found if c.content)
    every = (*chosen, *by_label, *embedded)
    kept = tuple(c for c in every if analysis.spans(c.content))
    return tuple(
        without_addressee(analysis, c, outer)
        for c, outer in zip(kept, outer_candidates(kept), strict=True)
    )


def read_with_tagger(
    analysis: Analysis,
    candidates: Sequence[Candidate],
    tagger: Tagger,
    weights: Mapping[str, float] = NO_WEIGHTS,
) -> tuple[TaggedCandidate, ...]:
    """Return all candidates after the tagger has read them.

    Args:
        analysis: The analysis of the chunk.
        candidates: The candidates before the tagger.
        tagger: The tagger.
        weights: Those that choose between contents; without any, contents stay as they are.
    """
    untagged = _not_tagged(analysis, candidates)
    found = tagged_candidates(analysis, candidates, tagger, untagged=untagged)
    found = one_per_content(resolve_overlaps(analysis, found))
    found = rejoin_quotations(analysis, restore_marks(analysis, found))
    return choose_contents(analysis, [end_at_mark(analysis, p) for p in found], weights)


def _not_tagged(analysis: Analysis, candidates: Sequence[Candidate]) -> frozenset[int]:
    """Return the numbers of the candidates that the tagger is not asked about.

    They are those by layout, certain ones, and inner links of chains, which annotators do not mark.
    """
    outer = outer_candidates(candidates)
    return frozenset(
        number
        for number, c in enumerate(candidates)
        if c.rule in BY_LAYOUT
        or Trait.CERTAIN in c.traits
        or is_inner_link(analysis, c, outer[number])
    )


def outer_candidates(candidates: Sequence[Candidate]) -> tuple[Candidate | None, ...]:
    """Return for each candidate the one whose content it lies in, where there is one."""
    return tuple(None if n is None else candidates[n] for n in parents_of(candidates))
