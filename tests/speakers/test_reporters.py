"""Who passes a statement on, on sentences built by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.records import Attribution, EntityKind, Span
from quotes.speakers import resolve
from quotes.speakers.reporters import reporters_around
from tests.builders import build_analysis

FRAME = """
In     in     ADP   4 case
a      a      DET   4 det
Herald Herald PROPN 4 compound
{noun} {noun} NOUN  6 obl
Roe    Roe    PROPN 6 nsubj
said   say    VERB  0 root
so     so     ADV   6 advmod
.      .      PUNCT 6 punct
"""
MADE_BY = """
In     in     ADP   3 case
a      a      DET   3 det
report report NOUN  8 obl
{by}   {by}   ADP   6 case
the    the    DET   6 det
Herald Herald PROPN 3 nmod
Roe    Roe    PROPN 8 nsubj
said   say    VERB  0 root
so     so     ADV   8 advmod
.      .      PUNCT 8 punct
"""
CARRIED = """
Roe       Roe       PROPN 2 nsubj
said      say       VERB  0 root
in        in        ADP   5 case
a         a         DET   5 det
statement statement NOUN  2 obl
{verb}    {verb}    VERB  5 acl
by        by        ADP   9 case
the       the       DET   9 det
Herald    Herald    PROPN 6 obl:agent
so        so        ADV   2 advmod
.         .         PUNCT 2 punct
"""
AS_REPORTED = """
Roe      Roe    PROPN 2 nsubj
said     say    VERB  0 root
so       so     ADV   2 advmod
,        ,      PUNCT 6 punct
as       as     SCONJ 6 mark
reported report VERB  2 advcl
by       by     ADP   9 case
the      the    DET   9 det
Herald   Herald PROPN 6 obl:agent
.        .      PUNCT 2 punct
"""


def reporters(table: str) -> tuple[str, ...]:
    """Return who reports what Roe said."""
    names: dict[str, EntityKind] = {"Roe": "PER", "Herald": "ORG"}
    named = {name: kind for name, kind in names.items() if name in table}
    analysis = build_analysis(table, entities=named)
    spans = [
        Span(at := analysis.text.index(words), at + len(words)) for words in ("Roe", "said", "so")
    ]
    attribution = Attribution(
        id="1",
        document="hand",
        content=(spans[2],),
        cue=(spans[1],),
        source=(spans[0],),
        type="indirect",
        rule="by hand",
        confidence=0.9,
    )
    (found,), _ = resolve(analysis, (attribution,))
    assert found.speaker == "Roe"
    return found.reported_by


@pytest.mark.parametrize(
    "table",
    [
        FRAME.format(noun="report"),
        MADE_BY.format(by="by"),
        CARRIED.format(verb="carry"),
        AS_REPORTED,
    ],
)
def test_media_named_beside_a_statement_report_it(table: str) -> None:
    assert reporters(table) == ("Herald",)


@pytest.mark.parametrize(
    "table",
    [
        FRAME.format(noun="town"),
        FRAME.format(noun="Report"),
        FRAME.format(noun="report").replace("Herald", "July"),
        MADE_BY.format(by="about"),
        CARRIED.format(verb="write"),
    ],
)
def test_other_phrases_name_no_reporter(table: str) -> None:
    assert reporters(table) == ()


def attribution(number: str, source: Span, nested_in: str | None = None) -> Attribution:
    """Return an attribution of which only source and place count."""
    return Attribution(
        id=number,
        document="hand",
        content=(Span(90, 99),),
        cue=(),
        source=(source,),
        type="indirect",
        rule="by hand",
        confidence=0.9,
        nested_in=nested_in,
    )


def test_a_reporter_is_named_once() -> None:
    outer, inner = attribution("1", Span(0, 20)), attribution("2", Span(30, 35), nested_in="1")
    both = {"1": outer, "2": inner}
    names = {"1": "Herald report", "2": "Roe"}
    assert reporters_around(inner, names, both, {}) == ("Herald report",)
    assert reporters_around(inner, names, both, {Span(4, 10): "Herald"}) == ("Herald",)
    assert reporters_around(inner, names, both, {Span(50, 60): "the BBC"}) == (
        "the BBC",
        "Herald report",
    )


def test_nobody_reports_their_own_words() -> None:
    both = {"1": attribution("1", Span(0, 6)), "2": attribution("2", Span(30, 36), nested_in="1")}
    assert reporters_around(both["2"], {"1": "police", "2": "Police"}, both, {}) == ()


def test_who_only_thinks_so_reports_nothing() -> None:
    outer, inner = attribution("1", Span(0, 20)), attribution("2", Span(30, 35), nested_in="1")
    names = {"1": "Park", "2": "Roe"}
    thought = {"1": replace(outer, act="thought"), "2": inner}
    assert reporters_around(inner, names, thought, {}) == ()
    unlikely = {"1": replace(outer, confidence=0.2), "2": inner}
    assert reporters_around(inner, names, unlikely, {}) == ()
