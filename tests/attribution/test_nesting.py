"""Which candidate lies in which, told apart by their places."""

from __future__ import annotations

from quotes.attribution.candidates import Trait
from quotes.attribution.nesting import is_inner_link, parents_of
from tests.builders import build_analysis, build_candidate

CHAIN = build_analysis(
    """
    Papers   paper    NOUN  2 nsubj
    reported report   VERB  0 root
    that     that     SCONJ 5 mark
    Park     Park     PROPN 5 nsubj
    said     say      VERB  2 ccomp
    it       it       PRON  7 nsubj
    rains    rain     VERB  5 ccomp
    .        .        PUNCT 2 punct
    """
)
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


def test_an_inner_link_of_a_chain_names_another_source() -> None:
    assert is_inner_link(CHAIN, INNER, OUTER)
    assert not is_inner_link(CHAIN, INNER, None)
    assert not is_inner_link(CHAIN, OUTER, INNER)  # its rule builds no chains
    pronoun = build_candidate(
        CHAIN, cue="said", source="it", content="rains", traits=frozenset({Trait.CHAIN})
    )
    assert not is_inner_link(CHAIN, pronoun, OUTER)
