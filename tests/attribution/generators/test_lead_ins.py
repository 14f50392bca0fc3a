"""Words that lead up to a quotation or stand behind it and name who speaks."""

from __future__ import annotations

import pytest

from quotes.analysis import Analysis
from quotes.attribution.generators.lead_ins import (
    Answer,
    is_led_in,
    is_person_name,
    name_behind,
    speaker_of_lead_in,
    word_before,
)
from quotes.attribution.quotation_sites import QuotationSite, quotation_sites
from tests.builders import build_analysis, printed

QUOTATION = """
“      “      PUNCT 4 punct
We     we     PRON  4 nsubj
all    all    DET   4 advmod
stay   stay   VERB  0 root
right  right  ADV   6 advmod
here   here   ADV   4 advmod
{end}      {end}      PUNCT 4 punct
”      ”      PUNCT 4 punct
"""
ENDED = QUOTATION.format(end=".")
PARAGRAPH = "\n¶\n"


def only_site(analysis: Analysis) -> QuotationSite:
    (site,) = quotation_sites(analysis)
    return site


def source(analysis: Analysis, answer: Answer | None) -> list[str]:
    return [] if answer is None else printed(analysis, answer[1])


def test_the_subject_of_the_clause_before_a_colon_speaks() -> None:
    analysis = build_analysis(
        """
        After    after   SCONJ 3 mark
        rain     rain    NOUN  3 nsubj
        fell     fall    VERB  5 advcl
        Okoro    Okoro   PROPN 5 nsubj
        mailed   mail    VERB  0 root
        all      all     DET   7 det
        houses   house   NOUN  5 obj
        :        :       PUNCT 5 punct
        """
        + ENDED
    )
    answer = speaker_of_lead_in(analysis, only_site(analysis))
    assert source(analysis, answer) == ["Okoro"]


def test_a_name_behind_a_dash_goes_before_the_subject() -> None:
    analysis = build_analysis(
        """
        Rain    rain   NOUN  2 nsubj
        fell    fall   VERB  0 root
        -       -      PUNCT 2 punct
        Ada     Ada    PROPN 2 parataxis
        Okoro   Okoro  PROPN 4 flat
        :       :      PUNCT 4 punct
        """
        + ENDED,
        entities={"Ada Okoro": "PER"},
    )
    answer = speaker_of_lead_in(analysis, only_site(analysis))
    assert source(analysis, answer) == ["Ada Okoro"]


def test_a_paragraph_without_a_verb_names_who_speaks() -> None:
    heading = """
        From     from    ADP   3 case
        the      the     DET   3 det
        desk     desk    NOUN  0 root
        of       of      ADP   5 case
        Okoro    Okoro   PROPN 3 nmod
        {end}        {end}       PUNCT 3 punct
        """
    analysis = build_analysis(
        heading.format(end=".") + PARAGRAPH + ENDED, entities={"Okoro": "PER"}
    )
    assert source(analysis, speaker_of_lead_in(analysis, only_site(analysis))) == ["Okoro"]
    same = build_analysis(heading.format(end=".") + ENDED, entities={"Okoro": "PER"})
    assert speaker_of_lead_in(same, only_site(same)) is None


def test_behind_a_comma_without_a_verb_a_person_may_be_named() -> None:
    analysis = build_analysis(
        """
        In      in     ADP   3 case
        the     the    DET   3 det
        words   word   NOUN  0 root
        of      of     ADP   6 case
        one     one    NUM   6 nummod
        farmer  farmer NOUN  3 nmod
        ,       ,      PUNCT 3 punct
        """
        + ENDED
    )
    site = only_site(analysis)
    assert is_led_in(analysis, site)
    assert source(analysis, speaker_of_lead_in(analysis, site)) == ["one farmer"]


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("Dr Dr PROPN 0 root\nOkoro Okoro PROPN 1 flat\n. . PUNCT 1 punct", ["Dr Okoro"]),
        ("Okoro Okoro PROPN 2 nsubj\nnoted noted PROPN 0 root\n. . PUNCT 2 punct", ["Okoro"]),
        ("Okoro Okoro PROPN 2 nsubj\nleft leave VERB 0 root\n. . PUNCT 2 punct", []),
        ("rain rain NOUN 0 root\nOkoro Okoro PROPN 1 flat\n. . PUNCT 1 punct", []),
    ],
)
def test_a_name_alone_behind_a_quotation_speaks(behind: str, expected: list[str]) -> None:
    analysis = build_analysis(QUOTATION.format(end=",") + "\n" + behind, entities={"Okoro": "PER"})
    assert source(analysis, name_behind(analysis, only_site(analysis))) == expected


def test_the_word_before_a_mark() -> None:
    analysis = build_analysis("Rain rain NOUN 0 root\n. . PUNCT 1 punct\n" + ENDED)
    assert word_before(analysis, only_site(analysis)) == 0
    alone = build_analysis(ENDED)
    assert word_before(alone, only_site(alone)) is None


def test_a_name_further_inside_a_phrase_does_not_make_it_a_person() -> None:
    analysis = build_analysis(
        """
        Groups   group    NOUN  5 nsubj
        such     such     ADJ   4 case
        as       as       ADP   2 fixed
        Magen    Magen    PROPN 1 nmod
        wait     wait     VERB  0 root
        .        .        PUNCT 5 punct
        """,
        entities={"Magen": "PER"},
    )
    assert not is_person_name(analysis, 0)
    assert is_person_name(analysis, 3)


def test_a_quotation_behind_a_conjunction_belongs_to_the_subject() -> None:
    analysis = build_analysis(
        """
        Okoro    Okoro   PROPN 2 nsubj
        holds    hold    VERB  0 root
        that     that    SCONJ 2 mark
        """
        + ENDED,
        entities={"Okoro": "PER"},
    )
    site = only_site(analysis)
    assert is_led_in(analysis, site)
    assert source(analysis, speaker_of_lead_in(analysis, site)) == ["Okoro"]
