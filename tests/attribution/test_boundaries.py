"""Sources that verbs share, and contents on both sides of their cue."""

from __future__ import annotations

from dataclasses import replace

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
