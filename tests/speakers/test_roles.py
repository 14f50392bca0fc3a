"""Roles beside a name, on sentences built by hand."""

from __future__ import annotations

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.records import EntityKind
from quotes.speakers import mentions
from quotes.speakers.roles import predicated_offices, roles_of
from tests.builders import ENGLISH, analysis_of, build_document

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


WITH_COMPLEMENT = """
Director director NOUN  9 nsubj
of       of       ADP   4 case
the      the      DET   4 det
lamps    lamp     NOUN  1 nmod Number=Plur
of       of       ADP   6 case
Oslo     Oslo     PROPN 4 nmod
Anna     Anna     PROPN 1 appos
Roe      Roe      PROPN 7 flat
left     leave    VERB  0 root
"""
UNLISTED_BEFORE = """
lamplighter lamplighter NOUN  3 compound
Anna        Anna        PROPN 3 compound
Roe         Roe         PROPN 4 nsubj
left        leave       VERB  0 root
"""
UNLISTED_APPOSED = APPOSED.replace("director director", "lamplighter lamplighter")
ORGANIZATION_BETWEEN = """
The       the       DET   2 det
secretary secretary NOUN  9 nsubj
,         ,         PUNCT 5 punct
Harbour   Harbour   PROPN 5 compound
Fund      Fund      PROPN 2 appos
,         ,         PUNCT 8 punct
Anna      Anna      PROPN 8 compound
Roe       Roe       PROPN 2 appos
left      leave     VERB  0 root
"""
AFTER_AGE_AND_BRACKET = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 14 nsubj
,        ,        PUNCT 4 punct
45       45       NUM   2 nummod
,        ,        PUNCT 6 punct
director director NOUN  2 appos
of       of       ADP   9 case
Harbour  Harbour  PROPN 9 compound
Fund     Fund     PROPN 6 nmod
(        (        PUNCT 11 punct
HF       HF       PROPN 9 appos
)        )        PUNCT 11 punct
,        ,        PUNCT 2 punct
left     leave    VERB  0 root
"""
LEADS = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 9 nsubj
,        ,        PUNCT 5 punct
who      who      PRON  5 nsubj PronType=Rel
chairs   chair    VERB  2 acl:relcl
the      the      DET   7 det
council  council  NOUN  5 obj
,        ,        PUNCT 2 punct
left     leave    VERB  0 root
"""
WORKS_AS = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 3 nsubj
works    work     VERB  0 root
as       as       ADP   6 case
a        a        DET   6 det
nurse    nurse    NOUN  3 obl
"""
BELONGS = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 7 nsubj
of       of       ADP   6 case
the      the      DET   6 det
Harbour  Harbour  PROPN 6 compound
Fund     Fund     PROPN 2 nmod
left     leave    VERB  0 root
"""
EVALUATED = """
Anna         Anna        PROPN 2 compound
Roe          Roe         PROPN 9 nsubj
,            ,           PUNCT 7 punct
the          the         DET   7 det
embattled    embattled   ADJ   7 amod
new          new         ADJ   7 amod
director     director    NOUN  2 appos
,            ,           PUNCT 2 punct
left         leave       VERB  0 root
"""
EVALUATED_BY_THE_END = """
Anna         Anna        PROPN 2 compound
Roe          Roe         PROPN 10 nsubj
,            ,           PUNCT 8 punct
the          the         DET   8 det
short        short       ADJ   7 advmod
-            -           PUNCT 7 punct
tempered     tempered    ADJ   8 amod
director     director    NOUN  2 appos
,            ,           PUNCT 2 punct
left         leave       VERB  0 root
"""
RANKED = """
Harbour  harbour  NOUN  2 compound
director director NOUN  5 compound
Dr       Dr       PROPN 5 compound
Anna     Anna     PROPN 5 compound
Roe      Roe      PROPN 6 nsubj
left     leave    VERB  0 root
"""
ONE_OF = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 11 nsubj
,        ,        PUNCT 4 punct
one      one      NUM   2 appos
of       of       ADP   7 case
the      the      DET   7 det
authors  author   NOUN  4 nmod Number=Plur
of       of       ADP   9 case
it       it       PRON  7 nmod
,        ,        PUNCT 2 punct
left     leave    VERB  0 root
"""
REPRESENTING = """
the          the       DET   2 det
lawyer       lawyer    NOUN  9 nsubj
representing represent VERB  5 case VerbForm=Ger
the          the       DET   5 det
guards       guard     NOUN  2 nmod Number=Plur
,            ,         PUNCT 8 punct
Anna         Anna      PROPN 8 compound
Roe          Roe       PROPN 2 appos
left         leave     VERB  0 root
"""
KID = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 6 nsubj
is       be       AUX   6 cop
a        a        DET   6 det
good     good     ADJ   6 amod
kid      kid      NOUN  0 root
"""
MOTHER = (
    KID.replace("kid      kid   ", "mother   mother") + "of of ADP 8 case\ntwo two NUM 6 nmod\n"
)
SUM = """
the      the      DET   4 det
$        $        SYM   4 compound
5        5        NUM   2 nummod
figure   figure   NOUN  7 obj
Anna     Anna     PROPN 6 compound
Roe      Roe      PROPN 7 nsubj
gave     give     VERB  0 root
"""
SUBJECT_AFTER = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 7 obl
,        ,        PUNCT 7 punct
the      the      DET   5 det
director director NOUN  7 nsubj
never    never    ADV   7 advmod
left     leave    VERB  0 root
"""
POSSESSED = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 9 nsubj
,        ,        PUNCT 7 punct
Bob      Bob      PROPN 7 nmod:poss
Doe      Doe      PROPN 4 flat
's       's       PART  4 case
lawyer   lawyer   NOUN  2 appos
,        ,        PUNCT 2 punct
left     leave    VERB  0 root
"""
CLAIM = """
the      the      DET   2 det
rumour   rumour   NOUN  8 nsubj
,        ,        PUNCT 5 punct
Anna     Anna     PROPN 2 appos
Roe      Roe      PROPN 4 flat
revealed reveal   VERB  2 acl:relcl
,        ,        PUNCT 2 punct
failed   fail     VERB  0 root
"""
FIELDS = """
Sports   sport    NOUN  4 compound
and      and      CCONJ 3 cc
Culture  culture  NOUN  4 compound
Minister minister PROPN 6 nmod:desc
Anna     Anna     PROPN 6 compound
Roe      Roe      PROPN 7 nsubj
left     leave    VERB  0 root
"""
UNTIL = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 11 nsubj
,        ,        PUNCT 4 punct
director director NOUN  2 appos
of       of       ADP   6 case
Oslo     Oslo     PROPN 4 nmod
until    until    ADP   9 case
the      the      DET   9 det
strike   strike   NOUN  4 nmod
,        ,        PUNCT 4 punct
left     leave    VERB  0 root
"""
ORGANIZATION_AFTER = """
Anna      Anna      PROPN 2 compound
Roe       Roe       PROPN 8 nsubj
,         ,         PUNCT 4 punct
director  director  NOUN  2 appos
,         ,         PUNCT 7 punct
Harbour   Harbour   PROPN 7 compound
Fund      Fund      PROPN 2 appos
left      leave     VERB  0 root
""".replace("8 nsubj", "9 nsubj").replace("left ", ",    ,   PUNCT 2 punct\nleft ")
HIS = """
his       his       PRON  2 nmod:poss
lawyer    lawyer    NOUN  7 nsubj
,         ,         PUNCT 4 punct
Anna      Anna      PROPN 2 appos
Roe       Roe       PROPN 4 flat
,         ,         PUNCT 4 punct
left      leave     VERB  0 root
"""
WHOSE = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 9 nsubj
,        ,        PUNCT 7 punct
whose    whose    PRON  4 nmod:poss Poss=Yes
mother   mother   NOUN  7 nsubj
is       be       AUX   7 cop
nurse    nurse    NOUN  2 acl:relcl
,        ,        PUNCT 2 punct
left     leave    VERB  0 root
"""
SHARED = """
officers officer NOUN  6 nmod:desc Number=Plur
Bob      Bob     PROPN 6 nsubj
Doe      Doe     PROPN 2 flat
and      and     CCONJ 5 cc
Anna     Anna    PROPN 2 conj
Roe      Roe     PROPN 5 flat
left     leave   VERB  0 root
"""
PARTY = """
Conservative conservative ADJ   2 amod
MP           MP           PROPN 4 nmod:desc
Anna         Anna         PROPN 4 compound
Roe          Roe          PROPN 5 nsubj
left         leave        VERB  0 root
"""
NEW_STATE = """
New       new       ADJ   2 amod
Hampshire Hampshire PROPN 3 compound
governor  governor  NOUN  5 nmod:desc
Anna      Anna      PROPN 5 compound
Roe       Roe       PROPN 6 nsubj
left      leave     VERB  0 root
"""
EMERITUS = """
Oslo     Oslo     PROPN 2 compound
Bishop   bishop   NOUN  5 nmod:desc
Emeritus emeritus PROPN 5 nmod:desc
Anna     Anna     PROPN 5 compound
Roe      Roe      PROPN 6 nsubj
left     leave    VERB  0 root
"""
PEER = """
Oslo     Oslo     PROPN 2 compound
peer     peer     NOUN  5 nmod:desc
Baroness baroness PROPN 5 nmod:desc
Anna     Anna     PROPN 5 compound
Roe      Roe      PROPN 6 nsubj
left     leave    VERB  0 root
"""
FIRST_LADY = """
Former former ADJ   3 amod
First  first  ADJ   3 amod
Lady   lady   PROPN 5 nmod:desc
Anna   Anna   PROPN 5 compound
Roe    Roe    PROPN 6 nsubj
left   leave  VERB  0 root
"""
DEPUTY = """
Deputy deputy NOUN  4 nmod:desc
PM     PM     PROPN 4 nmod:desc
Anna   Anna   PROPN 4 compound
Roe    Roe    PROPN 5 nsubj
left   leave  VERB  0 root
"""
CHARITY = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 8 nsubj
,        ,        PUNCT 6 punct
of       of       ADP   6 case
refugee  refugee  NOUN  6 compound
charity  charity  NOUN  2 nmod
Kelderoo Kelderoo PROPN 6 appos
left     leave    VERB  0 root
""".replace("8 nsubj", "9 nsubj").replace("left ", ",    ,   PUNCT 2 punct\nleft ")
TWO_PEOPLE = """
a        a        DET   2 det
clerk    clerk    NOUN  10 nsubj
and      and      CCONJ 5 cc
the      the      DET   5 det
director director NOUN  2 conj
,        ,        PUNCT 8 punct
Anna     Anna     PROPN 8 compound
Roe      Roe      PROPN 5 appos
,        ,        PUNCT 8 punct
left     leave    VERB  0 root
"""
OPENING_PLACE = """
Kelderoo   Kelderoo   PROPN 6 nsubj
ward       ward       NOUN  3 compound
councillor councillor NOUN  5 nmod:desc
Anna       Anna       PROPN 5 compound
Roe        Roe        PROPN 1 appos
left       leave      VERB  0 root
"""
WELL_KNOWN = """
the       the       DET   6 det
well      well      ADV   4 advmod
-         -         PUNCT 4 punct
known     know      VERB  6 amod
Algerian  Algerian  ADJ   6 amod
lawyer    lawyer    NOUN  8 nmod:desc
Anna      Anna      PROPN 8 compound
Roe       Roe       PROPN 9 nsubj
left      leave     VERB  0 root
"""
ABBREVIATED = """
MMC      MMC      PROPN 4 nmod:desc
for      for      ADP   3 case
Housing  Housing  PROPN 1 nmod
Anna     Anna     PROPN 6 nsubj
Roe      Roe      PROPN 4 flat
left     leave    VERB  0 root
"""
LISTED_WITH_PEOPLE = """
the      the      DET   2 det
director director NOUN  9 nsubj
,        ,        PUNCT 5 punct
Bob      Bob      PROPN 5 compound
Doe      Doe      PROPN 2 conj
and      and      CCONJ 8 cc
Anna     Anna     PROPN 8 compound
Roe      Roe      PROPN 2 conj
left     leave    VERB  0 root
"""
NOW = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 10 nsubj
,        ,        PUNCT 6 punct
now      now      ADV   6 advmod
a        a        DET   6 det
director director NOUN  2 appos
of       of       ADP   8 case
Oslo     Oslo     PROPN 6 nmod
,        ,        PUNCT 6 punct
left     leave    VERB  0 root
"""
FORMERLY = NOW.replace("now      now", "formerly formerly").replace("a        a", "the      the")
FOUNDING = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 8 nsubj
,        ,        PUNCT 2 punct
founding found    VERB  2 amod VerbForm=Ger
managing manage   VERB  6 amod VerbForm=Ger
director director NOUN  4 obj
,        ,        PUNCT 2 punct
left     leave    VERB  0 root
"""
NO_COMMA = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 6 nsubj
former   former   ADJ   4 amod
director director NOUN  2 appos
,        ,        PUNCT 2 punct
left     leave    VERB  0 root
"""
WIFE_AND = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 12 nsubj
,        ,        PUNCT 5 punct
his      his      PRON  5 nmod:poss
wife     wife     NOUN  2 conj
and      and      CCONJ 8 cc
the      the      DET   8 det
director director NOUN  5 conj
of       of       ADP   10 case
Oslo     Oslo     PROPN 8 nmod
,        ,        PUNCT 5 punct
left     leave    VERB  0 root
"""


AT_AN_HOUR = """
Anna  Anna  PROPN 2 compound
Roe   Roe   PROPN 6 nsubj
(     (     PUNCT 4 punct
16:06 16:06 NUM   2 nmod:unmarked
)     )     PUNCT 4 punct
spoke speak VERB  0 root
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
        (WITH_COMPLEMENT, ["Director of the lamps of Oslo"]),
        (UNLISTED_BEFORE, ["lamplighter"]),
        (UNLISTED_APPOSED, ["lamplighter"]),
        (ORGANIZATION_BETWEEN, ["secretary, Harbour Fund"]),
        (AFTER_AGE_AND_BRACKET, ["director of Harbour Fund"]),
        (LEADS, ["chairs the council"]),
        (WORKS_AS, ["nurse"]),
        (BELONGS, ["of the Harbour Fund"]),
        (EVALUATED, ["director"]),
        (EVALUATED_BY_THE_END, ["director"]),
        (RANKED, ["Harbour director"]),
        (ONE_OF, ["one of the authors of it"]),
        (REPRESENTING, ["lawyer representing the guards"]),
        (KID, []),
        (MOTHER, ["good mother of two"]),
        (SUM, []),
        (SUBJECT_AFTER, []),
        (LISTED_WITH_PEOPLE, []),
        (POSSESSED, ["Bob Doe's lawyer"]),
        (CLAIM, []),
        (FIELDS, ["Sports and Culture Minister"]),
        (UNTIL, ["director of Oslo"]),
        (ORGANIZATION_AFTER, ["director, Harbour Fund"]),
        (HIS, ["lawyer"]),
        (WHOSE, []),
        (SHARED, ["officers"]),
        (PARTY, ["Conservative MP"]),
        (NEW_STATE, ["New Hampshire governor"]),
        (EMERITUS, ["Oslo Bishop Emeritus"]),
        (PEER, ["Oslo peer"]),
        (FIRST_LADY, ["Former First Lady"]),
        (DEPUTY, ["Deputy PM"]),
        (CHARITY, ["of refugee charity Kelderoo"]),
        (TWO_PEOPLE, ["director"]),
        (WELL_KNOWN, ["Algerian lawyer"]),
        (OPENING_PLACE, ["Kelderoo ward councillor"]),
        (ABBREVIATED, ["MMC for Housing"]),
        (NOW, ["director of Oslo"]),
        (FORMERLY, ["formerly the director of Oslo"]),
        (WIFE_AND, ["director of Oslo"]),
        (NO_COMMA, ["former director"]),
        (FOUNDING, ["founding managing director"]),
    ],
    ids=[
        "before",
        "after",
        "apposed",
        "predicated",
        "denied",
        "form of address",
        "before, with complements",
        "before, a noun of no list",
        "apposed, a noun of no list",
        "an organization between",
        "after an age, before a bracket",
        "what she leads",
        "works as",
        "where she belongs",
        "without words of praise or blame",
        "without a word that ends as one of blame",
        "before a rank",
        "one of several",
        "with a participle",
        "no more than a person",
        "a person with a complement",
        "a sum of money",
        "the subject of the verb that follows",
        "others in a list",
        "somebody else's",
        "a noun of no list before a parenthesis",
        "fields joined by and",
        "a time behind the complement",
        "an organization behind a comma",
        "with a possessive",
        "the role of somebody related",
        "shared by two",
        "an office behind a party",
        "a state that begins with New",
        "a standing behind the noun",
        "before the title of a peer",
        "a title that ends like a form of address",
        "an office behind a standing",
        "an organization behind a noun for it",
        "somebody else before and",
        "well-known",
        "a place that opens the sentence",
        "an office in capitals with a complement",
        "behind an adverb and an article",
        "held before",
        "an office joined to whose wife she is",
        "a former office without a comma",
        "behind two participles",
    ],
)
def test_a_role_stands_before_or_after_a_name_or_in_a_sentence_of_its_own(
    table: str, roles: list[str]
) -> None:
    names: dict[str, EntityKind] = {"Anna Roe": "PER", "Harbour Fund": "ORG", "Bob Doe": "PER"}
    known = {name: kind for name, kind in names.items() if name.split()[1] in table}
    document, parse = build_document(table, entities=known)
    found = mentions(analysis_of(document, parse))
    (name,) = [m for m in found if m.span.of(document.text) == "Anna Roe"]
    given = roles_of(parse.sentences[0], name, found, LEXICON)
    assert [role.span.of(document.text) for role in given] == roles


