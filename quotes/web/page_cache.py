"""A cache of pages as they were sent, so that who asks again gets them at once.

In: a key and what makes the page. Out: its bytes. A page is made again when what it shows has
changed: before it is sent, after a review; in the background, after articles were added, and until
then the earlier page is sent.
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

MAX_PAGES = 400
MAX_WAIT_SECONDS = 60.0  # for a page that is made again in the background
MAX_IDLE_SECONDS = 60.0  # since somebody asked for a page that is made again in the background
PAUSE_SECONDS = 0.02  # between two of them: readers go first

MakePage = Callable[[], bytes]


@dataclass(slots=True)
class _CachedPage:
    body: bytes
    state: TableState
    make: MakePage
    last_used: float


class PageCache:
    """A cache of pages, the last used at the end. Safe to use from several threads."""

    def __init__(self, quote_table: QuoteTable) -> None:
        self._quote_table = quote_table
        self._lock = threading.Lock()
        self._pages: OrderedDict[Hashable, _CachedPage] = OrderedDict()
        self._waiting = set[Hashable]()  # keys of pages that are about to be made again

    def ready(self, key: Hashable) -> bytes | None:
        """Return a page if it can be sent at once."""
        state = self._quote_table.peek()
        with self._lock:
            page = self._pages.get(key)
            if state is None or page is None or not self._is_fresh(key, page, state):
                return None
            self._pages.move_to_end(key)
            page.last_used = time.monotonic()
            return page.body

    def page(self, key: Hashable, make: MakePage) -> bytes:
        """Return a page, made now where the cache has none that can be sent."""
        found = self.ready(key)
        return found if found is not None else self._make(key, make, time.monotonic())

    def refresh_pages(self) -> None:
        """Make again the pages used lately that show an earlier state, the last used first.

        Until it is its turn, a page is sent as it is.
        """
        since = time.monotonic() - MAX_IDLE_SECONDS
        with self._lock:
            recent = [
                (key, page) for key, page in reversed(self._pages.items()) if page.last_used > since
            ]
            self._waiting = {key for key, _ in recent}
        for key, page in recent:
            if page.state.version != self._quote_table.state().version:
                with suppress(QuotesError):  # what it showed is gone: the next request says so
                    self._make(key, page.make, page.last_used)
                time.sleep(PAUSE_SECONDS)
            with self._lock:
                self._waiting.discard(key)

    def _is_fresh(self, key: Hashable, page: _CachedPage, state: TableState) -> bool:
        if page.state == state:
            return True
        if page.state.reviews != state.reviews:  # a person changed something
            return False
        since = time.monotonic() - self._quote_table.changed_at
        one_behind = page.state.version >= state.version - 1
        return (one_behind and since < MAX_STALENESS) or (
            key in self._waiting and since < MAX_WAIT_SECONDS
        )

    def _make(self, key: Hashable, make: MakePage, last_used: float) -> bytes:
        # The state before: what changes while the page is made is seen with the next request.
        state = self._quote_table.state()
        body = make()
        with self._lock:
            self._pages[key] = _CachedPage(body, state, make, last_used)
            self._pages.move_to_end(key)
            while len(self._pages) > MAX_PAGES:
                self._pages.popitem(last=False)
        return body
