"""Which cue gets a quotation mark beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.analysis import Analysis
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.generators.quoted_passages import leads_in, link_marks
from quotes.attribution.quotation_sites import quotation_sites
from tests.builders import build_analysis, build_candidate, printed

BETWEEN = build_analysis(
    """
    Smith  Smith  PROPN 2 nsubj
    spoke  speak  VERB  0 root
    today  today  ADV   2 advmod
    .      .      PUNCT 2 punct

    “      “      PUNCT 4 punct
    We     we     PRON  4 nsubj
    all    all    DET   4 advmod
    stay   stay   VERB  10 ccomp
    here   here   ADV   4 advmod
    now    now    ADV   4 advmod
    ,      ,      PUNCT 4 punct
    ”      ”      PUNCT 4 punct
    Park   Park   PROPN 10 nsubj
    said   say    VERB  0 root
    .      .      PUNCT 10 punct
    """
)
SMITH = build_candidate(BETWEEN, cue="spoke", source="Smith")
PARK = build_candidate(BETWEEN, cue="said", source="Park")


def contents(analysis: Analysis, candidates: tuple[Candidate, ...]) -> list[list[str]]:
    found = link_marks(analysis, candidates, quotation_sites(analysis))
    return [printed(analysis, c.content) for c in found]


def test_a_mark_goes_to_the_cue_that_follows_it_at_once() -> None:
    assert contents(BETWEEN, (SMITH, PARK)) == [[], ["We all stay here now,"]]


def test_a_cue_in_another_sentence_gets_no_mark() -> None:
    assert contents(BETWEEN, (SMITH,)) == [[]]


def test_a_mark_that_a_candidate_holds_is_not_given_again() -> None:
    held = build_candidate(BETWEEN, cue="spoke", source="Smith", content="We all stay here now")
    assert contents(BETWEEN, (held, PARK))[1] == []


def test_a_source_that_passes_words_on_gets_no_mark_of_its_own() -> None:
    paper = replace(PARK, traits=frozenset({Trait.PASSES_ON}))
    assert contents(BETWEEN, (paper,)) == [[]]


def test_a_content_outside_of_marks_is_kept_unless_it_is_loose() -> None:
    analysis = build_analysis(
        """
        Park   Park   PROPN 2 nsubj
        spoke  speak  VERB  0 root
        of     of     ADP   4 case
        rain   rain   NOUN  2 obl
        :      :      PUNCT 2 punct
        “      “      PUNCT 8 punct
        It     it     PRON  8 nsubj
        stays  stay   VERB  2 parataxis
        .      .      PUNCT 8 punct
        ”      ”      PUNCT 8 punct
        """
    )
    fixed = build_candidate(analysis, cue="spoke", source="Park", content="rain")
    loose = build_candidate(
        analysis, cue="spoke", source="Park", content="rain", traits=frozenset({Trait.LOOSE})
    )
    assert contents(analysis, (fixed,)) == [["rain"]]
    assert contents(analysis, (loose,)) == [["It stays."]]
    (linked,) = link_marks(analysis, (loose,), quotation_sites(analysis))
    assert linked.traits == frozenset()


def test_a_mark_in_the_middle_of_a_clause_brings_the_clause() -> None:
    analysis = build_analysis(
        """
        Park    Park    PROPN 2 nsubj
        wrote   write   VERB  0 root
        he      he      PRON  6 nsubj
        was     be      AUX   6 cop
        “       “       PUNCT 6 punct
        honored honored ADJ   2 ccomp
        ”       ”       PUNCT 6 punct
        to      to      PART  9 mark
        sell    sell    VERB  6 xcomp
        .       .       PUNCT 2 punct
        """
    )
    wrote = build_candidate(analysis, cue="wrote", source="Park")
    assert contents(analysis, (wrote,)) == [["he was “honored” to sell"]]


@pytest.mark.parametrize(
    ("gap", "wanted"), [("", True), (": ", True), (" on Monday, ", True), (" on Monday ", False)]
)
def test_words_lead_up_to_a_mark_with_a_comma_or_colon(gap: str, wanted: bool) -> None:
    assert leads_in(gap) is wanted
