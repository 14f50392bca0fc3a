"""Articles and drafts given to the page in a real browser, with their progress."""

from __future__ import annotations

from typing import Any

from tests.browser import Newsroom, verify_draft


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


def test_a_draft_is_verified_and_its_result_appears_by_itself(page: Any) -> None:
    verify_draft(page)
    assert "quotations checked against the collection" in page.inner_text("main")
    columns = "e => getComputedStyle(e).gridTemplateColumns.split(' ').length"
    assert page.eval_on_selector(".verification section", columns) == 2
