"""What kind of act an attribution tells of, by its cue and its content."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quotes.attribution.acts import act_of
from quotes.attribution.candidates import AnchorKind, Candidate
from quotes.attribution.quotation_sites import quote_type
from quotes.language import Language
from quotes.records import Act, EntityKind
from tests.builders import analysis_of, build_analysis, build_candidate, build_document

# A sentence, its cue, source and content by the numbers of the words, and the act
SPOKEN = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
that      that      SCONJ 5 mark
rents     rent      NOUN  5 nsubj
fell      fall      VERB  2 ccomp VerbForm=Fin"""
OWN_ACT = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
to        to        PART  4 mark
sell      sell      VERB  2 xcomp VerbForm=Inf
boats     boat      NOUN  4 obj"""
OTHERS_ACT = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
tenants   tenant    NOUN  2 obj
to        to        PART  5 mark
leave     leave     VERB  2 xcomp VerbForm=Inf"""
TOPIC = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
the       the       DET   4 det
harbour   harbour   NOUN  2 obj"""
LONG_TOPIC = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
the       the       DET   4 det
sale      sale      NOUN  2 obj
of        of        ADP   8 case
three     three     NUM   8 nummod
old       old       ADJ   8 amod
boats     boat      NOUN  4 nmod"""
QUOTED_TOPIC = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
a         a         DET   6 det
“         “         PUNCT 6 punct
rotten    rotten    ADJ   6 amod
harbour   harbour   NOUN  2 obj
”         ”         PUNCT 6 punct"""
CALLED = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
the       the       DET   4 det
sale      sale      NOUN  2 obj
a         a         DET   6 det
shame     shame     NOUN  2 xcomp"""
NAMED = """
Lindqvist Lindqvist PROPN 2 nsubj
called    call      VERB  0 root VerbForm=Fin
it        it        PRON  2 obj
{before}
“         “         PUNCT 7 punct
{first}   open      ADJ   7 amod
{noun}    gate      NOUN  2 xcomp
”         ”         PUNCT 7 punct"""
PASSIVE = """
Boats     boat      NOUN  3 nsubj:pass
are       be        AUX   3 aux:pass VerbForm=Fin
{form}    {lemma}   VERB  0 root
to        to        PART  5 mark
leave     leave     VERB  3 xcomp VerbForm=Inf"""


def act(
    table: str,
    form: str,
    lemma: str,
    *,
    content: tuple[tuple[int, int], ...],
    source: str = "Lindqvist",
    cue: int = 1,
) -> Act:
    analysis = build_analysis(
        table.format(form=form, lemma=lemma).replace("Lindqvist", source),
    )
    candidate = Candidate(
        rule="hand",
        anchor=cue,
        cue=((cue, cue + 1),),
        source=((0, 1),) if cue == 1 else (),
        content=content,
    )
    return act_of(analysis, candidate, quote_type(analysis, candidate))


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"),
    [
        ("said", "say", "speech"),
        ("announced", "announce", "speech"),
        ("wrote", "write", "speech"),
        ("believes", "believe", "thought"),
        ("feared", "fear", "thought"),
        ("expects", "expect", "thought"),
        ("found", "find", "thought"),
    ],
)
def test_a_clause_is_said_or_thought(form: str, lemma: str, wanted: Act) -> None:
    assert act(SPOKEN, form, lemma, content=((2, 5),)) == wanted


@pytest.mark.parametrize("source", ["court", "report", "survey", "judge"])
def test_what_a_court_or_a_report_finds_is_said(source: str) -> None:
    assert act(SPOKEN, "found", "find", content=((2, 5),), source=source) == "speech"


