"""What the scorer is told of a candidate."""

from __future__ import annotations

import pytest

from quotes.attribution.candidates import TaggedCandidate
from quotes.attribution.features import features, signals, size_class
from tests.builders import build_analysis, build_candidate, build_tagged

ADDED = build_analysis(
    """
    Officials official NOUN  2 nsubj    Number=Plur
    added     add      VERB  0 root
    that      that     SCONJ 5 mark
    rain      rain     NOUN  5 nsubj
    comes     come     VERB  2 ccomp    VerbForm=Fin
    .         .        PUNCT 2 punct
    """
)
CANDIDATE = build_candidate(ADDED, cue="added", source="Officials", content="rain comes", head=4)


@pytest.mark.parametrize(("n", "wanted"), [(0, "1"), (1, "1"), (4, "5"), (70, "70"), (71, "more")])
def test_counts_are_put_in_classes(n: int, wanted: str) -> None:
    assert size_class(n) == wanted


def test_cue_source_and_content_are_described() -> None:
    found = features(ADDED, CANDIDATE, None)
    assert {
        "rule=hand",
        "lemma=add",
        "skind=NOUN-plural",
        "shead=official",
        "sside=before",
        "type=indirect",
        "order=after",
        "chead=come",
        "mark=that",
        "finite=True",
        "nested=no",
    } <= set(found)
    assert "rule=hand&lemma=add" in found
    assert "lemma=add&mark=that" in found
    assert len(set(found)) == len(found)


def test_the_candidate_around_is_described() -> None:
    outer = build_candidate(
        ADDED, cue="Officials", source="Officials", content="added that rain comes"
    )
    found = features(ADDED, CANDIDATE, outer)
    assert {"nested=in-plain", "outerlemma=official", "outersame=True"} <= set(found)


def test_a_candidate_without_source_says_so() -> None:
    nobody = build_candidate(ADDED, cue="added", content="rain comes")
    assert "skind=none" in features(ADDED, nobody, None)


def test_signals_compare_the_tagger_with_the_rules() -> None:
    tagged = build_tagged(ADDED, CANDIDATE, cue="added", source="Officials", content="rain comes")
    known = signals(ADDED, TaggedCandidate(CANDIDATE, 0, CANDIDATE, tagged), 3.0)
    assert known["ruled"] == pytest.approx(0.5)
    assert known["content"] == pytest.approx(0.99)
    assert known["content agreed"] == known["source agreed"] == 1.0
    assert known["content left out"] == pytest.approx(0.01)
    new = signals(ADDED, TaggedCandidate(CANDIDATE, None, None, tagged), 0.0)
    assert new["new"] == 1.0
    assert "content agreed" not in new
    assert signals(ADDED, TaggedCandidate(CANDIDATE, 0, CANDIDATE, None), 3.0) == {}
