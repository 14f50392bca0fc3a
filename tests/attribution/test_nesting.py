"""Which candidate lies in which, told apart by their places."""

from __future__ import annotations

from dataclasses import replace

from quotes.attribution.candidates import Trait
from quotes.attribution.nesting import parents_of
from tests.attribution.nested_sentences import CHAIN
from tests.builders import build_candidate

OUTER = build_candidate(CHAIN, cue="reported", source="Papers", content="Park said it rains")
INNER = build_candidate(
    CHAIN, cue="said", source="Park", content="it rains", traits=frozenset({Trait.CHAIN})
)


def test_a_candidate_lies_in_the_smallest_content_around_it() -> None:
    widest = build_candidate(
        CHAIN, cue="Papers", source="Papers", content="reported that Park said it rains"
    )
    assert parents_of([INNER, OUTER]) == (1, None)
    assert parents_of([OUTER, INNER, widest]) == (2, 0, None)


def test_equal_candidates_stay_two() -> None:
    assert parents_of([INNER, OUTER, INNER, OUTER]) == (1, None, 1, None)


def test_a_cited_source_lies_in_the_content_that_it_shares() -> None:
    citing = build_candidate(
        CHAIN, cue="Papers", source="Papers", content="it rains", traits=frozenset({Trait.CITING})
    )
    assert parents_of([citing, INNER]) == (1, None)


def test_who_judges_a_statement_does_not_report_it() -> None:
    critic = replace(OUTER, head=INNER.anchor)
    claim = replace(INNER, traits=frozenset({Trait.CERTAIN}))
    assert parents_of([claim, critic]) == (None, None)
    assert parents_of([INNER, critic]) == (1, None)
