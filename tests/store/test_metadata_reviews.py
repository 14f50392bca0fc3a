"""Reviews of title, outlet, author, day and address of an article."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import StoreError
from quotes.records import METADATA, ReviewRequest
from quotes.store import Store, open_store
from quotes.store.quote_table import QUOTES_IN_MEMORY, QuoteTable
from tests.said import Said, article, found

GIVEN = {"title": "Cranes", "outlet": "Gazette", "author": "Ann Lee", "published": "2024-03-08"}
URL = "https://gazette.example/cranes"
SEEN = (date(2024, 3, 8), "Gazette", "Cranes", "Ann Lee", URL)
KNOWN = {"title": "Cranse", "outlet": "Gazzette", "source": "a.txt"}


def add(store: Store, *, again: bool = False, **known: Any) -> dict[str, str]:
    """Add two articles, of which the first has other metadata, and return their outcomes."""
    one = article("a", Said("Ida Falk", "The cranes are idle"), **(KNOWN | known))
    other = article("b", Said("Tom Reed", "The harbour is deep"), **KNOWN)
    steps = store.add([one, other], work=found, again=again)  # type: ignore[list-item]
    return {step.id: step.outcome for step in steps}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "store", create=True)
    add(made)
    return made


def correct(store: Store, **values: str) -> tuple[str, ...]:
    requests = [
        ReviewRequest(action=name, by="Ada", document="a", value=values[name])  # type: ignore[arg-type]
        for name in values
    ]
    return tuple(review.id for review in store.review_many(requests))


def seen(store: Store, document: str = "a") -> tuple[Any, ...]:
    """Return what the quotes of an article say of it."""
    query = "SELECT day, outlet, title, author, url FROM quotes WHERE document = ?"
    return tuple(store._session().rows(query, [document])[0].values())


def test_a_correction_is_seen_in_the_document_and_in_its_quotes(store: Store) -> None:
    before = seen(store, "b")
    correct(store, **GIVEN, url=URL)
    document = store.document("a")
    assert (document.title, document.outlet, document.author) == ("Cranes", "Gazette", "Ann Lee")
    assert (document.published, document.source) == (date(2024, 3, 8), URL)
    row = store._session().rows("SELECT * FROM documents WHERE id = 'a'")[0]
    assert (row["title"], row["source"]) == ("Cranes", URL)
    assert seen(store) == SEEN
    assert seen(store, "b") == before
    assert store.document("a", machine=True).title == "Cranse"


def test_it_applies_to_quotes_that_were_reviewed_too(store: Store) -> None:
    quote = store.quotes_of("a")[0].id
    correct(store, title="Cranes")
    store.review(ReviewRequest(action="role", by="Ada", quote=quote, value="captain"))
    correct(store, outlet="Gazette")
    assert seen(store)[1:3] == ("Gazette", "Cranes")
    assert store.quotes_of("a")[0].role == "captain"
    assert store.unanchored() == ()


def test_the_last_counts_and_each_can_be_undone(store: Store) -> None:
    first = correct(store, title="Cranes")
    second = correct(store, title="The cranes")
    assert seen(store)[2] == "The cranes"
    store.undo_reviews(second, by="Ada")
    assert seen(store)[2] == "Cranes"
    store.undo_reviews(first, by="Ada")
    assert seen(store)[2] == "Cranse"


def test_an_empty_value_takes_away(store: Store) -> None:
    correct(store, outlet="", published="")
    document = store.document("a")
    assert (document.outlet, document.published) == (None, None)
    assert seen(store)[:2] == (None, None)


@pytest.mark.parametrize("again", [False, True])
def test_it_is_kept_when_the_article_is_added_again(store: Store, again: bool) -> None:
    reviews = correct(store, **GIVEN, url=URL)
    outcome = "revised" if again else "unchanged"
    assert add(store, again=again) == {"a": outcome, "b": outcome}
    assert seen(store) == SEEN
    assert add(store, title="Other cranes")["a"] == "revised"  # what it now says of itself
    assert seen(store) == SEEN
    store.undo_reviews(reviews, by="Ada")
    assert seen(store)[1:3] == ("Gazzette", "Other cranes")


def test_it_is_kept_while_the_article_is_away(store: Store) -> None:
    correct(store, title="Cranes")
    store.remove(["a"])
    add(store)
    assert seen(store)[2] == "Cranes"


def test_the_table_in_memory_follows(store: Store) -> None:
    table = QuoteTable(store)
    query = f"SELECT title, day FROM {QUOTES_IN_MEMORY} WHERE document = 'a'"
    assert table.rows(query)[0]["title"] == "Cranse"
    reviews = correct(store, title="Cranes", published="2024-03-08")
    assert table.rows(query) == [{"title": "Cranes", "day": date(2024, 3, 8)}]
    store.undo_reviews(reviews, by="Ada")
    assert table.rows(query)[0]["title"] == "Cranse"


def test_an_article_without_address_is_known_by_the_one_it_is_given(store: Store) -> None:
    correct(store, url=URL)
    said = Said("Ida Falk", "The cranes are idle")
    again = article(URL, said, Said("Ida Falk", "They cost us"), source=URL)
    steps = store.add([again], work=found)  # type: ignore[list-item]
    assert [step.id for step in steps] == ["a"]
    assert len(store.quotes_of("a")) == 2


@pytest.mark.parametrize("day", ["2024-02-31", "March 2024", "2024-03", "20240304"])
def test_a_day_that_is_none_is_refused(store: Store, day: str) -> None:
    with pytest.raises(StoreError, match="no day of publication"):
        correct(store, published=day)
    assert store.reviews() == ()


def test_a_correction_needs_a_document_and_a_value(store: Store) -> None:
    for name in METADATA:
        with pytest.raises(StoreError, match="needs the id of a document"):
            store.review(ReviewRequest(action=name, by="Ada", value="x"))
        with pytest.raises(StoreError, match="needs a value"):
            store.review(ReviewRequest(action=name, by="Ada", document="a"))
    with pytest.raises(StoreError, match="no document 'z': nothing was changed"):
        store.review(ReviewRequest(action="title", by="Ada", document="z", value="x"))
