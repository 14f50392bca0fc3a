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
