"""Statements inside somebody's statement, on sentences built by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from quotes.analysis import Analysis
from quotes.attribution.candidates import Candidate, Trait
from quotes.attribution.inner_statements import (
    INNER_CLAUSE,
    INNER_QUOTED,
    inner_confidence,
    is_inner_link,
    without_addressee,
)
from tests.attribution.nested_sentences import ACCORDING, CHAIN, SPEECH
from tests.builders import build_analysis, build_candidate, printed

OUTER = build_candidate(CHAIN, cue="reported", source="Papers", content="Park said it rains")
INNER = build_candidate(
    CHAIN, cue="said", source="Park", content="it rains", traits=frozenset({Trait.CHAIN}), head=6
)


def test_an_inner_link_of_a_chain_names_another_source() -> None:
    assert is_inner_link(CHAIN, INNER, OUTER)
    assert not is_inner_link(CHAIN, INNER, None)
    assert not is_inner_link(CHAIN, OUTER, INNER)  # its rule builds no chains
    pronoun = build_candidate(
        CHAIN, cue="said", source="it", content="rains", traits=frozenset({Trait.CHAIN})
    )
    assert not is_inner_link(CHAIN, pronoun, OUTER)  # without a clause that depends on the verb


SPEAKER = build_candidate(
    SPEECH, cue="said", source="Okafor", content="The guard told us, ‘Go home"
)


def test_a_verb_of_speech_before_inner_marks_is_certain() -> None:
    guard = build_candidate(
        SPEECH, cue="told", source="The guard", content="Go home", traits=frozenset({Trait.CHAIN})
    )
    assert inner_confidence(SPEECH, guard, SPEAKER) == INNER_QUOTED
    assert inner_confidence(SPEECH, guard, None) == INNER_QUOTED  # the marks around it tell enough
    assert is_inner_link(SPEECH, guard, SPEAKER)
    assert inner_confidence(SPEECH, replace(guard, factuality="hypothetical"), SPEAKER) is None
    assert inner_confidence(SPEECH, replace(guard, traits=frozenset()), SPEAKER) is None
    assert inner_confidence(CHAIN, INNER, None) is None  # in no statement at all


@pytest.mark.parametrize(
    ("form", "features", "expected"),
    [
        ("He", "PronType=Prs|Person=3|Gender=Masc", INNER_CLAUSE),
        ("It", "PronType=Prs|Person=3|Gender=Neut", INNER_CLAUSE),
        ("I", "PronType=Prs|Person=1", None),  # the speaker himself
        ("You", "PronType=Prs|Person=2", None),
        ("Someone", "PronType=Ind", INNER_CLAUSE),
        ("This", "PronType=Dem", None),
    ],
)
def test_inside_of_marks_somebody_with_a_clause_says_it(
    form: str, features: str, expected: float | None
) -> None:
    analysis = build_analysis(
        f"""
        “       “       PUNCT 3 punct
        {form}  {form}  PRON  3 nsubj {features}
        said    say     VERB  0 root Tense=Past
        it      it      PRON  5 nsubj
        rained  rain    VERB  3 ccomp
        .       .       PUNCT 3 punct
        ”       ”       PUNCT 3 punct
        """
    )
    inner = build_candidate(analysis, cue="said", source=form, content="it rained", head=4)
    assert inner_confidence(analysis, inner, None) == expected


def test_things_that_say_something_are_no_inner_speakers() -> None:
    table = """
        “       “       PUNCT 3 punct
        {noun}  {noun}  NOUN  3 nsubj
        said    say     VERB  0 root Tense=Past
        it      it      PRON  5 nsubj
        rained  rain    VERB  3 ccomp
        .       .       PUNCT 3 punct
        ”       ”       PUNCT 3 punct
        """
    certain = {}
    for noun in ("teacher", "thunder"):
        analysis = build_analysis(table.format(noun=noun))
        inner = build_candidate(analysis, cue="said", source=noun, content="it rained", head=4)
        certain[noun] = inner_confidence(analysis, inner, None)
    assert certain == {"teacher": INNER_CLAUSE, "thunder": None}


def test_what_stands_behind_according_to_inside_a_statement_is_one() -> None:
    outer = build_candidate(
        ACCORDING, cue="wrote", source="Park", content="that according to Roe, he died", head=8
    )
    inner = build_candidate(
        ACCORDING, cue="according to", source="Roe", content="he died", head=8, rule="according-to"
    )
    assert inner_confidence(ACCORDING, inner, outer) == INNER_CLAUSE
    assert inner_confidence(ACCORDING, inner, None) is None


@pytest.mark.parametrize(("noun", "certain"), [("Act", INNER_CLAUSE), ("statement", None)])
def test_what_a_clause_describes_says_it_unless_it_is_somebodys_words(
    noun: str, certain: float | None
) -> None:
    analysis = build_analysis(
        f"""
        “          “          PUNCT 4 punct
        Read       read       VERB  0 root VerbForm=Fin
        the        the        DET   4 det
        {noun}     {noun}     PROPN 2 obj
        ,          ,          PUNCT 7 punct
        which      which      PRON  7 nsubj PronType=Rel
        stipulates stipulate  VERB  4 acl:relcl VerbForm=Fin
        that       that       SCONJ 10 mark
        it         it         PRON  10 nsubj
        rains      rain       VERB  7 ccomp VerbForm=Fin
        ”          ”          PUNCT 2 punct
        """
    )
    inner = build_candidate(
        analysis, cue="stipulates", source="which", content="that it rains", head=9
    )
    assert inner_confidence(analysis, inner, None) == certain


def test_somebody_whom_a_reporter_cites_is_no_second_quote_of_the_same_words() -> None:
    analysis = build_analysis(
        """
        Prices  price   NOUN 2 nsubj
        rose    rise    VERB 0 root
        ,       ,       PUNCT 5 punct
        Reuters Reuters PROPN 5 nsubj
        wrote   write   VERB 2 parataxis
        ,       ,       PUNCT 7 punct
        citing  cite    VERB 5 advcl
        Roe     Roe     PROPN 7 obj
        .       .       PUNCT 2 punct
        """
    )
    outer = build_candidate(analysis, cue="wrote", source="Reuters", content="Prices rose")
    cited = build_candidate(
        analysis,
        cue="citing",
        source="Roe",
        content="Prices rose",
        traits=frozenset({Trait.CITING, Trait.CHAIN}),
    )
    assert inner_confidence(analysis, cited, outer) is None
    assert is_inner_link(analysis, replace(cited, traits=frozenset({Trait.CHAIN})), outer)


SHE_SAID_TO = """
He    he   PRON 2 nsubj Person=3|Number=Sing|Gender=Masc
said  say  VERB 0 root
{pronoun}  {pronoun}  PRON 4 nsubj Person={person}|Number={number}|Gender={gender}
told  tell VERB 2 ccomp
him   he   PRON 4 iobj
it    it   PRON 7 nsubj
rains rain VERB 4 ccomp
.     .    PUNCT 2 punct
"""


@pytest.mark.parametrize(
    ("pronoun", "number", "gender", "expected"),
    [
        ("she", "Sing", "Fem", INNER_CLAUSE),
        ("they", "Plur", "Neut", INNER_CLAUSE),
        ("he", "Sing", "Masc", INNER_CLAUSE),
        ("you", "Plur", "Neut", None),
    ],
)
def test_a_subject_of_telling_says_what_another_one_reports(
    pronoun: str, number: str, gender: str, expected: float | None
) -> None:
    person = 2 if pronoun == "you" else 3
    table = SHE_SAID_TO.format(pronoun=pronoun, person=person, number=number, gender=gender)
    analysis = build_analysis(table.replace("Gender=Neut", "Case=Nom"))
    outer = build_candidate(
        analysis, cue="said", source="He", content=f"{pronoun} told him it rains"
    )
    inner = build_candidate(
        analysis,
        cue="told",
        source=pronoun,
        content="it rains",
        head=6,
    )
    assert inner_confidence(analysis, inner, outer) == expected


def inside(analysis: Analysis, **known: Any) -> tuple[Candidate, Candidate]:
    """Return a candidate and one around it: all that stands behind the second word."""
    inner = build_candidate(analysis, **known)
    return inner, Candidate("hand", 1, ((1, 2),), ((0, 1),), ((2, len(analysis.words) - 1),))


ASKED = """
He    he    PRON 2 nsubj Person=3
said  say   VERB 0 root
Roe   Roe   PROPN 4 nsubj
asked ask   VERB 2 ccomp
them  they  PRON 4 obj
to    to    PART 7 mark
leave leave VERB 4 xcomp VerbForm=Inf
.     .     PUNCT 2 punct
"""


@pytest.mark.parametrize(
    ("verb", "lemma", "expected"),
    [("asked", "ask", INNER_CLAUSE), ("warned", "warn", INNER_CLAUSE), ("helped", "help", None)],
)
def test_an_infinitive_is_what_somebody_asks_for(
    verb: str, lemma: str, expected: float | None
) -> None:
    analysis = build_analysis(ASKED.replace("asked ask  ", f"{verb} {lemma}"))
    inner, outer = inside(analysis, cue=verb, source="Roe", content="them to leave", head=6)
    assert inner_confidence(analysis, inner, outer) == expected


def test_an_addressee_is_no_part_of_what_nobody_named_said() -> None:
    analysis = build_analysis(
        """
        She   she   PRON 2 nsubj Person=3
        said  say   VERB 0 root
        staff staff NOUN 5 nsubj:pass
        were  be    AUX  5 aux:pass VerbForm=Fin
        told  tell  VERB 2 ccomp VerbForm=Part
        to    to    PART 7 mark
        leave leave VERB 5 xcomp VerbForm=Inf
        .     .     PUNCT 2 punct
        """
    )
    inner, outer = inside(analysis, cue="were told", content="staff … to leave", head=6, anchor=4)
    assert inner_confidence(analysis, inner, outer) == INNER_CLAUSE
    apart = without_addressee(analysis, inner, outer)
    assert printed(analysis, apart.content) == ["to leave"]
    assert printed(analysis, apart.addressee) == ["staff"]
    assert without_addressee(analysis, inner, None) is inner  # outside it stays as it is


def test_a_noun_with_a_clause_is_somebodys_claim() -> None:
    analysis = build_analysis(
        """
        He    he    PRON  2 nsubj Person=3
        noted note  VERB  0 root
        that  that  SCONJ 6 mark
        Park  Park  PROPN 5 nmod:poss
        claim claim NOUN  6 nsubj
        hurt  hurt  VERB  2 ccomp
        that  that  SCONJ 9 mark
        it    it    PRON  9 nsubj
        rains rain  VERB  5 acl
        .     .     PUNCT 2 punct
        """
    )
    known = {"cue": "claim", "source": "Park", "content": "that it rains", "head": 8}
    inner, outer = inside(analysis, **known)
    assert inner_confidence(analysis, inner, outer) == INNER_CLAUSE
    topic = replace(inner, content=((7, 9),))  # without a conjunction
    assert inner_confidence(analysis, topic, outer) is None


PHRASE = """
He         he         PRON  2 nsubj Person=3
said       say        VERB  0 root
{who}      {who}      {upos} 4 nsubj {features}
announced  announce   VERB  2 ccomp
a          a          DET   6 det
{noun}     {noun}     NOUN  4 obj
in         in         ADP   9 case
public     public     ADJ   9 amod
spending   spending   NOUN  6 nmod
.          .          PUNCT 2 punct
"""


@pytest.mark.parametrize(
    ("who", "upos", "features", "noun", "expected"),
    [
        ("Roe", "PROPN", "Number=Sing", "cut", INNER_CLAUSE),
        ("Roe", "PROPN", "Number=Sing", "report", None),  # a thing that has words
        ("I", "PRON", "Person=1", "cut", None),
    ],
)
def test_an_object_is_what_somebody_else_announces(
    who: str, upos: str, features: str, noun: str, expected: float | None
) -> None:
    analysis = build_analysis(PHRASE.format(who=who, upos=upos, features=features, noun=noun))
    content = f"a {noun} in public spending"
    inner, outer = inside(analysis, cue="announced", source=who, content=content, head=5)
    assert inner_confidence(analysis, inner, outer) == expected


@pytest.mark.parametrize(("verb", "expected"), [("asked ask", INNER_CLAUSE), ("cared care", None)])
def test_what_somebody_else_asks_for_is_said(verb: str, expected: float | None) -> None:
    form, lemma = verb.split()
    analysis = build_analysis(
        f"""
        Park   Park  PROPN 2 nsubj
        said   say   VERB  0 root
        she    she   PRON  4 nsubj Person=3
        {form} {lemma} VERB 2 ccomp VerbForm=Fin|Tense=Past
        for    for   ADP   7 case
        a      a     DET   7 det
        cut    cut   NOUN  4 obl
        in     in    ADP   10 case
        public public ADJ  10 amod
        funds  fund  NOUN  7 nmod
        """
    )
    inner, outer = inside(
        analysis, cue=form, source="she", content="for a cut in public funds", head=6
    )
    assert inner_confidence(analysis, inner, outer) == expected


@pytest.mark.parametrize(("label", "expected"), [("conj", INNER_CLAUSE), ("advcl", None)])
def test_only_a_joined_verb_shares_its_subject_in_anothers_words(
    label: str, expected: float | None
) -> None:
    analysis = build_analysis(
        f"""
        He    he    PRON  2 nsubj Person=3
        said  say   VERB  0 root
        Roe   Roe   PROPN 4 nsubj
        met   meet  VERB  2 ccomp
        and   and   CCONJ 6 cc
        added add   VERB  4 {label}
        it    it    PRON  8 nsubj
        rains rain  VERB  6 ccomp
        .     .     PUNCT 2 punct
        """
    )
    known = {"source": "Roe", "content": "it rains", "head": 7}
    inherits = frozenset({Trait.INHERITS})
    inner, outer = inside(analysis, cue="added", traits=inherits, **known)
    assert inner_confidence(analysis, inner, outer) == expected


@pytest.mark.parametrize(
    ("head", "part", "expected"),
    [
        ("percent percent NOUN", "members member NOUN", INNER_CLAUSE),
        ("One one NUM", "guides guide NOUN", INNER_CLAUSE),
        ("level level NOUN", "water water NOUN", None),
    ],
)
def test_some_of_many_say_something(head: str, part: str, expected: float | None) -> None:
    analysis = build_analysis(
        f"""
        He   he   PRON 2 nsubj Person=3
        said say  VERB 0 root
        {head} 6 nsubj Number=Sing
        of   of   ADP  5 case
        {part} 3 nmod
        said say  VERB 2 ccomp
        it   it   PRON 8 nsubj
        rains rain VERB 6 ccomp
        .    .    PUNCT 2 punct
        """
    )
    source = f"{head.split()[0]} of {part.split()[0]}"
    inner, outer = inside(analysis, cue="said", anchor=5, source=source, content="it rains", head=7)
    assert inner_confidence(analysis, inner, outer) == expected


def test_a_clause_around_the_cue_is_what_experts_say() -> None:
    analysis = build_analysis(
        """
        He      he     PRON  2 nsubj Person=3
        said    say    VERB  0 root
        ,       ,      PUNCT 2 punct
        as      as     SCONJ 6 mark
        experts expert NOUN  6 nsubj Number=Plur
        say     say    VERB  8 advcl
        it      it     PRON  8 nsubj
        rains   rain   VERB  2 ccomp
        .       .      PUNCT 2 punct
        """
    )
    inner, outer = inside(analysis, cue="say", source="experts", content="it rains", head=7)
    assert inner_confidence(analysis, inner, outer) == INNER_CLAUSE
