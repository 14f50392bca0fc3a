"""Which time expressions belong to an act of saying."""

from __future__ import annotations

from quotes.analysis import Analysis
from quotes.dates.attachment import attached, is_occasion
from quotes.dates.sayings import AttachedExpression, Saying
from quotes.dates.time_words import load_time_words
from tests.builders import ENGLISH, build_analysis

WORDS = load_time_words(ENGLISH)
ON_THURSDAY = build_analysis(
    """
    Park     Park     PROPN 2 nsubj
    said     say      VERB  0 root
    on       on       ADP   4 case
    Thursday Thursday PROPN 2 obl
    that     that     SCONJ 7 mark
    it       it       PRON  7 nsubj
    rained   rain     VERB  2 ccomp
    on       on       ADP   9 case
    Monday   Monday   PROPN 7 obl
    .        .        PUNCT 2 punct
    """
)
STATEMENT = build_analysis(
    """
    Park      Park      PROPN 2 nsubj
    said      say       VERB  0 root
    in        in        ADP   5 case
    a         a         DET   5 det
    statement statement NOUN  2 obl
    on        on        ADP   7 case
    Thursday  Thursday  PROPN 5 nmod
    that      that      SCONJ 10 mark
    it        it        PRON  10 nsubj
    rains     rain      VERB  2 ccomp
    .         .         PUNCT 2 punct
    """
)


def find(analysis: Analysis, *, cue: int, source: int, content: range) -> list[AttachedExpression]:
    saying = Saying(frozenset({cue}), frozenset(content), frozenset({source}), ())
    return attached(analysis, saying, saying.cue, WORDS)


def test_a_time_that_hangs_on_the_cue_counts_and_one_inside_the_content_does_not() -> None:
    found = find(ON_THURSDAY, cue=1, source=0, content=range(5, 9))
    assert [a.words for a in found] == [frozenset({2, 3})]
    assert not found[0].occasion


def test_the_day_of_an_occasion_is_the_day_of_the_saying() -> None:
    (found,) = find(STATEMENT, cue=1, source=0, content=range(8, 10))
    assert found.words == frozenset({5, 6})
    assert found.occasion
    assert is_occasion(STATEMENT, 4, WORDS)
    assert not is_occasion(STATEMENT, 0, WORDS)


def test_a_time_between_source_and_cue_counts() -> None:
    before = build_analysis(
        """
        Smith    Smith    PROPN 4 nsubj
        on       on       ADP   3 case
        Thursday Thursday PROPN 1 nmod
        said     say      VERB  0 root
        no       no       INTJ  4 obj
        """
    )
    assert [a.words for a in find(before, cue=3, source=0, content=range(4, 5))] == [
        frozenset({1, 2})
    ]


def test_a_verb_joined_to_the_cue_shares_its_time() -> None:
    joined = build_analysis(
        """
        Park     Park     PROPN 2 nsubj
        spoke    speak    VERB  0 root
        on       on       ADP   4 case
        Thursday Thursday PROPN 2 obl
        and      and      CCONJ 6 cc
        added    add      VERB  2 conj
        more     more     ADJ   6 obj
        """
    )
    saying = Saying(frozenset({5}), frozenset({6}), frozenset({0}), ())
    shared = attached(joined, saying, frozenset({1, 5}), WORDS)
    assert [a.words for a in shared] == [frozenset({2, 3})]


def test_without_a_cue_there_is_nothing_to_date() -> None:
    assert (
        attached(
            ON_THURSDAY, Saying(frozenset(), frozenset({5}), frozenset(), ()), frozenset(), WORDS
        )
        == []
    )


def test_an_occasion_between_commas_behind_the_speaker_counts() -> None:
    analysis = build_analysis(
        """
        Park     Park     PROPN 10 nsubj
        ,        ,        PUNCT 1 punct
        in       in       ADP   5 case
        a        a        DET   5 det
        post     post     NOUN  1 nmod
        on       on       ADP   7 case
        Thursday Thursday PROPN 5 nmod
        ,        ,        PUNCT 1 punct
        never    never    ADV   10 advmod
        said     say      VERB  0 root
        so       so       ADV   10 advmod
        .        .        PUNCT 10 punct
        """
    )
    (found,) = find(analysis, cue=9, source=0, content=range(10, 11))
    assert found.words == frozenset({5, 6})
    assert found.occasion
