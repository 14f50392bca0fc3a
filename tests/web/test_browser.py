"""The web app in a real browser: a journalist's tasks, keys, accessibility, privacy.

Skipped, with the reason, where there is no Chromium.
"""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from quotes.pipeline import ReadyParse
from quotes.records import Document, ReviewRequest
from quotes.store import Store
from quotes.web import Settings, app
from tests.stores import put, stored
from tests.web_client import ARTICLES, quoted_words

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    None,
)
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here: apt-get install chromium"
)

WAIT = 30_000  # milliseconds: machines that run tests may be busy
HOSTILE = (
    "“Nothing <script>document.title='broken'</script> happened & “<b>no</b>” more,” she said.\n\n"
    "<img src=x onerror=\"document.title='broken'\">"
)


@dataclass(frozen=True)
class Newsroom:
    """A server of its own with its store, and the address to open."""

    store: Store
    address: str


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
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
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


def sign_in(page: Any, name: str = "Ada") -> None:
    page.fill(".sign-in input[name=by]", name)
    page.click(".sign-in button")
    page.wait_for_selector(f".who summary:has-text('{name}')")


def test_from_a_search_to_a_correction_that_lasts(page: Any, newsroom: Newsroom) -> None:
    page.goto("/search")
    page.fill("#q", "fight")
    page.press("#q", "Enter")
    page.wait_for_url("**/search?q=fight*")
    assert "2 quotes" in page.inner_text("h1")
    page.click(".card:has-text('The Harbour Post') .from a.title")
    page.wait_for_selector("#panel .evidence")
    assert "We will fight it" in page.inner_text("#panel .evidence")
    page.wait_for_selector("#panel .arcs svg")
    assert "Lindqvist" in page.text_content("#panel .arcs svg")
    # Another quote by a click in the text
    page.click("#text a.seg.content:has-text('Prices will rise')")
    page.wait_for_selector("#panel .evidence:has-text('Prices will rise again')")
    page.click("#text a.seg.content:has-text('We will fight')")
    page.wait_for_selector("#panel .evidence:has-text('We will fight')")
    sign_in(page)
    page.click("#panel summary:has-text('Correct')")
    page.fill("#panel details[open] input[name=speaker]", "Carl Ek")
    page.check("#panel details[open] input[name=new]")
    page.click("#panel details[open] button:has-text('Save')")
    page.wait_for_selector("#panel .state.checked:has-text('corrected by Ada')")
    assert "Corrected: speaker." in page.inner_text(".message")
    assert page.locator("#text a.seg.content.checked").count() >= 1
    # The new name gets a timeline, which shows the quote
    corrected = page.url.split("quote=")[1].split("#")[0]
    for _ in range(60):
        if page.goto("/speaker/carl-ek").ok:
            break
        page.wait_for_timeout(250)
    assert "1 quote" in page.inner_text("section:has(#when)")
    page.wait_for_selector(f".card:has(a[href='/quote/{corrected}']) .state.checked")
    # Re-run add: still corrected
    list(put(newsroom.store, ARTICLES, again=True))
    assert [q.speaker for q in newsroom.store.quotes_of("harbour") if q.id == corrected] == [
        "Carl Ek"
    ]
    page.goto("/article?id=harbour")
    page.click("#text a.seg.content:has-text('We will fight')")
    page.wait_for_selector("#panel .evidence:has-text('Carl Ek')")


def test_the_timeline_of_a_known_speaker_shows_a_correction_at_once(
    page: Any, newsroom: Newsroom
) -> None:
    quote = next(q for q in newsroom.store.quotes_of("=school"))
    page.goto(f"/quote/{quote.id}")
    sign_in(page)
    page.click("summary:has-text('Correct')")
    page.fill("details[open] input[name=speaker]", "Anna Lindqvist")
    page.click("details[open] button:has-text('Save')")
    page.wait_for_selector(".state.checked")
    page.goto("/speaker/anna-lindqvist")
    page.wait_for_selector("#chart svg a")
    page.click("summary:has-text('Figures by month')")
    assert "2024-02" in page.inner_text("section:has(#chart) table")
    page.wait_for_selector(f".card:has(a[href='/quote/{quote.id}']) .state.checked")


