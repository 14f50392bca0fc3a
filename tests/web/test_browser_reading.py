"""Searching and reading in a real browser, with script and without."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from quotes.records import ReviewRequest
from tests.browser import DRAFT, WAIT, Newsroom, new_page, sign_in


def test_who_said_this(page: Any) -> None:
    page.goto("/search")
    page.fill("#q", "“Prices will rise again in March”")
    page.press("#q", "Enter")
    page.wait_for_selector(".said-by .verdict.verbatim")
    assert "Anna Lindqvist" in page.inner_text(".said-by")
    page.click(".said-by a:has-text('prints')")
    page.wait_for_selector(".wordings li")
    assert "First printed by The Harbour Post" in page.inner_text("main")


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
    opened = new_page(chromium, newsroom, script=script)
    opened.goto("/speaker/anna-lindqvist")
    mark = opened.locator("#chart svg a[href^='/quote/']").first
    said = mark.locator("title").first.text_content()
    assert "March" in said
    assert "The Harbour Post" in said or "The Valley Times" in said
    assert "rise again in March" in said or "fight" in said
    mark.click()
    opened.wait_for_url("**/quote/*")
    opened.context.close()


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


def test_markup_in_an_article_does_nothing(page: Any) -> None:
    for address in ("/article?id=hostile", "/search?q=happened"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert page.title() != "broken"
        assert "<script>" in page.inner_text("main")
        assert page.locator("main img, main script").count() == 0


def test_a_page_works_without_script(chromium: Any, newsroom: Newsroom) -> None:
    opened = new_page(chromium, newsroom, script=False)
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
    opened.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_click_on_the_timeline_narrows_the_list(
    chromium: Any, newsroom: Newsroom, script: bool
) -> None:
    spread(newsroom)
    opened = new_page(chromium, newsroom, script=script)
    opened.goto("/speaker/anna-lindqvist")
    opened.locator("#chart svg a[href*='outlet=']:has-text('The Valley Times')").click()
    opened.wait_for_url("**outlet=The+Valley+Times**")
    assert "The Valley Times" in opened.inner_text(".chips")
    assert set(opened.locator("#list .card .from").all_inner_texts()) != set()
    assert opened.locator("#list .card:not(:has-text('The Valley Times'))").count() == 0
    opened.goto("/speaker/anna-lindqvist")
    opened.locator("#chart svg a[href*='since=2024-03-2'] rect.step").last.click(
        position={"x": 6, "y": 6}  # beside the mark
    )
    opened.wait_for_url("**since=2024-03-2**")
    assert "25 March 2024" in opened.inner_text("#list .card")
    opened.context.close()


def test_a_click_that_the_server_does_not_answer_says_so(chromium: Any, newsroom: Newsroom) -> None:
    opened = new_page(chromium, newsroom, script=True)
    opened.goto("/article?id=harbour")
    opened.route("**/evidence", lambda route: route.abort())
    opened.click("#text a.seg.content >> nth=0")
    opened.wait_for_selector("[role=alert]:has-text('does not answer')")
    opened.unroute("**/evidence")
    opened.click("#text a.seg.content >> nth=0")
    opened.wait_for_selector("#panel .evidence")
    assert opened.locator("[role=alert]").count() == 0
    opened.context.close()
