"""The newsroom's page for tests: an app over a store from frozen parses, asked as a browser or a program would."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from quotes.pipeline import Processed
from quotes.records import Document, Failure, Quote, Span
from quotes.store import Store
from quotes.store.ingest import Item
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
    """In the place of the pipeline where no parse is there: what stands in quotation marks is said by "Anna Lindqvist"."""
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
        id=quote_id(document.id, (content,), (), ()), document=document.id, content=(content,), cue=(), source=(), type="direct",
        rule="marks-alone", confidence=0.6, speaker="Anna Lindqvist", kind="person", speaker_confidence=0.5, resolved_by="tests",
    )  # fmt: skip


def newsroom(folder: Path, items: Iterable[Item] = ARTICLES, **settings: Any) -> TestClient:
    """A client of an app over a store with these articles."""
    return client(stored(folder / "store", items), **settings)


def client(store: Store, **settings: Any) -> TestClient:
    """A client of an app over a store; `store_of` gives the store back."""
    return TestClient(
        app(store, Settings(**{"work": quoted_words, **settings})),
        base_url=ADDRESS,
        follow_redirects=False,
    )


def store_of(asking: TestClient) -> Store:
    found: Store = asking.app.state.app_state.store  # type: ignore[attr-defined]
    return found


def ids(asking: TestClient, **wanted: str) -> list[str]:
    """The ids of the quotes of a search."""
    return [item["id"] for item in asking.get("/api/search", params=wanted).json()["items"]]


def review(asking: TestClient, action: str, *, by: str = "Ada", **values: Any) -> Any:
    """Send a review through the page's form."""
    return asking.post("/reviews", data={"action": action, "by": by, **values})


def review_json(asking: TestClient, action: str, *, by: str = "Ada", **values: Any) -> Any:
    """Send a review as JSON."""
    return asking.post("/api/reviews", json={"action": action, "by": by, **values})


def visible(page: str) -> str:
    """The text of a page, as a reader sees it."""
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def finished(asking: TestClient, job: str) -> dict[str, Any]:
    for _ in range(200):
        found: dict[str, Any] = asking.get(f"/api/job/{job}").json()
        if found["state"] in ("done", "broken"):
            return found
        time.sleep(0.05)
    raise AssertionError(f"the job did not end: {found}")
