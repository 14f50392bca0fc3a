"""A server of its own and a real browser for each test that asks for them.

Such tests are skipped, with the reason, where there is no Playwright or no Chromium.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotes.pipeline import ReadyParse
from quotes.records import Document
from quotes.web import Settings, app
from tests.browser import WAIT, Newsroom
from tests.stores import stored
from tests.web_client import ARTICLES, quoted_words

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
HOSTILE = (
    "“Nothing <script>document.title='broken'</script> happened & “<b>no</b>” more,” she said.\n\n"
    "<img src=x onerror=\"document.title='broken'\">"
)


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    import uvicorn

    store = stored(tmp_path / "store", ARTICLES)
    many = "\n\n".join(
        f"“The {word} is a long way from here,” he said."
        for word in ("bridge", "port", "school", "road", "hill", "lake", "mill", "farm")
    )
    documents = [
        Document(id="many", text=many, title="Far away", language="en"),
        Document(id="hostile", text=HOSTILE, title="A <b>page</b>", language="en"),
    ]
    list(store.add(documents, work=quoted_words))
    settings = Settings(work=quoted_words, parser=lambda language: ReadyParse(ARTICLES[0][1]))
    server = uvicorn.Server(
        uvicorn.Config(
            app(store, settings),
            host="127.0.0.1",
            port=0,
            log_level="error",
            ws="none",
            lifespan="off",
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 30
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Newsroom(store, f"http://localhost:{port}")
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, newsroom: Newsroom) -> Iterator[Any]:
    """A page that checks that no request leaves the machine and the browser reports no error."""
    context = chromium.new_context(
        viewport={"width": 1200, "height": 900}, base_url=newsroom.address, reduced_motion="reduce"
    )
    context.set_default_timeout(WAIT)
    opened = context.new_page()
    requests, complaints = list[str](), list[str]()
    opened.on("request", lambda request: requests.append(request.url))
    opened.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    elsewhere = [url for url in requests if not url.startswith((newsroom.address, "data:"))]
    context.close()
    assert requests
    assert elsewhere == []
    assert [text for text in complaints if "Content Security" in text or "Error" in text] == []
