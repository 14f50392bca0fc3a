"""Passages that labels, credits and markup give to somebody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quotes.attribution.candidates import AnchorKind
from quotes.attribution.generators.layout import (
    embedded_passages,
    labelled_passages,
    not_embedded,
)
from quotes.attribution.generators.layout_candidates import (
    CREDIT_RULE,
    EMBED_RULE,
    HEADLINE_RULE,
    LABEL_RULE,
)
from quotes.attribution.quotation_sites import quotation_sites
from quotes.records import Embed, Span
from tests.builders import analysis_of, build_analysis, build_document, printed

LABEL = """
PARK   Park   PROPN 6 dep
:      :      PUNCT 1 punct
“      “      PUNCT 6 punct
We     we     PRON  6 nsubj
all    all    DET   6 advmod
stay   stay   VERB  0 root
.      .      PUNCT 6 punct
”      ”      PUNCT 6 punct
"""
HEADLINE = """
PARK   Park   PROPN 5 dep
:      :      PUNCT 1 punct
We     we     PRON  5 nsubj
all    all    DET   5 advmod
stay   stay   VERB  0 root
.      .      PUNCT 5 punct
"""
CREDIT = """
“      “      PUNCT 4 punct
We     we     PRON  4 nsubj
all    all    DET   4 advmod
stay   stay   VERB  0 root
.      .      PUNCT 4 punct
”      ”      PUNCT 4 punct
–      –      PUNCT 8 punct
Ruth   Ruth   PROPN 4 dep
Adams  Adams  PROPN 8 flat
"""


def test_a_label_explains_the_mark_behind_it() -> None:
    analysis = build_analysis(LABEL)
    sites, (found,) = labelled_passages(analysis, quotation_sites(analysis))
    assert sites == ()
    assert (found.rule, found.anchor_kind) == (LABEL_RULE, AnchorKind.CUE)
    assert printed(analysis, found.cue) == [":"]
    assert printed(analysis, found.source) == ["PARK"]
    assert printed(analysis, found.content) == ["We all stay."]


def test_a_heading_is_no_label() -> None:
    analysis = build_analysis(LABEL.replace("PARK   Park", "NOTE   note"))
    sites, found = labelled_passages(analysis, quotation_sites(analysis))
    assert (len(sites), found) == (1, ())


def test_a_credit_explains_the_mark_before_it() -> None:
    analysis = build_analysis(CREDIT)
    sites, (found,) = labelled_passages(analysis, quotation_sites(analysis))
    assert (sites, found.rule, found.cue) == ((), CREDIT_RULE, ())
    assert printed(analysis, found.source) == ["Ruth Adams"]
    assert (found.anchor, found.anchor_kind) == (7, AnchorKind.LAYOUT)


def test_a_single_label_without_marks_counts_in_the_headline() -> None:
    analysis = build_analysis(HEADLINE)
    _, (found,) = labelled_passages(analysis, ())
    assert (found.rule, found.traits) == (HEADLINE_RULE, frozenset())
    later = build_analysis(f"Rain rain NOUN 0 root\n¶{HEADLINE}")
    assert labelled_passages(later, ())[1] == ()


POST = """
Ruth  Ruth  PROPN 2 nsubj
wrote write VERB  0 root
¶
Rain  rain  NOUN  2 nsubj
stays stay  VERB  0 root
"""


@pytest.mark.parametrize(
    ("source", "kind", "anchor"),
    [(Span(0, 4), AnchorKind.LAYOUT, 0), (None, AnchorKind.CONTENT, 2)],
)
def test_an_embedded_post_is_anchored_at_its_author_or_in_itself(
    source: Span | None, kind: AnchorKind, anchor: int
) -> None:
    document, parse = build_document(POST)
    start = document.text.index("Rain")
    embed = Embed(Span(start, len(document.text)), source)
    analysis = analysis_of(replace(document, embeds=(embed,)), parse)
    (found,) = embedded_passages(analysis)
    assert (found.rule, found.cue, found.anchor, found.anchor_kind) == (
        EMBED_RULE,
        (),
        anchor,
        kind,
    )
    assert printed(analysis, found.content) == ["Rain stays"]


def test_an_embed_outside_of_the_chunk_is_left_out() -> None:
    document, parse = build_document(POST)
    cut = replace(parse, sentences=parse.sentences[:1])
    embed = Embed(Span(document.text.index("Rain"), len(document.text)))
    assert embedded_passages(analysis_of(replace(document, embeds=(embed,)), cut)) == ()


def test_marks_around_an_embedded_passage_are_explained_by_it() -> None:
    document, parse = build_document(LABEL)
    start = document.text.index("“")
    embed = Embed(Span(start, len(document.text)))
    analysis = analysis_of(replace(document, embeds=(embed,)), parse)
    sites, embedded = quotation_sites(analysis), embedded_passages(analysis)
    assert len(sites) == len(embedded) == 1
    assert not_embedded(analysis, sites, embedded) == ()
    assert not_embedded(analysis, sites, ()) == sites
