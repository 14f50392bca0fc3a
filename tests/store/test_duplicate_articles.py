"""Near duplicates among the articles that are added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from quotes.records import Document
from quotes.statements.near_duplicates import signature
from quotes.store.duplicate_articles import mark_copies, pack_signature, unpack_signature
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


def test_of_two_new_articles_the_later_is_the_copy(session: Session) -> None:
    later, first, other = mark_copies(
        session, [entry("b", WIRE + " More.", 5), entry("a", WIRE, 4), entry("c", OTHER, 6)]
    )
    assert (later.copy_of, first.copy_of, other.copy_of) == ("a", None, None)
    assert set(later.bands) & set(first.bands)
    assert all(-(1 << 63) <= band < 1 << 63 for band in other.bands)


def test_an_article_of_the_store_is_the_original_of_a_new_one(
    session: Session, tmp_path: Path
) -> None:
    (stored,) = mark_copies(session, [entry("a", WIRE, 4)])
    row = document_row(stored, batch="b", added=datetime(2024, 3, 4, tzinfo=UTC), made_by="t")
    pq.write_table(arrow(DOCUMENTS, [row]), tmp_path / "documents.parquet")
    session.files("documents", [str(tmp_path / "documents.parquet")])
    (copy,) = mark_copies(session, [entry("b", WIRE + " More.", 5)])
    assert copy.copy_of == "a"
    (again,) = mark_copies(session, [entry("a", WIRE + " More.", 5)])
    assert again.copy_of is None  # a revision is no copy of itself
