"""The subject of a verb that the tree does not name directly."""

from __future__ import annotations

import pytest

from quotes.attribution.subjects import (
    adjacent_noun_phrase,
    apposed_words,
    around_relative_clause,
    shared_subject,
)
from tests.builders import build_analysis

JOINED = """
Park   Park   PROPN 2 nsubj
stood  stand  VERB  0 root VerbForm=Fin
up     up     ADV   2 advmod
and    and    CCONJ 5 cc
said   say    VERB  2 conj VerbForm=Fin
so     so     ADV   5 advmod
"""
DESCRIBED = """
critics critic NOUN  0 root
saying  say    VERB  1 acl  VerbForm=Ger
so      so     ADV   2 advmod
"""
PAST = """
Praise praise NOUN 3 nsubj
voiced voice  VERB 1 acl  VerbForm=Part|Tense=Past
grew   grow   VERB 0 root
"""
CUT_OFF = """
Park   Park   PROPN 2 nsubj
left   leave  VERB  0 root

saying say    VERB  0 root VerbForm=Ger
so     so     ADV   1 advmod
"""
GERUND = """
speaking speak  VERB  4 advcl VerbForm=Part|Tense=Pres
yesterday yesterday NOUN 1 obl
Park     Park   PROPN 1 nsubj
says     say    VERB  0 root VerbForm=Fin
so       so     ADV   4 advmod
"""
OBJECT = """
Park     Park     PROPN 2 nsubj
{verb}   {verb}   VERB  0 root VerbForm=Fin
people   people   NOUN  2 obj
{saying} say      VERB  2 {label} {features}
so       so       ADV   4 advmod
"""
GOES_ON = """
Park   Park   PROPN 2 nsubj
said   say    VERB  0 root VerbForm=Fin

But    but    CCONJ 2 cc
added  add    VERB  0 root VerbForm=Fin
so     so     ADV   2 advmod
"""
ASKED = """
Asked  ask    VERB  5 advcl VerbForm=Fin|Tense=Past
about  about  ADP   3 case
taxes  tax    NOUN  1 obl
Park   Park   PROPN 5 nsubj
said   say    VERB  0 root VerbForm=Fin|Tense=Past
no     no     INTJ  5 obj
"""
ANSWERED = """
Park   Park   PROPN 2 nsubj
left   leave  VERB  0 root VerbForm=Fin|Tense=Past
,      ,      PUNCT 4 punct
said   say    VERB  2 advcl VerbForm=Fin|Tense=Past
so     so     ADV   4 advmod
"""


def test_who_is_asked_does_not_ask_where_the_parser_takes_the_participle_for_a_past_tense() -> None:
    assert shared_subject(build_analysis(ASKED), 0) is None
    assert shared_subject(build_analysis(ANSWERED), 3) == 0


@pytest.mark.parametrize(
    ("table", "verb", "subject"),
    [(GERUND, 3, 2), (GOES_ON, 3, 0)],
)
def test_a_verb_has_the_subject_behind_a_gerund_or_of_the_sentence_it_goes_on_with(
    table: str, verb: int, subject: int
) -> None:
    assert shared_subject(build_analysis(table), verb) == subject


@pytest.mark.parametrize(
    ("table", "verb", "subject"),
    [(JOINED, 4, 0), (DESCRIBED, 1, 0), (PAST, 1, None), (CUT_OFF, 2, 0), (JOINED, 1, None)],
)
def test_a_verb_shares_the_subject_of_what_it_hangs_on(
    table: str, verb: int, subject: int | None
) -> None:
    assert shared_subject(build_analysis(table), verb) == subject


ADDING = """
Park    Park    PROPN 2 nsubj
said    say     VERB  0 root VerbForm=Fin
talks   talk    NOUN  4 nsubj
failed  fail    VERB  2 ccomp VerbForm=Fin
,       ,       PUNCT 6 punct
adding  add     VERB  4 advcl VerbForm=Part|Tense=Pres
others  other   NOUN  8 nsubj
follow  follow  VERB  6 ccomp VerbForm=Fin
"""
ADDING_BEHIND = """
talks   talk    NOUN  2 nsubj
failed  fail    VERB  0 root VerbForm=Fin
,       ,       PUNCT 5 punct
Park    Park    PROPN 5 nsubj
said    say     VERB  2 parataxis VerbForm=Fin
,       ,       PUNCT 7 punct
adding  add     VERB  2 advcl VerbForm=Part|Tense=Pres
others  other   NOUN  9 nsubj
follow  follow  VERB  7 ccomp VerbForm=Fin
"""


@pytest.mark.parametrize(("table", "verb", "subject"), [(ADDING, 5, 0), (ADDING_BEHIND, 6, 3)])
def test_a_participle_of_speech_goes_on_with_what_its_speaker_says(
    table: str, verb: int, subject: int
) -> None:
    assert shared_subject(build_analysis(table), verb) == subject


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("adding  add", "leaving leave"),  # no verb of speech
        ("others  other   NOUN  8 nsubj", "while   while   SCONJ 6 mark"),  # led by a conjunction
        ("said    say", "saw     see"),  # nobody speaks
    ],
)
def test_another_participle_shares_the_subject_of_its_clause(old: str, new: str) -> None:
    assert old in ADDING
    assert shared_subject(build_analysis(ADDING.replace(old, new)), 5) == 2


