"""What is not shown, and why."""

from __future__ import annotations

from quotes.attribution.rejections import Rejection
from quotes.output.not_shown import NotShown, not_shown
from quotes.output.terminal.quotes import not_shown_text
from quotes.records import Act, Document, Quote, Span

TEXT = "Park said it rained."
DOCUMENT = Document(id="rain", text=TEXT)


def quote(confidence: float, act: Act = "speech") -> Quote:
    return Quote(
        id=f"{act}-{confidence}",
        document="rain",
        content=(Span(10, 19),),
        cue=(Span(5, 9),),
        source=(Span(0, 4),),
        type="indirect",
        rule="subject-verb-clause",
        confidence=confidence,
        act=act,
    )


def test_each_quote_that_is_left_out_has_its_reason() -> None:
    found = [quote(0.9), quote(0.12), quote(0.8, "attitude")]
    reasons = [(q.id, why) for q, why in not_shown(found, 0.3, ("speech",))]
    assert reasons == [
        ("speech-0.12", "probability 12%, 18 points too little"),
        ("attitude-0.8", "act: attitude"),
    ]


def test_lines_tell_the_words_the_rule_and_the_reason() -> None:
    lost = Rejection(
        rule="judging",
        cue=(Span(5, 9),),
        source=(Span(0, 4),),
        content=(Span(13, 19),),
        reason="another candidate has its cue",
        by="subject-verb-clause",
        margin=0.31,
    )
    bare = Rejection("topic", (Span(5, 9),), (), (), "no quotation beside the cue")
    hidden = NotShown(tuple(not_shown([quote(0.12)], 0.3, ("speech",))), (lost, bare))
    assert not_shown_text(DOCUMENT, hidden).splitlines()[2:] == [
        "      Park · said · it rained  "
        "[subject-verb-clause: probability 12%, 18 points too little]",
        "      Park · said · rained  [judging: another candidate has its cue, "
        "chosen by subject-verb-clause, +31 points]",
        "      said  [topic: no quotation beside the cue]",
    ]


def test_nothing_hidden_is_nothing_to_tell() -> None:
    assert not NotShown((), ())
