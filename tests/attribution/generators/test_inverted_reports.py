"""Statements that end with a verb of speech and who speaks."""

from __future__ import annotations

import pytest

from quotes.attribution.candidates import Trait
from quotes.attribution.generators.inverted_reports import inverted_reports
from quotes.records import EntityKind
from tests.builders import build_analysis, printed

# As parsers read it: the river states a report.
TABLE = """
The    the    DET   2 det
old    old    ADJ   3 amod
river  river  NOUN  7 nsubj
has    have   AUX   5 aux VerbForm=Fin
fallen fall   VERB  3 acl
{comma}      ,      PUNCT 7 punct
{verb} {lemma} VERB 0 root VerbForm=Fin
the    the    DET   9 det
{noun} {noun} NOUN  7 obj
.      .      PUNCT 7 punct
"""


def sources(verb: str, lemma: str, noun: str, comma: str = ",", **names: EntityKind) -> list[str]:
    table = TABLE.format(verb=verb, lemma=lemma, noun=noun, comma=comma)
    analysis = build_analysis(table, entities=names)
    return [text for c in inverted_reports(analysis) for text in printed(analysis, c.source)]


def test_who_stands_behind_the_verb_says_what_stands_before() -> None:
    analysis = build_analysis(TABLE.format(verb="states", lemma="state", noun="report", comma=","))
    (found,) = inverted_reports(analysis)
    assert printed(analysis, found.cue) == ["states"]
    assert printed(analysis, found.source) == ["the report"]
    assert printed(analysis, found.content) == ["The old river has fallen"]
    assert Trait.CERTAIN in found.traits


def test_a_name_speaks() -> None:
    assert sources("reported", "report", "Guardian", Guardian="ORG") == ["the Guardian"]


@pytest.mark.parametrize(
    ("verb", "lemma", "noun", "comma"),
    [
        ("announced", "announce", "tour", ","),  # a tour cannot speak
        ("built", "build", "council", ","),  # building is no speech
        ("states", "state", "report", "and"),  # nothing ends before the verb
    ],
)
def test_what_is_no_report(verb: str, lemma: str, noun: str, comma: str) -> None:
    assert sources(verb, lemma, noun, comma) == []


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        (["a DET", "critic NOUN", "from ADP", "Oslo PROPN"], ["the Guardian, a critic from Oslo"]),
        (["and CCONJ", "the DET", "dam NOUN", "broke VERB"], []),
        (["who PRON", "left VERB"], []),
    ],
)
def test_the_speaker_may_be_described(behind: list[str], found: list[str]) -> None:
    table = TABLE.format(verb="argues", lemma="argue", noun="Guardian", comma=",")
    rows = [", , PUNCT 9 punct"]
    for row in behind:
        form, upos = row.split()
        rows.append(f"{form} {form} {upos} 9 dep" + (" VerbForm=Fin" if upos == "VERB" else ""))
    table = table.replace(".      .", "\n".join(rows) + "\n.      .")
    analysis = build_analysis(table, entities={"Guardian": "ORG"})
    sources_found = [printed(analysis, c.source) for c in inverted_reports(analysis)]
    assert sources_found == ([found] if found else [])


def test_where_the_tree_is_right_it_is_left_to_the_rules() -> None:
    table = TABLE.format(verb="states", lemma="state", noun="report", comma=",")
    assert inverted_reports(build_analysis(table.replace("7 obj", "7 nsubj"))) == ()


def test_an_office_may_be_abbreviated() -> None:
    assert sources("said", "say", "UNO") == ["the UNO"]
    assert sources("said", "say", "Uno") == []


def test_a_relative_clause_before_the_verb_is_no_statement() -> None:
    table = """
    The       the      DET   2 det
    writer    writer   NOUN  8 nsubj
    ,         ,        PUNCT 5 punct
    who       who      PRON  5 nsubj
    founded   found    VERB  2 acl:relcl VerbForm=Fin
    clubs     club     NOUN  5 obj
    ,         ,        PUNCT 2 punct
    announced announce VERB  0 root VerbForm=Fin
    the       the      DET   10 det
    report    report   NOUN  8 obj
    """
    assert inverted_reports(build_analysis(table)) == ()
