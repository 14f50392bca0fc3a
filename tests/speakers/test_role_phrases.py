"""Noun phrases that describe a person, on a sentence built by hand."""

from __future__ import annotations

import pytest

from quotes.language.lexicon import load_lexicon
from quotes.speakers import mentions
from quotes.speakers.role_phrases import (
    Phrase,
    PhraseReader,
    complement_end,
    may_be_person,
    phrase_before,
    phrase_reader,
    read_phrase,
    without_opening,
)
from tests.builders import ENGLISH, analysis_of, build_document

LEXICON = load_lexicon(ENGLISH)
MINISTER = """
the      the      DET   3 det
stern    stern    ADJ   3 amod
minister minister NOUN  14 nsubj
of       of       ADP   5 case
Trade    Trade    PROPN 3 nmod
,        ,        PUNCT 7 punct
Roads    Roads    PROPN 5 conj
and      and      CCONJ 9 cc
Harbours Harbours PROPN 5 conj
who      who      PRON  11 nsubj PronType=Rel
sang     sing     VERB  3 acl:relcl
,        ,        PUNCT 3 punct
never    never    ADV   14 advmod
left     leave    VERB  0 root
"""


def reader_of(table: str, **entities: str) -> PhraseReader:
    document, parse = build_document(table, entities=entities)  # type: ignore[arg-type]
    found = mentions(analysis_of(document, parse))
    return phrase_reader(parse.sentences[0], found, LEXICON, besides=None)


def test_a_phrase_ends_before_a_relative_clause_and_a_name_counts_as_one_word() -> None:
    plain = reader_of(MINISTER.replace("5 conj", "14 dep"))
    assert complement_end(plain, 3) == 5
    assert complement_end(plain, 2) == 2
    named = PhraseReader(plain.sentence, LEXICON, {4: 9}, {9: 4}, frozenset())
    assert read_phrase(named, 0) == Phrase(1, 9, 2)
    assert phrase_before(named, 9) == Phrase(0, 9, 2)


def test_a_phrase_does_not_reach_into_a_name_over_its_end() -> None:
    plain = reader_of(MINISTER.replace("5 conj", "14 dep"))
    named = PhraseReader(plain.sentence, LEXICON, {4: 9}, {}, frozenset())
    assert complement_end(named, 3, limit=6) == 3
    assert phrase_before(named, 6) is None


def test_a_list_of_fields_goes_on_over_commas() -> None:
    assert complement_end(reader_of(MINISTER), 3) == 9
    assert phrase_before(reader_of(MINISTER), 9) == Phrase(0, 9, 2)
    people = MINISTER.replace("Trade    Trade    PROPN", "judge    judge    NOUN ")
    assert complement_end(reader_of(people), 3) == 5
    to_office = MINISTER.replace("Roads    Roads    PROPN 5 conj", "Roads    Roads    PROPN 3 conj")
    chained = to_office.replace("Harbours Harbours PROPN 5 conj", "Harbours Harbours PROPN 7 conj")
    assert complement_end(reader_of(chained), 3) == 9
    other = chained.replace("Roads    Roads   ", "director director")
    assert complement_end(reader_of(other), 3) == 5


def test_articles_ages_numbers_and_words_of_praise_come_off() -> None:
    table = MINISTER.replace("stern    stern   ", "renowned renowned")
    assert without_opening(reader_of(table), Phrase(0, 5, 2)) == Phrase(2, 5, 2)
    assert without_opening(reader_of(MINISTER), Phrase(0, 5, 2)) == Phrase(2, 5, 2)
    table = MINISTER.replace("stern    stern   ", "maritime maritime")
    assert without_opening(reader_of(table), Phrase(0, 5, 2)) == Phrase(1, 5, 2)
    aged = MINISTER.replace("stern    stern   ", "51-year-old 51-year-old")
    assert without_opening(reader_of(aged), Phrase(0, 5, 2)) == Phrase(2, 5, 2)


@pytest.mark.parametrize("noun", ["march", "monday", "afternoon", "16:06", "2024", "ministry"])
def test_days_hours_and_institutions_are_no_persons(noun: str) -> None:
    assert not may_be_person(noun, LEXICON)
    assert may_be_person("ferryman", LEXICON)
