"""Statements beside a speaker and a verb of speech that only the order of the words shows."""

from __future__ import annotations

import pytest

from quotes.attribution.candidates import Trait
from quotes.attribution.generators.ordered_reports import is_in_order, ordered_reports
from quotes.attribution.generators.rule_matches import rule_candidates
from quotes.records import EntityKind
from tests.builders import build_analysis, build_candidate, printed

# As parsers read them: the verb of speech hangs on the statement, or shares its level.
OPENING = """
The       the      DET   2 det
agency    agency   NOUN  9 nsubj
announced announce VERB  9 advcl VerbForm=Fin|Tense=Past
on        on       ADP   5 case
Friday    Friday   PROPN 3 obl
debates   debate   NOUN  9 nsubj:pass
are       be       AUX   9 aux:pass VerbForm=Fin
now       now      ADV   9 advmod
cancelled cancel   VERB  0 root
,         ,        PUNCT 11 punct
citing    cite     VERB  9 advcl VerbForm=Ger
rain      rain     NOUN  11 obj
"""
CLOSING = """
The      the    DET   2 det
mayor    mayor  NOUN  5 nsubj:pass
was      be     AUX   5 aux:pass VerbForm=Fin
found    find   VERB  5 aux
dead     dead   ADJ   0 root
,        ,      PUNCT 8 punct
{source}
reported report VERB  5 conj VerbForm=Fin|Tense=Past
{after}  {after} {upos} 8 {label}
.        .      PUNCT 5 punct
"""
JOINED = """
The      the     DET   2 det
agency   agency  NOUN  3 nsubj
left     leave   VERB  0 root VerbForm=Fin
,        ,       PUNCT 5 punct
{form}   {lemma} VERB  3 advcl VerbForm=Ger
that     that    DET   7 det
exports  export  NOUN  5 obj
are      be      AUX   9 cop VerbForm=Fin
up       up      ADV   3 parataxis
"""


def test_a_clause_behind_the_verb_and_a_day_is_what_was_announced() -> None:
    analysis = build_analysis(OPENING)
    (found,) = ordered_reports(analysis, rule_candidates(analysis))
    assert printed(analysis, found.cue) == ["announced"]
    assert printed(analysis, found.source) == ["The agency"]
    assert printed(analysis, found.content) == ["debates are now cancelled"]
    assert Trait.CERTAIN in found.traits


def test_who_cannot_speak_announces_nothing() -> None:
    table = OPENING.replace("agency    agency ", "market    market ")
    assert ordered_reports(build_analysis(table), ()) == ()


@pytest.mark.parametrize(
    ("source", "sources"),
    [("police police NOUN 8 nsubj", ["police"]), ("it it PRON 8 nsubj Gender=Neut", None)],
)
def test_a_verb_that_closes_a_sentence_reports_what_stands_before(
    source: str, sources: list[str] | None
) -> None:
    table = CLOSING.format(source=source, after="Friday", upos="PROPN", label="obl:unmarked")
    found = ordered_reports(build_analysis(table), ())
    assert [printed(build_analysis(table), c.source) for c in found] == (
        [sources] if sources else []
    )
    if found:
        assert printed(build_analysis(table), found[0].content) == ["The mayor was found dead"]


def test_it_was_reported_names_no_source() -> None:
    table = """
        Prices   price  NOUN  4 nsubj
        have     have   AUX   4 aux VerbForm=Fin
        again    again  ADV   4 advmod
        fallen   fall   VERB  0 root
        ,        ,      PUNCT 8 punct
        it       it     PRON  8 nsubj:pass Gender=Neut|PronType=Prs
        was      be     AUX   8 aux:pass VerbForm=Fin
        reported report VERB  4 parataxis
        .        .      PUNCT 4 punct
        """
    analysis = build_analysis(table)
    (found,) = ordered_reports(analysis, ())
    assert printed(analysis, found.cue) == ["was reported"]
    assert (found.source, printed(analysis, found.content)) == ((), ["Prices have again fallen"])
    relative = table.replace("PRON  8 nsubj:pass Gender=Neut|PronType=Prs", "PRON 8 nsubj:pass")
    assert ordered_reports(build_analysis(relative), ()) == ()


def test_a_verb_with_an_object_reports_that() -> None:
    table = CLOSING.format(
        source="police police NOUN 8 nsubj", after="losses", upos="NOUN", label="obj"
    )
    assert ordered_reports(build_analysis(table), ()) == ()


def test_a_participle_before_that_goes_on_with_the_report() -> None:
    analysis = build_analysis(JOINED.format(form="adding", lemma="add"))
    report = build_candidate(analysis, cue="left", source="The agency")
    (found,) = ordered_reports(analysis, (report,))
    assert printed(analysis, found.source) == ["The agency"]
    assert printed(analysis, found.content) == ["that exports are up"]
    assert ordered_reports(analysis, ()) == ()  # nobody said anything before


