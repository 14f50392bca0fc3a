"""Which words a rule's match makes the cue, the source and the content."""

from __future__ import annotations

from dataclasses import replace

from quotes.analysis import Analysis
from quotes.attribution.candidates import AnchorKind, Candidate, Trait
from quotes.attribution.generators.rule_matches import rule_candidates
from tests.attribution.nested_sentences import ACCORDING
from tests.builders import build_analysis, printed


def found(analysis: Analysis, rule: str) -> Candidate:
    """Return the one candidate of a rule."""
    (candidate,) = [c for c in rule_candidates(analysis) if c.rule == rule]
    return candidate


def tagged(analysis: Analysis, number: int, xpos: str) -> Analysis:
    """Return the analysis of a sentence with another fine tag of one word."""
    (sentence,) = analysis.parse.sentences
    words = list(sentence.words)
    words[number] = replace(words[number], xpos=xpos)
    parse = replace(analysis.parse, sentences=(replace(sentence, words=tuple(words)),))
    return replace(analysis, parse=parse)


def test_the_tree_gives_the_words() -> None:
    analysis = build_analysis(
        """
        The      the      DET   2 det
        mayor    mayor    NOUN  7 nsubj
        of       of       ADP   4 case
        Oslo     Oslo     PROPN 2 nmod
        has      have     AUX   7 aux
        never    never    ADV   7 advmod
        said     say      VERB  0 root
        that     that     SCONJ 10 mark
        rain     rain     NOUN  10 nsubj
        came     come     VERB  7 ccomp
        .        .        PUNCT 7 punct
        """
    )
    candidate = found(analysis, "subject-verb-clause")
    assert printed(analysis, candidate.cue) == ["has never said"]
    assert printed(analysis, candidate.source) == ["The mayor of Oslo"]
    assert printed(analysis, candidate.content) == ["that rain came"]
    assert (candidate.anchor, candidate.anchor_kind) == (6, AnchorKind.CUE)
    assert (candidate.head, candidate.factuality) == (9, "not_said")
    assert candidate.path == "said >nsubj mayor >ccomp came"


def test_what_frames_the_cue_is_not_part_of_the_source() -> None:
    analysis = build_analysis(
        """
        Rain      rain      NOUN  2 nsubj
        comes     come      VERB  4 ccomp
        ,         ,         PUNCT 2 punct
        said      say       VERB  0 root
        the       the       DET   6 det
        ministry  ministry  NOUN  4 nsubj
        in        in        ADP   9 case
        a         a         DET   9 det
        statement statement NOUN  6 nmod
        .         .         PUNCT 4 punct
        """
    )
    assert printed(analysis, found(analysis, "subject-verb-clause").source) == ["the ministry"]


def test_a_name_in_the_quotation_is_not_the_source() -> None:
    analysis = build_analysis(
        """
        “        “        PUNCT 3 punct
        Adams    Adams    PROPN 6 nsubj
        left     leave    VERB  6 ccomp
        ,        ,        PUNCT 3 punct
        ”        ”        PUNCT 3 punct
        said     say      VERB  0 root
        the      the      DET   8 det
        ministry ministry NOUN  6 obj
        .        .        PUNCT 6 punct
        """
    )
    assert printed(analysis, found(analysis, "subject-verb-clause").source) == ["the ministry"]


LED = """
Park    Park    PROPN 2 nsubj
said    say     VERB  0 root
,       ,       PUNCT 2 punct
though  though  SCONJ 7 mark
rain    rain    NOUN  7 nsubj
had     have    AUX   7 aux
come    come    VERB  2 advcl
,       ,       PUNCT 2 punct
{word}  {word}  {upos} {head} {label}
farmers farmer  NOUN  12 nsubj
were    be      AUX   12 cop
happy   happy   ADJ   2 ccomp
.       .       PUNCT 2 punct
"""


def test_a_clause_between_cue_and_clause_belongs_to_what_is_said() -> None:
    analysis = build_analysis(LED.format(word="the", upos="DET", head=10, label="det"))
    candidate = found(analysis, "subject-verb-clause")
    assert printed(analysis, candidate.content) == ["though rain had come, the farmers were happy"]


def test_a_clause_before_that_belongs_to_the_cue() -> None:
    analysis = build_analysis(LED.format(word="that", upos="SCONJ", head=12, label="mark"))
    candidate = found(analysis, "subject-verb-clause")
    assert printed(analysis, candidate.content) == ["that farmers were happy"]


LEADING_PHRASE = """
Park      Park      PROPN 2 nsubj
said      say       VERB  0 root
following following VERB  5 case
this      this      DET   5 det
{noun}    {noun}    NOUN  2 obl
,         ,         PUNCT 8 punct
the       the       DET   8 det
inquiry   inquiry   NOUN  9 nsubj
goes      go        VERB  2 ccomp
on        on        ADP   9 compound:prt
.         .         PUNCT 2 punct
"""


