"""Quotations that no shown attribution holds: whose words they are."""

from __future__ import annotations

from dataclasses import replace

from quotes.analysis import Analysis
from quotes.attribution.candidates import AnchorKind, Candidate, Trait
from quotes.attribution.generators.floating_quotations import (
    FLOATING_RULE,
    PRIORS,
    Voice,
    floating_quotations,
    is_floating,
    voice_of,
)
from quotes.attribution.quotation_sites import quotation_sites, quote_type
from quotes.records import EntityKind, Span
from tests.builders import build_analysis, build_candidate, printed, ranges_of

SMILED = """
Ms     Ms     PROPN 3 nsubj
Park   Park   PROPN 1 flat
smiled smile  VERB  0 root
.      .      PUNCT 3 punct
"""
SAID = """
Park   Park   PROPN 2 nsubj
said   say    VERB  0 root
it     it     PRON  4 nsubj
rained rain   VERB  2 ccomp
.      .      PUNCT 2 punct
"""
STONES = """
Stones stone  NOUN  2 nsubj
fell   fall   VERB  0 root
.      .      PUNCT 2 punct
"""
QUOTATION = """
“      “      PUNCT 4 punct
We     we     PRON  4 nsubj
all    all    DET   4 advmod
stay   stay   VERB  0 root
here   here   ADV   4 advmod
.      .      PUNCT 4 punct
”      ”      PUNCT 4 punct
"""
PARAGRAPH = "\n¶\n"


def floating(analysis: Analysis, *shown: Candidate) -> tuple[Candidate, ...]:
    return floating_quotations(analysis, [(c, 0.9) for c in shown], quotation_sites(analysis))


def test_a_quotation_belongs_to_the_speaker_of_the_sentence_before() -> None:
    analysis = build_analysis(SAID + PARAGRAPH + QUOTATION, entities={"Park": "PER"})
    said = build_candidate(analysis, cue="said", source="Park", content="it rained")
    (found,) = floating(analysis, said)
    assert found.rule == FLOATING_RULE
    assert printed(analysis, found.source) == ["Park"]
    assert printed(analysis, found.content) == ["We all stay here."]
    assert (found.path, found.cue) == ("speaker of the sentence before", ())
    assert found.prior == PRIORS[found.path]


def test_its_anchor_is_the_cue_before_so_that_it_is_direct() -> None:
    analysis = build_analysis(SAID + PARAGRAPH + QUOTATION, entities={"Park": "PER"})
    said = build_candidate(analysis, cue="said", source="Park", content="it rained")
    (found,) = floating(analysis, said)
    assert (found.anchor, found.anchor_kind) == (said.anchor, AnchorKind.CONTEXT)
    assert quote_type(analysis, found) == "direct"


def test_a_person_who_is_the_subject_of_the_sentence_before_speaks() -> None:
    analysis = build_analysis(SMILED + QUOTATION, entities={"Park": "PER"})
    (found,) = floating(analysis)
    assert printed(analysis, found.source) == ["Ms Park"]
    assert found.path == "subject of the sentence before"


def test_after_a_sentence_about_things_the_last_speaker_goes_on() -> None:
    analysis = build_analysis(
        SAID + PARAGRAPH + STONES + PARAGRAPH + QUOTATION, entities={"Park": "PER"}
    )
    said = build_candidate(analysis, cue="said", source="Park", content="it rained")
    (found,) = floating(analysis, said)
    assert printed(analysis, found.source) == ["Park"]
    assert found.path == "the last who spoke"


def test_a_person_who_spoke_before_goes_before_a_thing_that_did() -> None:
    analysis = build_analysis(
        SAID
        + """
        Papers paper  NOUN  2 nsubj
        showed show   VERB  0 root
        that   that   SCONJ 4 mark
        stones stone  NOUN  2 obj
        fell   fall   VERB  2 ccomp
        .      .      PUNCT 2 punct
        """
        + PARAGRAPH
        + QUOTATION,
        entities={"Park": "PER"},
    )
    said = build_candidate(analysis, cue="said", source="Park", content="it rained")
    showed = build_candidate(analysis, cue="showed", source="Papers", content="stones fell")
    (found,) = floating(analysis, said, showed)
    assert printed(analysis, found.source) == ["Park"]


