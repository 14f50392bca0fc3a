"""What is said in a statement or speech that the text told before was said when it was given."""

from __future__ import annotations

import pytest

from quotes.analysis import Analysis
from quotes.dates.occasions import occasion_times
from quotes.dates.sayings import Saying
from quotes.dates.time_words import load_time_words
from tests.builders import ENGLISH, build_analysis

WORDS = load_time_words(ENGLISH)
GAVE = """
On       on       ADP   2 case
Monday   Monday   PROPN 4 obl
Park     Park     PROPN 4 nsubj
{verb}   {lemma}  VERB  0 root VerbForm=Fin|Tense=Past
a        a        DET   6 det
speech   speech   NOUN  4 obj
.        .        PUNCT 4 punct

"""
LEFT = """
She      she      PRON  2 nsubj
left     leave    VERB  0 root VerbForm=Fin|Tense=Past
{after}  {after}  ADP   5 case
{the}    {the}    DET   5 det
speech   speech   NOUN  2 obl
.        .        PUNCT 2 punct

"""
IN_SPEECH = """
{case}   {case}   ADP   3 case
{the}    {the}    DET   3 det
speech   speech   NOUN  5 obl
she      she      PRON  5 nsubj
said     say      VERB  0 root VerbForm=Fin|Tense=Past
it       it       PRON  7 nsubj
rained   rain     VERB  5 ccomp
.        .        PUNCT 5 punct
"""
REPORT = """
A        a        DET   3 det
1989     1989     NUM   3 compound
report   report   NOUN  4 nsubj
came     come     VERB  0 root VerbForm=Fin|Tense=Past
.        .        PUNCT 4 punct

The      the      DET   {report} det
{other}report   report   NOUN  {said} nsubj
said     say      VERB  0 root VerbForm=Fin|Tense=Past
it       it       PRON  {rained} nsubj
rained   rain     VERB  {said} ccomp
.        .        PUNCT {said} punct
"""


def times(analysis: Analysis, *, source: str) -> list[str]:
    forms = [word.form for word in analysis.words]
    last = len(forms) - 1
    cue = last - forms[::-1].index("said")
    saying = Saying(
        frozenset({cue}),
        frozenset({cue + 1, cue + 2}),
        frozenset({last - forms[::-1].index(source)}),
        (),
    )
    found = occasion_times(analysis, saying, WORDS)
    return [" ".join(analysis.words[n].form for n in sorted(a.words)) for a in found]


@pytest.mark.parametrize(
    ("verb", "lemma", "case", "the", "expected"),
    [
        ("gave", "give", "In", "the", ["On Monday"]),
        ("gave", "give", "In", "a", []),  # may be another speech
        ("gave", "give", "After", "the", []),
        ("mocked", "mock", "In", "the", []),  # not the day of the speech
    ],
)
def test_what_is_said_in_a_speech_has_its_day(
    verb: str, lemma: str, case: str, the: str, expected: list[str]
) -> None:
    analysis = build_analysis(
        GAVE.format(verb=verb, lemma=lemma) + IN_SPEECH.format(case=case, the=the)
    )
    assert times(analysis, source="she") == expected


@pytest.mark.parametrize(("the", "expected"), [("the", ["On Monday"]), ("a", [])])
def test_another_speech_in_between_ends_the_search(the: str, expected: list[str]) -> None:
    analysis = build_analysis(
        GAVE.format(verb="gave", lemma="give")
        + LEFT.format(after="after", the=the)
        + IN_SPEECH.format(case="In", the="the")
    )
    assert times(analysis, source="she") == expected


def test_a_report_named_again_has_its_year() -> None:
    again = build_analysis(REPORT.format(other="", report=2, said=3, rained=5))
    assert times(again, source="report") == ["1989"]
    other = build_analysis(
        REPORT.format(other="second second ADJ 3 amod\n", report=3, said=4, rained=6)
    )
    assert times(other, source="report") == []
