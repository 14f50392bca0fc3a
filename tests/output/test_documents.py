"""Quotes of a document as cells of a table."""

from __future__ import annotations

import pytest

from quotes.output import documents
from quotes.records import Document, Location, Quote, Span
from tests.stores import HARBOUR, SCHOOL, described, work


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_cell_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    row = dict.fromkeys([name for name, _, _ in documents.COLUMNS]) | {
        "speaker": cell,
        "reported_by": [cell],
        "content_spans": [[0, 4]],
    }
    row |= {"cue_spans": [], "source_spans": []}
    cells = dict(
        zip([name for name, _, _ in documents.COLUMNS], documents.to_cells(row), strict=True)
    )
    assert cells["speaker"] == cells["reported_by"] == "'" + cell
    assert cells["content_spans"] == "0-4"


def test_further_columns_of_the_articles_stand_behind_those_of_a_quote() -> None:
    document, parse = described(HARBOUR, extra=(("section", "World"), ("type", "news")))
    (done,) = work([(document, parse)])
    rows = documents.to_rows(done.document, done.quotes)
    assert documents.names_of(rows) == (*documents.NAMES, "section", "article_type")
    assert {(row["section"], row["article_type"]) for row in rows} == {("World", "news")}
    assert {row["type"] for row in rows} <= {"direct", "indirect", "mixed"}
    (other,) = work([SCHOOL])
    frame = documents.to_frame([*rows, *documents.to_rows(other.document, other.quotes)])
    assert frame["section"].isna().sum() == len(other.quotes)
    batch = documents.to_batch(rows)
    assert batch.schema.names == list(documents.names_of(rows))
    assert set(batch.column("section").to_pylist()) == {"World"}


def test_a_quote_of_a_transcript_has_the_time_at_which_it_was_said() -> None:
    text = "Olga Strand: We never said so."
    document = Document(id="a", text=text, locations=(Location(0, time=3723.9),))
    quote = Quote(
        id="q", document="a", content=(Span(13, 30),), cue=(), source=(Span(0, 11),),
        type="direct", rule="r", confidence=1.0, at=document.at(13),
    )  # fmt: skip
    (row,) = documents.to_rows(document, [quote])
    assert row["at"] == "1:02:03"
