"""The phrase of a source taken apart, on sentences built by hand."""

from __future__ import annotations

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.records import EntityKind, Span
from quotes.speakers.mentions import by_sentence, mentions
from quotes.speakers.source_phrases import Source, find_source
from tests.builders import ENGLISH, analysis_of, build_document

LEXICON = load_lexicon(ENGLISH)


def source_of(table: str, phrase: str, **entities: EntityKind) -> Source | None:
    """Take apart the source that is printed as `phrase`."""
    tagged = {name.replace("_", " "): kind for name, kind in entities.items()}
    document, parse = build_document(table, entities=tagged)
    found = mentions(analysis_of(document, parse))
    at = document.text.index(phrase)
    spans = (Span(at, at + len(phrase)),)
    return find_source(document, parse, found, by_sentence(found), spans, LEXICON)


TITLED = """
the         the         DET   2 det
spokeswoman spokeswoman NOUN  4 compound
Anna        Anna        PROPN 4 compound
Roe         Roe         PROPN 5 nsubj
said        say         VERB  0 root
"""
APPOSED = """
a           a           DET   2 det
spokeswoman spokeswoman NOUN  7 nsubj
,           ,           PUNCT 5 punct
Anna        Anna        PROPN 5 compound
Roe         Roe         PROPN 2 appos
,           ,           PUNCT 2 punct
said        say         VERB  0 root
"""
LAWYER = """
Anna   Anna   PROPN 2 compound
Roe    Roe    PROPN 4 nmod:poss
's     's     PART  2 case
lawyer lawyer NOUN  5 nsubj
said   say    VERB  0 root
"""
JOINED = """
Anna   Anna   PROPN 2 compound
Roe    Roe    PROPN 6 nsubj
and    and    CCONJ 5 cc
her    she    PRON  5 nmod:poss Poss=Yes
lawyer lawyer NOUN  2 conj
said   say    VERB  0 root
"""
SENATORS = """
two       two      NUM  2 nummod
senators  senator  NOUN 3 nsubj Number=Plur
said      say      VERB 0 root
"""
PRONOUN = """
she  she PRON 2 nsubj
said say VERB 0 root
"""
MINISTER = """
the      the      DET  2 det
minister minister NOUN 6 nsubj
who      who      PRON 4 nsubj PronType=Rel
resigned resign   VERB 2 acl:relcl
,        ,        PUNCT 2 punct
said     say      VERB 0 root
"""


@pytest.mark.parametrize(
    ("table", "phrase"),
    [(TITLED, "the spokeswoman Anna Roe"), (APPOSED, "a spokeswoman, Anna Roe")],
)
def test_a_name_at_the_head_of_the_phrase_is_the_source(table: str, phrase: str) -> None:
    source = source_of(table, phrase, Anna_Roe="PER")
    assert source is not None
    assert source.mention is not None
    assert (source.kind, source.several) == ("person", False)


def test_a_name_that_somebody_belongs_to_is_not_the_source() -> None:
    source = source_of(LAWYER, "Anna Roe's lawyer", Anna_Roe="PER")
    assert source is not None
    assert (source.noun, source.possessor, source.definite) == ("lawyer", "Anna Roe", "possessive")


def test_two_speakers_joined_are_several() -> None:
    source = source_of(JOINED, "Anna Roe and her lawyer", Anna_Roe="PER")
    assert source is not None
    assert source.several
    assert source.text == "Anna Roe and her lawyer"


def test_a_number_of_senators_has_no_names() -> None:
    source = source_of(SENATORS, "two senators")
    assert source is not None
    assert (source.kind, source.number, source.withheld) == ("group", "plur", True)


def test_a_pronoun_is_a_mention_without_a_noun() -> None:
    source = source_of(PRONOUN, "she")
    assert source is not None
    assert (source.mention, source.noun) == (0, "")


