"""How much is shown of what was found, and how the rest can be seen."""

from __future__ import annotations

from dataclasses import replace

from quotes.output.not_shown import not_shown
from quotes.output.terminal.quotes import speaker
from quotes.output.terminal.shown_counts import ShownCounts, is_marked_unsure
from quotes.pipeline import shown_by_default
from quotes.records import Act, Quote, QuoteType, Span

TEXT = "He said it rained."


def quote(
    confidence: float, type: QuoteType = "direct", act: Act = "speech", *, sure: float = 1.0
) -> Quote:
    return Quote(
        id=f"{type}-{act}-{confidence}",
        document="rain",
        content=(Span(8, 17),),
        cue=(Span(3, 7),),
        source=(Span(0, 2),),
        type=type,
        rule="subject-verb-clause",
        confidence=confidence,
        act=act,
        speaker="Ann Park",
        speaker_confidence=sure,
    )


def counted(*found: Quote, least: float = 0.3, acts: tuple[Act, ...] = ("speech",)) -> ShownCounts:
    counts = ShownCounts(min_confidence=least, acts=acts)
    hidden = [each for each, _ in not_shown(found, least, acts)]
    counts.add(shown_by_default(found, least, acts), hidden)
    return counts


def test_shown_and_hidden_quotes_are_counted_with_the_options_that_show_them() -> None:
    found = [
        quote(0.9),
        quote(0.9, "indirect", sure=0.7),
        quote(0.1),
        quote(0.2, "mixed"),
        quote(0.9, act="thought"),
    ]
    assert counted(*found).line() == (
        "2 quotes (1 direct, 1 indirect) · 1 with a “?”: speaker less than 80% sure, or no name · "
        "3 not shown (2 below 30%, 1 of another act: thought): --min-confidence 0 --acts all"
    )
    assert counted(quote(0.9), quote(0.9, "mixed")).line() == "2 quotes (1 direct, 1 mixed)"


def test_the_options_named_show_everything() -> None:
    both = quote(0.1, act="attitude")
    assert counted(quote(0.9), both).line().endswith(": --min-confidence 0 --acts all")
    assert counted(quote(0.9), quote(0.1)).line().endswith(": --min-confidence 0")
    acts: tuple[Act, ...] = ("speech", "attitude")
    assert "not shown" not in counted(quote(0.9), both, least=0, acts=acts).line()
    other = counted(quote(0.9), quote(0.9, act="thought"), acts=("thought",)).line()
    assert other == "1 quote (1 direct) · 1 not shown (1 of another act: speech): --acts all"


def test_several_articles_are_counted_together() -> None:
    counts = counted(quote(0.9))
    counts.add([quote(0.8, "indirect")], [quote(0.2)])
    counts.add([], [])
    assert counts.line() == (
        "2 quotes in 3 articles (1 direct, 1 indirect) · 1 not shown (1 below 30%): "
        "--min-confidence 0"
    )
    assert counted().line() == "0 quotes"


def test_a_question_mark_is_counted_exactly_where_one_is_printed() -> None:
    sure, unsure = quote(0.9), quote(0.9, sure=0.5)
    unnamed = replace(sure, speaker=None, speaker_confidence=1.0)
    nobody = replace(unnamed, source=())
    for each in (sure, unsure, unnamed, nobody):
        assert is_marked_unsure(each) == ("?" in speaker(TEXT, each))
    assert counted(sure, unsure, unnamed, nobody).marked == 2
