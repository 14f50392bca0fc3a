"""Contents that take in whole quotation marks, run on to later ones, or end at one."""

from __future__ import annotations

import pytest

from quotes.analysis import Analysis
from quotes.attribution.candidates import Candidate, TaggedCandidate
from quotes.attribution.quotation_boundaries import (
    continue_to_marks,
    end_at_mark,
    expand_to_marks,
    join_following_marks,
    rejoin_quotations,
)
from quotes.attribution.quotation_sites import quotation_sites
from tests.builders import build_analysis, build_candidate, build_tagged, printed

SAFE = build_analysis(
    """
    “      “      PUNCT 4 punct
    It     it     PRON  4 nsubj
    is     be     AUX   4 cop
    safe   safe   ADJ   9 ccomp
    and    and    CCONJ 6 cc
    dry    dry    ADJ   4 conj
    ,      ,      PUNCT 4 punct
    ”      ”      PUNCT 4 punct
    said   say    VERB  0 root
    Park   Park   PROPN 9 nsubj
    .      .      PUNCT 9 punct

    “      “      PUNCT 4 punct
    We     we     PRON  4 nsubj
    all    all    DET   4 advmod
    stay   stay   VERB  0 root
    here   here   ADV   4 advmod
    .      .      PUNCT 4 punct
    ”      ”      PUNCT 4 punct
    """
)


def tagged(analysis: Analysis, candidate: Candidate, number: int = 0) -> TaggedCandidate:
    return TaggedCandidate(candidate, number, candidate, build_tagged(analysis, candidate))


def test_a_content_takes_in_the_whole_of_its_mark() -> None:
    part = build_candidate(SAFE, cue="said", source="Park", content="It is safe", head=3)
    assert printed(SAFE, expand_to_marks(SAFE, part).content) == ["It is safe and dry"]


def test_a_cue_inside_a_mark_does_not_reach_out_of_it() -> None:
    inside = build_candidate(SAFE, cue="is", source="It", content="safe and dry,” said Park")
    assert printed(SAFE, expand_to_marks(SAFE, inside).content) == ["safe and dry"]


PASSIVE = """
She    she    PRON  3 nsubj:pass
was    be     AUX   3 aux:pass
told   tell   VERB  0 root
there  there  PRON  6 expl
would  would  AUX   6 aux
be     be     VERB  3 ccomp
{comma}“      “      PUNCT 9 punct
a      a      DET   9 det
hall   hall   NOUN  3 obl
”      ”      PUNCT 9 punct
.      .      PUNCT 3 punct
"""


def test_behind_a_cue_a_content_takes_in_the_mark_that_it_runs_into() -> None:
    analysis = build_analysis(PASSIVE.format(comma=""))
    bare = build_candidate(analysis, cue="was told", content="there would be", head=5)
    assert printed(analysis, expand_to_marks(analysis, bare).content) == ["there would be “a hall"]
    apart = build_analysis(PASSIVE.format(comma=",      ,      PUNCT 3 punct\n").replace("9", "10"))
    assert printed(apart, expand_to_marks(apart, bare).content) == ["there would be"]


def test_before_a_cue_only_the_words_behind_a_colon_count() -> None:
    analysis = build_analysis(
        """
        Smith went VERB 0 root
        went  go   VERB  1 dep
        on    on   ADP   2 compound:prt
        :     :    PUNCT 2 punct
        “     “    PUNCT 6 punct
        It    it   PRON  7 nsubj
        rains rain VERB  11 ccomp
        ,     ,    PUNCT 7 punct
        ”     ”    PUNCT 7 punct
        he    he   PRON  11 nsubj
        said  say  VERB  1 dep
        """
    )
    wide = build_candidate(analysis, cue="said", source="he", content="Smith went on: “It rains")
    assert printed(analysis, expand_to_marks(analysis, wide).content) == ["It rains"]


def test_a_content_runs_on_to_a_mark_later_in_its_sentence() -> None:
    analysis = build_analysis(
        """
        Park  Park  PROPN 2 nsubj
        says  say   VERB  0 root
        it    it    PRON  4 nsubj
        fell  fall  VERB  2 ccomp
        and   and   CCONJ 9 cc
        is    be    AUX   9 cop
        now   now   ADV   9 advmod
        “     “     PUNCT 9 punct
        lost  lost  ADJ   4 conj
        ”     ”     PUNCT 9 punct
        .     .     PUNCT 2 punct
        """
    )
    short = build_candidate(analysis, cue="says", source="Park", content="it fell")
    (found,) = continue_to_marks(analysis, (short,), quotation_sites(analysis))
    assert printed(analysis, found.content) == ["it fell and is now “lost”"]
    other = build_candidate(analysis, cue="is", source="it", content="now")
    both = continue_to_marks(analysis, (short, other), quotation_sites(analysis))
    assert both[0] is short


def test_a_statement_right_behind_a_quote_is_joined_to_it() -> None:
    first = build_candidate(SAFE, cue="said", source="Park", content="It is safe and dry,")
    (found,) = join_following_marks(SAFE, (first,), quotation_sites(SAFE))
    assert printed(SAFE, found.content) == ["It is safe and dry,", "We all stay here."]


