"""Dialogues whose turns begin with a dash."""

from __future__ import annotations

from quotes.attribution.candidates import Candidate
from quotes.attribution.generators.dialogues import dialogue_turns
from tests.builders import analysis_of, build_analysis, build_document, plain_table, printed

MEETING = """
A      a      DET   2 det
nurse  nurse  NOUN  6 nsubj
and    and    CCONJ 4 cc
Ada    Ada    PROPN 2 conj
Okoro  Okoro  PROPN 4 flat
met    meet   VERB  0 root
.      .      PUNCT 6 punct
¶
—      —      PUNCT 2 punct
Late   late   ADJ   0 root
?      ?      PUNCT 2 punct
¶
—      —      PUNCT 3 punct
It     it     PRON  3 nsubj
rained rain   VERB  0 root
.      .      PUNCT 3 punct
¶
—      —      PUNCT 2 punct
Still  still  ADV   0 root
.      .      PUNCT 2 punct
"""


def plain(text: str) -> tuple[Candidate, ...]:
    return dialogue_turns(analysis_of(*build_document(plain_table(text), text=text)))


def test_two_people_speak_in_turn() -> None:
    analysis = build_analysis(MEETING, entities={"Ada Okoro": "PER"})
    found = dialogue_turns(analysis)
    assert [printed(analysis, c.source) for c in found] == [
        ["A nurse"],
        ["Ada Okoro"],
        ["A nurse"],
    ]
    assert printed(analysis, found[1].content) == ["It rained."]


def test_with_nobody_before_it_the_turns_are_nobodys() -> None:
    found = plain("— Late?\n\n— It rained.")
    assert [c.source for c in found] == [(), ()]


def test_a_list_with_dashes_is_no_dialogue() -> None:
    assert plain("— The mill closed.\n\n— The bank opened.") == ()
    assert plain("— Late?\n\nIt rained.") == ()


ASKED = """
—       —       PUNCT 2 punct
Late    late    ADJ   0 root
?       ?       PUNCT 2 punct
the     the     DET   5 det
clerk   clerk   NOUN  6 nsubj
asked   ask     VERB  2 parataxis
.       .       PUNCT 2 punct
¶
—       —       PUNCT 2 punct
No      no      INTJ  0 root
,       ,       PUNCT 2 punct
replied reply   VERB  2 parataxis
the     the     DET   6 det
nurse   nurse   NOUN  4 nsubj
,       ,       PUNCT 6 punct
Bo      Bo      PROPN 6 appos
.       .       PUNCT 2 punct
It      it      PRON  11 nsubj
rained  rain    VERB  2 parataxis
.       .       PUNCT 2 punct
¶
—       —       PUNCT 2 punct
Still   still   ADV   0 root
?       ?       PUNCT 2 punct
"""


def test_a_turn_that_says_who_speaks_names_the_others() -> None:
    analysis = build_analysis(ASKED, entities={"Bo": "PER"})
    found = dialogue_turns(analysis)
    assert [printed(analysis, c.source) for c in found] == [
        ["the clerk"],
        ["the nurse, Bo"],
        ["the clerk"],
    ]
    assert [printed(analysis, c.content) for c in found] == [
        ["Late?"],
        ["No,", "It rained."],
        ["Still?"],
    ]
    assert [printed(analysis, c.cue) for c in found] == [["asked"], ["replied"], []]


def test_a_verb_of_speech_with_more_beside_it_says_nobody_speaks() -> None:
    table = ASKED.replace("the     the     DET   5 det", "who     who     PRON  5 nsubj")
    table = table.replace("clerk   clerk   NOUN  6 nsubj", "never   never   ADV   6 advmod")
    analysis = build_analysis(table, entities={"Bo": "PER"})
    assert printed(analysis, dialogue_turns(analysis)[0].content) == ["Late? who never asked."]
