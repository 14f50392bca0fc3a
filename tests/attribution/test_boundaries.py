"""Sources that verbs share, and contents on both sides of their cue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.attribution.boundaries import (
    extend_around_cue,
    inherit_sources,
    is_detached_participle,
    share_contents,
)
from quotes.attribution.candidates import Trait
from tests.builders import build_analysis, build_candidate, printed

WARNED = build_analysis(
    """
    Park   Park   PROPN 2 nsubj
    warned warn   VERB  0 root
    that   that   SCONJ 6 mark
    rain   rain   NOUN  6 nsubj
    would  would  AUX   6 aux
    come   come   VERB  2 ccomp
    ,      ,      PUNCT 8 punct
    saying say    VERB  6 advcl VerbForm=Ger
    it     it     PRON  10 nsubj
    lasts  last   VERB  8 ccomp
    """
)
SHARES = frozenset({Trait.INHERITS, Trait.CHAIN})
SHOUT = build_analysis(
    """
    Those those PRON  9 nsubj
    who   who   PRON  3 nsubj
    shout shout VERB  1 acl:relcl
    ,     ,     PUNCT 6 punct
    he    he    PRON  6 nsubj
    said  say   VERB  9 parataxis
    ,     ,     PUNCT 6 punct
    say   say   VERB  9 aux
    nothing nothing PRON 0 root
    .     .     PUNCT 9 punct
    """
)


def test_a_participle_in_a_content_has_the_source_of_the_content_s_cue() -> None:
    outer = build_candidate(
        WARNED, cue="warned", source="Park", content="rain would come, saying it lasts"
    )
    inner = build_candidate(WARNED, cue="saying", source="rain", content="it lasts", traits=SHARES)
    _, found = inherit_sources(WARNED, (outer, inner))
    assert printed(WARNED, found.source) == ["Park"]
    own = replace(inner, traits=frozenset())
    assert inherit_sources(WARNED, (outer, own))[1] is own


def test_a_participle_is_detached_behind_a_comma() -> None:
    saying = build_candidate(WARNED, cue="saying", content="it lasts", traits=SHARES)
    come = build_candidate(WARNED, cue="come", content="it lasts", traits=SHARES)
    assert is_detached_participle(WARNED, saying)
    assert not is_detached_participle(WARNED, come)


def test_a_content_has_both_sides_of_a_cue_set_off_by_commas() -> None:
    one_side = build_candidate(SHOUT, cue="said", source="he", content="say nothing")
    found = extend_around_cue(SHOUT, one_side)
    assert printed(SHOUT, found.content) == ["Those who shout", "say nothing"]


def test_a_cue_that_is_not_set_off_leaves_the_content_alone() -> None:
    plain = build_candidate(WARNED, cue="warned", source="Park", content="rain would come")
    assert extend_around_cue(WARNED, plain) is plain


SET_IN = """
Rain      rain      NOUN  2 nsubj
fell      fall      VERB  0 root
{opener}
,         ,         PUNCT 6 punct
he        he        PRON  6 nsubj
said      say       VERB  {head}
,         ,         PUNCT 6 punct
stopped   stop      VERB  2 {label} VerbForm=Fin
trains    train     NOUN  8 obj
.         .         PUNCT 2 punct
"""


def test_a_cue_behind_a_conjunction_has_what_that_joins() -> None:
    table = SET_IN.format(opener="and and CCONJ 8 cc", head="8 parataxis", label="conj")
    analysis = build_analysis(table)
    whole = build_candidate(analysis, cue="said", source="he", content="Rain fell")
    both = replace(whole, content=((0, 2), (7, 9)))
    assert printed(analysis, extend_around_cue(analysis, both).content) == ["stopped trains"]


def test_a_cue_behind_a_relative_pronoun_has_its_clause() -> None:
    table = SET_IN.format(
        opener="which which PRON 8 nsubj PronType=Rel", head="8 parataxis", label="acl:relcl"
    )
    analysis = build_analysis(table)
    bare = build_candidate(analysis, cue="said", source="he")
    assert printed(analysis, extend_around_cue(analysis, bare).content) == ["stopped trains"]
    hopes = build_analysis(table.replace("said      say ", "hopes     hope"))
    none = build_candidate(hopes, cue="hopes", source="he")
    assert extend_around_cue(hopes, none) is none


def test_what_frames_the_cue_is_the_reporter_s() -> None:
    analysis = build_analysis(
        """
        Rain      rain      NOUN  2 nsubj
        fell      fall      VERB  5 ccomp
        ,         ,         PUNCT 5 punct
        he        he        PRON  5 nsubj
        said      say       VERB  0 root
        ,         ,         PUNCT 8 punct
        in        in        ADP   8 case
        January   January   PROPN 5 obl
        .         .         PUNCT 5 punct
        """
    )
    candidate = build_candidate(analysis, cue="said", source="he", content="Rain fell")
    assert extend_around_cue(analysis, candidate) is candidate


def test_a_participle_behind_the_cue_is_the_reporter_s() -> None:
    analysis = build_analysis(
        """
        Rain      rain      NOUN  2 nsubj
        fell      fall      VERB  0 root
        ,         ,         PUNCT 5 punct
        he        he        PRON  5 nsubj
        said      say       VERB  2 parataxis
        ,         ,         PUNCT 7 punct
        citing    cite      VERB  2 advcl VerbForm=Ger
        research  research  NOUN  7 obj
        .         .         PUNCT 5 punct
        """
    )
    candidate = build_candidate(analysis, cue="said", source="he", content="Rain fell")
    assert extend_around_cue(analysis, candidate) is candidate


def test_a_source_that_quotes_another_has_its_content() -> None:
    analysis = build_analysis(
        """
        Papers  paper   NOUN  2 nsubj
        quoted  quote   VERB  0 root
        Park    Park    PROPN 2 obj
        as      as      SCONJ 5 mark
        saying  say     VERB  2 advcl VerbForm=Ger
        it      it      PRON  7 nsubj
        rains   rain    VERB  5 ccomp
        """
    )
    paper = build_candidate(
        analysis, cue="quoted", source="Papers", traits=frozenset({Trait.PASSES_ON})
    )
    park = build_candidate(
        analysis,
        cue="saying",
        source="Park",
        content="it rains",
        traits=frozenset({Trait.CITING}),
    )
    assert share_contents(analysis, (paper, park)) == (replace(paper, content=park.content), park)
    other = replace(park, traits=frozenset())
    assert share_contents(analysis, (paper, other)) == (paper, other)


JOINED_TO_CONTENT = """
Park     Park    PROPN 2 nsubj
said     say     VERB  0 root VerbForm=Fin|Tense=Past
{source}
{helper}
stay     stay    VERB  2 ccomp {form}
and      and     CCONJ 7 cc
demanded demand  VERB  5 conj VerbForm=Fin|Tense=Past
rest     rest    NOUN  7 obj
"""


@pytest.mark.parametrize(
    ("source", "helper", "form", "speaker"),
    [
        ("they they PRON 5 nsubj", "can can AUX 5 aux VerbForm=Fin", "VerbForm=Inf", "Park"),
        ("boats boat NOUN 5 nsubj", "now now ADV 5 advmod", "VerbForm=Fin|Tense=Past", "Park"),
        ("they they PRON 5 nsubj", "now now ADV 5 advmod", "VerbForm=Fin|Tense=Past", "they"),
    ],
)
def test_a_joined_verb_in_the_tense_of_the_cue_goes_on_from_it(
    source: str, helper: str, form: str, speaker: str
) -> None:
    table = JOINED_TO_CONTENT.format(source=source, helper=helper, form=form)
    analysis = build_analysis(table)
    subject = source.split()[0]
    outer = build_candidate(
        analysis, cue="said", source="Park", content=f"{subject} {helper.split()[0]} stay"
    )
    outer = replace(outer, content=((2, 8),))
    inner = build_candidate(analysis, cue="demanded", source=subject, content="rest", traits=SHARES)
    _, found = inherit_sources(analysis, (outer, inner))
    assert printed(analysis, found.source) == [speaker]


PERFECT = """
Park    Park    PROPN 2 nsubj
said    say     VERB  0 root VerbForm=Fin|Tense=Past
they    they    PRON  5 nsubj
had     have    AUX   5 aux VerbForm=Fin|Tense=Past
grown   grow    VERB  2 ccomp VerbForm=Part|Tense=Past
and     and     CCONJ 7 cc
urged   urge    VERB  5 conj VerbForm=Fin|Tense=Past
{others} other  {upos} 7 obj
to      to      PART  10 mark
stay    stay    VERB  7 xcomp
"""


@pytest.mark.parametrize(
    ("others", "upos", "speaker"), [("people", "NOUN", "Park"), ("him", "PRON", "they")]
)
def test_a_past_joined_to_a_perfect_goes_on_from_the_cue(
    others: str, upos: str, speaker: str
) -> None:
    analysis = build_analysis(PERFECT.format(others=others, upos=upos))
    outer = build_candidate(analysis, cue="said", source="Park", content="they had grown")
    outer = replace(outer, content=((2, 10),))
    inner = build_candidate(
        analysis, cue="urged", source="they", content=f"{others} to stay", traits=SHARES
    )
    _, found = inherit_sources(analysis, (outer, inner))
    assert printed(analysis, found.source) == [speaker]


def test_a_participle_does_not_go_on_from_a_preposition() -> None:
    analysis = build_analysis(
        """
        According accord VERB  3 case
        to        to     ADP   1 fixed
        papers    paper  NOUN  6 obl
        ,         ,      PUNCT 3 punct
        Park      Park   PROPN 6 nsubj
        fled      flee   VERB  0 root
        ,         ,      PUNCT 8 punct
        saying    say    VERB  6 advcl VerbForm=Ger
        it        it     PRON  10 nsubj
        lasts     last   VERB  8 ccomp
        """
    )
    report = build_candidate(analysis, cue="According to", source="papers")
    report = replace(report, content=((4, 10),))
    inner = build_candidate(
        analysis, cue="saying", source="Park", content="it lasts", traits=SHARES
    )
    assert inherit_sources(analysis, (report, inner))[1] == inner


def test_a_participle_right_behind_a_cue_has_its_source() -> None:
    analysis = build_analysis(
        """
        Trade     trade  NOUN  2 nsubj
        grew      grow   VERB  0 root
        ,         ,      PUNCT 5 punct
        Park      Park   PROPN 5 nsubj
        said      say    VERB  2 parataxis
        ,         ,      PUNCT 7 punct
        stressing stress VERB  2 advcl VerbForm=Ger
        it        it     PRON  9 nsubj
        lasts     last   VERB  7 ccomp
        """
    )
    report = build_candidate(analysis, cue="said", source="Park", content="Trade grew")
    inner = build_candidate(
        analysis, cue="stressing", source="Trade", content="it lasts", traits=SHARES
    )
    _, found = inherit_sources(analysis, (report, inner))
    assert printed(analysis, found.source) == ["Park"]