BIOLOGIST = """
Anna      Anna      PROPN 2 compound
Roe       Roe       PROPN 9 nsubj
,         ,         PUNCT 5 punct
a         a         DET   5 det
biologist biologist NOUN  2 appos
and       and       CCONJ 7 cc
diver     diver     NOUN  5 conj
,         ,         PUNCT 2 punct
said      say       VERB  0 root
"""
LAMPLIGHTER = """
the         the         DET   2 det
lamplighter lamplighter NOUN  7 nsubj
,           ,           PUNCT 5 punct
Anna        Anna        PROPN 5 compound
Roe         Roe         PROPN 2 appos
,           ,           PUNCT 2 punct
said        say         VERB  0 root
"""
HERSELF = """
Anna    Anna    PROPN 2 compound
Roe     Roe     PROPN 5 nsubj
herself herself PRON  2 nmod:unmarked
never   never   ADV   5 advmod
said    say     VERB  0 root
"""
LATE = """
officials official NOUN  4 nsubj Number=Plur
on        on       ADP   3 case
Friday    Friday   PROPN 1 nmod
said      say      VERB  0 root
"""
REPRESENTING = """
the          the       DET   2 det
lawyer       lawyer    NOUN  6 nsubj
representing represent VERB  5 case VerbForm=Ger
Harbour      Harbour   PROPN 5 compound
Fund         Fund      PROPN 2 nmod
said         say       VERB  0 root
"""
PARTY_MEMBER = """
a          a          DET   2 det
Republican Republican NOUN  6 nsubj
,          ,          PUNCT 4 punct
Anna       Anna       PROPN 2 appos
Roe        Roe        PROPN 4 flat
said       say        VERB  0 root
"""
POPULAR = """
the     the     DET   5 det
loud    loud    ADJ   5 amod
and     and     CCONJ 4 cc
popular popular ADJ   2 conj
coach   coach   NOUN  6 nmod:desc
Anna    Anna    PROPN 8 nsubj
Roe     Roe     PROPN 6 flat
said    say     VERB  0 root
"""
DATELINE = """
OSLO  Oslo  PROPN 0 root
—     —     PUNCT 1 punct
The   the   DET   4 det
court court NOUN  5 nsubj
ruled rule  VERB  1 parataxis
"""
ACTIVIST = """
Anna       Anna       PROPN 8 nsubj
Roe        Roe        PROPN 1 flat
,          ,          PUNCT 4 punct
co-founder co-founder NOUN  1 appos
and        and        CCONJ 7 cc
Provea     Provea     PROPN 7 compound
activist   activist   NOUN  4 conj
said       say        VERB  0 root
"""
OLD = """
the  the  DET   6 det
51   51   NUM   4 nummod
-    -    PUNCT 2 punct
year year NOUN  6 compound
-    -    PUNCT 2 punct
old  old  NOUN  7 nsubj
said say  VERB  0 root
"""


@pytest.mark.parametrize(
    ("table", "phrase"),
    [
        (BIOLOGIST, "Anna Roe, a biologist and diver"),
        (LAMPLIGHTER, "the lamplighter, Anna Roe"),
        (LAMPLIGHTER, "the lamplighter"),
        (HERSELF, "Anna Roe herself"),
        (BIOLOGIST, "Roe"),
        (PARTY_MEMBER, "a Republican, Anna Roe"),
        (POPULAR, "the loud and popular coach Anna Roe"),
    ],
    ids=[
        "with and",
        "a noun of no list",
        "behind the source",
        "reflexive",
        "half of a name",
        "the member of a party",
        "behind joined adjectives",
    ],
)
def test_an_apposition_is_no_second_speaker_and_no_other_one(table: str, phrase: str) -> None:
    source = source_of(table, phrase, Anna_Roe="PER")
    assert source is not None
    assert (source.kind, source.several) == ("person", False)


def test_a_time_at_its_end_is_no_part_of_a_source() -> None:
    source = source_of(LATE, "officials on Friday")
    assert source is not None
    assert (source.text, source.kind) == ("officials", "group")