def test_who_said_this(page: Any) -> None:
    page.goto("/search")
    page.fill("#q", "“Prices will rise again in March”")
    page.press("#q", "Enter")
    page.wait_for_selector(".said-by .verdict.verbatim")
    assert "Anna Lindqvist" in page.inner_text(".said-by")
    page.click(".said-by a:has-text('prints')")
    page.wait_for_selector(".wordings li")
    assert "First printed by The Harbour Post" in page.inner_text("main")


def test_ten_quotes_are_checked_with_keys_alone(page: Any, newsroom: Newsroom) -> None:
    page.goto("/review")
    sign_in(page)
    reviewed = list[str]()
    for key in "aaxaaxaxaa":
        quote = page.get_attribute("[data-review] .actions[data-quote]", "data-quote")
        assert quote not in reviewed
        reviewed.append(quote)
        page.keyboard.press(key)
        page.wait_for_function(
            "last => document.querySelector('[data-review] .actions[data-quote]')?.dataset.quote"
            " !== last",
            arg=quote,
        )
    page.wait_for_function("() => /7 of .*3 rejected/.test(document.body.innerText)")
    page.reload()
    with page.expect_navigation():
        page.keyboard.press("Backspace")
    assert page.get_attribute("[data-review] .actions[data-quote]", "data-quote") == reviewed[-1]
    with page.expect_navigation():
        page.keyboard.press("Backspace")
    with page.expect_navigation():
        page.keyboard.press("Backspace")
    assert page.get_attribute("[data-review] .actions[data-quote]", "data-quote") == reviewed[-3]
    assert "machine" in page.inner_text("[data-review] h2")
    page.keyboard.press("Space")
    page.wait_for_function(
        "last => document.querySelector('[data-review] .actions[data-quote]')?.dataset.quote"
        " !== last",
        arg=reviewed[-3],
    )
    page.keyboard.press("?")
    assert "undo your last review" in page.inner_text("dialog[open]")
    stands = {j.action for j in newsroom.store.reviews()}
    assert stands == {"accept", "reject", "undo"}


def test_speakers_are_merged_and_split_on_the_screen_of_the_review(
    page: Any, newsroom: Newsroom
) -> None:
    of_lindqvist = [
        quote.id
        for quote in newsroom.store.quotes_of("harbour")
        if quote.speaker == "Anna Lindqvist"
    ]
    newsroom.store.review(
        ReviewRequest(action="speaker", by="Ben", quote=of_lindqvist[0], value="Anna Lindquist")
    )
    newsroom.store.identify()
    page.goto(f"/review?at={of_lindqvist[1]}")
    sign_in(page)
    page.keyboard.press("1")  # does nothing while nobody is asked for
    page.keyboard.press("m")
    page.wait_for_selector(".candidates button:has-text('Anna Lindquist')")
    assert "1 quote" in page.inner_text(".candidates li >> nth=0")
    with page.expect_navigation():
        page.keyboard.press("1")
    assert page.url.startswith(f"{newsroom.address}/review")
    assert page.get_attribute("[data-review] .actions[data-quote]", "data-quote") == of_lindqvist[1]
    assert len(newsroom.store.speaker("Anna Lindquist").aliases) == 2
    with page.expect_navigation():
        page.keyboard.press("Backspace")
    assert len(newsroom.store.speaker("Anna Lindquist").aliases) == 1
    page.goto(f"/review?at={of_lindqvist[1]}")
    page.keyboard.press("s")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert [(j.action, j.documents) for j in newsroom.store.reviews()][-1] == (
        "split",
        ("harbour",),
    )
    with page.expect_navigation():
        page.keyboard.press("Backspace")
    assert newsroom.store.reviews()[-1].action == "undo"


