"""The subject of a verb that the tree does not name directly."""

from __future__ import annotations

import pytest

from quotes.attribution.subjects import adjacent_noun_phrase, shared_subject
from tests.builders import build_analysis

JOINED = """
Park   Park   PROPN 2 nsubj
stood  stand  VERB  0 root VerbForm=Fin
up     up     ADV   2 advmod
and    and    CCONJ 5 cc
said   say    VERB  2 conj VerbForm=Fin
so     so     ADV   5 advmod
"""
DESCRIBED = """
critics critic NOUN  0 root
saying  say    VERB  1 acl  VerbForm=Ger
so      so     ADV   2 advmod
"""
PAST = """
Praise praise NOUN 3 nsubj
voiced voice  VERB 1 acl  VerbForm=Part|Tense=Past
grew   grow   VERB 0 root
"""
CUT_OFF = """
Park   Park   PROPN 2 nsubj
left   leave  VERB  0 root

saying say    VERB  0 root VerbForm=Ger
so     so     ADV   1 advmod
"""


@pytest.mark.parametrize(
    ("table", "verb", "subject"),
    [(JOINED, 4, 0), (DESCRIBED, 1, 0), (PAST, 1, None), (CUT_OFF, 2, 0), (JOINED, 1, None)],
)
def test_a_verb_shares_the_subject_of_what_it_hangs_on(
    table: str, verb: int, subject: int | None
) -> None:
    assert shared_subject(build_analysis(table), verb) == subject


def test_a_noun_phrase_beside_the_cue_counts_outside_of_marks_only() -> None:
    analysis = build_analysis(
        """
        “        “        PUNCT 3 punct
        Adams    Adams    PROPN 3 nsubj
        left     leave    VERB  6 ccomp
        ,        ,        PUNCT 3 punct
        ”        ”        PUNCT 3 punct
        said     say      VERB  0 root
        the      the      DET   8 det
        ministry ministry NOUN  6 obj
        """
    )
    assert adjacent_noun_phrase(analysis, 5) == 7
    assert adjacent_noun_phrase(analysis, 2) == 1
    alone = build_analysis(
        "Adams Adams PROPN 3 nsubj\nnever never ADV 3 advmod\nsaid say VERB 0 root"
    )
    assert adjacent_noun_phrase(alone, 2) is None