def test_a_participle_in_marks_does_not_go_on_with_who_speaks_outside() -> None:
    table = """
        Park      Park   PROPN 2 nsubj
        said      say    VERB  0 root VerbForm=Fin
        “         “      PUNCT 4 punct
        residents resident NOUN 5 nsubj
        came      come   VERB  2 ccomp VerbForm=Fin
        claiming  claim  VERB  5 advcl VerbForm=Part|Tense=Pres
        it        it     PRON  8 nsubj
        rained    rain   VERB  6 ccomp VerbForm=Fin
        ”         ”      PUNCT 5 punct
    """
    assert shared_subject(build_analysis(table), 5) == 3


def test_a_reported_clause_has_the_first_of_two_subjects_of_the_verb_behind_it() -> None:
    table = """
        tenants tenant NOUN  7 nsubj
        told    tell   VERB  7 ccomp VerbForm=Fin
        her     she    PRON  2 iobj
        so      so     ADV   2 advmod
        ,       ,      PUNCT 7 punct
        Park    Park   PROPN 7 nsubj
        noted   note   VERB  0 root VerbForm=Fin
    """
    assert shared_subject(build_analysis(table), 1) == 0


def test_a_participle_goes_on_with_who_asks_others_for_something() -> None:
    table = """
        Park    Park    PROPN 2 nsubj
        said    say     VERB  0 root VerbForm=Fin
        aides   aide    NOUN  4 nsubj
        advised advise  VERB  2 ccomp VerbForm=Fin
        him     he      PRON  4 obj
        to      to      PART  7 mark
        leave   leave   VERB  4 xcomp
        ,       ,       PUNCT 9 punct
        saying  say     VERB  4 advcl VerbForm=Part|Tense=Pres
        it      it      PRON  11 nsubj
        rained  rain    VERB  9 ccomp VerbForm=Fin
    """
    assert shared_subject(build_analysis(table), 8) == 2


@pytest.mark.parametrize(
    ("verb", "saying", "label", "features", "subject"),
    [
        ("describe", "telling", "xcomp", "VerbForm=Part|Tense=Pres", 2),
        ("describe", "saying", "advcl", "VerbForm=Part|Tense=Pres", 0),  # "..., saying"
        ("report", "said", "parataxis", "VerbForm=Fin", 2),
        ("beat", "said", "parataxis", "VerbForm=Fin", 0),
    ],
)
def test_the_object_of_a_verb_is_the_subject_of_one_in_its_place(
    verb: str, saying: str, label: str, features: str, subject: int
) -> None:
    table = OBJECT.format(verb=verb, saying=saying, label=label, features=features)
    for kind in ("2 obj", "2 iobj"):
        assert shared_subject(build_analysis(table.replace("2 obj", kind)), 3) == subject


def test_a_noun_phrase_beside_the_cue_counts_outside_of_marks_only() -> None:
    analysis = build_analysis(
        """
        “        “        PUNCT 3 punct
        Adams    Adams    PROPN 3 nsubj
        left     leave    VERB  6 ccomp
        ,        ,        PUNCT 3 punct
        ”        ”        PUNCT 3 punct
        said     say      VERB  0 root
        the      the      DET   8 det
        ministry ministry NOUN  6 obj
        """
    )
    assert adjacent_noun_phrase(analysis, 5) == 7
    assert adjacent_noun_phrase(analysis, 2) == 1
    alone = build_analysis(
        "Adams Adams PROPN 3 nsubj\nnever never ADV 3 advmod\nsaid say VERB 0 root"
    )
    assert adjacent_noun_phrase(alone, 2) is None


APPOSED = """
    According accord   VERB  4 case
    to        to       ADP   1 fixed
    the       the      DET   4 det
    mayor     mayor    NOUN  11 obl
    ,         ,        PUNCT 6 punct
    Ana       Ana      PROPN 11 {label}
    Ruiz      Ruiz     PROPN 6 flat
    ,         ,        PUNCT 4 punct
    {subject}
    is        be       AUX   11 cop
    shut      shut     ADJ   0 root
    .         .        PUNCT 11 punct
    """


@pytest.mark.parametrize("label", ["vocative", "nsubj"])
def test_a_name_between_commas_belongs_to_the_phrase_before_it(label: str) -> None:
    analysis = build_analysis(APPOSED.format(label=label, subject="it it PRON 11 nsubj"))
    found = apposed_words(analysis, frozenset({2, 3}))
    assert [analysis.words[n].form for n in sorted(found)] == [",", "Ana", "Ruiz"]


def test_the_subject_of_the_clause_is_no_apposition() -> None:
    analysis = build_analysis(APPOSED.format(label="nsubj", subject="now now ADV 11 advmod"))
    assert apposed_words(analysis, frozenset({2, 3})) == frozenset()
    assert apposed_words(analysis, frozenset({2})) == frozenset()  # no comma behind it


BACKED = """
row     row     NOUN  9 nsubj
after   after   ADP   3 case
Roe     Roe     PROPN 1 nmod
,       ,       PUNCT 6 punct
who     who     PRON  6 nsubj:pass PronType=Rel
backed  back    VERB  3 acl:relcl
the     the     DET   8 det
union   union   NOUN  6 obl:agent
said    say     VERB  0 root
so      so      ADV   9 advmod
"""


def test_who_a_relative_clause_describes_speaks() -> None:
    analysis = build_analysis(BACKED)
    union = frozenset({6, 7})
    assert around_relative_clause(analysis, union, 8) == frozenset(range(2, 8))
    assert around_relative_clause(analysis, union, 5) == union  # the cue is that of the clause
    assert around_relative_clause(analysis, frozenset({0}), 8) == frozenset({0})
    apart = build_analysis(BACKED.replace("acl:relcl", "acl"))
    assert around_relative_clause(apart, union, 8) == union