def spread(newsroom: Newsroom) -> None:
    """Have a quote said weeks after the others: of a few days no chart is drawn."""
    quote = next(q for q in newsroom.store.quotes_of("harbour") if q.speaker == "Anna Lindqvist")
    newsroom.store.review(
        ReviewRequest(action="date", by="Ben", quote=quote.id, value="2024-03-25")
    )


@pytest.mark.parametrize("script", [True, False])
def test_a_mark_of_the_timeline_says_the_words_and_leads_to_its_quote(
    chromium: Any, newsroom: Newsroom, script: bool
) -> None:
    spread(newsroom)
    context = chromium.new_context(base_url=newsroom.address, java_script_enabled=script)
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    opened.goto("/speaker/anna-lindqvist")
    mark = opened.locator("#chart svg a").first
    said = mark.locator("title").first.text_content()
    assert "March" in said
    assert "The Harbour Post" in said or "The Valley Times" in said
    assert "rise again in March" in said or "fight" in said
    mark.click()
    opened.wait_for_url("**/quote/*")
    context.close()


def test_the_timeline_has_colours_of_its_own_in_the_dark(chromium: Any, newsroom: Newsroom) -> None:
    spread(newsroom)
    fills = set[str]()
    for scheme in ("light", "dark"):
        context = chromium.new_context(base_url=newsroom.address, color_scheme=scheme)
        opened = context.new_page()
        opened.set_default_timeout(WAIT)
        opened.goto("/speaker/anna-lindqvist")
        fills.add(
            opened.locator("#chart svg text").first.evaluate("text => getComputedStyle(text).fill")
        )
        context.close()
    assert len(fills) == 2
    assert "rgb(0, 0, 0)" not in fills


