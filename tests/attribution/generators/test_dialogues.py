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


def test_a_turn_with_a_clause_of_its_own_is_left_to_the_rules() -> None:
    (found,) = plain("— Are you late?\n\n— No, said Bo.")
    assert found.content[0][0] < 5