@pytest.mark.parametrize(
    ("source", "wanted"), [("study", "speech"), ("photograph", "thought"), ("footage", "thought")]
)
def test_what_a_picture_shows_is_seen(source: str, wanted: Act) -> None:
    assert act(SPOKEN, "shows", "show", content=((2, 5),), source=source) == wanted


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"),
    [
        ("vowed", "vow", "speech"),
        ("promised", "promise", "speech"),
        ("threatened", "threaten", "speech"),
        ("wants", "want", "intention"),
        ("planned", "plan", "intention"),
        ("refused", "refuse", "intention"),
        ("hopes", "hope", "intention"),
    ],
)
def test_an_act_of_ones_own_is_promised_or_meant(form: str, lemma: str, wanted: Act) -> None:
    assert act(OWN_ACT, form, lemma, content=((2, 5),)) == wanted


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"),
    [
        ("urged", "urge", "speech"),
        ("ordered", "order", "speech"),
        ("begged", "beg", "speech"),
        ("allowed", "allow", "attitude"),
        ("prompted", "prompt", "attitude"),
    ],
)
def test_somebody_elses_act_is_directed_or_caused(form: str, lemma: str, wanted: Act) -> None:
    assert act(OTHERS_ACT, form, lemma, content=((2, 5),)) == wanted


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("praised", "praise"),
        ("criticised", "criticise"),
        ("announced", "announce"),
        ("ordered", "order"),
        ("imposed", "impose"),
        ("hired", "hire"),
    ],
)
def test_a_topic_without_words_is_no_statement(form: str, lemma: str) -> None:
    assert act(TOPIC, form, lemma, content=((2, 4),)) == "attitude"


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"),
    [
        ("condemned", "condemn", "speech"),
        ("announced", "announce", "speech"),
        ("supports", "support", "attitude"),
        ("ordered", "order", "attitude"),
        ("likes", "like", "thought"),
    ],
)
def test_a_long_object_tells_what_was_said_of_a_verb_of_saying(
    form: str, lemma: str, wanted: Act
) -> None:
    assert act(LONG_TOPIC, form, lemma, content=((2, 8),)) == wanted


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"), [("attacked", "attack", "speech"), ("bought", "buy", "attitude")]
)
def test_quoted_words_are_said_with_a_verb_of_saying(form: str, lemma: str, wanted: Act) -> None:
    assert act(QUOTED_TOPIC, form, lemma, content=((2, 7),)) == wanted


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"),
    [
        ("called", "call", "speech"),
        ("dubbed", "dub", "speech"),
        ("considers", "consider", "thought"),
    ],
)
def test_what_something_is_called_is_said(form: str, lemma: str, wanted: Act) -> None:
    assert act(CALLED, form, lemma, content=((2, 6),)) == wanted


@pytest.mark.parametrize(
    ("before", "first", "noun", "wanted"),
    [
        (", , PUNCT 7 punct", "Open", "Gate", "attitude"),
        (", , PUNCT 7 punct", "open", "gate", "speech"),
        ("an a DET 7 det", "Open", "Gate", "speech"),
    ],
)
def test_what_is_only_a_name_is_no_statement(
    before: str, first: str, noun: str, wanted: Act
) -> None:
    table = NAMED.format(before=before, first=first, noun=noun)
    assert act(table, "", "", content=((2, 3), (5, 7))) == wanted


def test_what_nobody_calls_something_is_no_statement() -> None:
    analysis = build_analysis(QUOTED_TOPIC.format(form="called", lemma="call"))
    candidate = Candidate(rule="hand", anchor=1, cue=((1, 2),), source=(), content=((2, 7),))
    assert act_of(analysis, candidate, "mixed") == "attitude"


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"),
    [
        ("said", "say", "speech"),
        ("reported", "report", "speech"),
        ("ordered", "order", "speech"),
        ("expected", "expect", "thought"),
        ("believed", "believe", "thought"),
        ("allowed", "allow", "attitude"),
    ],
)
def test_a_passive_is_said_or_expected(form: str, lemma: str, wanted: Act) -> None:
    assert act(PASSIVE, form, lemma, content=((0, 1), (3, 5)), cue=2) == wanted


NOUN = """
Lindqvist Lindqvist PROPN 3 nmod:poss
's        's        PART  1 case
{form}    {lemma}   NOUN  7 nsubj
that      that      SCONJ 6 mark
rents     rent      NOUN  6 nsubj
fell      fall      VERB  3 acl VerbForm=Fin
matters   matter    VERB  0 root VerbForm=Fin"""


@pytest.mark.parametrize(
    ("form", "wanted"), [("claim", "speech"), ("belief", "thought"), ("hope", "thought")]
)
def test_a_noun_tells_the_act_as_its_verb_does(form: str, wanted: Act) -> None:
    assert act(NOUN, form, form, content=((3, 6),), cue=2) == wanted


