"""Quotation marks beside a cue that itself stands inside a statement."""

from __future__ import annotations

from quotes.analysis import Analysis
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.generators.inner_quotations import inner_quotations
from tests.attribution.nested_sentences import SPEECH
from tests.builders import build_analysis, build_candidate, printed

CHAIN = frozenset({Trait.CHAIN})
OUTER = build_candidate(SPEECH, cue="said", source="Okafor", content="The guard told us, ‘Go home")
GUARD = build_candidate(SPEECH, cue="told", source="The guard", traits=CHAIN)
YELLED = build_analysis(
    """
    Okafor  Okafor  PROPN 2 nsubj
    said    say     VERB  0 root
    that    that    SCONJ 5 mark
    Lund    Lund    PROPN 5 nsubj
    yelled  yell    VERB  2 ccomp
    “       “       PUNCT 7 punct
    fire    fire    NOUN  5 obj
    !       !       PUNCT 7 punct
    ”       ”       PUNCT 7 punct
    and     and     CCONJ 11 cc
    ran     run     VERB  5 conj
    .       .       PUNCT 2 punct
    """
)


def found(analysis: Analysis, candidates: tuple[Candidate, ...], *ruled: Candidate) -> list[object]:
    out = inner_quotations(analysis, candidates, ruled)
    return [(printed(analysis, c.cue), printed(analysis, c.content)) for c in out]


def test_a_cue_inside_of_marks_gets_the_marks_behind_it() -> None:
    assert found(SPEECH, (OUTER,), GUARD)[1:] == [(["told"], ["Go home"])]


def test_the_clause_of_an_inner_cue_may_follow_its_marks() -> None:
    analysis = build_analysis(
        """
        “       “       PUNCT 9 punct
        ‘       ‘       PUNCT 3 punct
        Go      go      VERB  8 ccomp
        home    home    ADV   3 advmod
        ,       ,       PUNCT 3 punct
        ’       ’       PUNCT 3 punct
        she     she     PRON  8 nsubj
        said    say     VERB  0 root
        ,       ,       PUNCT 8 punct
        ”       ”       PUNCT 8 punct
        """
    )
    she = build_candidate(analysis, cue="said", source="she", traits=CHAIN)
    assert found(analysis, (), she) == [(["said"], ["Go home"])]


def test_a_cue_inside_of_another_content_gets_the_marks_behind_it() -> None:
    outer = build_candidate(
        YELLED, cue="said", source="Okafor", content="Lund yelled “fire!” and ran"
    )
    lund = build_candidate(YELLED, cue="yelled", source="Lund", traits=CHAIN)
    assert found(YELLED, (outer,), lund)[1:] == [(["yelled"], ["fire"])]
    assert found(YELLED, (), lund) == []  # without a statement around it, it is no inner cue


def test_marks_are_left_to_cues_of_speech_without_a_content() -> None:
    held = build_candidate(SPEECH, cue="told", source="The guard", content="us", traits=CHAIN)
    act = build_candidate(SPEECH, cue="told", source="The guard")
    assert found(SPEECH, (held,), GUARD) == [(["told"], ["us"])]
    assert found(SPEECH, (), act) == []


def test_a_loose_content_gives_way_to_the_marks() -> None:
    loose = build_candidate(
        SPEECH, cue="told", source="The guard", content="us", traits=frozenset({Trait.LOOSE})
    )
    assert found(SPEECH, (OUTER, loose), GUARD)[1:] == [(["told"], ["Go home"])]


def test_marks_that_words_lead_past_are_not_taken() -> None:
    analysis = build_analysis(
        """
        “       “       PUNCT 3 punct
        He      he      PRON  3 nsubj
        told    tell    VERB  0 root
        us      we      PRON  3 iobj
        of      of      ADP   7 case
        ‘       ‘       PUNCT 7 punct
        honour  honour  NOUN  3 obl
        ’       ’       PUNCT 7 punct
        .       .       PUNCT 3 punct
        ”       ”       PUNCT 3 punct
        """
    )
    he = build_candidate(analysis, cue="told", source="He", traits=CHAIN)
    assert found(analysis, (), he) == []
