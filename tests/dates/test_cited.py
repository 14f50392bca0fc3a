"""Times beside a source or a cue, wherever the tree has them."""

from __future__ import annotations

from quotes.dates.cited import of_cited, of_quotation
from quotes.dates.sayings import Saying
from quotes.dates.time_words import load_time_words
from tests.builders import ENGLISH, build_analysis

WORDS = load_time_words(ENGLISH)
CITED = """
According accord    VERB  3 case
to        to        ADP   1 fixed
officials official  NOUN  9 obl Number=Plur
on        on        ADP   5 case
Saturday  Saturday  PROPN 9 obl
,         ,         PUNCT 3 punct
the       the       DET   8 det
bridge    bridge    NOUN  9 nsubj
closed    close     VERB  0 root
"""
RELATED = """
According accord    VERB  3 case
to        to        ADP   1 fixed
officials official  NOUN  9 obl Number=Plur
who       who       PRON  5 nsubj PronType=Rel
met       meet      VERB  3 acl:relcl
Saturday  Saturday  PROPN 5 obl
,         ,         PUNCT 3 punct
it        it        PRON  9 nsubj
closed    close     VERB  0 root
"""
LISTENER = """
"       "       PUNCT 4 punct
We      we      PRON  4 nsubj
will    will    AUX   4 aux
stay    stay    VERB  7 ccomp
"       "       PUNCT 4 punct
she     she     PRON  7 nsubj
told    tell    VERB  0 root
them    they    PRON  7 obj
on      on      ADP   10 case
Tuesday Tuesday PROPN 4 obl
"""


def saying(cue: set[int], source: int, content: range) -> Saying:
    return Saying(frozenset(cue), frozenset(content), frozenset({source}), ())


def test_a_day_beside_a_cited_source_is_that_of_the_saying() -> None:
    (found,) = of_cited(build_analysis(CITED), 0, saying({0, 1}, 2, range(6, 9)), WORDS)
    assert found.words == frozenset({3, 4})
    assert found.occasion
    assert found.outside


def test_a_day_in_a_clause_about_a_cited_source_is_another() -> None:
    assert of_cited(build_analysis(RELATED), 0, saying({0, 1}, 2, range(7, 9)), WORDS) == []


def test_a_day_behind_the_cue_belongs_to_no_word_inside_the_quotation() -> None:
    analysis = build_analysis(LISTENER)
    (found,) = of_quotation(analysis, saying({6}, 5, range(1, 4)), WORDS)
    assert found.words == frozenset({8, 9})


def test_without_marks_the_tree_is_believed() -> None:
    analysis = build_analysis(LISTENER.replace('"       "      ', "-       -      "))
    assert of_quotation(analysis, saying({6}, 5, range(1, 4)), WORDS) == []
