"""Documents with their quotes as JSON lines."""

from __future__ import annotations

from quotes.store import EVERYTHING, Selection, Store
from tests.output.tables.reading import nested


def test_a_line_is_a_document_with_its_quotes_in_text_order(store: Store) -> None:
    made = nested(store, EVERYTHING, with_text=True)
    assert [each["id"] for each in made] == ["=school", "harbour", "later"]
    assert sum(len(each["quotes"]) for each in made) == len(store.quotes())
    harbour = made[1]
    assert (harbour["outlet"], harbour["title"]) == ("Harbour Post", "Prices")
    assert harbour["published"] == "2024-03-04"
    starts = [quote["content"][0][0] for quote in harbour["quotes"]]
    assert starts == sorted(starts)
    for quote in harbour["quotes"]:
        assert quote["content"] == quote["content_spans"]
        assert quote["text"] == [harbour["document_text"][a:b] for a, b in quote["content"]]
        assert quote["url"] == harbour["url"] == "https://post.example/prices?a=1&b=2"


def test_only_documents_with_quotes_of_the_selection_are_there(store: Store) -> None:
    made = nested(store, Selection(kind="organization", min_confidence=0, documents=["later"]))
    assert [each["id"] for each in made] == ["later"]
    assert {quote["kind"] for quote in made[0]["quotes"]} == {"organization"}
    assert "document_text" not in made[0]
    assert nested(store, Selection(about="nowhere")) == []
