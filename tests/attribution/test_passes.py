"""The passes together, on hand-built analyses and without a model."""

from __future__ import annotations

import pytest

from quotes.analysis import Analysis
from quotes.attribution import extract
from quotes.attribution.passes import find_candidates, outer_candidates
from quotes.records import Parse, cut
from tests.builders import analysis_of, build_analysis, build_document, printed

STORY = """
“      “      PUNCT 4 punct
It     it     PRON  4 nsubj
is     be     AUX   4 cop
safe   safe   ADJ   7 ccomp
,      ,      PUNCT 4 punct
”      ”      PUNCT 4 punct
said   say    VERB  0 root
Park   Park   PROPN 7 nsubj
.      .      PUNCT 7 punct

“      “      PUNCT 4 punct
We     we     PRON  4 nsubj
all    all    DET   4 advmod
stay   stay   VERB  0 root
here   here   ADV   4 advmod
.      .      PUNCT 4 punct
”      ”      PUNCT 4 punct
¶
Papers   paper    NOUN  2 nsubj
reported report   VERB  0 root
that     that     SCONJ 5 mark
Smith    Smith    PROPN 5 nsubj
said     say      VERB  2 ccomp
it       it       PRON  7 nsubj
rains    rain     VERB  5 ccomp
.        .        PUNCT 2 punct
"""


@pytest.fixture(scope="module")
def story() -> Analysis:
    return build_analysis(STORY)


def test_each_cue_has_its_content(story: Analysis) -> None:
    found = find_candidates(story)
    assert [(printed(story, c.cue), printed(story, c.content)) for c in found] == [
        (["said"], ["It is safe", "We all stay here."]),
        (["reported"], ["that Smith said it rains"]),
        (["said"], ["it rains"]),
    ]
    assert [outer and printed(story, outer.source) for outer in outer_candidates(found)] == [
        None,
        None,
        ["Papers"],
    ]


def test_without_a_tagger_the_rules_alone_attribute(story: Analysis) -> None:
    found = extract(story)
    assert [(cut(story.text, a.source), a.type) for a in found] == [
        (("Park",), "direct"),
        (("Papers",), "indirect"),
        (("Smith",), "indirect"),
    ]
    assert found[2].nested_in == found[1].id
    assert all(0 < a.confidence < 1 for a in found)


def test_nothing_in_a_chunk_without_words() -> None:
    document, _ = build_document(STORY)
    assert find_candidates(analysis_of(document, Parse(()))) == ()
    assert extract(analysis_of(document, Parse(()))) == ()
