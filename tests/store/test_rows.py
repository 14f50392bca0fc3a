"""Records to rows of the tables, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from quotes.records import Alias, Document, Embed, Failure, Quote, Review, SaidOn, Span, Speaker
from quotes.speakers import Entity
from quotes.store.rows import (
    Entry,
    Row,
    alias_rows,
    arrow,
    document_of,
    document_row,
    failure_row,
    offsets,
    quote_of,
    quote_row,
    review_of,
    review_row,
    spans,
    speaker_of,
    speaker_row,
)
from quotes.store.schema import ALIASES, DOCUMENTS, QUOTES, REVIEWS, SPEAKERS, TableSchema

NOW = datetime(2024, 3, 4, 5, 6, tzinfo=UTC)
DOCUMENT = Document(
    id="d",
    text="It rains, Park said on Monday.",
    source="https://post.example/d",
    outlet="Daily Post",
    published=date(2024, 3, 4),
    language="en",
    embeds=(Embed(Span(0, 8), None, "Park"),),
)
QUOTE = Quote(
    id="q",
    document="d",
    content=(Span(0, 8),),
    cue=(Span(15, 19),),
    source=(Span(10, 14),),
    type="indirect",
    rule="r",
    confidence=0.9,
    when=Span(20, 29),
    said_on=SaidOn(date(2024, 3, 4), "day"),
    speaker="Ellen Park",
    kind="person",
    reported_by=("Reuters",),
    words="It rains",
)


def through(table: TableSchema, row: Row) -> Row:
    """Return a row as it comes out of a table."""
    (found,) = arrow(table, [row]).to_pylist()
    return dict(found)


def test_a_document_comes_out_as_it_went_in() -> None:
    row = document_row(Entry(document=DOCUMENT, quotes=(QUOTE,)), batch="b", added=NOW, made_by="t")
    assert (row["quotes"], row["sha256"]) == (1, DOCUMENT.sha256)
    assert document_of(through(DOCUMENTS, row)) == DOCUMENT


def test_a_quote_comes_out_as_it_went_in_with_its_words_beside_its_offsets() -> None:
    row = quote_row(DOCUMENT, QUOTE, 0, batch="b")
    assert (row["words"], row["cue"], row["when_text"]) == ("It rains", "said", "on Monday")
    assert (row["outlet"], row["url"]) == ("Daily Post", "https://post.example/d")
    assert quote_of(through(QUOTES, row)) == QUOTE


def test_a_review_comes_out_as_it_went_in() -> None:
    review = Review(
        id="j1",
        action="split",
        by="Ann",
        at=NOW,
        names=("Park",),
        documents=("d",),
        content=(Span(0, 8),),
        words=("It rains",),
        why="another one",
    )
    assert review_of(through(REVIEWS, review_row(review))) == review
    bare = replace(review, why="", content=(), words=())
    assert review_row(bare)["why"] is None
    assert review_of(through(REVIEWS, review_row(bare))) == bare


def test_a_speaker_comes_out_as_it_went_in() -> None:
    alias = Alias("Park", "person", 0.6, "surname alone", "machine")
    speaker = Speaker(
        id="ellen-park", name="Ellen Park", kind="person", aliases=(alias,), wikidata="Q1"
    )
    assert speaker_of(through(SPEAKERS, speaker_row(speaker))) == speaker


def test_an_entity_is_a_row_with_all_its_names_once() -> None:
    entity = Entity("Ellen Park", "person", names=("Park", "Ellen Park"), mentioned=3)
    (row,) = alias_rows(Entry(document=DOCUMENT, quotes=(), entities=(entity,)), batch="b")
    assert through(ALIASES, row)["names"] == ["Ellen Park", "Park"]
    assert (row["mentioned"], row["published"]) == (3, date(2024, 3, 4))


def test_a_failure_without_details_has_none() -> None:
    row = failure_row(Failure("a", "read", "is empty"), run="r", at=NOW)
    assert (row["id"], row["stage"], row["run"], row["detail"]) == ("a", "read", "r", None)


@pytest.mark.parametrize("given", [(), (Span(3, 9),), (Span(3, 9), Span(12, 20))])
def test_spans_come_out_as_they_went_in(given: tuple[Span, ...]) -> None:
    assert spans(offsets(given)) == given


def test_missing_spans_are_none_and_one_is_a_list_of_one() -> None:
    assert (offsets(None), spans(None)) == ([], ())
    assert offsets(Span(3, 9)) == [{"start": 3, "end": 9}]
