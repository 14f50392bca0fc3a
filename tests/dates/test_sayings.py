"""The words of an attribution by number."""

from __future__ import annotations

from quotes.dates.sayings import saying_of
from quotes.records import Attribution, Span
from tests.builders import build_analysis

PARK = build_analysis(
    """
    “        “        PUNCT 3 punct
    It       it       PRON  3 nsubj
    rains    rain     VERB  8 ccomp
    ,        ,        PUNCT 3 punct
    ”        ”        PUNCT 3 punct
    Park     Park     PROPN 8 nsubj
    later    later    ADV   8 advmod
    said     say      VERB  0 root
    ,        ,        PUNCT 8 punct
    adding   add      VERB  8 advcl
    it       it       PRON  12 nsubj
    pours    pour     VERB  10 ccomp
    .        .        PUNCT 8 punct
    """
)


def attribution(*, cue: str, content: tuple[str, ...], source: str = "Park") -> Attribution:
    def span(passage: str) -> Span:
        start = PARK.text.index(passage)
        return Span(start, start + len(passage))

    return Attribution(
        id="a",
        document="hand",
        content=tuple(map(span, content)),
        cue=(span(cue),),
        source=(span(source),),
        type="mixed",
        rule="hand",
        confidence=0.9,
    )


def test_words_are_known_by_number() -> None:
    saying = saying_of(PARK, attribution(cue="said", content=("It rains",)))
    assert (saying.content, saying.source, saying.cue) == (
        frozenset({1, 2}),
        frozenset({5}),
        frozenset({7}),
    )


def test_an_adverb_of_the_cue_is_no_part_of_its_core() -> None:
    assert saying_of(PARK, attribution(cue="later said", content=("It rains",))).cue == frozenset(
        {7}
    )


def test_only_parts_of_the_content_outside_of_marks_have_an_open_end() -> None:
    found = saying_of(PARK, attribution(cue="said", content=("It rains", "it pours")))
    assert found.open_ends == (11,)