def test_a_participle_of_another_verb_reports_nothing() -> None:
    analysis = build_analysis(JOINED.format(form="building", lemma="build"))
    report = build_candidate(analysis, cue="left", source="The agency")
    assert ordered_reports(analysis, (report,)) == ()


def test_what_the_rules_know_is_left_to_them() -> None:
    analysis = build_analysis(OPENING)
    known = build_candidate(analysis, cue="announced", content="debates are now cancelled")
    assert ordered_reports(analysis, (known,)) == ()


def test_a_relative_clause_reports_nothing_of_the_sentence_around_it() -> None:
    source = "police police NOUN 8 nsubj"
    table = CLOSING.format(source=source, after="Friday", upos="PROPN", label="obl:unmarked")
    whose = table.replace(source, "who who PRON 8 nsubj PronType=Rel")
    assert ordered_reports(build_analysis(table), ())
    assert ordered_reports(build_analysis(whose), ()) == ()


# The parser makes the analyst the sentence, and the verb of speech a word of the statement.
ALONE = """
Roe       Roe     PROPN 0 root
,         ,       PUNCT 4 punct
an        a       DET   4 det
analyst   analyst NOUN  1 appos
,         ,       PUNCT 1 punct
cautioned caution VERB  10 advmod VerbForm=Fin|Tense=Past
rallies   rally   NOUN  10 nsubj
do        do      AUX   10 aux VerbForm=Fin
not       not     PART  10 advmod
last      last    VERB  1 parataxis
.         .       PUNCT 1 punct
"""
# The clause behind the verb tells when it was said.
CIRCUMSTANCE = """
Exports   export   NOUN  3 nsubj
have      have     AUX   3 aux VerbForm=Fin
fallen    fall     VERB  0 root
again     again    ADV   3 advmod
,         ,        PUNCT 9 punct
trade     trade    NOUN  7 compound
minister  minister NOUN  8 nmod:desc
Roe       Roe      PROPN 3 nsubj
{verb}    {lemma}  VERB  3 parataxis VerbForm=Fin|Tense=Past
{after}
.         .        PUNCT 3 punct
"""
AFTER_A_VOTE = """
{after} {after} SCONJ 13 mark
a       a       DET   12 det
vote    vote    NOUN  13 nsubj
failed  fail    VERB  9 ccomp VerbForm=Fin|Tense=Past
"""
SPOKE_TO_A_BRIEFING = """
a        a       DET  11 det
briefing brief   NOUN 9 nsubj
alluding allude  VERB 9 ccomp VerbForm=Part|Tense=Pres
to       to      ADP  14 case
losses   loss    NOUN 12 obl
"""
GERUND = """
Hearing   hear      VERB 8 advcl VerbForm=Ger
that      that      DET  3 det
apology   apology   NOUN 5 nsubj
is        be        AUX  5 cop VerbForm=Fin
important important ADJ  1 ccomp
,         ,         PUNCT 1 punct
he        he        PRON 8 nsubj PronType=Prs
said      say       VERB 0 root VerbForm=Fin|Tense=Past
.         .         PUNCT 8 punct
"""
OBJECT = """
The      the     DET   2 det
agency   agency  NOUN  3 nsubj
reported report  VERB  0 root VerbForm=Fin|Tense=Past
the      the     DET   5 det
fire     fire    NOUN  3 obj
started  start   VERB  3 {label} VerbForm=Part|Tense=Past
in       in      ADP   9 case
a        a       DET   9 det
car      car     NOUN  6 obl
.        .       PUNCT 3 punct
"""


def reports(table: str, **names: EntityKind) -> list[tuple[list[str], list[str]]]:
    """Return source and content of what is found."""
    analysis = build_analysis(table, entities=names)
    found = ordered_reports(analysis, rule_candidates(analysis))
    return [(printed(analysis, c.source), printed(analysis, c.content)) for c in found]


def test_a_name_that_the_parser_takes_for_the_sentence_is_who_speaks() -> None:
    assert reports(ALONE, Roe="PER") == [(["Roe, an analyst"], ["rallies do not last"])]
    assert reports(ALONE) == []  # a name of nobody


@pytest.mark.parametrize("conjunction", ["after", "while"])
def test_a_clause_of_time_behind_the_verb_is_not_what_was_said(conjunction: str) -> None:
    table = CIRCUMSTANCE.format(
        verb="said", lemma="say", after=AFTER_A_VOTE.format(after=conjunction).strip()
    )
    said = (["trade minister Roe"], ["Exports have fallen again"])
    assert reports(table, Roe="PER") == [said]