RELATIVE = """
Roads    road     NOUN  0 root
in       in       ADP   3 case
Oslo     Oslo     PROPN 1 nmod
,        ,        PUNCT 5 punct
Anna     Anna     PROPN 12 nsubj
Roe      Roe      PROPN 5 flat
who      who      PRON  10 nsubj PronType=Rel
is       be       AUX   10 cop
the      the      DET   10 det
head     head     NOUN  1 acl:relcl
of       of       ADP   12 case
works    work     NOUN  10 nmod
"""
BRACKET = """
The      the      DET   2 det
director director NOUN  0 root
of       of       ADP   5 case
Harbour  harbour  PROPN 5 compound
Fund     fund     PROPN 2 nmod
(        (        PUNCT 7 punct
HF       HF       PROPN 5 appos
)        )        PUNCT 7 punct
Anna     Anna     PROPN 2 appos
Roe      Roe      PROPN 9 flat
"""
ONE_OF = """
Anna     Anna     PROPN 0 root
Roe      Roe      PROPN 1 flat
,        ,        PUNCT 4 punct
one      one      NUM   1 appos
of       of       ADP   8 case
the      the      DET   8 det
six      six      NUM   8 nummod
MPs      mp       NOUN  4 nmod Number=Plur
,        ,        PUNCT 4 punct
"""
DESIGNATE = """
Harbour   harbour   PROPN 3 compound
Chief     chief     PROPN 3 compound
Executive executive ADJ   6 compound
and       and       CCONJ 5 cc
Chairman  chairman  PROPN 3 conj
designate designate NOUN  10 nsubj
,         ,         PUNCT 7 punct
Anna      Anna      PROPN 10 nsubj
Roe       Roe       PROPN 8 flat
left      leave     VERB  0 root
"""


