"""Texts built from tables: where words and quotation marks stand, and what a given text changes."""

from __future__ import annotations

from tests.builders import build_analysis, build_document, build_sentence

TABLE = """
“      “      PUNCT 3 punct
It     it     PRON  3 nsubj
rains  rain   VERB  6 ccomp  VerbForm=Fin|Tense=Pres
,      ,      PUNCT 3 punct
”      ”      PUNCT 3 punct
said   say    VERB  0 root
Park   Park   PROPN 6 nsubj

She    she    PRON  3 nsubj
did    do     AUX   3 aux
n't    not    PART  3 advmod
leave  leave  VERB  0 root
¶
"      "      PUNCT 2 punct
No     no     INTJ  0 root
"      "      PUNCT 2 punct
"""


def test_words_stand_where_print_has_them() -> None:
    document, parse = build_document(TABLE, entities={"Park": "PER"}, title="Rain")
    assert document.text == '“It rains,” said Park She didn\'t leave\n\n"No"'
    assert (document.title, document.language) == ("Rain", "en")
    words = [word for sentence in parse.sentences for word in sentence.words]
    assert [word.span.of(document.text) for word in words if word.form != '"'] == [
        word.form for word in words if word.form != '"'
    ]
    assert [entity.span.of(document.text) for entity in parse.entities] == ["Park"]


def test_rows_become_words() -> None:
    sentence = build_document(TABLE)[1].sentences[0]
    rains = sentence.words[2]
    assert (rains.lemma, rains.upos, rains.head, rains.deprel) == ("rain", "VERB", 5, "ccomp")
    assert rains.feats == (("VerbForm", "Fin"), ("Tense", "Pres"))
    assert [word.head for word in sentence.words].count(-1) == 1
    assert sentence.words[0].form == '"'  # straight, as the parser reads it


def test_quotation_marks_are_the_real_ones() -> None:
    analysis = build_analysis(TABLE)
    assert [mark.parts[0].of(analysis.text) for mark in analysis.marks] == ["It rains,", "No"]
    assert analysis.mark_over(2, 5) == 0
    assert analysis.mark_over(6, 5) == -1


def test_words_are_found_in_a_given_text() -> None:
    sentence = build_sentence("He he PRON 2 nsubj\nleft leave VERB 0 root", text="He\n   left")
    assert [word.span.start for word in sentence.words] == [0, 6]