def test_a_name_before_a_colon_needs_no_verb() -> None:
    analysis = build_analysis(
        SAID
        + PARAGRAPH
        + """
        From   from   ADP   3 case
        Doctor doctor PROPN 3 compound
        Boateng Boateng PROPN 0 root
        :      :      PUNCT 3 punct
        """
        + QUOTATION,
        entities={"Boateng": "PER"},
    )
    said = build_candidate(analysis, cue="said", source="Park", content="it rained")
    (found,) = floating(analysis, said)
    assert printed(analysis, found.source) == ["Boateng"]


def test_where_nobody_is_in_view_it_is_shown_without_a_source() -> None:
    analysis = build_analysis(STONES + PARAGRAPH + QUOTATION)
    (found,) = floating(analysis)
    assert (found.source, found.path) == ((), "nobody")
    assert found.prior == PRIORS["nobody"]


def test_who_speaks_after_it_is_the_speaker_where_nobody_spoke_before() -> None:
    analysis = build_analysis(QUOTATION + PARAGRAPH + SAID, entities={"Park": "PER"})
    said = build_candidate(analysis, cue="said", source="Park", content="it rained")
    (found,) = floating(analysis, said)
    assert printed(analysis, found.source) == ["Park"]


def test_what_a_shown_attribution_holds_does_not_float() -> None:
    analysis = build_analysis(SMILED + QUOTATION)
    held = build_candidate(analysis, cue="smiled", source="Park", content="We all stay here")
    assert floating(analysis, held) == ()


def test_a_mark_that_its_sentence_goes_on_behind_does_not_float() -> None:
    analysis = build_analysis(
        QUOTATION.replace(".      .", ",      ,")
        + """
        was    be     AUX   2 cop
        the    the    DET   2 det
        motto  motto  NOUN  0 root
        .      .      PUNCT 2 punct
        """
    )
    (site,) = quotation_sites(analysis)
    assert not is_floating(analysis, site)


def test_voices() -> None:
    analysis = build_analysis(
        """
        They     they     PRON  2 nsubj
        met      meet     VERB  0 root
        her      she      PRON  2 obj
        with     with     ADP   5 case
        ministers minister NOUN 2 obl Number=Plur
        and      and      CCONJ 7 cc
        papers   paper    NOUN  5 conj
        .        .        PUNCT 2 punct
        """
    )
    voices = [
        voice_of(analysis, ranges_of(analysis, word))
        for word in ("They", "her", "ministers", "papers")
    ]
    assert voices == [Voice.GROUP, Voice.PERSON, Voice.GROUP, Voice.THING]
    assert voice_of(analysis, ()) is Voice.THING


TURNS = """
“      “      PUNCT 2 punct
Who    who    PRON  0 root
?      ?      PUNCT 2 punct
”      ”      PUNCT 2 punct
asked  ask    VERB  2 parataxis
Park   Park   PROPN 5 nsubj
.      .      PUNCT 2 punct
¶
“      “      PUNCT 4 punct
We     we     PRON  4 nsubj
all    all    DET   4 advmod
stay   stay   VERB  0 root
here   here   ADV   4 advmod
.      .      PUNCT 4 punct
”      ”      PUNCT 4 punct
¶
“      “      PUNCT 2 punct
Good   good   ADJ   0 root
,      ,      PUNCT 2 punct
”      ”      PUNCT 2 punct
said   say    VERB  2 parataxis
{next}   {next}   PROPN 5 nsubj
.      .      PUNCT 2 punct
¶
Lund   Lund   PROPN 2 nsubj
smiled smile  VERB  0 root
.      .      PUNCT 2 punct
"""


ANSWERS = """
“      “      PUNCT 2 punct
Who    who    PRON  6 ccomp
?      ?      PUNCT 2 punct
”      ”      PUNCT 2 punct
Lund   Lund   PROPN 6 nsubj
asked  ask    VERB  0 root
.      .      PUNCT 6 punct
¶
“      “      PUNCT 2 punct
Me     me     PRON  6 ccomp
.      .      PUNCT 2 punct
”      ”      PUNCT 2 punct
Park   Park   PROPN 6 nsubj
said   say    VERB  0 root
.      .      PUNCT 6 punct
¶
“      “      PUNCT 4 punct
That   that   PRON  4 nsubj
is     be     AUX   4 cop
late   late   ADJ   0 root
.      .      PUNCT 4 punct
”      ”      PUNCT 4 punct
¶
“      “      PUNCT 2 punct
Good   good   ADJ   6 ccomp
,      ,      PUNCT 2 punct
”      ”      PUNCT 2 punct
Park   Park   PROPN 6 nsubj
added  add    VERB  0 root
.      .      PUNCT 6 punct
"""


