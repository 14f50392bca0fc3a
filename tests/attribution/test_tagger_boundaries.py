"""Words of cue, source and content from the tagger's probabilities."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from quotes.analysis import token_numbers
from quotes.attribution.tagger_boundaries import (
    apply_tagger_boundaries,
    complete_marks,
    content_from_words,
    content_head,
    is_fragment,
    trimmed_by_paragraph,
)
from tests.builders import build_analysis, build_candidate, build_tagged, printed, ranges_of

CALLED = build_analysis(
    """
    Park    Park    PROPN 2 nsubj
    called  call    VERB  0 root
    for     for     ADP   4 case
    calm    calm    NOUN  2 obl
    and     and     CCONJ 6 cc
    said    say     VERB  2 conj
    the     the     DET   8 det
    town    town    NOUN  9 nsubj
    waits   wait    VERB  6 ccomp
    after   after   ADP   11 case
    rain    rain    NOUN  9 obl
    .       .       PUNCT 2 punct
    """
)


def test_the_preposition_that_leads_to_a_content_is_not_part_of_it() -> None:
    words = token_numbers(ranges_of(CALLED, "for calm"))
    assert printed(CALLED, content_from_words(CALLED, words, anchor=1)) == ["calm"]


def test_small_words_that_lead_to_what_is_left_out_go() -> None:
    words = token_numbers(ranges_of(CALLED, "the town waits after"))
    assert printed(CALLED, content_from_words(CALLED, words, anchor=5)) == ["the town waits"]


def test_a_fragment_on_the_far_side_of_the_anchor_goes() -> None:
    words = token_numbers(ranges_of(CALLED, "calm", "the town waits"))
    assert printed(CALLED, content_from_words(CALLED, words, anchor=5)) == ["the town waits"]
    assert is_fragment(CALLED, 2, 4)
    assert not is_fragment(CALLED, 6, 9)


def test_a_range_of_nothing_but_leading_words_is_no_content() -> None:
    analysis = build_analysis(
        """
        He    he    PRON  2 nsubj
        spoke speak VERB  0 root
        as    as    ADP   4 case
        for   for   ADP   2 obl
        then  then  ADV   2 advmod
        """
    )
    assert content_from_words(analysis, frozenset({2, 3}), anchor=1) == ()


def test_the_tagger_moves_boundaries_where_it_is_sure() -> None:
    candidate = build_candidate(CALLED, cue="said", source="Park", content="the town waits", head=8)
    passages: dict[str, Any] = {
        "cue": "said",
        "source": "Park",
        "content": "the town waits after rain",
    }
    sure = build_tagged(CALLED, candidate, **passages)
    assert printed(CALLED, apply_tagger_boundaries(CALLED, candidate, sure).content) == [
        "the town waits after rain"
    ]
    assert apply_tagger_boundaries(CALLED, candidate, sure).head == 8
    unsure = build_tagged(CALLED, candidate, valid=0.2, **passages)
    assert apply_tagger_boundaries(CALLED, candidate, unsure) is candidate


def test_a_passive_that_names_nobody_stays_as_it_is() -> None:
    candidate = build_candidate(CALLED, cue="said", content="the town waits")
    sure = build_tagged(CALLED, candidate, cue="said", content="the town waits after rain")
    assert apply_tagger_boundaries(CALLED, candidate, sure) is candidate


def test_a_content_grows_only_up_to_another_cue() -> None:
    candidate = build_candidate(CALLED, cue="called", source="Park", content="for calm", head=3)
    sure = build_tagged(
        CALLED, candidate, cue="called", source="Park", content="calm and said the town waits"
    )
    said = token_numbers(ranges_of(CALLED, "said"))
    assert printed(
        CALLED, apply_tagger_boundaries(CALLED, candidate, sure, others=said).content
    ) == ["calm"]


def test_a_mark_is_completed_of_which_enough_words_are_held() -> None:
    analysis = build_analysis(
        """
        He    he    PRON  2 nsubj
        said  say   VERB  0 root
        :     :     PUNCT 2 punct
        “     “     PUNCT 6 punct
        It    it    PRON  6 nsubj
        rains rain  VERB  2 ccomp
        .     .     PUNCT 6 punct
        ”     ”     PUNCT 6 punct
        """
    )
    half = ranges_of(analysis, "rains")
    assert printed(analysis, complete_marks(analysis, 1, half, frozenset())) == ["It rains"]
    taken = token_numbers(ranges_of(analysis, "It"))
    assert printed(analysis, complete_marks(analysis, 1, half, taken)) == ["rains"]


def test_the_head_of_a_content_is_its_topmost_word() -> None:
    content = ranges_of(CALLED, "the town waits")
    assert content_head(CALLED, content) == 8
    assert content_head(CALLED, content, head=7) == 7
    assert content_head(CALLED, content, head=3) == 8


def test_ranges_are_cut_where_the_next_paragraph_opens_a_mark() -> None:
    analysis = build_analysis(
        """
        It    it    PRON  2 nsubj
        rains rain  VERB  0 root
        ¶
        “     “     PUNCT 3 punct
        It    it    PRON  3 nsubj
        snows snow  VERB  0 root
        ”     ”     PUNCT 3 punct
        """
    )
    assert printed(analysis, trimmed_by_paragraph(analysis, range(5))) == ["It rains", "It snows"]


def test_words_out_of_the_taggers_reach_stay_as_the_rules_have_them() -> None:
    candidate = build_candidate(
        CALLED, cue="said", source="Park", content="the town waits after rain", head=8
    )
    seen = build_tagged(CALLED, candidate, cue="said", source="Park", content="town waits")
    probabilities = {kind: getattr(seen, kind)[:9] for kind in ("cue", "source", "content")}
    short = replace(seen, **probabilities)  # it reaches no farther than "waits"
    found = [apply_tagger_boundaries(CALLED, candidate, tagged).content for tagged in (seen, short)]
    assert [printed(CALLED, content) for content in found] == [
        ["town waits"],
        ["town waits after rain"],
    ]