def test_a_dateline_is_no_part_of_a_source() -> None:
    source = source_of(DATELINE, "OSLO — The court", OSLO="LOC")
    assert source is not None
    assert (source.text, source.kind) == ("court", "organization")


def test_a_name_before_another_role_is_no_second_speaker() -> None:
    phrase = "Anna Roe, co-founder and Provea activist"
    source = source_of(ACTIVIST, phrase, Anna_Roe="PER", Provea="PER")
    assert source is not None
    assert (source.kind, source.several) == ("person", False)


def test_whom_somebody_represents_is_not_the_source() -> None:
    source = source_of(REPRESENTING, "the lawyer representing Harbour Fund", Harbour_Fund="ORG")
    assert source is not None
    assert (source.text, source.kind) == ("lawyer representing Harbour Fund", "person")


def test_an_age_stands_for_one_person() -> None:
    source = source_of(OLD, "the 51-year-old")
    assert source is not None
    assert (source.kind, source.noun, source.definite) == ("person", "year-old", "definite")


def test_a_description_is_printed_without_article_and_relative_clause() -> None:
    source = source_of(MINISTER, "the minister who resigned")
    assert source is not None
    assert (source.text, source.definite, source.kind) == ("minister", "definite", "person")


def test_without_a_word_there_is_no_source() -> None:
    document, parse = build_document(PRONOUN)
    assert find_source(document, parse, (), {}, (), LEXICON) is None


def test_the_name_closes_a_source_behind_the_bracket_of_a_body_or_a_list() -> None:
    bracket = """
        Director director NOUN  11 nsubj
        of       of       ADP   5 case
        the      the      DET   5 det
        Harbour  harbour  PROPN 5 compound
        Fund     fund     PROPN 1 nmod
        (        (        PUNCT 7 punct
        HF       HF       PROPN 5 appos
        )        )        PUNCT 7 punct
        Anna     Anna     PROPN 10 compound
        Roe      Roe      PROPN 5 flat
        said     say      VERB  0 root
    """
    listed = """
        Harbour Harbour PROPN 4 compound
        general general ADJ   3 amod
        manager manager NOUN  4 compound
        people  people  NOUN  10 nsubj Number=Plur
        &       &       CCONJ 6 cc
        place   place   NOUN  4 conj
        ,       ,       PUNCT 9 punct
        Anna    Anna    PROPN 9 compound
        Roe     Roe     PROPN 4 appos
        said    say     VERB  0 root
    """
    for table, phrase in (
        (bracket, "Director of the Harbour Fund (HF) Anna Roe"),
        (listed, "Harbour general manager people & place, Anna Roe"),
    ):
        found = source_of(table, phrase, Anna_Roe="PER")
        assert found is not None
        assert found.mention is not None
        assert found.kind == "person"


def test_and_inside_an_office_joins_no_second_speaker() -> None:
    table = """
        Lagos    Lagos    PROPN 8 nsubj
        and      and      CCONJ 5 cc
        Oslo     Oslo     PROPN 4 compound
        Roads    roads    PROPN 5 compound
        director director NOUN  6 nmod:desc
        Anna     Anna     PROPN 1 conj
        Roe      Roe      PROPN 6 flat
        said     say      VERB  0 root
    """
    phrase = "Lagos and Oslo Roads director Anna Roe"
    source = source_of(table, phrase, Lagos="LOC", Oslo="LOC", Anna_Roe="PER")
    assert source is not None
    assert (source.kind, source.several) == ("person", False)
    others = source_of(
        table.replace("director director NOUN ", "resident resident NOUN ")
        .replace("Roads    roads ", "and      and   ")
        .replace("PROPN 5 compound", "CCONJ 5 cc"),
        "Lagos and Oslo and resident Anna Roe",
        Lagos="LOC",
        Oslo="LOC",
        Anna_Roe="PER",
    )
    assert others is not None
    assert others.several


