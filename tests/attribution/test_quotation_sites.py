"""Quotation marks as places: where they stand, whether they hold a statement, who has them."""

from __future__ import annotations

import pytest

from quotes.attribution.candidates import Trait
from quotes.attribution.quotation_sites import (
    attributing_zone,
    begins_sentence,
    claimed_marks,
    is_speech,
    quotation_sites,
    quote_type,
)
from tests.builders import build_analysis, build_candidate, printed

MIXED = build_analysis(
    """
    Park   Park   PROPN 2 nsubj
    called call   VERB  0 root
    it     it     PRON  2 obj
    a      a      DET   6 det
    “      “      PUNCT 6 punct
    gift   gift   NOUN  2 xcomp
    ”      ”      PUNCT 6 punct
    .      .      PUNCT 2 punct

    “      “      PUNCT 5 punct
    We     we     PRON  5 nsubj
    will   will   AUX   5 aux
    not    not    PART  5 advmod
    leave  leave  VERB  9 ccomp
    ,      ,      PUNCT 5 punct
    ”      ”      PUNCT 5 punct
    she    she    PRON  9 nsubj
    said   say    VERB  0 root
    .      .      PUNCT 9 punct
    ¶
    “      “      PUNCT 2 punct
    No     no     INTJ  0 root
    .      .      PUNCT 2 punct
    ”      ”      PUNCT 2 punct
    """
)


def test_each_outermost_mark_is_a_site_in_its_paragraph() -> None:
    sites = quotation_sites(MIXED)
    assert [printed(MIXED, site.runs) for site in sites] == [
        ["gift"],
        ["We will not leave,"],
        ["No."],
    ]
    assert [site.paragraph.start for site in sites] == [0, 0, MIXED.text.index("“No")]
    assert [(site.first, site.last) for site in sites][:2] == [(5, 5), (9, 13)]


def test_a_statement_is_distinguished_from_a_word_in_scare_quotes() -> None:
    assert [is_speech(MIXED, site) for site in quotation_sites(MIXED)] == [False, True, True]


def test_a_statement_begins_where_a_sentence_begins() -> None:
    assert [begins_sentence(MIXED, site) for site in quotation_sites(MIXED)] == [False, True, True]


def test_a_mark_is_claimed_by_a_candidate_outside_of_it() -> None:
    outside = build_candidate(MIXED, cue="said", source="she", content="We will not leave")
    inside = build_candidate(MIXED, cue="leave", source="We", content="will not")
    assert claimed_marks(MIXED, [outside]) == {1}
    assert claimed_marks(MIXED, [inside]) == frozenset()


def test_the_zone_of_a_shared_source_is_the_cue_alone() -> None:
    own = build_candidate(MIXED, cue="said", source="Park")
    shared = build_candidate(MIXED, cue="said", source="Park", traits=frozenset({Trait.INHERITS}))
    assert attributing_zone(own) == (0, 17)
    assert attributing_zone(shared) == (16, 17)


@pytest.mark.parametrize(
    ("content", "wanted"),
    [("We will not leave", "direct"), ("it a “gift”", "mixed"), ("it a", "indirect")],
)
def test_the_type_follows_from_the_share_of_quoted_words(content: str, wanted: str) -> None:
    candidate = build_candidate(MIXED, cue="called", source="Park", content=content)
    assert quote_type(MIXED, candidate) == wanted
