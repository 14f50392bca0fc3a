"""A client of the web app for tests, over a store made from frozen parses."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from quotes.pipeline import Item, Processed
from quotes.records import Document, Failure, Quote, Span
from quotes.store import Store
from quotes.text.quotation_marks import find_marks
from quotes.web import Settings, app
from tests.builders import ENGLISH
from tests.stores import HARBOUR, SCHOOL, described, stored

ADDRESS = "http://localhost:8600"
ARTICLES = (
    described(
        HARBOUR,
        id="harbour",
        title="Prices at the harbour",
        outlet="The Harbour Post",
        published="2024-03-04",
    ),
    described(
        HARBOUR,
        id="harbour-again",
        title="Harbour prices to rise",
        outlet="The Valley Times",
        published="2024-03-05",
    ),
    described(
        SCHOOL, title="A school in trouble", outlet="The Harbour Post", published="2024-02-01"
    ),
)


def quoted_words(items: Iterable[Any]) -> Iterator[Processed | Failure]:
    """Find quotes without a parse: "Anna Lindqvist" says all that is in quotation marks."""
    for item in items:
        if isinstance(item, Failure):
            yield item
            continue
        document = item[0] if isinstance(item, tuple) else item
        yield Processed(
            document,
            tuple(_said(document, mark.parts[0]) for mark in find_marks(document.text, ENGLISH)),
        )


def _said(document: Document, content: Span) -> Quote:
    from quotes.attribution import quote_id

    return Quote(
        id=quote_id(document.id, (content,), (), ()),
        document=document.id,
        content=(content,),
        cue=(),
        source=(),
        type="direct",
        rule="marks-alone",
        confidence=0.6,
        speaker="Anna Lindqvist",
        kind="person",
        speaker_confidence=0.5,
        resolved_by="tests",
    )


def newsroom(folder: Path, items: Iterable[Item] = ARTICLES, **settings: Any) -> TestClient:
    """A client of an app over a store with these articles."""
    return client_of(stored(folder / "store", items), **settings)


def client_of(store: Store, **settings: Any) -> TestClient:
    """A client of an app over a store; `store_of` gives the store back."""
    return TestClient(
        app(store, Settings(**{"work": quoted_words, **settings})),
        base_url=ADDRESS,
        follow_redirects=False,
    )


def store_of(client: TestClient) -> Store:
    found: Store = client.app.state.app_state.store  # type: ignore[attr-defined]
    return found


def ids(client: TestClient, **wanted: str) -> list[str]:
    """The ids of the quotes of a search."""
    return [item["id"] for item in client.get("/api/search", params=wanted).json()["items"]]


def review(client: TestClient, action: str, *, by: str = "Ada", **values: Any) -> Any:
    """Send a review through the page's form."""
    return client.post("/reviews", data={"action": action, "by": by, **values})


def review_json(client: TestClient, action: str, *, by: str = "Ada", **values: Any) -> Any:
    """Send a review as JSON."""
    return client.post("/api/reviews", json={"action": action, "by": by, **values})


def visible(page: str) -> str:
    """The text of a page, as a reader sees it."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def finished(client: TestClient, job: str) -> dict[str, Any]:
    for _ in range(200):
        found: dict[str, Any] = client.get(f"/api/job/{job}").json()
        if found["state"] in ("done", "broken"):
            return found
        time.sleep(0.05)
    raise AssertionError(f"the job did not end: {found}")


def finished_check(client: TestClient, address: str) -> dict[str, Any]:
    """The result of checking a draft, from the address of its page."""
    for _ in range(400):
        found: dict[str, Any] = client.get("/api" + address).json()
        if found["state"] in ("done", "broken"):
            return found
        time.sleep(0.05)
    raise AssertionError(f"the check did not end: {found}")
