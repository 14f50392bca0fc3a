"""How the words of a cue put what is said."""

from __future__ import annotations

import pytest

from quotes.attribution.candidates import attribution_words
from quotes.attribution.factuality import factuality_of
from tests.builders import ENGLISH, build_analysis

SAID = "Park Park PROPN 2 nsubj\nsaid say VERB 0 root\nso so ADV 2 advmod"
DENIED = "Park Park PROPN 2 nsubj\ndenied deny VERB 0 root\nit it PRON 2 obj"
DID_NOT = "She she PRON 4 nsubj\ndid do AUX 4 aux\nnot not PART 4 advmod\nsay say VERB 0 root"
DECLINED = (
    "She she PRON 2 nsubj\ndeclined decline VERB 0 root\nto to PART 4 mark\nsay say VERB 2 xcomp"
)
MIGHT = "She she PRON 3 nsubj\nmight might AUX 3 aux\nsay say VERB 0 root"
HEARD = (
    "She she PRON 4 nsubj:pass\ncould can AUX 4 aux\nbe be AUX 4 aux:pass\n"
    "heard hear VERB 0 root\nsaying say VERB 4 xcomp"
)
ASKED = "Park Park PROPN 2 nsubj\nasked ask VERB 0 root\nwhy why ADV 2 advmod"


@pytest.mark.parametrize(
    ("table", "anchor", "group", "wanted"),
    [
        (SAID, 1, {1}, "said"),
        (DENIED, 1, {1}, "denied"),
        (DID_NOT, 3, {1, 2, 3}, "not_said"),
        (DECLINED, 3, {1, 2, 3}, "not_said"),
        (MIGHT, 2, {1, 2}, "hypothetical"),
        (HEARD, 4, {1, 2, 3, 4}, "said"),
        (ASKED, 1, {1}, "said"),
    ],
)
def test_the_words_of_the_cue_tell(table: str, anchor: int, group: set[int], wanted: str) -> None:
    words = attribution_words(ENGLISH)
    assert factuality_of(build_analysis(table), anchor, frozenset(group), words) == wanted


def test_a_question_needs_a_rule_that_allows_for_it() -> None:
    words = attribution_words(ENGLISH)
    found = factuality_of(build_analysis(ASKED), 1, frozenset({1}), words, asking=True)
    assert found == "question"
