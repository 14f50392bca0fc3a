"""An article that changed: its page shows what `quotes diff` shows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from quotes.statements.revisions import changes_of_revisions
from quotes.store import Store
from tests.stores import HARBOUR, put, stored, without
from tests.web_client import client_of, store_of, visible

GONE = "“Prices will rise again in March,”"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Three revisions of an article: its first sentence goes, and then comes back."""
    store = stored(tmp_path_factory.mktemp("revised") / "store", [HARBOUR])
    document, parse = without(HARBOUR, {0})
    list(put(store, [(replace(document, text=document.text + "\n"), parse)]))
    list(put(store, [HARBOUR]))
    return client_of(store)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return client_of(stored(tmp_path_factory.mktemp("once") / "store", [HARBOUR]))


def test_the_page_of_an_article_shows_what_changed_since_the_revision_before(
    client: TestClient,
) -> None:
    shown = visible(client.get("/article?id=harbour").text)
    assert "Changed since revision 2" in shown
    assert GONE in shown.partition("Changed since revision 2")[2]
    found = client.get("/api/article?id=harbour").json()["changes"]
    assert found["since"] == 2
    assert GONE in {item["after"]["words"] for item in found["items"] if item["change"] == "added"}


def test_an_earlier_revision_can_be_chosen(client: TestClient) -> None:
    found = client.get("/api/article?id=harbour&since=1").json()["changes"]
    assert found == {"since": 1, "items": []}
    page = client.get("/article?id=harbour&since=1").text
    assert "The same quotes." in visible(page)
    assert "since=2" in page
    answer = client.get("/api/article?id=harbour&since=3")
    assert answer.status_code == 404
    assert "no earlier one" in answer.text


def test_an_article_of_one_revision_has_no_changes(once: TestClient) -> None:
    assert client_page(once) is None
    assert "Changed since" not in visible(once.get("/article?id=harbour").text)


def client_page(client: TestClient) -> object:
    return client.get("/api/article?id=harbour").json()["changes"]


def test_page_and_command_compare_alike(client: TestClient) -> None:
    store: Store = store_of(client)
    found = changes_of_revisions(store, "harbour")
    shown = client.get("/api/article?id=harbour").json()["changes"]["items"]
    assert [change.kind for change in found.changes] == [item["change"] for item in shown]
    assert (found.old, found.new) == (2, 3)
