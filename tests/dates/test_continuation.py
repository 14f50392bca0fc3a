"""Statements with which somebody speaks on have the day of the statement before."""

from __future__ import annotations

from datetime import date

import pytest

from quotes.analysis import Analysis
from quotes.dates import date_utterances
from quotes.dates.continuation import Statement, with_continued_dates
from quotes.dates.sayings import saying_of
from quotes.dates.time_words import load_time_words
from quotes.records import Attribution, QuoteType, SaidOn, Span, UtteranceDate
from tests.builders import ENGLISH, build_analysis

FIRST = """
Park   Park   PROPN 2 nsubj
said   say    VERB  0 root VerbForm=Fin|Tense=Past
on     on     ADP   4 case
Monday Monday PROPN 2 obl
it     it     PRON  6 nsubj
rained rain   VERB  2 ccomp
.      .      PUNCT 2 punct
"""
SECOND = """
She    she    PRON  {head} nsubj
{between}
hail   hail   NOUN  {head} obj
.      .      PUNCT {head} punct
"""
ADDED = "added add VERB 0 root VerbForm=Fin|Tense=Past"
MONDAY = SaidOn(date(2023, 10, 23), "day")


def attribution(
    analysis: Analysis, number: str, cue: str, content: str, *, type: QuoteType = "indirect"
) -> Attribution:
    def span(words: str) -> Span:
        at = analysis.text.rindex(words)
        return Span(at, at + len(words))

    return Attribution(
        id=number,
        document="hand",
        content=(span(content),),
        cue=(span(cue),),
        source=(),
        type=type,
        rule="by hand",
        confidence=0.9,
    )


def second_date(
    table: str,
    cue: str,
    *,
    speakers: tuple[str | None, str | None] = ("Park", "Park"),
    type: QuoteType = "indirect",
) -> SaidOn | None:
    """Return the day of the second of two statements, of which the first was said on Monday."""
    analysis = build_analysis(table)
    made = (
        attribution(analysis, "1", "said", "it rained"),
        attribution(analysis, "2", cue, "hail", type=type),
    )
    at = analysis.text.index("on Monday")
    first = UtteranceDate(when=Span(at, at + len("on Monday")), said_on=MONDAY)
    statements = [
        Statement(a, saying_of(analysis, a), name, when)
        for a, name, when in zip(made, speakers, (first, UtteranceDate()), strict=True)
    ]
    dates = with_continued_dates(analysis, statements, 0.3, load_time_words(ENGLISH))
    assert dates[0] == first
    return dates[1].said_on


def test_who_adds_something_says_it_on_the_same_day() -> None:
    table = FIRST + SECOND.format(head=2, between=ADDED)
    assert second_date(table, "added") == MONDAY
    assert second_date(table, "added", speakers=("Park", "Lund")) is None
    assert second_date(table, "added", speakers=("Park", None)) is None


@pytest.mark.parametrize(
    ("cue", "head", "between"),
    [
        ("adds", 2, "adds add VERB 0 root VerbForm=Fin|Tense=Pres"),
        (
            "had called",
            3,
            "had have AUX 3 aux VerbForm=Fin\ncalled call VERB 0 root VerbForm=Part|Tense=Past",
        ),
        (
            "called",
            3,
            "later later ADV 3 advmod\ncalled call VERB 0 root VerbForm=Fin|Tense=Past",
        ),
        (
            "told",
            2,
            "told tell VERB 0 root VerbForm=Fin|Tense=Past\nReuters Reuters PROPN 2 iobj",
        ),
    ],
)
def test_another_tense_time_or_listener_is_another_occasion(
    cue: str, head: int, between: str
) -> None:
    table = FIRST + SECOND.format(head=head, between=between)
    assert second_date(table, cue) is None


@pytest.mark.parametrize(
    ("label", "expected"), [("obl", None), ("acl", MONDAY)], ids=["main clause", "within"]
)
def test_a_time_between_counts_in_a_main_clause(label: str, expected: SaidOn | None) -> None:
    between = f"""
It    it    PRON 2 nsubj
began begin VERB 0 root VerbForm=Fin|Tense=Past
in    in    ADP  4 case
June  June  PROPN 2 {label}
.     .     PUNCT 2 punct
"""
    table = FIRST + between + SECOND.format(head=2, between=ADDED)
    assert second_date(table, "added") == expected


def test_a_time_that_began_before_is_no_other_occasion() -> None:
    between = """
It    it    PRON 2 nsubj
lasts last  VERB 0 root VerbForm=Fin|Tense=Pres
since since ADP  5 case
this  this  DET  5 det
June  June  PROPN 2 obl
.     .     PUNCT 2 punct
"""
    table = FIRST + between + SECOND.format(head=2, between=ADDED)
    assert second_date(table, "added") == MONDAY


def test_only_a_quotation_goes_on_in_the_next_paragraph() -> None:
    table = FIRST + "¶\n" + SECOND.format(head=2, between=ADDED)
    assert second_date(table, "added") is None
    assert second_date(table, "added", type="direct") == MONDAY


def test_without_speakers_nothing_goes_on() -> None:
    analysis = build_analysis(
        FIRST + SECOND.format(head=2, between=ADDED), published=date(2023, 10, 27)
    )
    made = (
        attribution(analysis, "1", "said", "it rained"),
        attribution(analysis, "2", "added", "hail"),
    )
    assert [d.said_on for d in date_utterances(analysis, made)] == [MONDAY, None]
    both = date_utterances(analysis, made, ["Park", "Park"])
    assert [d.said_on for d in both] == [MONDAY, MONDAY]
