"""Statements beside a speaker and a verb of speech that only the order of the words shows."""

from __future__ import annotations

import pytest

from quotes.attribution.candidates import Trait
from quotes.attribution.generators.ordered_reports import ordered_reports
from quotes.attribution.generators.rule_matches import rule_candidates
from tests.builders import build_analysis, build_candidate, printed

# As parsers read them: the verb of speech hangs on the statement, or shares its level.
OPENING = """
The       the      DET   2 det
agency    agency   NOUN  9 nsubj
announced announce VERB  9 advcl VerbForm=Fin|Tense=Past
on        on       ADP   5 case
Friday    Friday   PROPN 3 obl
debates   debate   NOUN  9 nsubj:pass
are       be       AUX   9 aux:pass VerbForm=Fin
now       now      ADV   9 advmod
cancelled cancel   VERB  0 root
,         ,        PUNCT 11 punct
citing    cite     VERB  9 advcl VerbForm=Ger
rain      rain     NOUN  11 obj
"""
CLOSING = """
The      the    DET   2 det
mayor    mayor  NOUN  5 nsubj:pass
was      be     AUX   5 aux:pass VerbForm=Fin
found    find   VERB  5 aux
dead     dead   ADJ   0 root
,        ,      PUNCT 8 punct
{source}
reported report VERB  5 conj VerbForm=Fin|Tense=Past
{after}  {after} {upos} 8 {label}
.        .      PUNCT 5 punct
"""
JOINED = """
The      the     DET   2 det
agency   agency  NOUN  3 nsubj
left     leave   VERB  0 root VerbForm=Fin
,        ,       PUNCT 5 punct
{form}   {lemma} VERB  3 advcl VerbForm=Ger
that     that    DET   7 det
exports  export  NOUN  5 obj
are      be      AUX   9 cop VerbForm=Fin
up       up      ADV   3 parataxis
"""


def test_a_clause_behind_the_verb_and_a_day_is_what_was_announced() -> None:
    analysis = build_analysis(OPENING)
    (found,) = ordered_reports(analysis, rule_candidates(analysis))
    assert printed(analysis, found.cue) == ["announced"]
    assert printed(analysis, found.source) == ["The agency"]
    assert printed(analysis, found.content) == ["debates are now cancelled"]
    assert Trait.CERTAIN in found.traits


def test_who_cannot_speak_announces_nothing() -> None:
    table = OPENING.replace("agency    agency ", "market    market ")
    assert ordered_reports(build_analysis(table), ()) == ()


@pytest.mark.parametrize(
    ("source", "sources"),
    [("police police NOUN 8 nsubj", ["police"]), ("it it PRON 8 nsubj Gender=Neut", None)],
)
def test_a_verb_that_closes_a_sentence_reports_what_stands_before(
    source: str, sources: list[str] | None
) -> None:
    table = CLOSING.format(source=source, after="Friday", upos="PROPN", label="obl:unmarked")
    found = ordered_reports(build_analysis(table), ())
    assert [printed(build_analysis(table), c.source) for c in found] == (
        [sources] if sources else []
    )
    if found:
        assert printed(build_analysis(table), found[0].content) == ["The mayor was found dead"]


def test_it_was_reported_names_no_source() -> None:
    table = """
        Prices   price  NOUN  4 nsubj
        have     have   AUX   4 aux VerbForm=Fin
        again    again  ADV   4 advmod
        fallen   fall   VERB  0 root
        ,        ,      PUNCT 8 punct
        it       it     PRON  8 nsubj:pass Gender=Neut|PronType=Prs
        was      be     AUX   8 aux:pass VerbForm=Fin
        reported report VERB  4 parataxis
        .        .      PUNCT 4 punct
        """
    analysis = build_analysis(table)
    (found,) = ordered_reports(analysis, ())
    assert printed(analysis, found.cue) == ["was reported"]
    assert (found.source, printed(analysis, found.content)) == ((), ["Prices have again fallen"])
    relative = table.replace("PRON  8 nsubj:pass Gender=Neut|PronType=Prs", "PRON 8 nsubj:pass")
    assert ordered_reports(build_analysis(relative), ()) == ()


def test_a_verb_with_an_object_reports_that() -> None:
    table = CLOSING.format(
        source="police police NOUN 8 nsubj", after="losses", upos="NOUN", label="obj"
    )
    assert ordered_reports(build_analysis(table), ()) == ()


def test_a_participle_before_that_goes_on_with_the_report() -> None:
    analysis = build_analysis(JOINED.format(form="adding", lemma="add"))
    report = build_candidate(analysis, cue="left", source="The agency")
    (found,) = ordered_reports(analysis, (report,))
    assert printed(analysis, found.source) == ["The agency"]
    assert printed(analysis, found.content) == ["that exports are up"]
    assert ordered_reports(analysis, ()) == ()  # nobody said anything before


def test_a_participle_of_another_verb_reports_nothing() -> None:
    analysis = build_analysis(JOINED.format(form="building", lemma="build"))
    report = build_candidate(analysis, cue="left", source="The agency")
    assert ordered_reports(analysis, (report,)) == ()


def test_what_the_rules_know_is_left_to_them() -> None:
    analysis = build_analysis(OPENING)
    known = build_candidate(analysis, cue="announced", content="debates are now cancelled")
    assert ordered_reports(analysis, (known,)) == ()


def test_a_relative_clause_reports_nothing_of_the_sentence_around_it() -> None:
    source = "police police NOUN 8 nsubj"
    table = CLOSING.format(source=source, after="Friday", upos="PROPN", label="obl:unmarked")
    whose = table.replace(source, "who who PRON 8 nsubj PronType=Rel")
    assert ordered_reports(build_analysis(table), ())
    assert ordered_reports(build_analysis(whose), ()) == ()