VOICED = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
concern   concern   NOUN  2 obj
that      that      SCONJ 6 mark
rents     rent      NOUN  6 nsubj
fell      fall      VERB  3 acl VerbForm=Fin"""


@pytest.mark.parametrize(
    ("form", "lemma"), [("expressed", "express"), ("voiced", "voice"), ("raised", "raise")]
)
def test_a_feeling_that_is_voiced_is_said(form: str, lemma: str) -> None:
    analysis = build_analysis(VOICED.format(form=form, lemma=lemma))
    candidate = Candidate(rule="hand", anchor=2, cue=((1, 3),), source=((0, 1),), content=((3, 6),))
    assert act_of(analysis, candidate, "indirect") == "speech"


GOVERNED = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
to        to        PART  4 mark
say       say       VERB  2 xcomp VerbForm=Inf
that      that      SCONJ 7 mark
rents     rent      NOUN  7 nsubj
fell      fall      VERB  4 ccomp VerbForm=Fin"""


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"),
    [("wants", "want", "intention"), ("tried", "try", "speech"), ("refused", "refuse", "speech")],
)
def test_what_somebody_only_means_to_say_is_an_intention(
    form: str, lemma: str, wanted: Act
) -> None:
    analysis = build_analysis(GOVERNED.format(form=form, lemma=lemma))
    candidate = Candidate(rule="hand", anchor=3, cue=((1, 4),), source=((0, 1),), content=((4, 7),))
    assert act_of(analysis, candidate, "indirect") == wanted


def test_where_layout_attributes_it_is_a_statement() -> None:
    analysis = build_analysis(TOPIC.format(form="sold", lemma="sell"))
    candidate = Candidate(
        rule="label", anchor=0, cue=(), source=((0, 1),), content=((2, 4),),
        anchor_kind=AnchorKind.LAYOUT,
    )  # fmt: skip
    assert act_of(analysis, candidate, "direct") == "speech"


def test_a_language_without_verbs_of_stating_has_only_statements(tmp_path: Path) -> None:
    bare = Language("xx", tmp_path)
    analysis = analysis_of(*build_document(TOPIC.format(form="sold", lemma="sell")), bare)
    candidate = Candidate(rule="hand", anchor=1, cue=((1, 2),), source=(), content=((2, 4),))
    assert act_of(analysis, candidate, "indirect") == "speech"


TOPIC_OF_NOUN = """
Lindqvist Lindqvist PROPN 2 nsubj
voiced    voice     VERB  0 root VerbForm=Fin
{form}    {lemma}   NOUN  2 obj
over      over      ADP   7 case
the       the       DET   7 det
planned   plan      VERB  7 amod
sale      sale      NOUN  3 nmod"""


@pytest.mark.parametrize(("form", "wanted"), [("outrage", "attitude"), ("doubts", "speech")])
def test_the_topic_of_a_feeling_is_no_statement(form: str, wanted: Act) -> None:
    analysis = build_analysis(TOPIC_OF_NOUN.format(form=form, lemma=form.removesuffix("s")))
    for anchor, cue, content in ((2, (1, 3), (3, 7)), (1, (1, 2), (2, 7))):
        candidate = Candidate(
            rule="hand", anchor=anchor, cue=(cue,), source=((0, 1),), content=(content,)
        )
        assert act_of(analysis, candidate, "indirect") == wanted


SUPPOSED = """
If        if        SCONJ 3 mark
tenants   tenant    NOUN  3 nsubj
{form}    {lemma}   VERB  7 advcl VerbForm=Fin
to        to        PART  5 mark
leave     leave     VERB  3 xcomp VerbForm=Inf
work      work      NOUN  7 nsubj
begins    begin     VERB  0 root VerbForm=Fin"""


@pytest.mark.parametrize(("form", "lemma"), [("agree", "agree"), ("promise", "promise")])
def test_what_is_only_supposed_is_no_statement(form: str, lemma: str) -> None:
    analysis = build_analysis(SUPPOSED.format(form=form, lemma=lemma))
    candidate = Candidate(rule="hand", anchor=2, cue=((2, 3),), source=((1, 2),), content=((3, 5),))
    assert act_of(analysis, candidate, "indirect") == "attitude"


