"""Each boundary operator on hand-built analyses, and the options that they make together."""

from __future__ import annotations

import pytest

from quotes.analysis import Analysis, token_numbers
from quotes.attribution.candidates import TaggedCandidate
from quotes.attribution.content_operators import OPERATORS, Site, content_options
from tests.builders import build_analysis, build_candidate, build_tagged, ranges_of

WARNED = build_analysis(
    """
    Rivers  River   PROPN 2  nsubj
    warned  warn    VERB  0  root
    that    that    SCONJ 7  mark
    the     the     DET   5  det
    dam     dam     NOUN  7  nsubj
    may     may     AUX   7  aux
    break   break   VERB  2  ccomp
    after   after   ADP   9  case
    storms  storm   NOUN  7  obl
    ,       ,       PUNCT 11 punct
    flooding flood  VERB  7  advcl
    farms   farm    NOUN  11 obj
    .       .       PUNCT 2  punct

    “       “       PUNCT 4  punct
    We      we      PRON  4  nsubj
    must    must    AUX   4  aux
    leave   leave   VERB  0  root
    .       .       PUNCT 4  punct
    ”       ”       PUNCT 4  punct
    """
)
MIXED = build_analysis(
    """
    The     the     DET   2  det
    mayor   mayor   NOUN  3  nsubj
    called  call    VERB  0  root
    the     the     DET   5  det
    plan    plan    NOUN  3  obj
    a       a       DET   8  det
    “       “       PUNCT 8  punct
    gift    gift    NOUN  3  xcomp
    to      to      ADP   10 case
    thieves thief   NOUN  8  nmod
    ”       ”       PUNCT 8  punct
    and     and     CCONJ 13 cc
    left    leave   VERB  3  conj
    .       .       PUNCT 3  punct
    """
)


def site(
    analysis: Analysis, cue: str, source: str, content: str, *, tagged: str | None = None
) -> Site:
    candidate = build_candidate(analysis, cue=cue, source=source, content=content)
    answer = build_tagged(
        analysis, candidate, cue=cue, source=source, content=content if tagged is None else tagged
    )
    return Site(analysis, TaggedCandidate(candidate, 0, candidate, answer))


def results(place: Site, name: str, content: str) -> set[str]:
    """Return the words of what an operator makes of a content."""
    given = place.words(token_numbers(ranges_of(place.analysis, *content.split(" … "))))
    made = (place.words(option) for option in OPERATORS[name](place, given))
    return {" ".join(place.analysis.words[n].form for n in sorted(option)) for option in made}


DAM = site(WARNED, "warned", "Rivers", "the dam may break after storms")
GIFT = site(MIXED, "called", "The mayor", "the plan a “gift")


@pytest.mark.parametrize(
    ("place", "name", "content", "made"),
    [
        (
            DAM,
            "clause ends",
            "dam may break",
            {
                "that the dam may break after storms flooding farms",
                "dam may break after storms flooding farms",
                "that the dam may break",
            },
        ),
        (
            DAM,
            "sentence ends",
            "dam may break",
            {"dam may break after storms flooding farms", "that the dam may break"},
        ),
        (
            DAM,
            "without phrase",
            "the dam may break after storms, flooding farms",
            {"the dam may break after storms"},
        ),
        (
            DAM,
            "at breaks",
            "the dam may break after storms, flooding farms",
            {"the dam may break after storms", "flooding farms"},
        ),
        (DAM, "at breaks", "dam may break", {"dam may break after storms"}),
    ],
)
def test_an_operator_yields_alternatives(
    place: Site, name: str, content: str, made: set[str]
) -> None:
    assert results(place, name, content) == made


def test_every_operator_has_a_case() -> None:
    marks = next(m for m in test_an_operator_yields_alternatives.pytestmark if m.args)  # type: ignore[attr-defined]
    assert {case[1] for case in marks.args[1]} == set(OPERATORS)


def test_options_begin_with_the_content_and_hold_those_of_rules_and_tagger() -> None:
    place = site(WARNED, "warned", "Rivers", "the dam", tagged="the dam may break")
    options = content_options(place)
    forms = [" ".join(WARNED.words[n].form for n in sorted(option)) for option in options]
    assert forms[0] == "the dam"
    assert "the dam may break" in forms
    assert "that the dam may break after storms flooding farms" in forms
    assert len(set(options)) == len(options)


def test_options_hold_no_word_of_cue_or_source_and_no_punctuation() -> None:
    for option in content_options(GIFT):
        assert option
        assert not option & GIFT.taken
        assert not any(MIXED.is_punct(n) for n in option)


def test_an_operator_that_is_left_out_makes_nothing() -> None:
    place = site(WARNED, "warned", "Rivers", "the dam")
    assert len(content_options(place, left_out=frozenset(OPERATORS))) < len(content_options(place))
