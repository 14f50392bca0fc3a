"""The evidence of the tree, on sentences built by hand."""

from __future__ import annotations

from quotes.records import EntityKind
from quotes.speakers import DocumentEntities
from quotes.speakers.antecedent_syntax import clauses_around, tree_evidence
from quotes.speakers.resolution import read_discourse
from tests.builders import build_analysis


def evidence(table: str, name: str) -> dict[str, float]:
    """Return what the tree tells of the last pronoun of a text and of a name."""
    entities: dict[str, EntityKind] = {"Roe": "PER", "Park": "PER"}
    analysis = build_analysis(table, entities=entities)
    discourse, _, _ = read_discourse(analysis, (), DocumentEntities())
    text = discourse.document.text
    pronoun = [m for m in discourse.mentions if m.is_pronoun][-1]
    other = next(m for m in discourse.mentions if m.span.of(text) == name)
    return tree_evidence(discourse, pronoun, other)


APPOINTED = """
    Roe       Roe     PROPN 2 nsubj
    appointed appoint VERB  0 root
    Park      Park    PROPN 2 obj
    as        as      ADP   6 case
    his       he      PRON  6 nmod:poss
    deputy    deputy  NOUN  2 obl
"""
REPORTED = """
    Roe   Roe   PROPN 2 nsubj
    told  tell  VERB  0 root
    Park  Park  PROPN 2 obj
    that  that  SCONJ 6 mark
    she   she   PRON  6 nsubj
    won   win   VERB  2 ccomp
"""
OWNER = """
    Park  Park  PROPN 5 nsubj
    ,     ,     PUNCT 4 punct
    who   who   PRON  4 nsubj
    lost  lose  VERB  1 acl:relcl
    wept  weep  VERB  0 root
    ,     ,     PUNCT 8 punct
    Roe   Roe   PROPN 8 nsubj
    said  say   VERB  5 parataxis
    of    of    ADP   11 case
    her   she   PRON  11 nmod:poss
    boat  boat  NOUN  8 obl
"""


def test_a_possessive_in_the_clause_of_its_subject() -> None:
    found = evidence(APPOINTED, "Roe")
    assert (found["in same clause"], found["same clause, possessive"]) == (1.0, 1.0)
    assert evidence(APPOINTED, "Park")["same clause, possessive"] == 0.0
    assert found["is possessive"] == 1.0


def test_the_subject_of_the_clause_around() -> None:
    found, other = evidence(REPORTED, "Roe"), evidence(REPORTED, "Park")
    assert (found["clauses up"], found["in next clause around, subject"]) == (1.0, 1.0)
    assert (other["in clause around"], other["in clause around, subject"]) == (1.0, 0.0)
    assert other["words between"] < found["words between"]


def test_a_clause_beside_is_not_around() -> None:
    found = evidence(OWNER, "Park")
    assert found["in clause around"] == 1.0
    assert found["in next clause around, subject"] == 1.0
    assert evidence(OWNER, "Roe")["in same clause"] == 1.0


def test_mentions_of_two_sentences_have_no_clause_in_common() -> None:
    table = f"{REPORTED}\n    He he PRON 2 nsubj\n    left leave VERB 0 root\n"
    found = evidence(table, "Roe")
    assert "in clause around" not in found
    assert (found["deep"], found["first word"]) == (0.0, 1.0)


def test_clauses_around_a_word_begin_with_the_innermost() -> None:
    sentence = build_analysis(REPORTED).parse.sentences[0]
    assert clauses_around(sentence, 4) == (5, 1)
    assert clauses_around(sentence, 1) == ()
