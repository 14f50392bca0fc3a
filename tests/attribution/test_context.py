"""The sentences around an attribution."""

from __future__ import annotations

from quotes.attribution.context import sentence_contexts
from quotes.records import Attribution, Span, Spans
from tests.builders import build_analysis

RAIN = build_analysis(
    """
    Clouds   cloud    NOUN  2 nsubj
    came     come     VERB  0 root
    .        .        PUNCT 2 punct

    “        “        PUNCT 3 punct
    It       it       PRON  3 nsubj
    rains    rain     VERB  0 root
    .        .        PUNCT 3 punct
    ”        ”        PUNCT 3 punct

    So       so       ADV   2 advmod
    said     say      VERB  0 root
    Park     Park     PROPN 2 nsubj
    .        .        PUNCT 2 punct

    Nobody   nobody   PRON  2 nsubj
    answered answer   VERB  0 root
    .        .        PUNCT 2 punct
    """
)


def attribution(content: str, cue: str = "", source: str = "") -> Attribution:
    def spans(passage: str) -> Spans:
        start = RAIN.text.index(passage)
        return (Span(start, start + len(passage)),) if passage else ()

    return Attribution(
        id="a",
        document="hand",
        content=spans(content),
        cue=spans(cue),
        source=spans(source),
        type="direct",
        rule="hand",
        confidence=0.9,
    )


def context(*found: Attribution) -> list[tuple[str | None, str | None]]:
    return [
        (
            around.before.of(RAIN.text) if around.before else None,
            around.after.of(RAIN.text) if around.after else None,
        )
        for around in sentence_contexts(RAIN, found)
    ]


def test_the_sentences_next_to_the_content_are_given() -> None:
    assert context(attribution("It rains")) == [("Clouds came.", "So said Park.")]


def test_cue_and_source_in_another_sentence_belong_to_what_is_surrounded() -> None:
    assert context(attribution("It rains", cue="said", source="Park")) == [
        ("Clouds came.", "Nobody answered.")
    ]


def test_at_an_end_of_the_text_nothing_is_given() -> None:
    assert context(attribution("Clouds came"), attribution("Nobody answered")) == [
        (None, "“It rains.”"),
        ("So said Park.", None),
    ]


def test_no_attributions_have_no_contexts() -> None:
    assert context() == []
