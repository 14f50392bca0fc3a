"""What one source says that another one said, where the tree hangs the inner clause elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.analysis import Analysis
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.generators.nested_reports import NESTED_REPORT_RULE, with_nested_reports
from tests.builders import build_analysis, build_candidate, printed

BESIDE_CLAUSE = """
She       she       PRON  2 nsubj
noted     note      VERB  0 root VerbForm=Fin|Tense=Past
that      that      SCONJ 6 mark
the       the       DET   5 det
fund      fund      NOUN  6 nsubj
estimates estimate  VERB  2 ccomp VerbForm=Fin|Tense=Pres
that      that      SCONJ 10 mark
trade     trade     NOUN  10 nsubj
will      will      AUX   10 aux VerbForm=Fin
grow      grow      VERB  2 ccomp VerbForm=Inf
.         .         PUNCT 2 punct
"""
BEHIND_OBJECT = """
The      the     DET   2 det
site     site    NOUN  3 nsubj
reported report  VERB  0 root VerbForm=Fin|Tense=Past
its      its     PRON  5 nmod:poss
source   source  NOUN  3 obj
claimed  claim   VERB  3 ccomp VerbForm=Fin|Tense=Past
a        a       DET   8 det
man      man     NOUN  9 nsubj
escaped  escape  VERB  6 ccomp VerbForm=Fin|Tense=Past
.        .       PUNCT 3 punct
"""
TWO_SUBJECTS = """
Agents  agent  NOUN  9 nsubj
“       “      PUNCT 3 punct
say     say    VERB  9 ccomp VerbForm=Fin|Tense=Pres
it      it     PRON  5 nsubj
rains   rain   VERB  3 ccomp VerbForm=Fin|Tense=Pres
,       ,      PUNCT 3 punct
”       ”      PUNCT 3 punct
he      he     PRON  9 nsubj
said    say    VERB  0 root VerbForm=Fin|Tense=Past
.       .      PUNCT 9 punct
"""
IN_ONE_PHRASE = """
According  accord     VERB  4 case
to         to         ADP   1 fixed
the        the        DET   4 det
agency     agency     NOUN  9 obl
,          ,          PUNCT 4 punct
the        the        DET   7 det
prosecutor prosecutor NOUN  4 appos
,          ,          PUNCT 4 punct
said       say        VERB  0 root VerbForm=Fin|Tense=Past
they       they       PRON  12 nsubj
must       must       AUX   12 aux VerbForm=Fin
go         go         VERB  9 ccomp VerbForm=Inf
.          .          PUNCT 9 punct
"""

ASIDE = """
Officials official NOUN  2 nsubj
said      say      VERB  0 root VerbForm=Fin|Tense=Past
(         (        PUNCT 4 punct
Roe       Roe      PROPN 7 vocative
)         )        PUNCT 4 punct
has       have     AUX   7 aux VerbForm=Fin
asked     ask      VERB  2 ccomp VerbForm=Part
that      that     SCONJ 10 mark
it        it       PRON  10 nsubj
stay      stay     VERB  7 ccomp VerbForm=Fin
.         .        PUNCT 2 punct
"""
SOME_SAY = """
I        I        PRON  2 nsubj
wait     wait     VERB  0 root VerbForm=Fin
because  because  SCONJ 5 mark
some     some     DET   5 expl
say      say      VERB  2 advcl VerbForm=Fin
it       it       PRON  7 nsubj
rains    rain     VERB  5 ccomp VerbForm=Fin
.        .        PUNCT 2 punct
"""
JOINED_NOUN = """
We      we      PRON  2 nsubj
met     meet    VERB  0 root VerbForm=Fin
with    with    ADP   4 case
Oslo    Oslo    PROPN 2 obl
and     and     CCONJ 7 cc
the     the     DET   7 det
mayor   mayor   NOUN  4 conj
told    tell    VERB  2 parataxis VerbForm=Fin
us      we      PRON  8 iobj
it      it      PRON  11 nsubj
rains   rain    VERB  8 ccomp VerbForm=Fin
"""
URGING = """
Users   user   NOUN  9 nsubj
were    be     AUX   3 aux VerbForm=Fin
urging  urge   VERB  9 ccomp VerbForm=Part
them    they   PRON  3 obj
to      to     PART  6 mark
leave   leave  VERB  3 xcomp VerbForm=Inf
,       ,      PUNCT 3 punct
Roe     Roe    PROPN 9 nsubj
said    say    VERB  0 root VerbForm=Fin
.       .      PUNCT 9 punct
"""
RELATIVE = """
Police    police  NOUN 2 nsubj
held      hold    VERB 0 root VerbForm=Fin
a         a       DET  4 det
ring      ring    NOUN 2 obj
they      they    PRON 6 nsubj Person=3
claim     claim   VERB 4 acl:relcl VerbForm=Fin
is        be      AUX  8 aux:pass VerbForm=Fin
linked    link    VERB 4 acl:relcl VerbForm=Part
to        to      ADP  10 case
Oslo      Oslo    PROPN 8 obl
,         ,       PUNCT 14 punct
according accord  VERB 14 case
to        to      ADP  12 fixed
papers    paper   NOUN 8 obl
.         .       PUNCT 2 punct
"""


def nested(analysis: Analysis, *ruled: Candidate) -> list[tuple[str, str, str]]:
    """Return cue, source and content of what the tree hides."""
    return [
        (
            " ".join(printed(analysis, c.cue)),
            " ".join(printed(analysis, c.source)),
            " ".join(printed(analysis, c.content)),
        )
        for c in with_nested_reports(analysis, ruled)
        if c.rule == NESTED_REPORT_RULE
    ]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (BESIDE_CLAUSE, ("estimates", "the fund", "that trade will grow")),
        (BEHIND_OBJECT, ("claimed", "its source", "a man escaped")),
        (TWO_SUBJECTS, ("say", "Agents", "it rains")),
        (ASIDE, ("has asked", "(Roe)", "that it stay")),
        (SOME_SAY, ("say", "some", "it rains")),
        (URGING, ("were urging", "Users", "to leave")),
        (JOINED_NOUN, ("told", "the mayor", "it rains")),
    ],
)
def test_who_stands_before_the_inner_verb_says_what_follows(
    table: str, expected: tuple[str, str, str]
) -> None:
    assert nested(build_analysis(table)) == [expected]


@pytest.mark.parametrize(
    "table",
    [
        BESIDE_CLAUSE.replace("2 ccomp VerbForm=Inf", "6 ccomp VerbForm=Inf"),  # it is right
        BEHIND_OBJECT.replace("claimed  claim ", "hoped    hope  "),  # hoping is no speech
        BEHIND_OBJECT.replace("3 obj", "6 nsubj"),  # it is right: a rule finds it
    ],
)
def test_other_clauses_are_left_to_the_rules(table: str) -> None:
    assert nested(build_analysis(table)) == []


def test_what_a_relative_clause_reports_ends_before_who_attributes_the_sentence() -> None:
    analysis = build_analysis(RELATIVE)
    whole = build_candidate(
        analysis,
        cue="according to",
        source="papers",
        content="Police held a ring they claim is linked to Oslo",
    )
    assert nested(analysis, whole) == [("claim", "they", "is linked to Oslo")]
    who = build_analysis(RELATIVE.replace("Person=3", "PronType=Rel"))
    assert nested(who, whole) == []


def test_a_relative_pronoun_stands_for_the_subject_of_what_is_said() -> None:
    analysis = build_analysis(
        """
        Bees     bee      NOUN 2 nsubj
        make     make     VERB 0 root VerbForm=Fin
        honey    honey    NOUN 2 obj
        which    which    PRON 6 obj PronType=Rel
        experts  expert   NOUN 6 nsubj
        claim    claim    VERB 3 acl:relcl VerbForm=Fin
        is       be       AUX  8 cop VerbForm=Fin
        healthy  healthy  ADJ  3 acl:relcl
        """
    )
    object_alone = build_candidate(analysis, cue="claim", source="experts", content="which")
    known = replace(object_alone, head=3)
    assert nested(analysis, known) == [("claim", "experts", "is healthy")]


def test_what_a_rule_has_found_stays_its_own() -> None:
    analysis = build_analysis(BEHIND_OBJECT)
    known = build_candidate(analysis, cue="claimed", source="source", content="a man escaped")
    known = Candidate(known.rule, known.anchor, known.cue, known.source, known.content, head=8)
    assert nested(analysis, known) == []


def test_a_phrase_that_names_reporter_and_speaker_is_cut() -> None:
    analysis = build_analysis(IN_ONE_PHRASE)
    according = build_candidate(
        analysis,
        cue="According to",
        source="the agency, the prosecutor",
        content="said they must go",
        traits=frozenset({Trait.CHAIN}),
    )
    outer, inner = with_nested_reports(analysis, [according])
    assert printed(analysis, outer.source) == ["the agency"]
    assert printed(analysis, outer.content) == ["the prosecutor, said they must go"]
    assert printed(analysis, inner.source) == ["the prosecutor"]
    assert printed(analysis, inner.content) == ["they must go"]


def test_a_name_apposed_to_a_source_stays_with_it() -> None:
    table = IN_ONE_PHRASE.replace("12 nsubj", "9 nsubj")  # the verb has a subject of its own
    analysis = build_analysis(table)
    according = build_candidate(
        analysis, cue="According to", source="the agency, the prosecutor", content="they must go"
    )
    assert with_nested_reports(analysis, [according]) == (according,)
