"""Rows of a few documents are those of the views; reviews are read as they come."""

from __future__ import annotations

from pathlib import Path

from quotes.records import ReviewRequest
from quotes.store import Store, open_store
from quotes.store.document_rows import MAX_DOCUMENTS_KEPT, rows_of_documents
from tests.stores import put, shifted, stored
from tests.web_client import ARTICLES

KEYS = {"documents": "id", "revisions": "id", "machine_quotes": "document", "quotes": "document"}


def agree(store: Store) -> None:
    """Check that the rows of each document alone are those of the views."""
    session = store._session()
    for document in ("harbour", "=school", "nothing has this id"):
        for view, key in KEYS.items():
            query = f"SELECT * FROM {view} WHERE {key} = ? ORDER BY ALL"
            alone = rows_of_documents(session, query, [document], documents=[document])
            assert alone.to_pylist() == session.rows(query, [document])


def test_rows_of_documents_follow_revisions_reviews_and_removal(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES[:3])
    agree(store)
    quote = store.quotes_of("=school")[0].id
    store.review(ReviewRequest(action="role", by="Ada", quote=quote, value="teacher"))
    store.review(ReviewRequest(action="outlet", by="Ada", document="=school", value="Gazette"))
    agree(store)
    assert store.document("=school").outlet == "Gazette"
    list(put(store, [shifted(ARTICLES[0], "A first paragraph that is new.\n\n")]))
    agree(store)
    store.remove(["=school"])
    agree(store)


def test_no_more_documents_are_kept_than_allowed(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", ARTICLES[:1])
    session = store._session()
    for number in range(MAX_DOCUMENTS_KEPT + 5):
        name = f"missing {number}"
        query = "SELECT id FROM documents WHERE id = ?"
        assert rows_of_documents(session, query, [name], documents=[name]).num_rows == 0
    assert len(session.kept) == MAX_DOCUMENTS_KEPT


def test_reviews_of_another_program_are_seen_in_order_also_when_files_are_joined(
    tmp_path: Path,
) -> None:
    one = stored(tmp_path / "store", ARTICLES[:1])
    other = open_store(tmp_path / "store")
    quotes = [quote.id for quote in one.quotes_of("harbour")]
    made = [one.review(ReviewRequest(action="accept", by="Ada", quote=quotes[0])).id]
    assert [review.id for review in other.reviews()] == made
    made.append(other.review(ReviewRequest(action="reject", by="Bo", quote=quotes[1])).id)
    made.append(one.review(ReviewRequest(action="accept", by="Ada", quote=quotes[1])).id)
    assert [review.id for review in other.reviews()] == made
    for _ in range(12):  # so many small files are joined
        made.append(one.review(ReviewRequest(action="accept", by="Ada", quote=quotes[0])).id)
    one.compact()
    assert [review.id for review in other.reviews()] == made
    made.append(one.review(ReviewRequest(action="undo", by="Ada", undoes=made[-1])).id)
    assert [review.id for review in other.reviews()] == made
    assert other.reviews() == open_store(tmp_path / "store").reviews()