CHIEF = """
the     the     DET   2 det
chief   chief   NOUN  8 nsubj
of      of      ADP   5 case
police  police  NOUN  5 compound
General General PROPN 6 nmod:desc
Anna    Anna    PROPN 2 nmod
Roe     Roe     PROPN 6 flat
said    say     VERB  0 root
"""
FIELDS = """
Roads    Roads    PROPN 7 nsubj
and      and      CCONJ 5 cc
Bridges  Bridges  PROPN 4 compound
Minister Minister PROPN 5 nmod:desc
Anna     Anna     PROPN 1 conj
Roe      Roe      PROPN 5 flat
said     say      VERB  0 root
"""


@pytest.mark.parametrize(
    ("table", "phrase"),
    [
        (CHIEF, "the chief of police General Anna Roe"),
        (FIELDS, "Roads and Bridges Minister Anna Roe"),
    ],
)
def test_a_name_that_closes_an_office_is_who_holds_it(table: str, phrase: str) -> None:
    source = source_of(table, phrase, Anna_Roe="PER")
    assert source is not None
    assert not source.several
    assert source.kind == "person"


def test_a_spokesman_of_somebody_is_not_called_like_them() -> None:
    table = CHIEF.replace("chief   chief ", "spokesman spokesman ")
    source = source_of(table, "the spokesman of police General Anna Roe", Anna_Roe="PER")
    assert source is not None
    assert source.noun == "spokesman"


ADVERBIAL = """
Speaking speak    VERB  16 advcl VerbForm=Ger
to       to       ADP   4 case
Mayor    mayor    PROPN 4 nmod:desc
Ann      Ann      PROPN 1 obl
Lund     Lund     PROPN 4 flat
,        ,        PUNCT 7 punct
Bo       Bo       PROPN 4 appos
Okoro    Okoro    PROPN 7 flat
,        ,        PUNCT 11 punct
a        a        DET   11 det
nurse    nurse    NOUN  7 appos
and      and      CCONJ 14 cc
keen     keen     ADJ   14 amod
diver    diver    NOUN  11 conj
,        ,        PUNCT 1 punct
said     say      VERB  0 root VerbForm=Fin
"""


@pytest.mark.parametrize(
    "phrase",
    [
        "Ann Lund, Bo Okoro, a nurse and keen diver",
        "Lund, Bo Okoro, a nurse and keen diver",
        "Mayor Ann Lund, Bo Okoro, a nurse and keen diver",
    ],
)
def test_a_name_that_ends_an_opening_adverbial_is_not_the_source(phrase: str) -> None:
    source = source_of(ADVERBIAL, phrase, Ann_Lund="PER", Bo_Okoro="PER")
    assert source is not None
    assert source.mention is not None
    assert not source.several
    assert source.text.startswith("Bo Okoro")


def test_names_after_a_verb_of_speech_stay_together() -> None:
    table = """
said said VERB 0 root VerbForm=Fin
Ann  Ann  PROPN 1 nsubj
Lund Lund PROPN 2 flat
,    ,    PUNCT 5 punct
Bo   Bo   PROPN 2 conj
Roe  Roe  PROPN 5 flat
and  and  CCONJ 8 cc
Ada  Ada  PROPN 2 conj
Park Park PROPN 8 flat
left leave VERB 1 ccomp
"""
    people: dict[str, EntityKind] = {"Ann_Lund": "PER", "Bo_Roe": "PER", "Ada_Park": "PER"}
    source = source_of(table, "Ann Lund, Bo Roe and Ada Park", **people)
    assert source is not None
    assert source.several


def test_a_complement_alone_is_the_source_with_its_subject() -> None:
    table = """
        Researchers researcher  NOUN  5 nsubj Number=Plur
        from        from        ADP   4 case
        the         the         DET   4 det
        Institute   Institute   PROPN 1 nmod
        said        say         VERB  0 root
    """
    found = source_of(table, "the Institute", Institute="ORG")
    assert found is not None
    assert (found.text, found.kind) == ("Researchers from the Institute", "group")


