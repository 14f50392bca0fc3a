"""A server to open in a browser, and what several tests do there; see `tests.web.conftest`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quotes.store import Store

WAIT = 30_000  # milliseconds: machines that run tests may be busy
DRAFT = "“We will fight it with all we have,” Anna Lindqvist said. “Swans vote,” she said."


@dataclass(frozen=True)
class Newsroom:
    """A server of its own with its store, and the address to open."""

    store: Store
    address: str


def new_page(chromium: Any, newsroom: Newsroom, *, script: bool) -> Any:
    """Return a page of a context of its own, with or without JavaScript."""
    context = chromium.new_context(base_url=newsroom.address, java_script_enabled=script)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    return page


def sign_in(page: Any, name: str = "Ada") -> None:
    page.fill(".sign-in input[name=by]", name)
    page.click(".sign-in button")
    page.wait_for_selector(f".who summary:has-text('{name}')")


def verify_draft(page: Any) -> None:
    """Check a draft against the collection, and wait for its result as the browser can."""
    page.goto("/verify")
    page.fill("textarea[name=text]", DRAFT)
    page.click("button:has-text('Check the draft')")
    page.wait_for_selector(".verification section")
