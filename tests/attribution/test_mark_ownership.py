"""Every quotation in marks has one owner that is shown, and is whole."""

from __future__ import annotations

from dataclasses import replace

from quotes.attribution.generators.floating_quotations import FLOATING_RULE
from quotes.attribution.mark_ownership import RAISED, account_for_marks
from quotes.records import Span
from tests.builders import build_analysis, build_candidate, printed

SAID = """
Park   Park   PROPN 2 nsubj
said   say    VERB  0 root
it     it     PRON  4 nsubj
rained rain   VERB  2 ccomp
.      .      PUNCT 2 punct

“      “      PUNCT 4 punct
We     we     PRON  4 nsubj
all    all    DET   4 advmod
stay   stay   VERB  0 root
here   here   ADV   4 advmod
.      .      PUNCT 4 punct
”      ”      PUNCT 4 punct
"""
BESIDE = """
“      “      PUNCT 4 punct
We     we     PRON  4 nsubj
all    all    DET   4 advmod
stay   stay   VERB  7 ccomp
,      ,      PUNCT 4 punct
”      ”      PUNCT 4 punct
sang   sing   VERB  0 root
Park   Park   PROPN 7 nsubj
.      .      PUNCT 7 punct
"""
SHOWN = 0.3


def test_a_sentence_in_marks_behind_a_statement_is_a_quotation_of_its_own() -> None:
    analysis = build_analysis(SAID)
    both = build_candidate(
        analysis, cue="said", source="Park", content="it rained … We all stay here"
    )
    candidates, confidences, _ = account_for_marks(analysis, [both], [0.8], SHOWN)
    said, floating = candidates
    assert printed(analysis, said.content) == ["it rained"]
    assert printed(analysis, floating.content) == ["We all stay here."]
    assert (floating.rule, printed(analysis, floating.source)) == (FLOATING_RULE, ["Park"])
    assert confidences == [0.8, floating.prior]


def test_a_mark_is_whole_where_one_candidate_holds_a_part_of_it() -> None:
    analysis = build_analysis(BESIDE)
    part = build_candidate(analysis, cue="sang", source="Park", content="all stay")
    ((whole,), *_) = account_for_marks(analysis, [part], [0.8], SHOWN)
    assert printed(analysis, whole.content) == ["We all stay"]


def test_a_cue_beside_a_sentence_in_marks_is_shown() -> None:
    analysis = build_analysis(BESIDE)
    unlikely = build_candidate(analysis, cue="sang", source="Park", content="We all stay")
    assert account_for_marks(analysis, [unlikely], [0.2], SHOWN) == ([unlikely], [RAISED], [])


def test_candidates_that_are_shown_stay_as_they_are() -> None:
    analysis = build_analysis(BESIDE)
    likely = build_candidate(analysis, cue="sang", source="Park", content="We all stay")
    assert account_for_marks(analysis, [likely], [0.7], SHOWN) == ([likely], [0.7], [])


def test_a_pull_quote_states_nothing() -> None:
    analysis = replace(build_analysis(BESIDE), pull_quotes=(Span(0, 40),))
    pulled = build_candidate(analysis, cue="sang", source="Park", content="We all stay")
    candidates, *_ = account_for_marks(analysis, [pulled], [0.8], SHOWN)
    assert pulled not in candidates
