"""Tests of the facts of all statements of a collection."""

from __future__ import annotations

from quotes.statements.overview import overview
from quotes.statements.types import Group, Statement, Variant

WORDS = "he would do anything that he was asked to do by the president"


def printed(speaker: str, *documents: str, words: str = WORDS) -> Group:
    """Return a statement of a speaker, as documents print it."""
    statements = tuple(
        Statement(id=f"{speaker}-{name}", document=name, words=words, speaker_id=speaker)
        for name in documents
    )
    return Group((Variant(words, statements),))


def test_prints_of_two_documents_under_two_speakers_disagree() -> None:
    one, other = overview([printed("falk", "a"), printed("reed", "b")])
    assert one.disputed
    assert other.disputed
    assert one.elsewhere == ("reed-b",)


def test_who_quotes_whom_in_one_document_is_no_disagreement() -> None:
    whole = f"Reed replied that {WORDS}"
    facts = overview([printed("falk", "a", words=whole), printed("reed", "a")])
    assert [each.disputed for each in facts] == [False, False]
    further = overview([printed("falk", "a", "b", words=whole), printed("reed", "a")])
    assert [each.disputed for each in further] == [True, True]