ASKED_ABOUT = """
Asked     ask       VERB  6 advcl VerbForm=Part|Voice=Pass
about     about     ADP   4 case
the       the       DET   4 det
sale      sale      NOUN  1 obl
Lindqvist Lindqvist PROPN 6 nsubj
shrugged  shrug     VERB  0 root VerbForm=Fin"""


def test_a_question_that_nobody_named_put_is_no_statement() -> None:
    candidate = Candidate(rule="hand", anchor=0, cue=((0, 2),), source=(), content=((2, 4),))
    assert act_of(build_analysis(ASKED_ABOUT), candidate, "indirect") == "attitude"


CONFIRMED = """
Two       two       NUM   2 nummod
tenants   tenant    NOUN  6 nsubj
confirmed confirm   VERB  2 acl VerbForm=Part|Voice=Pass
to        to        PART  5 mark
stay      stay      VERB  3 xcomp VerbForm=Inf
paid      pay       VERB  0 root VerbForm=Fin"""


def test_those_of_whom_something_is_confirmed_have_not_said_it() -> None:
    candidate = Candidate(rule="hand", anchor=2, cue=((2, 3),), source=((0, 2),), content=((3, 5),))
    assert act_of(build_analysis(CONFIRMED), candidate, "indirect") == "attitude"


PARTICLE = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
{particle} {particle} ADP 2 compound:prt
the       the       DET   5 det
sale      sale      NOUN  2 obj
of        of        ADP   8 case
old       old       ADJ   8 amod
boats     boat      NOUN  5 nmod"""


@pytest.mark.parametrize(
    ("form", "lemma", "particle", "wanted"),
    [
        ("called", "call", "off", "attitude"),
        ("knocked", "knock", "down", "attitude"),
        ("played", "play", "down", "speech"),
    ],
)
def test_a_particle_makes_an_act_of_a_verb_of_speaking(
    form: str, lemma: str, particle: str, wanted: Act
) -> None:
    table = PARTICLE.format(form=form, lemma=lemma, particle=particle)
    candidate = Candidate(rule="hand", anchor=1, cue=((1, 3),), source=((0, 1),), content=((3, 8),))
    assert act_of(build_analysis(table), candidate, "indirect") == wanted


def test_a_topic_that_was_not_spoken_of_is_no_statement() -> None:
    analysis = build_analysis(LONG_TOPIC.format(form="cite", lemma="cite"))
    candidate = Candidate(
        rule="hand", anchor=1, cue=((1, 2),), source=((0, 1),), content=((2, 8),),
        factuality="not_said",
    )  # fmt: skip
    assert act_of(analysis, candidate, "indirect") == "attitude"


SHOWN = """
{source}  {noun}    {upos} 2 nsubj {feats}
{form}    {lemma}   VERB  0 root VerbForm=Fin|Tense=Pres
that      that      SCONJ 5 mark
rents     rent      NOUN  5 nsubj
fell      fall      VERB  2 ccomp VerbForm=Fin"""


@pytest.mark.parametrize(
    ("source", "noun", "upos", "form", "wanted"),
    [
        ("Clashes", "clash", "NOUN", "suggest", "thought"),
        ("Reports", "report", "NOUN", "suggest", "speech"),
        ("Mayors", "mayor", "NOUN", "suggest", "speech"),
        ("Lindqvist", "Lindqvist", "PROPN", "suggest", "speech"),
    ],
)
def test_what_only_follows_from_something_is_no_statement(
    source: str, noun: str, upos: str, form: str, wanted: Act
) -> None:
    table = SHOWN.format(source=source, noun=noun, upos=upos, feats="", form=form, lemma=form)
    analysis = build_analysis(table)
    candidate = Candidate(rule="hand", anchor=1, cue=((1, 2),), source=((0, 1),), content=((2, 5),))
    assert act_of(analysis, candidate, "indirect") == wanted


@pytest.mark.parametrize("feats", ["PronType=Neg", "PronType=Dem"])
def test_nobody_says_nothing(feats: str) -> None:
    table = SHOWN.format(source="X", noun="x", upos="PRON", feats=feats, form="says", lemma="say")
    candidate = Candidate(rule="hand", anchor=1, cue=((1, 2),), source=((0, 1),), content=((2, 5),))
    assert act_of(build_analysis(table), candidate, "indirect") == "attitude"


def test_what_is_meant_to_be_assessed_or_is_only_pointed_to_is_no_statement() -> None:
    table = LONG_TOPIC.replace(
        "{form}    {lemma}   VERB  0 root VerbForm=Fin", "{form} {lemma} {end}"
    )
    purpose = table.replace("{end}", "VERB 1 acl VerbForm=Inf").format(
        form="defend", lemma="defend"
    )
    purpose = purpose.replace("PROPN 2 nsubj", "PROPN 0 root")
    long = ((2, 8),)
    assert act(purpose, "", "", content=long) == "attitude"
    announced = table.replace("{end}", "VERB 0 root VerbForm=Fin").format(
        form="announced", lemma="announce"
    )
    assert act(announced, "", "", content=long) == "speech"
    assert act(
        announced.replace("sale      sale      NOUN", "this this PRON"), "", "", content=long
    ) == ("attitude")
    assert act(announced, "", "", content=long, source="Boats") == "speech"
    thing = announced.replace("Lindqvist Lindqvist PROPN", "Rain rain NOUN")
    assert act(thing, "", "", content=long) == "attitude"


MISREAD_CLAUSE = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
that      that      SCONJ 6 mark
the       the       DET   5 det
sale      sale      NOUN  2 obj
pleased   please    VERB  5 amod
tenants   tenant    NOUN  5 nmod"""