def test_a_phrase_up_to_a_comma_opens_what_is_said() -> None:
    analysis = build_analysis(LEADING_PHRASE.format(noun="arrest"))
    content = found(analysis, "subject-verb-clause").content
    assert printed(analysis, content) == ["following this arrest, the inquiry goes on"]


def test_an_occasion_up_to_a_comma_belongs_to_the_cue() -> None:
    analysis = build_analysis(LEADING_PHRASE.format(noun="meeting"))
    content = found(analysis, "subject-verb-clause").content
    assert printed(analysis, content) == ["the inquiry goes on"]


def test_an_addressee_is_no_content() -> None:
    analysis = build_analysis(
        """
        Park      Park     PROPN 2 nsubj
        told      tell     VERB  0 root
        reporters reporter NOUN  2 iobj
        that      that     SCONJ 6 mark
        rain      rain     NOUN  6 nsubj
        came      come     VERB  2 ccomp
        """
    )
    candidate = found(analysis, "subject-verb-addressee-clause")
    assert printed(analysis, candidate.addressee) == ["reporters"]
    assert printed(analysis, candidate.content) == ["that rain came"]


def test_options_of_rules_become_traits() -> None:
    analysis = build_analysis(
        """
        Rain      rain     NOUN  2 nsubj
        came      come     VERB  0 root
        ,         ,        PUNCT 4 punct
        according accord   VERB  6 case
        to        to       ADP   4 fixed
        Park      Park     PROPN 2 obl
        .         .        PUNCT 2 punct
        """
    )
    candidate = found(analysis, "according-to")
    assert printed(analysis, candidate.content) == ["Rain came"]
    rule = analysis.language.rules.by_name["according-to"]
    assert candidate.traits == {t for t in Trait if rule.option(t.value)}


def test_a_rule_with_a_confidence_makes_certain_candidates() -> None:
    analysis = build_analysis(
        """
        Park      Park     PROPN 3 nsubj:pass
        was       be       AUX   3 aux:pass
        quoted    quote    VERB  0 root
        as        as       SCONJ 5 mark
        saying    say      VERB  3 advcl VerbForm=Ger
        it        it       PRON  7 nsubj
        rains     rain     VERB  5 ccomp
        """
    )
    candidate = found(analysis, "quoted-as-saying")
    rule = analysis.language.rules.by_name["quoted-as-saying"]
    assert Trait.CERTAIN in candidate.traits
    assert candidate.prior == rule.option("confidence")


def test_nothing_in_a_text_without_a_cue() -> None:
    assert rule_candidates(build_analysis("Rain rain NOUN 2 nsubj\ncame come VERB 0 root")) == ()


def test_what_stands_before_the_conjunction_is_not_according_to_the_source() -> None:
    analysis = build_analysis(
        """
        Park      Park     PROPN 3 nsubj
        was       be       AUX   3 cop VerbForm=Fin
        ill       ill      ADJ   0 root
        and       and      CCONJ 9 cc
        according accord   VERB  7 case
        to        to       ADP   5 fixed
        police    police   NOUN  9 obl
        he        he       PRON  9 nsubj
        died      die      VERB  3 conj VerbForm=Fin
        """
    )
    assert printed(analysis, found(analysis, "according-to").content) == ["he died"]


def test_only_the_clause_behind_that_is_according_to_the_source() -> None:
    candidate = found(ACCORDING, "according-to")
    assert printed(ACCORDING, candidate.content) == ["he died"]
    assert candidate.head == 8


def test_what_hangs_on_the_source_behind_its_comma_opens_the_content() -> None:
    analysis = build_analysis(
        """
        According  accord    VERB  3 case
        to         to        ADP   1 fixed
        reports    report    NOUN  10 obl
        ,          ,         PUNCT 3 punct
        of         of        ADP   7 case
        40         40        NUM   7 nummod
        passengers passenger NOUN  3 nmod
        ,          ,         PUNCT 3 punct
        22         22        NUM   10 nsubj
        fled       flee      VERB  0 root VerbForm=Fin
        """
    )
    candidate = found(analysis, "according-to")
    assert printed(analysis, candidate.source) == ["reports"]
    assert printed(analysis, candidate.content) == ["of 40 passengers, 22 fled"]


def test_a_clause_whose_subject_the_parser_takes_for_an_object_is_whole() -> None:
    analysis = build_analysis(
        """
        Troops      troop      NOUN  2 nsubj
        withdrew    withdraw   VERB  0 root VerbForm=Fin
        ,           ,          PUNCT 4 punct
        adding      add        VERB  2 advcl VerbForm=Part|Tense=Pres
        it          it         PRON  4 obj
        held        hold       VERB  4 xcomp VerbForm=Part|Tense=Past
        four        four       NUM   8 nummod
        men         man        NOUN  6 obj
        .           .          PUNCT 2 punct
        """
    )
    candidate = found(tagged(analysis, 5, "VBN"), "shared-subject-clause-in-two")
    assert printed(analysis, candidate.source) == ["Troops"]
    assert printed(analysis, candidate.content) == ["it held four men"]