def test_between_a_question_and_a_turn_of_the_same_person_the_other_speaks() -> None:
    people: dict[str, EntityKind] = {"Park": "PER", "Lund": "PER"}
    analysis = build_analysis(TURNS.format(next="Park"), entities=people)
    first = build_candidate(analysis, cue="asked", source="Park", content="Who?")
    said = replace(
        build_candidate(analysis, cue="said", content="Good"),
        source=(analysis.within(Span(start := analysis.text.rindex("Park"), start + 4)),),
    )
    (found,) = floating(analysis, first, said)
    assert printed(analysis, found.source) == ["Lund"]
    assert found.path == "the other of two who speak in turn"


def test_between_two_answers_of_the_same_person_the_other_speaks() -> None:
    people: dict[str, EntityKind] = {"Park": "PER", "Lund": "PER"}
    analysis = build_analysis(ANSWERS, entities=people)
    asked = build_candidate(analysis, cue="asked", source="Lund", content="Who?")
    answered = build_candidate(analysis, cue="said", source="Park", content="Me.")
    again = replace(
        build_candidate(analysis, cue="added", content="Good"),
        source=(analysis.within(Span(start := analysis.text.rindex("Park"), start + 4)),),
    )
    (found,) = floating(analysis, asked, answered, again)
    assert printed(analysis, found.source) == ["Lund"]
    assert found.path == "the other of two who speak in turn"


def test_where_another_person_goes_on_the_first_may_have_said_it() -> None:
    people: dict[str, EntityKind] = {"Park": "PER", "Okoro": "PER"}
    analysis = build_analysis(TURNS.format(next="Okoro"), entities=people)
    first = build_candidate(analysis, cue="asked", source="Park", content="Who?")
    said = build_candidate(analysis, cue="said", source="Okoro", content="Good")
    (found,) = floating(analysis, first, said)
    assert printed(analysis, found.source) == ["Park"]


def test_what_a_transcript_holds_does_not_float() -> None:
    analysis = build_analysis(SMILED + QUOTATION)
    turn = replace(
        build_candidate(analysis, cue="smiled", source="Park", content="We all stay here"),
        anchor=analysis.words.index(next(w for w in analysis.words if w.form == "all")),
        anchor_kind=AnchorKind.CONTENT,
        traits=frozenset({Trait.VERBATIM}),
    )
    assert floating(analysis, turn) == ()
    assert len(floating(analysis, replace(turn, traits=frozenset()))) == 1


def test_a_quotation_between_dashes_does_not_float() -> None:
    analysis = build_analysis(
        """
        Boasts boast  NOUN  8 nsubj
        —      —      PUNCT 5 punct
        “      “      PUNCT 5 punct
        We     we     PRON  5 nsubj
        stay   stay   VERB  1 parataxis
        here   here   ADV   5 advmod
        now    now    ADV   5 advmod
        !      !      PUNCT 5 punct
        ”      ”      PUNCT 5 punct
        —      —      PUNCT 5 punct
        wear   wear   VERB  0 root
        thin   thin   ADJ   8 xcomp
        .      .      PUNCT 8 punct
        """
    )
    (site,) = quotation_sites(analysis)
    assert not is_floating(analysis, site)


def test_who_issues_a_statement_speaks_in_the_next_paragraph() -> None:
    table = (
        """
        The    the    DET   2 det
        DNC    DNC    PROPN 3 nsubj
        {verb} {verb} VERB  0 root
        a      a      DET   5 det
        {noun} {noun} NOUN  3 obj
        .      .      PUNCT 3 punct
        """
        + PARAGRAPH
        + QUOTATION
    )
    issued = build_analysis(table.format(verb="issued", noun="statement"), entities={"DNC": "ORG"})
    (found,) = floating(issued)
    assert found.path == "subject of the sentence before"
    assert printed(issued, found.source) == ["The DNC"]
    bought = build_analysis(table.format(verb="bought", noun="house"), entities={"DNC": "ORG"})
    (found,) = floating(bought)
    assert found.source == ()
