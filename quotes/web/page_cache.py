"""Pages that were made already, kept as they were sent: who asks again gets them at once.

In: a key and what makes the page. Out: its bytes. A page is made anew when what it shows has changed: before it is sent, where people
decided something; in the background, where articles were added, and until then, for a few seconds, the page of before is sent.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass

from quotes.errors import QuotesError
from quotes.store.quote_table import MAX_STALENESS, QuoteTable, TableState

MOST = 400  # pages
RECENT = 60.0  # seconds: pages that somebody asked for since are made anew in the background
GAP = 0.02  # seconds between two of them: readers go first

Make = Callable[[], bytes]


@dataclass(slots=True)
class _Page:
    body: bytes
    state: TableState
    make: Make
    asked: float


class PageCache:
    """The pages, those asked for last at the end. Safe to use from several threads."""

    def __init__(self, shelf: QuoteTable) -> None:
        self._shelf = shelf
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, _Page] = OrderedDict()

    def ready(self, key: Hashable) -> bytes | None:
        """The page, if it can be sent at once."""
        state = self._shelf.peek()
        with self._lock:
            page = self._pages.get(key)
            if state is None or page is None or not self._good(page, state):
                return None
            self._pages.move_to_end(key)
            page.asked = time.monotonic()
            return page.body

    def page(self, key: Hashable, make: Make) -> bytes:
        """The page, made now if it must be."""
        found = self.ready(key)
        return found if found is not None else self._made(key, make, time.monotonic())

    def renew(self) -> None:
        """Make anew what was asked for lately and shows an earlier state, the page asked for last first."""
        since = time.monotonic() - RECENT
        with self._lock:
            listed = [
                (key, page) for key, page in reversed(self._pages.items()) if page.asked > since
            ]
        for key, page in listed:
            if page.state.version == self._shelf.state().version:
                continue
            with suppress(QuotesError):  # what it showed is gone: the next who asks is told so
                self._made(key, page.make, page.asked)
            time.sleep(GAP)

    def _good(self, page: _Page, state: TableState) -> bool:
        if page.state == state:
            return True
        just_before = (
            page.state.reviews == state.reviews and page.state.version >= state.version - 1
        )
        return just_before and time.monotonic() - self._shelf.changed_at < MAX_STALENESS

    def _made(self, key: Hashable, make: Make, asked: float) -> bytes:
        state = (
            self._shelf.state()
        )  # of before: what changes while it is made is seen with the next request
        body = make()
        with self._lock:
            self._pages[key] = _Page(body, state, make, asked)
            self._pages.move_to_end(key)
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)
        return body