def test_what_that_opens_is_a_clause_whatever_the_parser_makes_of_it() -> None:
    assert act(MISREAD_CLAUSE, "claimed", "claim", content=((2, 7),)) == "speech"
    assert act(MISREAD_CLAUSE, "bought", "buy", content=((2, 7),)) == "attitude"


SPOKEN_OF = """
Lindqvist Lindqvist PROPN 2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
of        of        ADP   4 case
tenants   tenant    NOUN  2 obl
leaving   leave     VERB  2 advcl VerbForm=Part
the       the       DET   7 det
harbour   harbour   NOUN  5 obj"""


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"), [("spoke", "speak", "speech"), ("dreamt", "dream", "thought")]
)
def test_a_topic_that_somebody_does_something_tells_what_was_said(
    form: str, lemma: str, wanted: Act
) -> None:
    assert act(SPOKEN_OF, form, lemma, content=((3, 7),)) == wanted


@pytest.mark.parametrize("source", ["planners", "airline"])
def test_who_says_something_today_may_be_any_noun(source: str) -> None:
    table = SPOKEN.replace("PROPN", "NOUN").replace("VerbForm=Fin", "Tense=Pres|VerbForm=Fin", 1)
    assert act(table, "says", "say", content=((2, 5),), source=source) == "speech"


PAST_OR_PASSIVE = """
Rents     rent      NOUN  2 nsubj
fell      fall      VERB  6 ccomp VerbForm=Fin
,         ,         PUNCT 2 punct
a         a         DET   5 det
clerk     clerk     NOUN  6 nsubj:pass
said      say       VERB  0 root VerbForm=Part|Voice=Pass
{aux}     be        AUX   6 {label}"""


def test_without_an_auxiliary_a_clause_with_a_subject_is_no_passive_s() -> None:
    found = []
    for aux, label in ((".", "punct"), ("was", "aux:pass")):
        analysis = build_analysis(PAST_OR_PASSIVE.format(aux=aux, label=label))
        candidate = Candidate(
            rule="hand", anchor=5, cue=((5, 6),), source=((3, 5),), content=((0, 2),)
        )
        found.append(act_of(analysis, candidate, "indirect"))
    assert found == ["speech", "attitude"]


def test_what_somebody_is_asked_to_do_is_said_beside_an_object() -> None:
    analysis = build_analysis(OTHERS_ACT.format(form="invited", lemma="invite"))
    candidate = Candidate(
        rule="hand", anchor=1, cue=((1, 2),), source=((0, 1),), content=((2, 5),), head=2
    )
    assert act_of(analysis, candidate, "indirect") == "speech"


