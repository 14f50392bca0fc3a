"""Title, outlet, author, day and address of an article, corrected on its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from starlette.testclient import TestClient

from quotes.pipeline import Processed
from quotes.records import Failure, SaidOn
from tests.said import Said, article, found, said_client
from tests.web_client import client_of, finished, ids, review, review_json, store_of, visible

SAID = Said("Ida Falk", "The cranes are idle")
FORM = {
    "document": "a",
    "title": "Cranse",
    "outlet": "Gazette",
    "author": "",
    "published": "2024-03-04",
    "url": "",
}
FILE = "articles/a.txt"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    known = {"title": "Cranse", "outlet": "Gazette", "source": FILE}
    return said_client(tmp_path, article("a", SAID, **known), article("b", SAID, outlet="Times"))


def shown(client: TestClient, name: str = "a") -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/article", params={"id": name}).json()
    return found


def test_one_form_corrects_an_article_on_all_pages(client: TestClient) -> None:
    given = FORM | {
        "title": " The  cranes ",
        "author": "Ann Lee",
        "url": "https://gazette.example/a",
    }
    answer = review(client, "metadata", **given)
    assert answer.status_code == 303
    assert "Corrected%3A%20title%2C%20author%2C%20address." in answer.headers["set-cookie"]
    now = shown(client)
    assert (now["title"], now["author"], now["url"]) == (
        "The cranes",
        "Ann Lee",
        "https://gazette.example/a",
    )
    assert [r["action"] for r in now["history"]] == ["title", "author", "url"]
    page = client.get("/article?id=a")
    assert "title, author, address corrected by Ada" in visible(page.text)
    card = client.get("/api/search", params={"q": "idle", "outlet": "Gazette"}).json()["items"][0]
    assert (card["title"], card["url"]) == ("The cranes", "https://gazette.example/a")
    assert client.get("/api/articles", params={"q": "cranes"}).json()["total"] == 1
    assert client.get("/api/articles", params={"q": "cranse"}).json()["total"] == 0


def test_a_form_that_is_sent_as_it_was_saves_nothing(client: TestClient) -> None:
    answer = review(client, "metadata", **FORM)
    assert "Nothing%20changed" in answer.headers["set-cookie"]
    assert store_of(client).reviews() == ()
    assert shown(client)["source"] == FILE  # a path is no address, and stays


def test_a_correction_is_undone_from_the_page(client: TestClient) -> None:
    review(client, "metadata", **FORM | {"outlet": "Times"})
    assert len(ids(client, outlet="Times", q="idle", copies="yes")) == 2
    undoes = shown(client)["history"][0]["id"]
    assert f'name="undoes" value="{undoes}"' in client.get("/article?id=a").text
    answer = review(client, "undo", undoes=undoes)
    assert "Undone%3A%20outlet%20of%20Times." in answer.headers["set-cookie"]
    assert (shown(client)["outlet"], shown(client)["history"]) == ("Gazette", [])
    log = visible(client.get("/reviews").text)
    assert "outlet → Times" in log


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("published", "31 February 2024", "day of publication"),
        ("published", "soon", "day of publication"),
        ("url", "javascript:alert(1)", "start with http:// or https://"),
        ("url", FILE, "start with http:// or https://"),
        ("title", "x" * 501, "501 characters"),
        ("outlet", "a\0b", "control characters"),
        ("document", "z", "no article"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_that_was_typed_is_lost(
    client: TestClient, name: str, value: str, reason: str
) -> None:
    answer = review(client, "metadata", **FORM | {"author": "Ann Lee", name: value})
    assert answer.status_code in (400, 404)
    assert reason in visible(answer.text)
    assert 'name="author" value="Ann Lee"' in answer.text
    assert store_of(client).reviews() == ()


def test_a_program_corrects_one_property(client: TestClient) -> None:
    answer = review_json(client, "outlet", document="a", value="Times")
    assert answer.status_code == 201
    assert answer.json()["items"][0] | {"id": ""} == {
        "id": "",
        "action": "outlet",
        "by": "Ada",
        "quote": None,
        "document": "a",
    }
    assert shown(client)["outlet"] == "Times"
    assert review_json(client, "title", document="a", value="Cranse").json()["items"] == []


def on_the_day_before(items: Iterable[Any]) -> Iterator[Processed | Failure]:
    """Find one quote, said on the day before its article, in words."""
    for item in items:
        document = item[0] if isinstance(item, tuple) else item
        for made in found([(document, (SAID,))]):
            assert isinstance(made, Processed)
            day = SaidOn(document.published - timedelta(days=1), "day")
            when = made.quotes[0].cue[0]
            dated = [replace(quote, said_on=day, when=when) for quote in made.quotes]
            yield replace(made, quotes=tuple(dated))


def test_days_in_words_follow_the_corrected_day(tmp_path: Path) -> None:
    store = store_of(said_client(tmp_path))
    document, _ = article("a", SAID, title="Cranse")
    list(store.add([document], work=on_the_day_before))
    client = client_of(store, work=on_the_day_before)
    answer = review(client, "metadata", document="a", published="8 March 2024")
    assert "read%20again" in answer.headers["set-cookie"]
    job = client.get("/api/add").json()["items"][0]["id"]
    assert finished(client, job)["revised"] == 1
    assert store.quotes_of("a")[0].said_on == SaidOn(date(2024, 3, 7), "day")
    machine = store.document("a", machine=True)
    assert (machine.published, store.document("a").published) == (
        date(2024, 3, 4),
        date(2024, 3, 8),
    )
    assert store.revision("a") == 1


def test_an_article_that_is_removed_while_it_is_read_again_stays_away(tmp_path: Path) -> None:
    begun, removed = Event(), Event()

    def slow(items: Iterable[Any]) -> Iterator[Processed | Failure]:
        for made in on_the_day_before(items):
            begun.set()
            assert removed.wait(30)
            yield made

    store = store_of(said_client(tmp_path, article("b", SAID)))
    list(store.add([article("a", SAID, title="Cranse")[0]], work=on_the_day_before))
    client = client_of(store, work=slow)
    review(client, "metadata", document="a", published="8 March 2024")
    assert begun.wait(30)
    assert client.post("/remove", data={"document": "a"}).status_code == 303
    removed.set()
    job = client.get("/api/add").json()["items"][0]["id"]
    assert finished(client, job)["state"] == "done"
    assert client.get("/article", params={"id": "a"}).status_code == 404
    assert store.documents()["id"].tolist() == ["b"]
