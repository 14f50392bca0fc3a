"""Statements in quotation marks that no cue attributes."""

from __future__ import annotations

from quotes.analysis import Analysis
from quotes.attribution.candidates import AnchorKind, Candidate
from quotes.attribution.generators.unattributed_marks import (
    COLON_RULE,
    FOLLOWING_CLAUSE_RULE,
    clauses_before,
    following_clauses,
)
from quotes.attribution.quotation_sites import quotation_sites
from tests.builders import build_analysis, build_candidate, printed

QUOTATION = """
“      “      PUNCT 4 punct
We     we     PRON  4 nsubj
all    all    DET   4 advmod
stay   stay   VERB  0 root
here   here   ADV   4 advmod
{end}      {end}      PUNCT 4 punct
”      ”      PUNCT 4 punct
"""
WENT_ON = build_analysis(
    QUOTATION.format(end=",").rstrip()
    + """
    she    she    PRON  9 nsubj
    went   go     VERB  4 parataxis
    on     on     ADP   9 compound:prt
    .      .      PUNCT 4 punct
    """
)


def before(analysis: Analysis, *known: Candidate) -> tuple[Candidate, ...]:
    return clauses_before(analysis, known, quotation_sites(analysis))


def test_a_clause_right_behind_a_quotation_attributes_it_whatever_its_verb() -> None:
    (found,) = following_clauses(WENT_ON, (), quotation_sites(WENT_ON), before=True)
    assert found.rule == FOLLOWING_CLAUSE_RULE
    assert printed(WENT_ON, found.cue) == ["went on"]
    assert printed(WENT_ON, found.source) == ["she"]
    assert printed(WENT_ON, found.content) == ["We all stay here,"]


def test_a_clause_of_a_known_cue_is_left_to_it() -> None:
    known = build_candidate(WENT_ON, cue="went", source="she")
    sites = quotation_sites(WENT_ON)
    assert following_clauses(WENT_ON, (known,), sites, before=True) == ()
    assert len(following_clauses(WENT_ON, (known,), sites, before=False)) == 1


def test_a_colon_names_the_subject_of_its_clause() -> None:
    analysis = build_analysis(
        """
        Park   Park   PROPN 2 nsubj
        smiled smile  VERB  0 root
        :      :      PUNCT 2 punct
        “      “      PUNCT 7 punct
        We     we     PRON  7 nsubj
        all    all    DET   7 advmod
        stay   stay   VERB  2 parataxis
        here   here   ADV   7 advmod
        .      .      PUNCT 7 punct
        ”      ”      PUNCT 7 punct
        """
    )
    (found,) = before(analysis)
    assert (found.rule, found.anchor_kind) == (COLON_RULE, AnchorKind.CUE)
    assert printed(analysis, found.cue) == ["smiled"]
    assert printed(analysis, found.source) == ["Park"]


def test_a_phrase_right_behind_the_verb_is_its_subject_wherever_the_tree_hangs_it() -> None:
    analysis = build_analysis(
        QUOTATION.format(end=",").rstrip()
        + """
        said     say      VERB  4 parataxis
        Senator  Senator  PROPN 10 compound
        Ana      Ana      PROPN 4 vocative
        Ruiz     Ruiz     PROPN 10 flat
        ,        ,        PUNCT 13 punct
        Democrat Democrat PROPN 10 appos
        .        .        PUNCT 4 punct
        """
    )
    (found,) = following_clauses(analysis, (), quotation_sites(analysis), before=True)
    assert printed(analysis, found.cue) == ["said"]
    assert printed(analysis, found.source) == ["Senator Ana Ruiz"]