@pytest.mark.parametrize(
    ("table", "role"),
    [
        (RELATIVE, "head of works"),  # whatever the parser hangs the clause on
        (RELATIVE.replace("head     head  ", "friend   friend"), None),
        (BRACKET, "director of Harbour Fund (HF)"),
        (ONE_OF, "one of the six MPs"),
        (DESIGNATE, "Harbour Chief Executive and Chairman designate"),
    ],
)
def test_a_role_is_read_where_the_tree_or_a_bracket_hides_it(table: str, role: str | None) -> None:
    names: dict[str, EntityKind] = {"Anna Roe": "PER"}
    if "Fund" in table:
        names["Harbour Fund"] = "ORG"
    document, parse = build_document(table, entities=names)
    found = mentions(analysis_of(document, parse))
    (name,) = [m for m in found if m.span.of(document.text) == "Anna Roe"]
    given = roles_of(parse.sentences[0], name, found, LEXICON)
    assert [r.span.of(document.text) for r in given] == ([role] if role else [])


@pytest.mark.parametrize(
    ("table", "offices"),
    [
        (
            """
            She     she     PRON 4 nsubj
            is      be      AUX  4 cop
            a       a       DET  4 det
            teacher teacher NOUN 0 root
            """,
            ["teacher"],
        ),
        (
            """
            She     she     PRON 3 nsubj
            has     have    AUX  3 aux
            served  serve   VERB 0 root
            as      as      ADP  6 case
            a       a       DET  6 det
            teacher teacher NOUN 3 obl
            """,
            ["teacher"],
        ),
        (
            """
            She     she     PRON 5 nsubj
            would   would   AUX  5 aux
            be      be      AUX  5 cop
            a       a       DET  5 det
            teacher teacher NOUN 0 root
            """,
            [],
        ),
    ],
)
def test_a_pronoun_is_said_to_have_an_office(table: str, offices: list[str]) -> None:
    document, parse = build_document(table)
    found = mentions(analysis_of(document, parse))
    (she,) = [mention for mention in found if mention.is_pronoun]
    given = predicated_offices(parse.sentences[0], she, found, LEXICON)
    assert [role.span.of(document.text) for role in given] == offices