RELEASED = """
Lindqvist Lindqvist PROPN 2 nsubj
released  release   VERB  0 root VerbForm=Fin
a         a         DET   4 det
statement statement NOUN  2 obj
{form}    {lemma}   VERB  4 acl VerbForm=Ger
rents     rent      NOUN  7 nsubj
fell      fall      VERB  5 ccomp VerbForm=Fin"""


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"),
    [("saying", "say", "speech"), ("meaning", "mean", "attitude")],
)
def test_the_verb_that_governs_the_content_tells_the_act(
    form: str, lemma: str, wanted: Act
) -> None:
    analysis = build_analysis(RELEASED.format(form=form, lemma=lemma))
    candidate = Candidate(rule="hand", anchor=1, cue=((1, 5),), source=((0, 1),), content=((5, 7),))
    assert act_of(analysis, candidate, "indirect") == wanted


ASKED = """
Asked     ask       VERB  7 advcl Voice=Pass|VerbForm=Part
whether   whether   SCONJ 4 mark
rents     rent      NOUN  4 nsubj
fell      fall      VERB  1 ccomp VerbForm=Fin
,         ,         PUNCT 1 punct
Lindqvist Lindqvist PROPN 7 nsubj
laughed   laugh     VERB  0 root VerbForm=Fin"""


def test_a_question_with_its_words_is_said_though_nobody_is_named() -> None:
    analysis = build_analysis(ASKED)
    candidate = Candidate(rule="hand", anchor=0, cue=((0, 1),), source=(), content=((1, 4),))
    assert act_of(analysis, candidate, "indirect") == "speech"


CALLED_WHAT = """
what      what      PRON  0 root
Lindqvist Lindqvist PROPN 3 nsubj
called    call      VERB  1 acl:relcl VerbForm=Fin
a         a         DET   5 det
shame     shame     NOUN  3 xcomp"""


def test_what_somebody_calls_it_is_said() -> None:
    analysis = build_analysis(CALLED_WHAT)
    candidate = Candidate(rule="hand", anchor=2, cue=((2, 3),), source=((1, 2),), content=((3, 5),))
    assert act_of(analysis, candidate, "indirect") == "speech"


def test_an_occasion_adds_no_words_to_a_topic() -> None:
    table = """
        Roe       Roe      PROPN 2 nsubj
        announced announce VERB  0 root VerbForm=Fin
        the       the      DET   4 det
        raid      raid     NOUN  2 obj
        at        at       ADP   8 case
        a         a        DET   8 det
        {noun}    {noun}   NOUN  8 compound
        {last}    {last}   NOUN  4 nmod
        """
    candidate = Candidate(rule="hand", anchor=1, cue=((1, 2),), source=((0, 1),), content=((2, 8),))
    acts = [
        act_of(build_analysis(table.format(noun=noun, last=last)), candidate, "indirect")
        for noun, last in (("press", "briefing"), ("gas", "station"))
    ]
    assert acts == ["attitude", "speech"]


WELCOMED = """
Roe      Roe     PROPN 2 nsubj
{form}   {lemma} VERB  0 root VerbForm=Fin
Park     Park    PROPN 2 obj
{word}   {word}  ADP   5 case
{noun}   {noun}  PROPN 2 obl
"""


@pytest.mark.parametrize(
    ("form", "lemma", "word", "noun", "names", "wanted"),
    [
        ("welcomed", "welcome", "to", "Oslo", {"Park": "PER"}, "attitude"),
        ("welcomed", "welcome", "as", "Mayor", {}, "speech"),
        ("listed", "list", "for", "July", {}, "attitude"),
        ("listed", "list", "as", "Mayor", {}, "speech"),
    ],
)
def test_who_is_welcomed_and_what_is_put_on_a_day_is_no_statement(
    form: str, lemma: str, word: str, noun: str, names: dict[str, EntityKind], wanted: Act
) -> None:
    table = WELCOMED.format(form=form, lemma=lemma, word=word, noun=noun)
    candidate = Candidate(rule="hand", anchor=1, cue=((1, 2),), source=((0, 1),), content=((2, 5),))
    assert act_of(build_analysis(table, entities=names), candidate, "indirect") == wanted


def test_a_participle_right_before_the_content_tells_the_act() -> None:
    table = RELEASED.format(form="saying", lemma="say").replace("7 nsubj", "5 obj")
    analysis = build_analysis(table.replace("5 ccomp", "2 advcl"))
    candidate = Candidate(rule="hand", anchor=1, cue=((1, 5),), source=((0, 1),), content=((5, 7),))
    assert act_of(analysis, candidate, "indirect") == "speech"


