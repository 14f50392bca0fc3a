"""The state of resolution, on texts built by hand."""

from __future__ import annotations

from quotes.records import Span
from quotes.speakers import DocumentEntities
from quotes.speakers.discourse import Antecedent, narrated_numbers, paragraph_numbers
from quotes.speakers.referents import referents_of
from quotes.speakers.resolution import read_discourse
from tests.builders import build_analysis

TEXT = """
Anna  Anna  PROPN 2 compound
Roe   Roe   PROPN 3 nsubj
left  leave VERB  0 root
.     .     PUNCT 3 punct

“     “     PUNCT 3 punct
It    it    PRON  3 nsubj
rains rain  VERB  0 root
.     .     PUNCT 3 punct
”     ”     PUNCT 3 punct
¶
She   she   PRON  2 nsubj
slept sleep VERB  0 root
.     .     PUNCT 2 punct
"""
ANALYSIS = build_analysis(TEXT, entities={"Anna Roe": "PER"})


def test_what_is_quoted_does_not_count_between_two_sentences() -> None:
    discourse, _, _ = read_discourse(ANALYSIS, (), DocumentEntities())
    assert discourse.narrated == [1, 1, 2]
    assert discourse.distance(0, 2) == 1
    assert discourse.distance(0, 1) == 1
    assert discourse.distance(2, 2) == 0
    assert narrated_numbers(ANALYSIS.parse.sentences, ()) == [1, 2, 3]


def test_sentences_are_numbered_by_paragraph() -> None:
    first, second, third = paragraph_numbers(ANALYSIS)
    assert first == second < third


def test_a_span_in_marks_is_marked() -> None:
    discourse, _, _ = read_discourse(ANALYSIS, (), DocumentEntities())
    rains, slept = (ANALYSIS.text.index(word) for word in ("rains", "slept"))
    assert discourse.is_marked(Span(rains, rains + 5))
    assert not discourse.is_marked(Span(slept, slept + 5))


def test_a_pronoun_tells_the_gender_of_its_referent() -> None:
    discourse, _, _ = read_discourse(ANALYSIS, (), DocumentEntities())
    (pronoun,) = [i for i, m in enumerate(discourse.mentions) if m.gender == "female"]
    referent = discourse.referents[0]
    referent.gender = None
    discourse.note(pronoun, Antecedent(0, "by hand", 0.9))
    assert referent.gender == "female"
    assert discourse.antecedents[pronoun].step == "by hand"


def test_entities_are_the_first_referents() -> None:
    _, _, entities = read_discourse(ANALYSIS, (), DocumentEntities())
    (referent,) = referents_of(entities)
    assert (referent.entity, referent.text, referent.kind) == (0, "Anna Roe", "person")
