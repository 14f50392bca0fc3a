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


LYING = build_analysis(
    """
    Park     Park     PROPN 2 nsubj
    accused  accuse   VERB  0 root
    the      the      DET   4 det
    firm     firm     NOUN  2 obj
    in       in       ADP   6 case
    May      May      PROPN 2 obl
    of       of       SCONJ 8 mark
    lying    lie      VERB  2 advcl VerbForm=Ger
    .        .        PUNCT 2 punct
    """
)
MISTAKE = build_analysis(
    """
    Park     Park     PROPN 2 nsubj
    called   call     VERB  0 root
    it       it       PRON  2 obj
    "        "        PUNCT 6 punct
    a        a        DET   6 det
    mistake  mistake  NOUN  2 xcomp
    "        "        PUNCT 6 punct
    in       in       ADP   9 case
    May      May      PROPN 2 obl
    .        .        PUNCT 2 punct
    """
)
LISTENER = build_analysis(
    """
    It       it       PRON  3 nsubj
    was      be       AUX   3 cop
    over     over     ADV   5 ccomp
    Park     Park     PROPN 5 nsubj
    told     tell     VERB  0 root
    them     they     PRON  5 obj
    in       in       ADP   8 case
    May      May      PROPN 5 obl
    .        .        PUNCT 5 punct
    """
)
REPORT = build_analysis(
    """
    a        a        DET   2 det
    report   report   NOUN  7 nsubj
    by       by       ADP   4 case
    Park     Park     PROPN 2 nmod
    in       in       ADP   6 case
    May      May      PROPN 4 nmod
    found    find     VERB  0 root
    it       it       PRON  7 obj
    .        .        PUNCT 7 punct
    """
)


def test_a_month_inside_the_content_that_hangs_on_the_cue_counts() -> None:
    assert [a.words for a in find(LYING, cue=1, source=0, content=range(2, 8))] == [{4, 5}]


def test_a_month_behind_a_quotation_mark_counts() -> None:
    assert [a.words for a in find(MISTAKE, cue=1, source=0, content=range(2, 7))] == [{7, 8}]


def test_a_month_behind_the_listener_counts_where_the_words_were_heard_before() -> None:
    assert [a.words for a in find(LISTENER, cue=4, source=3, content=range(3))] == [{6, 7}]


def test_a_month_behind_who_made_a_document_is_that_of_the_document() -> None:
    saying = Saying(frozenset({6}), frozenset({7}), frozenset(range(6)), ())
    (found,) = attached(REPORT, saying, saying.cue, WORDS)
    assert found.words == {4, 5}
    assert found.occasion


def test_a_post_between_source_and_cue_dates_what_it_says() -> None:
    analysis = build_analysis(
        """
        Park   Park   PROPN 6 nsubj
        in     in     ADP   4 case
        a      a      DET   4 det
        post   post   NOUN  1 nmod
        Monday Monday PROPN 4 nmod:unmarked
        said   say    VERB  0 root
        it     it     PRON  8 nsubj
        rains  rain   VERB  6 ccomp
        """
    )
    (found,) = find(analysis, cue=5, source=0, content=range(6, 8))
    assert found.words == frozenset({4})