def test_what_is_called_something_may_be_a_clause() -> None:
    table = """
        He       he       PRON 2 nsubj
        calls    call     VERB 0 root VerbForm=Fin
        what     what     PRON 2 obj
        happened happen   VERB 3 acl:relcl VerbForm={form}
        murder   murder   NOUN 4 xcomp
        """
    candidate = Candidate(rule="hand", anchor=1, cue=((1, 2),), source=((0, 1),), content=((2, 5),))
    acts = [
        act_of(build_analysis(table.format(form=form)), candidate, "indirect")
        for form in ("Fin", "Part")
    ]
    assert acts == ["speech", "attitude"]


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"),
    [
        ("regretted", "regret", "speech"),
        ("rejoiced", "rejoice", "speech"),
        ("feared", "fear", "thought"),
    ],
)
def test_a_feeling_about_what_happened_is_put_in_words(form: str, lemma: str, wanted: Act) -> None:
    assert act(SPOKEN, form, lemma, content=((2, 5),)) == wanted


CLEAR = """
{source}  {source}  NOUN  2 nsubj
{form}    {lemma}   VERB  0 root VerbForm=Fin
it        it        PRON  2 obj
clear     clear     ADJ   2 xcomp
that      that      SCONJ 7 mark
rents     rent      NOUN  7 nsubj
fell      fall      VERB  2 ccomp VerbForm=Fin"""


@pytest.mark.parametrize(
    ("source", "form", "lemma", "wanted"),
    [
        ("minister", "made", "make", "speech"),
        ("weather", "made", "make", "attitude"),
        ("minister", "found", "find", "attitude"),
    ],
)
def test_who_makes_something_clear_says_it(source: str, form: str, lemma: str, wanted: Act) -> None:
    analysis = build_analysis(CLEAR.format(source=source, form=form, lemma=lemma))
    candidate = Candidate(
        rule="hand", anchor=3, cue=((1, 4),), source=((0, 1),), content=((4, 7),), head=6
    )
    assert act_of(analysis, candidate, "indirect") == wanted


SECOND_SUBJECT = """
They      they      PRON  2 nsubj
said      say       VERB  0 root VerbForm=Fin
—         —         PUNCT 2 punct
murder    murder    NOUN  2 nsubj
{form}    carry     VERB  4 acl {feats}
the       the       DET   8 det
death     death     NOUN  8 compound
penalty   penalty   NOUN  5 obj"""


@pytest.mark.parametrize(
    ("form", "feats", "wanted"),
    [
        ("carrying", "VerbForm=Part", "attitude"),
        ("carries", "VerbForm=Fin", "speech"),
        ("carried", "VerbForm=Part|Tense=Past", "speech"),  # a past tense taken for a participle
    ],
)
def test_a_phrase_that_the_parser_takes_for_a_subject_is_no_statement(
    form: str, feats: str, wanted: Act
) -> None:
    analysis = build_analysis(SECOND_SUBJECT.format(form=form, feats=feats))
    candidate = Candidate(rule="hand", anchor=1, cue=((1, 2),), source=((0, 1),), content=((3, 8),))
    assert act_of(analysis, candidate, "indirect") == wanted


CITED = """
Lindqvist Lindqvist PROPN 2 nsubj
cited     cite      VERB  0 root VerbForm=Fin
{noun}    {noun}    NOUN  2 obj
of        of        ADP   6 case
the       the       DET   6 det
harbour   harbour   NOUN  3 nmod
in        in        ADP   8 case
Oslo      Oslo      PROPN 6 nmod"""
WORTH = """
It         it      PRON 3 expl
is         be      AUX  3 cop VerbForm=Fin
worth      worth   ADJ  0 root
mentioning mention VERB 3 xcomp VerbForm=Ger
that       that    SCONJ 7 mark
rents      rent    NOUN 7 nsubj
fell       fall    VERB 4 ccomp VerbForm=Fin"""