def test_a_word_of_praise_opens_no_role() -> None:
    table = """
        Anna          Anna        PROPN 2 compound
        Roe           Roe         PROPN 9 nsubj
        ,             ,           PUNCT 4 punct
        distinguished distinguish VERB  2 parataxis
        fellow        fellow      NOUN  4 obj
        of            of          ADP   7 case
        Oslo          Oslo        PROPN 5 nmod
        ,             ,           PUNCT 2 punct
        left          leave       VERB  0 root
    """
    document, parse = build_document(table, entities={"Anna Roe": "PER", "Oslo": "LOC"})
    found = mentions(analysis_of(document, parse))
    (name,) = [mention for mention in found if mention.span.of(document.text) == "Anna Roe"]
    given = roles_of(parse.sentences[0], name, found, LEXICON)
    assert [role.span.of(document.text) for role in given] == ["fellow of Oslo"]


def test_an_hour_in_brackets_is_no_role() -> None:
    document, parse = build_document(AT_AN_HOUR, entities={"Anna Roe": "PER"})
    found = mentions(analysis_of(document, parse))
    assert roles_of(parse.sentences[0], found[0], found, LEXICON) == ()


def test_the_noun_of_an_age_is_the_whole_of_it() -> None:
    table = """
        Anna Anna PROPN 2 compound
        Roe  Roe  PROPN 14 nsubj
        ,    ,    PUNCT 9 punct
        a    a    DET   9 det
        27   27   NUM   7 nummod
        -    -    PUNCT 5 punct
        year year NOUN  9 compound
        -    -    PUNCT 5 punct
        old  old  NOUN  2 appos
        from from ADP   11 case
        Oslo Oslo PROPN 9 nmod
        ,    ,    PUNCT 2 punct
        has  have AUX   14 aux
        left leave VERB 0 root
    """
    document, parse = build_document(table, entities={"Anna Roe": "PER", "Oslo": "LOC"})
    found = mentions(analysis_of(document, parse))
    (name,) = [mention for mention in found if mention.span.of(document.text) == "Anna Roe"]
    (given,) = roles_of(parse.sentences[0], name, found, LEXICON)
    assert (given.noun, given.sort) == ("year-old", "person")


