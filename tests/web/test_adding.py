"""Adding and removing in the page; an article with its speakers; speakers that may be one."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from quotes.store import open_store
from quotes.web import background_value, clusters
from quotes.workers.function_process import yielded_in_process
from tests.said import Said, article, said_client
from tests.web_client import client_of, finished, review, store_of, visible

FALK, REED = "Ida Falk", "Tom Reed"
TEXT = "The council meets on Monday. “The ferry is late,” said Anna Lindqvist."


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return said_client(
        tmp_path,
        article(
            "a",
            Said(FALK, "The ferries run all winter", role="harbour master"),
            Said(REED, "that nobody asked", "claimed", "indirect", confidence=0.5),
            Said(FALK, "The cranes are idle"),
            title="Ferries",
            source="https://gazette.example/a",
        ),
        article("b", Said("Thomas Reed", "Nobody asked me about the cranes")),
    )


@pytest.fixture
def empty(tmp_path: Path) -> TestClient:
    return client_of(open_store(tmp_path / "empty", create=True, made_by="tests"))


def test_an_empty_store_says_how_to_begin(empty: TestClient) -> None:
    page = visible(empty.get("/search").text)
    assert "No articles yet" in page
    assert "Add articles" in page
    assert empty.get("/review").status_code == 200
    assert empty.get("/statements").status_code == 200


def test_a_refused_form_keeps_what_was_entered(empty: TestClient) -> None:
    values = {"text": TEXT, "title": "Monday", "outlet": "Gazette", "published": "yesterday"}
    answer = empty.post("/add", data=values)
    assert answer.status_code == 400
    assert "published" in visible(answer.text).split("What you entered is below")[0]
    assert f">{TEXT}</textarea>" in answer.text
    for value in ("Monday", "Gazette", "yesterday"):
        assert f'value="{value}"' in answer.text


def test_what_was_added_in_the_page_is_on_all_pages_when_that_is_done(empty: TestClient) -> None:
    assert "No articles yet" in visible(empty.get("/search").text)
    answer = empty.post("/add", data={"text": TEXT, "title": "Monday"})
    finished(empty, answer.headers["location"].rpartition("/")[2])
    page = visible(empty.get("/search").text)
    assert "The ferry is late" in page
    assert "1 quote" in page
    assert "No articles yet" not in page


def test_a_text_with_an_address_is_mended_by_pasting_it_again(empty: TestClient) -> None:
    address = "https://gazette.example/monday"
    for text, state in ((TEXT, "added"), (TEXT.replace("late", "early"), "revised")):
        answer = empty.post("/add", data={"text": text, "url": address, "title": "Monday"})
        job = finished(empty, answer.headers["location"].rpartition("/")[2])
        assert (job[state], job["items"][0]["title"]) == (1, "Monday")
    found = empty.get("/api/article", params={"id": address}).json()
    assert (found["revision"], found["url"]) == (2, address)


def test_an_article_is_removed_from_its_page(client: TestClient) -> None:
    assert client.post("/remove", data={"document": "a"}).status_code == 303
    assert client.get("/article", params={"id": "a"}).status_code == 404
    assert client.post("/remove", data={"document": "a"}).status_code == 404
    assert store_of(client).documents()["id"].tolist() == ["b"]


def test_an_article_lists_who_speaks_and_what(client: TestClient) -> None:
    found = client.get("/api/article", params={"id": "a"}).json()["speakers"]
    assert [(s["name"], s["role"], len(s["quotes"])) for s in found] == [
        (FALK, "harbour master", 2),
        (REED, None, 1),
    ]
    page = client.get("/article", params={"id": "a"}).text
    assert "Who speaks here" in page
    assert 'href="https://gazette.example/a"' in page
    assert "is-indirect unsure" in page


def test_speakers_that_may_be_one_are_merged_together(client: TestClient) -> None:
    found = client.get("/api/clusters").json()["items"]
    assert [[s["name"] for s in cluster["speakers"]] for cluster in found] == [
        [REED, "Thomas Reed"]
    ] or [[s["name"] for s in cluster["speakers"]] for cluster in found] == [["Thomas Reed", REED]]
    assert 'type="checkbox" name="names" value="Thomas Reed"' in client.get("/clusters").text
    one = next(s for s in found[0]["speakers"] if s["name"] == "Thomas Reed")
    assert (one["total"], one["quotes"][0]["document"]) == (1, "b")
    review(client, "merge", names=[REED, "Thomas Reed"])
    assert client.get("/api/clusters").json()["items"] == []


def test_names_of_a_large_collection_are_compared_while_pages_are_shown(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "MAX_AT_ONCE", 1)
    begin = threading.Event()

    def wait(function: Any, *given: Any) -> Any:
        assert begin.wait(20)
        return yielded_in_process(function, *given)

    monkeypatch.setattr(background_value, "yielded_in_process", wait)
    first = client.get("/api/clusters").json()
    assert (first["ready"], first["items"]) == (False, [])
    assert "being compared" in visible(client.get("/clusters").text)
    begin.set()
    for _ in range(400):
        if client.get("/api/clusters").json()["ready"]:
            break
        time.sleep(0.05)
    assert len(client.get("/api/clusters").json()["items"]) == 1
    begin.clear()
    review(client, "merge", names=[REED, "Thomas Reed"])  # those merged are gone at once
    assert client.get("/api/clusters").json()["items"] == []
    begin.set()


def test_a_day_that_is_not_known_exactly_is_not_shown_as_one(client: TestClient) -> None:
    quote = client.get("/api/article", params={"id": "b"}).json()["items"][0]["id"]
    review(client, "date", quote=quote, value="2023")
    page = visible(client.get("/speakers").text)
    assert "Thomas Reed person 1 1 0 2023 2023" in page
    assert "1 January 2023" not in page


def test_only_precise_days_stand_on_the_axis_and_a_few_days_need_none(client: TestClient) -> None:
    speaker = client.get("/api/search", params={"q": "Ida Falk"}).json()["people"][0]["id"]
    found = client.get(f"/api/speaker/{speaker}").json()["days"]
    assert found == [{"day": "2024-03-04", "precision": "day", "quotes": 2}]
    page = client.get(f"/speaker/{speaker}").text
    assert "<svg" not in page
    assert f'href="/speaker/{speaker}?since=2024-03-04&amp;until=2024-03-04#list"' in page
