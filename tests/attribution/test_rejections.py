"""Why matches of rules become no attributions."""

from __future__ import annotations

from quotes.attribution.candidates import Candidate
from quotes.attribution.joint_selection import Conflict
from quotes.attribution.mark_ownership import Accounted
from quotes.attribution.rejections import (
    NO_CONTENT,
    NO_QUOTATION,
    SAME_CONTENT,
    SAME_CUE,
    Rejection,
    rejections,
)
from tests.builders import build_analysis, build_candidate

ANALYSIS = build_analysis(
    """
    Park   Park   PROPN 2 nsubj
    said   say    VERB  0 root
    it     it     PRON  4 nsubj
    rained rain   VERB  2 ccomp
    and    and    CCONJ 6 cc
    left   leave  VERB  2 conj
    .      .      PUNCT 2 punct
    """
)
CLAUSE = build_candidate(ANALYSIS, cue="said", source="Park", content="it rained", rule="clause")


def rejected(*drafts: Candidate) -> list[Rejection]:
    accounted = Accounted([CLAUSE], [0.9], [])
    return list(rejections(ANALYSIS, drafts, accounted, lambda candidate: 0.2))


def test_what_was_chosen_is_not_rejected() -> None:
    assert rejected(CLAUSE) == []


def test_a_match_for_the_same_cue_loses_by_a_margin() -> None:
    (found,) = rejected(
        build_candidate(ANALYSIS, cue="said", source="Park", content="rained", rule="other")
    )
    assert (found.reason, found.by, found.margin) == (SAME_CUE, "clause", 0.7)


def test_a_match_without_content_has_no_margin() -> None:
    same = build_candidate(ANALYSIS, cue="said", source="Park", rule="marked")
    alone = build_candidate(ANALYSIS, cue="left", source="Park", rule="marked")
    first, second = rejected(same, alone)
    assert (first.reason, first.margin) == (SAME_CUE, None)
    assert (second.reason, second.by, second.margin) == (NO_QUOTATION, None, None)


def test_a_match_may_lose_its_words() -> None:
    shared, gone = rejected(
        build_candidate(ANALYSIS, cue="left", source="Park", content="it rained", rule="b"),
        build_candidate(ANALYSIS, cue="left", source="it", content="and", rule="c"),
    )
    assert (shared.reason, shared.by) == (SAME_CONTENT, "clause")
    assert (gone.reason, gone.by) == (NO_CONTENT, None)


def test_what_another_attribution_excludes_is_given_with_the_constraint() -> None:
    weak = build_candidate(ANALYSIS, cue="said", source="Park", content="rained", rule="weak")
    accounted = Accounted(
        [CLAUSE], [0.9], [Conflict(weak, "one candidate for each cue", CLAUSE, 0.5)]
    )
    (found,) = rejections(ANALYSIS, [weak, CLAUSE], accounted, lambda candidate: 0.2)
    assert (found.rule, found.reason, found.by) == ("weak", "one candidate for each cue", "clause")
    assert found.margin == 0.5
