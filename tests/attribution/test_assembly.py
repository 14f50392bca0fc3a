"""Attributions from candidates: spans, ids, nesting, order."""

from __future__ import annotations

from dataclasses import replace

from quotes.attribution.assembly import attributions_of, quote_id
from quotes.attribution.candidates import Trait
from quotes.records import Span, cut
from tests.builders import build_analysis, build_candidate, ranges_of

CHAIN = build_analysis(
    """
    Papers   paper    NOUN  2 nsubj
    reported report   VERB  0 root
    that     that     SCONJ 5 mark
    Park     Park     PROPN 5 nsubj
    said     say      VERB  2 ccomp
    :        :        PUNCT 9 punct
    “        “        PUNCT 9 punct
    It       it       PRON  9 nsubj
    rains    rain     VERB  5 ccomp
    .        .        PUNCT 9 punct
    ”        ”        PUNCT 9 punct
    """
)
OUTER = build_candidate(
    CHAIN, cue="reported", source="Papers", content="Park said: “It rains", rule="outer"
)
INNER = build_candidate(CHAIN, cue="said", source="Park", content="It rains", rule="inner")


def test_spans_are_cut_from_the_text_and_ids_name_the_parent() -> None:
    inner, outer = sorted(
        attributions_of(CHAIN, [INNER, OUTER], [0.71234, 0.5]), key=lambda a: a.rule
    )
    assert cut(CHAIN.text, inner.content) == ("It rains.",)
    assert (inner.type, inner.confidence, inner.nested_in) == ("direct", 0.712, outer.id)
    assert outer.nested_in is None
    assert cut(CHAIN.text, (*outer.cue, *outer.source)) == ("reported", "Papers")


def test_attributions_come_in_text_order_the_wider_first() -> None:
    found = attributions_of(CHAIN, [INNER, OUTER], [0.5, 0.5])
    assert [a.rule for a in found] == ["outer", "inner"]


def test_equal_candidates_become_one_attribution_and_keep_their_parent() -> None:
    found = attributions_of(CHAIN, [INNER, OUTER, INNER, OUTER], [0.1, 0.2, 0.3, 0.4])
    assert [(a.rule, a.confidence) for a in found] == [("outer", 0.4), ("inner", 0.3)]
    assert found[1].nested_in == found[0].id
    assert found[0].nested_in is None


def test_a_candidate_without_words_is_left_out() -> None:
    marks_only = replace(INNER, content=ranges_of(CHAIN, ":"))
    assert attributions_of(CHAIN, [marks_only], [0.9]) == ()


def test_a_verbatim_content_keeps_its_punctuation_and_is_direct() -> None:
    verbatim = replace(
        INNER, content=ranges_of(CHAIN, "that Park said:"), traits=frozenset({Trait.VERBATIM})
    )
    (found,) = attributions_of(CHAIN, [verbatim], [0.9])
    assert (cut(CHAIN.text, found.content), found.type) == (("that Park said:",), "direct")


def test_ids_depend_on_document_and_spans_alone() -> None:
    spans = (Span(0, 4),)
    assert quote_id("a", spans, (), ()) == quote_id("a", list(spans), (), ())
    assert (
        len(
            {
                quote_id("a", spans, (), ()),
                quote_id("b", spans, (), ()),
                quote_id("a", (), spans, ()),
            }
        )
        == 3
    )
