"""Roles beside a name, on sentences built by hand."""

from __future__ import annotations

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.speakers import mentions
from quotes.speakers.roles import complement_end, roles_of
from tests.builders import ENGLISH, analysis_of, build_document, build_sentence

LEXICON = load_lexicon(ENGLISH)

BEFORE = """
Harbour  harbour  NOUN  2 compound
director director NOUN  4 compound
Anna     Anna     PROPN 4 compound
Roe      Roe      PROPN 5 nsubj
left     leave    VERB  0 root
"""
AFTER = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 9 nsubj
,        ,        PUNCT 5 punct
the      the      DET   5 det
director director NOUN  2 appos
of       of       ADP   7 case
Oslo     Oslo     PROPN 5 nmod
,        ,        PUNCT 5 punct
left     leave    VERB  0 root
"""
APPOSED = """
The      the      DET   2 det
director director NOUN  7 nsubj
,        ,        PUNCT 5 punct
Anna     Anna     PROPN 5 compound
Roe      Roe      PROPN 2 appos
,        ,        PUNCT 5 punct
left     leave    VERB  0 root
"""
PREDICATED = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 5 nsubj
is       be       AUX   5 cop
the      the      DET   5 det
director director NOUN  0 root
of       of       ADP   7 case
Oslo     Oslo     PROPN 5 nmod
"""
DENIED = PREDICATED.replace(
    "the      the      DET   5 det", "not      not      PART  5 advmod Polarity=Neg"
)
ADDRESSED = """
Mrs.     Mrs.     PROPN 3 compound
Anna     Anna     PROPN 3 compound
Roe      Roe      PROPN 4 nsubj
left     leave    VERB  0 root
"""


@pytest.mark.parametrize(
    ("table", "roles"),
    [
        (BEFORE, ["Harbour director"]),
        (AFTER, ["director of Oslo"]),
        (APPOSED, ["director"]),
        (PREDICATED, ["director of Oslo"]),
        (DENIED, []),
        (ADDRESSED, []),
    ],
    ids=["before", "after", "apposed", "predicated", "denied", "form of address"],
)
def test_a_role_stands_before_or_after_a_name_or_in_a_sentence_of_its_own(
    table: str, roles: list[str]
) -> None:
    document, parse = build_document(table, entities={"Anna Roe": "PER"})
    (name,) = [m for m in mentions(analysis_of(document, parse)) if m.entity == "PER"]
    found = roles_of(parse.sentences[0], name, LEXICON)
    assert [role.span.of(document.text) for role in found] == roles


def test_a_complement_ends_before_a_comma_and_a_relative_clause() -> None:
    sentence = build_sentence(AFTER)
    assert complement_end(sentence, 5, LEXICON) == 7
    assert complement_end(sentence, 2, LEXICON) == 2
