"""Near duplicates among the articles that are added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from quotes.records import Document
from quotes.statements.near_duplicates import signature
from quotes.store.duplicate_articles import (
    mark_copies,
    pack_signature,
    unpack_signature,
    version,
)
from quotes.store.rows import Entry, arrow, document_row
from quotes.store.schema import DOCUMENTS
from quotes.store.views import Session

WIRE = " ".join(f"The council of town{n} met and the mayor said no to plan{n}." for n in range(40))
OTHER = " ".join(f"Fishermen sold eel{n} at harbour{n} before dawn on day{n}." for n in range(40))


@pytest.fixture
def session() -> Iterator[Session]:
    made = Session()
    yield made
    made.close()


def entry(name: str, text: str, day: int | None = None) -> Entry:
    published = date(2024, 3, day) if day else None
    return Entry(document=Document(id=name, text=text, published=published), quotes=())


def test_a_signature_comes_out_of_its_bytes_as_it_went_in() -> None:
    found = signature(WIRE)
    assert unpack_signature(pack_signature(found)) == found
    assert len(pack_signature(found)) == 8 * (len(found.hashes) + 1)


def test_of_two_new_articles_each_names_the_other(session: Session) -> None:
    later, first, other = mark_copies(
        session, [entry("b", WIRE + " More.", 5), entry("a", WIRE, 4), entry("c", OTHER, 6)]
    )
    assert [[near.document for near in e.near_copies] for e in (later, first, other)] == [
        ["a"], ["b"], [],
    ]  # fmt: skip
    assert later.near_copies[0].version == version(first.document.sha256, date(2024, 3, 4))
    assert set(later.bands) & set(first.bands)
    assert all(-(1 << 63) <= band < 1 << 63 for band in other.bands)


def test_an_article_of_the_store_is_found_and_a_revision_is_no_copy_of_itself(
    session: Session, tmp_path: Path
) -> None:
    (stored,) = mark_copies(session, [entry("a", WIRE, 4)])
    row = document_row(stored, batch="b", added=datetime(2024, 3, 4, tzinfo=UTC), made_by="t")
    pq.write_table(arrow(DOCUMENTS, [row]), tmp_path / "documents.parquet")
    session.files("documents", [str(tmp_path / "documents.parquet")])
    for day in (3, 5, None):  # before it, after it, unknown
        (copy,) = mark_copies(session, [entry("b", WIRE, day)])
        assert [near.document for near in copy.near_copies] == ["a"]
    (again,) = mark_copies(session, [entry("a", WIRE + " More.", 5)])
    assert again.near_copies == ()
