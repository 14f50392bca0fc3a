"""Contents that run over into what another cue attributes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.attribution.candidates import TaggedCandidate
from quotes.attribution.conflicts import resolve_overlaps, stop_at_next_cue
from tests.builders import build_analysis, build_candidate, build_tagged, printed

JOINED = """
Park     Park     PROPN 2 nsubj
reported report   VERB  0 root
that     that     SCONJ 5 mark
rain     rain     NOUN  5 nsubj
came     come     VERB  2 ccomp
{word}   {word}   {upos} 9 {label}
others   other    NOUN  8 nsubj
want     want     VERB  {head} {deprel}
sun      sun      NOUN  8 obj
.        .        PUNCT 2 punct
"""


@pytest.mark.parametrize(
    ("word", "upos", "label", "head", "deprel"),
    [("and", "CCONJ", "cc", 5, "conj"), ("while", "SCONJ", "mark", 5, "advcl")],
)
def test_a_content_ends_before_a_clause_of_another_source(
    word: str, upos: str, label: str, head: int, deprel: str
) -> None:
    table = JOINED.format(word=word, upos=upos, label=label, head=head, deprel=deprel)
    analysis = build_analysis(table.replace("9 " + label, "8 " + label))
    outer = build_candidate(
        analysis,
        cue="reported",
        source="Park",
        content=f"rain came {word} others want sun",
        head=4,
    )
    inner = build_candidate(analysis, cue="want", source="others", content="sun")
    found, same = stop_at_next_cue(analysis, (outer, inner))
    assert printed(analysis, found.content) == ["rain came"]
    assert same is inner
    assert stop_at_next_cue(analysis, (outer,)) == (outer,)


def test_what_would_be_said_does_not_end_a_content() -> None:
    table = JOINED.format(word="and", upos="CCONJ", label="cc", head=5, deprel="conj")
    analysis = build_analysis(table.replace("9 cc", "8 cc"))
    outer = build_candidate(
        analysis, cue="reported", source="Park", content="rain came and others want sun", head=4
    )
    inner = replace(
        build_candidate(analysis, cue="want", source="others", content="sun"),
        factuality="hypothetical",
    )
    assert stop_at_next_cue(analysis, (outer, inner)) == (outer, inner)


def test_a_joined_verb_without_a_subject_goes_on_with_the_content() -> None:
    analysis = build_analysis(
        """
        Papers   paper  NOUN  2 nsubj
        reported report VERB  0 root
        Park     Park   PROPN 5 nsubj:pass
        was      be     AUX   5 aux:pass
        seized   seize  VERB  2 ccomp
        and      and    CCONJ 8 cc
        was      be     AUX   8 aux:pass
        told     tell   VERB  5 conj
        it       it     PRON  10 nsubj
        rains    rain   VERB  8 ccomp
        """
    )
    outer = build_candidate(
        analysis,
        cue="reported",
        source="Papers",
        content="Park was seized and was told it rains",
        head=4,
    )
    inner = build_candidate(analysis, cue="was told", source="", content="it rains")
    assert stop_at_next_cue(analysis, (outer, inner)) == (outer, inner)


def test_an_infinitive_of_purpose_inside_a_content_stays() -> None:
    analysis = build_analysis(
        """
        Park   Park   PROPN 2 nsubj
        said   say    VERB  0 root
        rain   rain   NOUN  4 nsubj
        came   come   VERB  2 ccomp
        to     to     PART  6 mark
        praise praise VERB  4 advcl VerbForm=Inf
        farms  farm   NOUN  6 obj
        """
    )
    outer = build_candidate(
        analysis, cue="said", source="Park", content="rain came to praise farms", head=3
    )
    inner = build_candidate(analysis, cue="praise", source="Park", content="farms")
    assert stop_at_next_cue(analysis, (outer, inner)) == (outer, inner)


def test_the_reporter_s_clause_of_time_behind_quoted_words_is_not_said() -> None:
    analysis = build_analysis(
        """
        Park    Park    PROPN 2 nsubj
        vowed   vow     VERB  0 root
        to      to      PART  5 mark
        “       “       PUNCT 5 punct
        go      go      VERB  2 xcomp
        on      on      ADP   5 compound:prt
        ”       ”       PUNCT 5 punct
        after   after   SCONJ 10 mark
        critics critic  NOUN  10 nsubj
        left    leave   VERB  5 advcl
        .       .       PUNCT 2 punct
        """
    )
    long = build_candidate(
        analysis, cue="vowed", source="Park", content="to “go on” after critics left"
    )
    (found,) = stop_at_next_cue(analysis, (long,))
    assert printed(analysis, found.content) == ["to “go on"]


TWO = build_analysis(
    """
    “     “     PUNCT 3 punct
    It    it    PRON  3 nsubj
    rains rain  VERB  6 ccomp
    ,     ,     PUNCT 3 punct
    ”     ”     PUNCT 3 punct
    said  say   VERB  0 root
    Smith Smith PROPN 6 nsubj
    .     .     PUNCT 6 punct

    “     “     PUNCT 3 punct
    It    it    PRON  3 nsubj
    lasts last  VERB  6 ccomp
    ,     ,     PUNCT 3 punct
    ”     ”     PUNCT 3 punct
    added add   VERB  0 root
    Jones Jones PROPN 6 nsubj
    .     .     PUNCT 6 punct
    """
)


def test_words_of_two_contents_go_to_the_likelier() -> None:
    smith = build_candidate(TWO, cue="said", source="Smith", content="It rains … It lasts")
    jones = build_candidate(TWO, cue="added", source="Jones", content="It lasts")
    first, second = resolve_overlaps(
        TWO,
        [
            TaggedCandidate(smith, 0, smith, build_tagged(TWO, smith, content="It rains")),
            TaggedCandidate(jones, 1, jones, build_tagged(TWO, jones, content="It lasts")),
        ],
    )
    assert printed(TWO, first.candidate.content) == ["It rains"]
    assert printed(TWO, second.candidate.content) == ["It lasts"]


def test_a_statement_inside_another_shares_its_words() -> None:
    outer = build_candidate(TWO, cue="added", source="Jones", content="It rains,” said Smith")
    inner = build_candidate(TWO, cue="said", source="Smith", content="It rains")
    proposals = [
        TaggedCandidate(outer, 0, outer, build_tagged(TWO, outer)),
        TaggedCandidate(inner, 1, inner, build_tagged(TWO, inner, content="It rains")),
    ]
    assert resolve_overlaps(TWO, proposals) == proposals


def test_the_cue_of_a_statement_around_it_ends_a_content() -> None:
    analysis = build_analysis(
        """
        Park     Park     PROPN 2 nsubj
        said     say      VERB  0 root
        rain     rain     NOUN  4 nsubj
        came     come     VERB  2 ccomp
        ,        ,        PUNCT 7 punct
        papers   paper    NOUN  7 nsubj
        reported report   VERB  2 ccomp
        today    today    ADV   7 advmod
        .        .        PUNCT 2 punct
        """
    )
    inner = build_candidate(
        analysis, cue="said", source="Park", content="rain came, papers reported today", head=3
    )
    outer = build_candidate(
        analysis, cue="reported", source="papers", content="Park said rain came"
    )
    found, same = stop_at_next_cue(analysis, (inner, outer))
    assert printed(analysis, found.content) == ["rain came"]
    assert same == outer