@pytest.mark.parametrize(("noun", "act"), [("residents", "attitude"), ("costs", "speech")])
def test_who_is_cited_is_no_statement(noun: str, act: Act) -> None:
    analysis = build_analysis(CITED.format(noun=noun).replace(f"{noun} NOUN", f"{noun[:-1]} NOUN"))
    content = f"{noun} of the harbour in Oslo"
    candidate = build_candidate(analysis, cue="cited", source="Lindqvist", content=content)
    assert act_of(analysis, candidate, "indirect") == act


DECIDED = """
The     the     DET  2 det
court   court   NOUN 3 nsubj
{form}  {lemma} VERB 0 root VerbForm=Fin
a       a       DET  5 det
{noun}  {noun}  NOUN 3 obj
that    that    PRON 8 obj
the     the     DET  8 det
council council NOUN 9 nsubj
filed   file    VERB 5 acl:relcl VerbForm=Fin"""


@pytest.mark.parametrize(
    ("form", "lemma", "noun", "act"),
    [
        ("dismissed", "dismiss", "petition", "attitude"),
        ("denied", "deny", "appeal", "attitude"),
        ("denied", "deny", "rumour", "speech"),
        ("asked", "ask", "question", "attitude"),
    ],
)
def test_a_request_that_is_decided_on_is_no_statement(
    form: str, lemma: str, noun: str, act: Act
) -> None:
    analysis = build_analysis(DECIDED.format(form=form, lemma=lemma, noun=noun))
    content = f"a {noun} that the council filed"
    candidate = build_candidate(analysis, cue=form, source="The court", content=content)
    assert act_of(analysis, candidate, "indirect") == act


def test_what_the_reporter_finds_worth_saying_is_no_statement() -> None:
    analysis = build_analysis(WORTH)
    candidate = build_candidate(analysis, cue="is worth mentioning", content="that rents fell")
    candidate = replace(candidate, anchor=3)
    assert act_of(analysis, candidate, "indirect") == "attitude"


@pytest.mark.parametrize(
    ("noun", "lemma", "wanted"),
    [
        ("need", "need", "attitude"),
        ("police", "police", "speech"),
        ("rumours", "claim", "speech"),
        ("Greens", "Greens", "speech"),
    ],
)
def test_what_something_goes_by_says_nothing(noun: str, lemma: str, wanted: Act) -> None:
    analysis = build_analysis(
        f"""
        Rents     rent    NOUN 2 nsubj
        rose      rise    VERB 0 root VerbForm=Fin
        according accord  VERB 5 case
        to        to      ADP  3 fixed
        {noun}    {lemma} NOUN 2 obl
        """
    )
    found = build_candidate(analysis, cue="according to", source=noun, content="Rents rose")
    assert act_of(analysis, found, "indirect") == wanted


@pytest.mark.parametrize(
    ("form", "lemma", "wanted"), [("said", "say", "attitude"), ("stated", "state", "attitude")]
)
def test_what_refers_back_to_a_statement_is_none(form: str, lemma: str, wanted: Act) -> None:
    analysis = build_analysis(
        f"""
        Lindqvist Lindqvist PROPN 2 nsubj
        {form}    {lemma}   VERB  0 root VerbForm=Fin
        this      this      PRON  2 obj PronType=Dem
        while     while     SCONJ 5 mark
        opening   open      VERB  2 advcl VerbForm=Ger
        the       the       DET   8 det
        new       new       ADJ   8 amod
        harbour   harbour   NOUN  5 obj
        """
    )
    content = "this while opening the new harbour"
    found = build_candidate(analysis, cue=form, source="Lindqvist", content=content)
    assert act_of(analysis, found, "indirect") == wanted


def test_nobody_says_what_is_worth_saying() -> None:
    analysis = build_analysis(
        """
        It         it      PRON  4 expl
        is         be      AUX   4 aux VerbForm=Fin
        worth      worth   ADP   4 case
        mentioning mention VERB  0 root VerbForm=Ger
        that       that    SCONJ 7 mark
        rents      rent    NOUN  7 nsubj
        fell       fall    VERB  4 ccomp VerbForm=Fin
        """
    )
    found = build_candidate(analysis, cue="is worth mentioning", content="that rents fell")
    assert act_of(analysis, found, "indirect") == "attitude"


def test_a_story_is_no_statement() -> None:
    assert act(LONG_TOPIC, "tells", "tell", content=((2, 8),)) == "attitude"
