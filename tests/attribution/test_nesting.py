"""Which candidate lies in which, told apart by their places."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.attribution.candidates import Trait
from quotes.attribution.nesting import (
    INNER_CLAUSE,
    INNER_QUOTED,
    inner_confidence,
    is_inner_link,
    parents_of,
)
from tests.builders import build_analysis, build_candidate

CHAIN = build_analysis(
    """
    Papers   paper    NOUN  2 nsubj
    reported report   VERB  0 root
    that     that     SCONJ 5 mark
    Park     Park     PROPN 5 nsubj
    said     say      VERB  2 ccomp
    it       it       PRON  7 nsubj
    rains    rain     VERB  5 ccomp
    .        .        PUNCT 2 punct
    """
)
OUTER = build_candidate(CHAIN, cue="reported", source="Papers", content="Park said it rains")
INNER = build_candidate(
    CHAIN, cue="said", source="Park", content="it rains", traits=frozenset({Trait.CHAIN})
)


def test_a_candidate_lies_in_the_smallest_content_around_it() -> None:
    widest = build_candidate(
        CHAIN, cue="Papers", source="Papers", content="reported that Park said it rains"
    )
    assert parents_of([INNER, OUTER]) == (1, None)
    assert parents_of([OUTER, INNER, widest]) == (2, 0, None)


def test_equal_candidates_stay_two() -> None:
    assert parents_of([INNER, OUTER, INNER, OUTER]) == (1, None, 1, None)


def test_a_cited_source_lies_in_the_content_that_it_shares() -> None:
    citing = build_candidate(
        CHAIN, cue="Papers", source="Papers", content="it rains", traits=frozenset({Trait.CITING})
    )
    assert parents_of([citing, INNER]) == (1, None)


def test_who_judges_a_statement_does_not_report_it() -> None:
    critic = replace(OUTER, head=INNER.anchor)
    claim = replace(INNER, traits=frozenset({Trait.CERTAIN}))
    assert parents_of([claim, critic]) == (None, None)
    assert parents_of([INNER, critic]) == (1, None)


def test_an_inner_link_of_a_chain_names_another_source() -> None:
    assert is_inner_link(CHAIN, INNER, OUTER)
    assert not is_inner_link(CHAIN, INNER, None)
    assert not is_inner_link(CHAIN, OUTER, INNER)  # its rule builds no chains
    pronoun = build_candidate(
        CHAIN, cue="said", source="it", content="rains", traits=frozenset({Trait.CHAIN})
    )
    assert not is_inner_link(CHAIN, pronoun, OUTER)


SPEECH = build_analysis(
    """
    “       “       PUNCT 4 punct
    The     the     DET   3 det
    guard   guard   NOUN  4 nsubj
    told    tell    VERB  14 ccomp
    us      we      PRON  4 iobj
    ,       ,       PUNCT 8 punct
    ‘       ‘       PUNCT 8 punct
    Go      go      VERB  4 ccomp
    home    home    ADV   8 advmod
    ,       ,       PUNCT 8 punct
    ’       ’       PUNCT 8 punct
    ”       ”       PUNCT 4 punct
    Okafor  Okafor  PROPN 14 nsubj
    said    say     VERB  0 root
    .       .       PUNCT 14 punct
    """
)
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
        ("It", "PronType=Prs|Person=3|Gender=Neut", None),
        ("I", "PronType=Prs|Person=1", None),  # the speaker himself
        ("You", "PronType=Prs|Person=2", None),
        ("Someone", "PronType=Ind", INNER_CLAUSE),
        ("This", "PronType=Dem", None),
    ],
)
def test_inside_of_marks_somebody_else_makes_a_clause_likely(
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
    inner = build_candidate(
        analysis, cue="said", source=form, content="it rained", traits=frozenset({Trait.CHAIN})
    )
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
        inner = build_candidate(
            analysis, cue="said", source=noun, content="it rained", traits=frozenset({Trait.CHAIN})
        )
        certain[noun] = inner_confidence(analysis, inner, None)
    assert certain == {"teacher": INNER_CLAUSE, "thunder": None}


@pytest.mark.parametrize(("number", "linked"), [("Sing", True), ("Plur", False)])
def test_they_are_others_where_one_person_reports(number: str, linked: bool) -> None:
    analysis = build_analysis(
        f"""
        Park   Park   PROPN 2 nsubj Number={number}
        said   say    VERB  0 root
        they   they   PRON  4 nsubj Person=3|Number=Plur
        said   say    VERB  2 ccomp
        it     it     PRON  6 nsubj
        rains  rain   VERB  4 ccomp
        """
    )
    outer = build_candidate(analysis, cue="said", source="Park", content="they said it rains")
    inner = build_candidate(
        analysis,
        source="they",
        content="it rains",
        cue="said",
        anchor=3,
        traits=frozenset({Trait.CHAIN}),
    )
    assert is_inner_link(analysis, inner, outer) is linked


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
    named = replace(cited, traits=frozenset({Trait.CHAIN}))
    assert inner_confidence(analysis, named, outer) == INNER_CLAUSE


SHE_SAID_TO = """
He    he   PRON 2 nsubj Person=3|Number=Sing|Gender=Masc
said  say  VERB 0 root
{pronoun}  {pronoun}  PRON 4 nsubj Person=3|Number={number}|Gender={gender}
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
        ("he", "Sing", "Masc", None),
    ],
)
def test_a_pronoun_that_cannot_mean_the_reporter_is_an_inner_link(
    pronoun: str, number: str, gender: str, expected: float | None
) -> None:
    table = SHE_SAID_TO.format(pronoun=pronoun, number=number, gender=gender)
    analysis = build_analysis(table.replace("Gender=Neut", "Case=Nom"))
    outer = build_candidate(
        analysis, cue="said", source="He", content=f"{pronoun} told him it rains"
    )
    inner = build_candidate(
        analysis,
        cue="told",
        source=pronoun,
        content="it rains",
        traits=frozenset({Trait.CHAIN}),
    )
    assert inner_confidence(analysis, inner, outer) == expected