def test_a_time_is_left_out_with_what_describes_it() -> None:
    table = """
        a         a         DET   2 det
        poll      poll      NOUN  8 nsubj
        published publish   VERB  2 acl VerbForm=Part|Tense=Past
        by        by        ADP   5 case
        Acme      Acme      PROPN 3 obl:agent
        last      last      ADJ   7 amod
        week      week      NOUN  3 obl:unmarked
        said      say       VERB  0 root
    """
    found = source_of(table, "a poll published by Acme last week", Acme="ORG")
    assert found is not None
    assert found.text == "poll published by Acme"


OF_TITLED = """
the    the    DET   2 det
{noun} {noun} NOUN  7 nsubj
of     of     ADP   4 case
{of}   {of}   NOUN  2 nmod
Anna   Anna   PROPN {head} {label}
Roe    Roe    PROPN 5 flat
said   say    VERB  0 root
"""


@pytest.mark.parametrize(
    ("noun", "of", "head", "named"),
    [
        ("driver", "singer", 2, False),
        ("nephew", "author", 2, False),
        ("head", "minister", 2, False),
        ("secretary", "trade", 2, True),
        ("director", "trade", 4, True),
    ],
)
def test_a_name_with_a_title_of_its_own_is_not_who_is_described_before_it(
    noun: str, of: str, head: int, named: bool
) -> None:
    table = OF_TITLED.format(noun=noun, of=of, head=head, label="appos" if head == 2 else "nmod")
    source = source_of(table, f"the {noun} of {of} Anna Roe", Anna_Roe="PER")
    assert source is not None
    assert (source.noun == "") == named


def test_a_form_of_address_before_an_office_is_no_name() -> None:
    table = """
        His      his      PRON  2 nmod:poss Poss=Yes
        Highness Highness PROPN 5 nsubj
        the      the      DET   4 det
        Prince   Prince   PROPN 2 appos
        said     say      VERB  0 root
    """
    source = source_of(table, "His Highness the Prince")
    assert source is not None
    assert (source.text, source.noun) == ("Prince", "prince")


def test_a_role_of_several_comes_off_their_names_and_brackets_stay_in_pairs() -> None:
    table = """
        Committee committee NOUN  2 compound
        members   member    NOUN  11 nsubj Number=Plur
        Anna      Anna      PROPN 2 appos
        Roe       Roe       PROPN 3 flat
        and       and       CCONJ 6 cc
        Bo        Bo        PROPN 3 conj
        Lind      Lind      PROPN 6 flat
        (         (         PUNCT 9 punct
        DA        DA        PROPN 6 appos
        )         )         PUNCT 9 punct
        said      say       VERB  0 root
    """
    source = source_of(
        table,
        "Committee members Anna Roe and Bo Lind (DA",
        Anna_Roe="PER",
        Bo_Lind="PER",
        DA="ORG",
    )
    assert source is not None
    assert (source.text, source.several) == ("Anna Roe and Bo Lind (DA)", True)


@pytest.mark.parametrize(("after", "named"), [(".", True), ("too", False)])
def test_a_body_is_called_by_the_name_behind_its_description(after: str, named: bool) -> None:
    table = f"""
        said     said     VERB  0 root
        the      the      DET   4 det
        football football NOUN  4 compound
        body     body     NOUN  1 nsubj
        ,        ,        PUNCT 6 punct
        HARB     HARB     PROPN 1 parataxis
        {after}  {after}  {"PUNCT" if after == "." else "ADV"} 1 dep
    """
    for phrase in ("the football body", "the football body, HARB"):
        source = source_of(table, phrase, HARB="ORG")
        assert source is not None
        assert (source.noun == "") == named


RELATIVE = """
the    the    DET  2 det
WHO    who    PRON 3 nsubj PronType=Rel
warned warn   VERB 0 root"""


def test_a_source_that_breaks_off_behind_its_article_has_no_label() -> None:
    source = source_of(RELATIVE, "the WHO")
    assert source is not None
    assert source.text == ""
