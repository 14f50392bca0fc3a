"""What pages say of articles that are being added while somebody reads."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quotes.store import Store, folder
from quotes.store.commits import Counts, ProgramRun
from tests.stores import described as about
from tests.stores import put
from tests.web.test_hostile_input import fault
from tests.web_client import (
    ARTICLES,
    client_of,
    finished,
    ids,
    newsroom,
    review,
    store_of,
    visible,
)

PAGES = ("/search", "/search?q=prices", "/speakers", "/article?id=harbour", "/review", "/add")
ADDING, INTERRUPTED = "Articles are being added", "was interrupted"
BEHIND = "does not show that yet"


@contextmanager
def begun(store: Store) -> Iterator[ProgramRun]:
    """A run of another program that adds articles; it is interrupted unless it is ended within."""
    with folder.adding(store.path):
        yield ProgramRun(store.path, made_by="another program")


def said(page: str) -> str:
    """Return which of the messages a page has."""
    text = visible(page)
    return " ".join(message for message in (ADDING, INTERRUPTED, BEHIND) if message in text)


def test_every_page_says_that_articles_are_being_added(tmp_path: Path) -> None:
    client = newsroom(tmp_path / "store")
    pages = (*PAGES, f"/quote/{ids(client)[0]}", f"/statement/{ids(client)[0]}")
    before = {page: client.get(page).text for page in pages}
    assert {said(text) for text in before.values()} == {""}
    with begun(store_of(client)) as run:
        for page in (*pages, *pages):  # also one that was made before
            assert said(client.get(page).text) == ADDING, page
        assert "3 so far" in visible(client.get("/search").text)
        run.end(Counts())
    assert {said(client.get(page).text) for page in pages} == {""}


def test_a_run_that_was_killed_is_called_interrupted(tmp_path: Path) -> None:
    client = newsroom(tmp_path / "store")
    with begun(store_of(client)):
        assert said(client.get("/search").text) == ADDING
    for page in PAGES:
        assert said(client.get(page).text) == INTERRUPTED, page
    values = client.get("/api/collection").json()
    assert values["runs"][0]["ended"] is values["runs"][0]["added"] is None
    described = client.get("/api/openapi.json").json()
    answer = described["paths"]["/api/collection"]["get"]["responses"]["200"]
    schema = answer["content"]["application/json"]["schema"]
    assert fault(values, schema, described["components"]["schemas"]) == ""
    with begun(store_of(client)) as run:  # the same files again
        run.end(Counts())
    assert {said(client.get(page).text) for page in PAGES} == {""}


def test_where_locks_tell_nothing_a_run_that_has_not_ended_may_be_at_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = newsroom(tmp_path / "store")
    monkeypatch.setattr(folder, "CAN_LOCK", False)
    with begun(store_of(client)) as run:
        assert "being added, or an earlier run was interrupted" in client.get("/search").text
        run.end(Counts())
    assert said(client.get("/search").text) == ""


def test_numbers_that_are_behind_are_called_so_until_they_move(tmp_path: Path) -> None:
    client = newsroom(tmp_path / "store", ARTICLES[:2])
    store = Store(store_of(client).path)
    assert "2 articles" in visible(client.get("/collection").text)
    list(put(store, [about(ARTICLES[2], id="another")]))
    behind = visible(client.get("/collection").text)
    assert "2 articles" in behind
    assert BEHIND in behind
    until = time.monotonic() + 60
    while BEHIND in (text := visible(client.get("/collection").text)) and time.monotonic() < until:
        time.sleep(0.1)
    assert said(text) == ""
    until = time.monotonic() + 60  # the page is made again in the background
    while "3 articles" not in (text := visible(client.get("/collection").text)):
        assert time.monotonic() < until, text
        time.sleep(0.1)


def test_what_the_page_itself_does_is_shown_at_once(tmp_path: Path) -> None:
    client = newsroom(tmp_path / "store")
    store = store_of(client)
    given = {"text": "“The ferries wait,” she said.", "title": "Ferries", "by": "Ada"}
    job = client.post("/add", data=given).headers["location"].rpartition("/")[2]
    name = finished(client, job)["items"][0]["document"]
    assert said(page := client.get("/collection").text) == ""
    assert "4 articles" in visible(page)
    quote = store.quotes_of(name)[0].id
    review(client, "speaker", quote=quote, value="Somebody New", new="yes")
    assert said(client.get("/speakers").text) == ""
    client.post("/remove", data={"document": name, "by": "Ada"})
    assert said(page := client.get("/collection").text) == ""
    assert "3 articles" in visible(page)


def test_the_words_of_an_article_say_nothing_of_the_collection(tmp_path: Path) -> None:
    client = newsroom(tmp_path / "store")
    assert "<!-- activity -->" not in client.get("/search").text
    page = client.get("/search", params={"q": "<!-- activity --> prices"}).text
    assert "&lt;!-- activity --&gt;" in page


def test_a_store_that_nobody_may_write_is_read(tmp_path: Path) -> None:
    client = client_of(store_of(newsroom(tmp_path / "store")))
    lock = store_of(client).path / folder.ADDING_LOCK
    lock.unlink(missing_ok=True)
    lock.mkdir()  # it cannot be opened for writing, whoever runs this
    assert folder.is_adding(store_of(client).path) is None
    assert said(client.get("/search").text) == ""