def test_a_missed_quote_is_added_by_marking_its_words(page: Any, newsroom: Newsroom) -> None:
    page.goto("/article?id=harbour")
    page.evaluate(
        """() => {
          const pieces = [...document.querySelectorAll('#text .seg')];
          const piece = pieces.find(s => s.textContent.includes('told'));
          const node = piece.firstChild, range = document.createRange();
          range.setStart(node, node.data.indexOf('told'));
          range.setEnd(node, node.data.indexOf('told') + 4);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.wait_for_function("() => document.querySelector('#missed textarea').value === 'told'")
    page.click("#missed summary")
    page.fill("#missed input[name=by]", "Ada")
    page.fill("#missed input[name=value]", "The Clerk")
    page.check("#missed input[name=new][type=checkbox]")
    page.click("#missed button:has-text('Add the quote')")
    page.wait_for_selector(".message:has-text('Quote added')")
    added = [j for j in newsroom.store.reviews() if j.action == "add"]
    text = newsroom.store.document("harbour").text
    assert [j.content[0].of(text) for j in added] == ["told"]
    assert text[: added[0].content[0].start].count("told") == 0  # that very place


def test_markup_in_an_article_does_nothing(page: Any) -> None:
    for address in ("/article?id=hostile", "/search?q=happened"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.title() != "broken"
        assert "<script>" in page.inner_text("main")
        assert page.locator("main img, main script").count() == 0


def test_a_text_is_added_from_the_page_with_progress(page: Any, newsroom: Newsroom) -> None:
    page.goto("/add")
    page.fill("textarea[name=text]", "“The ferry is late,” said Anna.")
    page.click("button:has-text('Add the text')")
    page.wait_for_selector("#job h2:has-text('Done')")
    page.click("#job tbody a")
    page.wait_for_selector("#text a.seg:has-text('The ferry is late')")
    page.goto("/add")
    page.set_input_files(
        "input[type=file]",
        [
            {
                "name": "ferry.txt",
                "mimeType": "text/plain",
                "buffer": "“It is early,” said Anna.".encode(),
            }
        ],
    )
    page.click("button:has-text('Add the files')")
    page.wait_for_selector("#job h2:has-text('Done')")
    assert "ferry" in page.inner_text("#job table")


DRAFT = "“We will fight it with all we have,” Anna Lindqvist said. “Swans vote,” she said."


def verify_draft(page: Any) -> None:
    """Check a draft against the collection, and wait for its result as the browser can."""
    page.goto("/verify")
    page.fill("textarea[name=text]", DRAFT)
    page.click("button:has-text('Check the draft')")
    page.wait_for_selector(".verification section")


def test_a_draft_is_verified_and_its_result_appears_by_itself(page: Any) -> None:
    verify_draft(page)
    assert "quotations checked against the collection" in page.inner_text("main")
    columns = "e => getComputedStyle(e).gridTemplateColumns.split(' ').length"
    assert page.eval_on_selector(".verification section", columns) == 2


PAGES = (
    "/search",
    "/search?q=Prices+will+rise+again+in+March",
    "/article?id=harbour",
    "/speakers",
    "/speaker/anna-lindqvist",
    "/speaker/anna-lindqvist/same",
    "/review",
    "/statements",
    "/guide",
    "/texts?q=prices",
    "/collection",
    "/articles",
    "/reviews",
    "/add",
    "/verify",
    "VERIFIED",
    "/failures",
    "/check?words=We+will+fight+it",
    "/search?since=x",
    "QUOTE",
    "STATEMENT",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_barrier_on_any_page(
    chromium: Any, newsroom: Newsroom, root: Path, scheme: str
) -> None:
    axe = (root / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
    context = chromium.new_context(base_url=newsroom.address, color_scheme=scheme, bypass_csp=True)
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    quote = newsroom.store.quotes_of("harbour")[0].id
    newsroom.store.review(
        ReviewRequest(action="accept", by="Ada", quote=newsroom.store.quotes_of("harbour")[1].id)
    )
    signed_in = False
    for address in (*PAGES, "SIGN", *PAGES):
        if address == "SIGN":
            opened.goto(f"/quote/{quote}")
            sign_in(opened)
            signed_in = True
            continue
        if address == "VERIFIED":
            verify_draft(opened)
        else:
            named = {"QUOTE": f"/quote/{quote}", "STATEMENT": f"/statement/{quote}"}
            opened.goto(named.get(address, address))
        opened.wait_for_load_state("networkidle")
        opened.evaluate(axe)
        found = opened.evaluate("async () => axe.run(document)")
        assert len(found["passes"]) > 10  # it did look
        serious = [
            (v["id"], [n["html"][:160] for n in v["nodes"][:3]])
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == [], (address, scheme, signed_in)
    context.close()


def test_pages_fit_a_phone_and_do_not_jump(chromium: Any, newsroom: Newsroom) -> None:
    context = chromium.new_context(
        base_url=newsroom.address, viewport={"width": 360, "height": 740}
    )
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    opened.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => {"
        " for (const e of list.getEntries()) shift += e.hadRecentInput ? 0 : e.value;"
        "}).observe({type: 'layout-shift', buffered: true});"
    )
    for address in (
        "/search",
        "/article?id=harbour",
        "/speaker/anna-lindqvist",
        "/review",
        "/collection",
        "/add",
        "/verify",
    ):
        opened.goto(address)
        opened.wait_for_load_state("networkidle")
        assert opened.evaluate("document.documentElement.scrollWidth") <= 360, address
        assert opened.evaluate("window.shift") < 0.1, address  # what browsers call good
    context.close()


def test_a_page_works_without_script(chromium: Any, newsroom: Newsroom) -> None:
    context = chromium.new_context(base_url=newsroom.address, java_script_enabled=False)
    opened = context.new_page()
    opened.set_default_timeout(WAIT)
    opened.goto("/article?id=harbour")
    opened.click("#text a.seg.content >> nth=0")
    assert re.search(r"/quote/[0-9a-f]{16}$", opened.url)
    sign_in(opened)
    opened.click("button:has-text('Accept')")
    assert "accepted by Ada" in opened.inner_text("main")
    opened.goto("/verify")
    opened.fill("textarea[name=text]", DRAFT)
    opened.click("button:has-text('Check the draft')")
    end = time.monotonic() + WAIT / 1000
    while not opened.query_selector(".verification section") and time.monotonic() < end:
        opened.reload()
    assert "quotations checked against the collection" in opened.inner_text("main")
    context.close()
