"""Whose turn it is, on sentences built by hand."""

from __future__ import annotations

from quotes.records import Attribution, Span
from quotes.speakers import DocumentEntities
from quotes.speakers.resolution import read_discourse
from tests.builders import build_analysis

TEXT = """
Anna     Anna     PROPN 2 compound
Roe      Roe      PROPN 8 nsubj
,        ,        PUNCT 6 punct
whom     whom     PRON  6 obj PronType=Rel
Park     Park     PROPN 6 nsubj
called   call     VERB  2 acl:relcl
lazy     lazy     ADJ   6 xcomp
said     say      VERB  0 root
Lind     Lind     PROPN 10 nsubj
thinks   think    VERB  8 ccomp
so       so       ADV   10 advmod
.        .        PUNCT 8 punct
"""
ANALYSIS = build_analysis(TEXT, entities={"Anna Roe": "PER", "Park": "PER", "Lind": "PER"})


def said(
    number: int, source: str, cue: str, *, sure: float = 0.9, inside: int | None = None
) -> Attribution:
    text = ANALYSIS.text
    spans = [Span(at := text.index(words), at + len(words)) for words in (source, cue)]
    return Attribution(
        id=str(number),
        document="hand",
        content=(Span(len(text) - 3, len(text) - 1),),
        cue=(spans[1],),
        source=(spans[0],),
        type="indirect",
        rule="by hand",
        confidence=sure,
        nested_in=None if inside is None else str(inside),
    )


def last_speaker(*attributions: Attribution) -> str | None:
    discourse, _, _ = read_discourse(ANALYSIS, attributions, DocumentEntities())
    speaker, _ = discourse.turns_before(len(ANALYSIS.text))
    return None if speaker is None else discourse.referents[speaker].text


def test_the_subject_of_a_relative_clause_takes_no_turn() -> None:
    assert last_speaker(said(1, "Anna Roe", "said"), said(2, "Park", "called")) == "Anna Roe"


def test_who_speaks_in_the_words_of_another_takes_no_turn() -> None:
    outer, inner = said(1, "Anna Roe", "said"), said(2, "Lind", "thinks", inside=1)
    assert last_speaker(outer, inner) == "Anna Roe"
    assert last_speaker(outer, said(2, "Lind", "thinks")) == "Anna Roe"


def test_what_is_not_shown_is_no_turn() -> None:
    assert last_speaker(said(1, "Anna Roe", "said", sure=0.1)) is None
    assert last_speaker(said(1, "Anna Roe", "said", sure=0.1), said(2, "Lind", "thinks")) == "Lind"
