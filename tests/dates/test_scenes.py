"""The time of a saying that another clause or sentence tells."""

from __future__ import annotations

import pytest

from quotes.analysis import Analysis
from quotes.dates.sayings import Saying
from quotes.dates.scenes import scene_times
from quotes.dates.time_words import load_time_words
from tests.builders import ENGLISH, build_analysis

WORDS = load_time_words(ENGLISH)
RALLY = """
    {who}    {who}    {upos} 2 nsubj {feats}
    {verb}   {lemma}  VERB  0 root VerbForm=Fin|Tense=Past
    on       on       ADP   4 case
    Saturday Saturday PROPN 2 obl
    .        .        PUNCT 2 punct

    “        “        PUNCT 3 punct
    We       we       PRON  3 nsubj
    stay     stay     VERB  6 ccomp
    ”        ”        PUNCT 3 punct
    {she}    {she}    {form} 6 nsubj {agrees}
    said     say      VERB  0 root VerbForm=Fin|Tense=Past
    .        .        PUNCT 6 punct
    """


def times(analysis: Analysis, saying: Saying, *others: Saying) -> list[str]:
    found = scene_times(analysis, saying, (saying, *others), WORDS)
    return [" ".join(analysis.words[n].form for n in sorted(a.words)) for a in found]


def said(cue: int, source: int, *content: int) -> Saying:
    return Saying(frozenset({cue}), frozenset(content), frozenset({source}), ())


@pytest.mark.parametrize(
    ("who", "verb", "lemma", "she", "expected"),
    [
        ("mayor", "spoke", "speak", "she", ["on Saturday"]),
        ("mayor", "swam", "swim", "she", []),  # no sentence about speaking
        ("Park", "spoke", "speak", "Park", ["on Saturday"]),
        ("Park", "spoke", "speak", "Lund", []),
    ],
)
def test_the_sentence_before_may_tell_of_the_speaking(
    who: str, verb: str, lemma: str, she: str, expected: list[str]
) -> None:
    analysis = build_analysis(
        RALLY.format(
            who=who,
            upos="PROPN" if who[0].isupper() else "NOUN",
            feats="Number=Sing",
            verb=verb,
            lemma=lemma,
            she=she,
            form="PRON" if she == "she" else "PROPN",
            agrees="Number=Sing|Person=3" if she == "she" else "Number=Sing",
        )
    )
    assert times(analysis, said(10, 9, 6, 7)) == expected
    assert times(analysis, said(10, 9, 6, 7), said(1, 0)) == []  # it attributes something itself


JOINED = build_analysis(
    """
    Park     Park     PROPN 2 nsubj
    said     say      VERB  0 root VerbForm=Fin|Tense=Past
    on       on       ADP   4 case
    Monday   Monday   PROPN 2 obl
    it       it       PRON  6 nsubj
    rained   rain     VERB  2 ccomp
    and      and      CCONJ 8 cc
    called   call     VERB  6 conj VerbForm=Fin|Tense=Past
    it       it       PRON  8 obj
    awful    awful    ADJ   8 xcomp
    """
)


def test_cues_of_one_source_in_a_sentence_share_their_time() -> None:
    first, second = said(1, 0, 4, 5), said(7, 0, 8, 9)
    assert times(JOINED, second, first) == ["on Monday"]
    assert times(JOINED, said(7, 4, 8, 9), first) == []  # another source


def test_a_day_right_behind_the_cue_belongs_to_it() -> None:
    analysis = build_analysis(
        """
        Park    Park    PROPN 2 nsubj
        said    say     VERB  0 root VerbForm=Fin|Tense=Past
        late    late    ADJ   4 amod
        Sunday  Sunday  PROPN {head} {label}
        {case}
        it      it      PRON  6 nsubj
        rained  rain    VERB  2 ccomp
        """.format(head=6, label="obl:unmarked", case="now now ADV 6 advmod")
    )
    assert times(analysis, said(1, 0, 4, 5, 6)) == ["late Sunday"]
    assert times(analysis, said(1, 0, 2, 3, 4, 5, 6)) == []  # part of what is said