def test_addressee_and_what_was_alluded_to_are_not_what_was_said() -> None:
    table = CIRCUMSTANCE.format(verb="told", lemma="tell", after=SPOKE_TO_A_BRIEFING.strip())
    said = (["trade minister Roe"], ["Exports have fallen again"])
    assert reports(table, Roe="PER") == [said]


def test_a_clause_that_may_be_what_was_said_is_left_to_the_rules() -> None:
    that = AFTER_A_VOTE.format(after="that").strip()
    assert reports(CIRCUMSTANCE.format(verb="said", lemma="say", after=that), Roe="PER") == []


def test_a_gerund_may_be_the_subject_of_what_was_said() -> None:
    assert reports(GERUND) == [(["he"], ["Hearing that apology is important"])]
    speaking = GERUND.replace("important ADJ  1 ccomp", "important ADJ  1 advcl")
    assert reports(speaking) == []


def test_a_verb_behind_the_object_makes_both_a_statement() -> None:
    assert reports(OBJECT.format(label="xcomp")) == [
        (["The agency"], ["the fire started in a car"])
    ]
    assert reports(OBJECT.format(label="advcl")) == []


SET_IN = """
The      the      DET   2 det
result   result   NOUN  9 nsubj
,        ,        PUNCT 2 punct
{who}
said     say      VERB  2 acl VerbForm=Part|Tense=Past
,        ,        PUNCT 5 punct
was      be       AUX   9 cop VerbForm=Fin
a        a        DET   9 det
surprise surprise NOUN  0 root
to       to       ADP   11 case
all      all      PRON  9 nmod
"""


def test_a_speaker_and_a_verb_between_commas_report_what_stands_around_them() -> None:
    analysis = build_analysis(SET_IN.format(who="officials official NOUN 5 nsubj"))
    (found,) = ordered_reports(analysis, ())
    assert printed(analysis, found.source) == ["officials"]
    assert printed(analysis, found.content) == ["The result", "was a surprise to all"]


def test_what_cannot_speak_is_no_report_between_commas() -> None:
    analysis = build_analysis(SET_IN.format(who="weather weather NOUN 5 nsubj"))
    assert ordered_reports(analysis, ()) == ()


def test_a_participle_before_a_clause_goes_on_with_the_report() -> None:
    table = JOINED.format(form="noting", lemma="note").replace("that     that    DET   7 det\n", "")
    rows = table.replace("9 cop", "8 cop").replace("NOUN  5 obj", "NOUN  8 nsubj")
    rows = rows.replace("up       up      ADV   3", "up       up      ADV   5")
    analysis = build_analysis(rows.rstrip() + "\nagain    again   ADV   8 advmod\n")
    left = build_candidate(analysis, cue="left", source="The agency", content="")
    (found,) = ordered_reports(analysis, (left,))
    assert printed(analysis, found.source) == ["The agency"]
    assert printed(analysis, found.content) == ["exports are up again"]


def test_the_order_agrees_with_a_candidate_of_the_same_source_and_words() -> None:
    table = CLOSING.format(
        source="police police NOUN 8 nsubj", after="Friday", upos="PROPN", label="obl:unmarked"
    )
    analysis = build_analysis(table)
    content = "The mayor was found dead"
    same = build_candidate(analysis, cue="reported", source="police", content=content)
    assert is_in_order(analysis, same)
    other = build_candidate(analysis, cue="reported", source="mayor", content=content)
    assert not is_in_order(analysis, other)
    short = build_candidate(analysis, cue="reported", source="police", content="dead")
    assert not is_in_order(analysis, short)


def test_a_name_in_marks_may_stand_in_what_was_said() -> None:
    analysis = build_analysis(
        """
        The     the     DET   2 det
        train   train   NOUN  5 nsubj
        is      be      AUX   5 cop VerbForm=Fin
        our     we      PRON  5 nmod:poss
        pride   pride   NOUN  0 root
        ,       ,       PUNCT 8 punct
        the     the     DET   8 det
        King    king    NOUN  5 appos
        of      of      ADP   11 case
        “       “       PUNCT 11 punct
        Steam   steam   NOUN  8 nmod
        ,       ,       PUNCT 8 punct
        ”       ”       PUNCT 11 punct
        police  police  NOUN  15 nsubj
        said    say     VERB  8 acl VerbForm=Fin
        .       .       PUNCT 5 punct
        """
    )
    (found,) = ordered_reports(analysis, ())
    assert printed(analysis, found.source) == ["police"]
    assert printed(analysis, found.content)[0].startswith("The train is our pride")