def test_a_noun_of_no_list_joined_to_an_office_is_a_part_of_the_role() -> None:
    table = """
        Personal    personal    ADJ   2 amod
        trainer     trainer     NOUN  8 nsubj
        and         and         CCONJ 5 cc
        media       media       NOUN  5 compound
        personality personality NOUN  2 conj
        Anna        Anna        PROPN 8 nsubj
        Roe         Roe         PROPN 6 flat
        left        leave       VERB  0 root
    """
    document, parse = build_document(table, entities={"Anna Roe": "PER"})
    found = mentions(analysis_of(document, parse))
    (name,) = [mention for mention in found if mention.span.of(document.text) == "Anna Roe"]
    (given,) = roles_of(parse.sentences[0], name, found, LEXICON)
    assert given.span.of(document.text) == "Personal trainer and media personality"


@pytest.mark.parametrize(
    ("article", "role"),
    [("The the DET 2 det", "singer, writer and coach"), ("His his PRON 2 nmod:poss Poss=Yes", "")],
)
def test_a_list_of_offices_before_a_name_is_one_role(article: str, role: str) -> None:
    table = f"""
        {article}
        singer singer NOUN  9 nsubj
        ,      ,      PUNCT 4 punct
        writer writer NOUN  2 conj
        and    and    CCONJ 6 cc
        coach  coach  NOUN  7 nmod:desc
        Anna   Anna   PROPN 2 conj
        Roe    Roe    PROPN 7 flat
        left   leave  VERB  0 root
    """
    text = f"{article.split()[0]} singer, writer and coach Anna Roe left"
    document, parse = build_document(table, text=text, entities={"Anna Roe": "PER"})
    found = mentions(analysis_of(document, parse))
    (name,) = [mention for mention in found if mention.span.of(document.text) == "Anna Roe"]
    (given, *_) = roles_of(parse.sentences[0], name, found, LEXICON)
    assert given.span.of(document.text) == (role or "coach")