def test_what_is_said_to_the_speaker_before_is_not_joined() -> None:
    analysis = build_analysis(
        """
        “     “    PUNCT 2 punct
        Stay  stay VERB  4 ccomp
        ”     ”    PUNCT 2 punct
        said  say  VERB  0 root
        Ann   Ann  PROPN 4 nsubj
        Park  Park PROPN 5 flat
        .     .    PUNCT 4 punct
        ¶
        “     “    PUNCT 3 punct
        We    we   PRON  3 nsubj
        stay  stay VERB  0 root
        here  here ADV   3 advmod
        now   now  ADV   3 advmod
        ,     ,    PUNCT 8 punct
        Ms    Ms   PROPN 8 nmod:desc
        Park  Park PROPN 3 vocative
        .     .    PUNCT 3 punct
        ”     ”    PUNCT 3 punct
        """,
        entities={"Ann Park": "PER", "Ms Park": "PER"},
    )
    first = build_candidate(analysis, cue="said", source="Ann Park", content="Stay")
    assert join_following_marks(analysis, (first,), quotation_sites(analysis)) == (first,)


def test_a_quotation_goes_on_behind_another_cue() -> None:
    analysis = build_analysis(
        """
        “     “     PUNCT 3 punct
        It    it    PRON  3 nsubj
        rains rain  VERB  6 ccomp
        ,     ,     PUNCT 3 punct
        ”     ”     PUNCT 3 punct
        said  say   VERB  0 root
        Smith Smith PROPN 6 nsubj
        ,     ,     PUNCT 10 punct
        who   who   PRON  10 nsubj
        noted note  VERB  7 acl:relcl
        wind  wind  NOUN  10 obj
        .     .     PUNCT 6 punct

        “     “     PUNCT 3 punct
        It    it    PRON  3 nsubj
        lasts last  VERB  0 root
        .     .     PUNCT 3 punct
        ”     ”     PUNCT 3 punct
        """
    )
    said = build_candidate(analysis, cue="said", source="Smith", content="It rains")
    noted = build_candidate(analysis, cue="noted", source="who", content="wind … It lasts")
    found = rejoin_quotations(analysis, [tagged(analysis, said), tagged(analysis, noted, 1)])
    assert [printed(analysis, one.candidate.content) for one in found] == [
        ["It rains", "It lasts"],
        ["wind"],
    ]


def test_a_content_ends_where_the_reporter_goes_on() -> None:
    analysis = build_analysis(
        """
        He         he         PRON  2 nsubj
        joked      joke       VERB  0 root
        ,          ,          PUNCT 2 punct
        “          “          PUNCT 6 punct
        You        you        PRON  6 nsubj
        lie        lie        VERB  2 ccomp
        ,          ,          PUNCT 6 punct
        ”          ”          PUNCT 6 punct
        drawing    draw       VERB  6 advcl VerbForm=Ger
        jeers      jeer       NOUN  9 obj
        .          .          PUNCT 2 punct
        """
    )
    long = build_candidate(analysis, cue="joked", source="He", content="You lie,” drawing jeers")
    found = end_at_mark(analysis, tagged(analysis, long))
    assert printed(analysis, found.candidate.content) == ["You lie"]
    short = build_candidate(analysis, cue="joked", source="He", content="You lie")
    assert end_at_mark(analysis, tagged(analysis, short)) == tagged(analysis, short)


def test_a_content_ends_with_the_sentence_inside_its_mark() -> None:
    analysis = build_analysis(
        """
        He         he         PRON  2 nsubj
        yelled     yell       VERB  0 root
        “          “          PUNCT 4 punct
        Run        run        VERB  2 ccomp
        !          !          PUNCT 4 punct
        ”          ”          PUNCT 4 punct
        when       when       SCONJ 9 mark
        bells      bell       NOUN  9 nsubj
        rang       ring       VERB  4 advcl
        .          .          PUNCT 2 punct
        """
    )
    long = build_candidate(analysis, cue="yelled", source="He", content="Run!” when bells rang")
    found = end_at_mark(analysis, tagged(analysis, long))
    assert printed(analysis, found.candidate.content) == ["Run"]


def test_a_clause_of_the_reporter_behind_a_quotation_is_no_content() -> None:
    analysis = build_analysis(
        """
        He         he         PRON  2 nsubj
        said       say        VERB  0 root
        “          “          PUNCT 5 punct
        We         we         PRON  5 nsubj
        lost       lose       VERB  2 ccomp VerbForm=Fin
        ,          ,          PUNCT 5 punct
        ”          ”          PUNCT 5 punct
        and        and        CCONJ 11 cc
        the        the        DET   10 det
        flag       flag       NOUN  11 nsubj
        fell       fall       VERB  5 conj VerbForm=Fin
        .          .          PUNCT 2 punct
        """
    )
    long = build_candidate(analysis, cue="said", source="He", content="We lost,” and the flag fell")
    found = end_at_mark(analysis, tagged(analysis, long))
    assert printed(analysis, found.candidate.content) == ["We lost"]


@pytest.mark.parametrize(("first", "content"), [("We", ["We lost"]), ("we", ["we lost” in May"])])
def test_a_quoted_sentence_ends_where_its_mark_does(first: str, content: list[str]) -> None:
    analysis = build_analysis(
        f"""
        He         he         PRON  2 nsubj
        said       say        VERB  0 root
        “          “          PUNCT 5 punct
        {first}         we         PRON  5 nsubj
        lost       lose       VERB  2 ccomp VerbForm=Fin
        ”          ”          PUNCT 5 punct
        in         in         ADP   8 case
        May        May        PROPN 5 obl
        .          .          PUNCT 2 punct
        """
    )
    long = build_candidate(analysis, cue="said", source="He", content=f"{first} lost” in May")
    found = end_at_mark(analysis, tagged(analysis, long))
    assert printed(analysis, found.candidate.content) == content
