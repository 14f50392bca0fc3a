"""Identity resolution in the background, when a review gives a name that no speaker has yet.

In: reviews. Out: nothing; the store then has a speaker of that name, with a page. One thread works
at most, and does what came up meanwhile in one go.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from quotes.errors import StoreError
from quotes.records import Review
from quotes.store import Store


class BackgroundIdentity:
    """A thread that resolves who is who again when reviews bring new names."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, threading.Lock()
        self._requested = self._working = False

    def update_after(self, reviews: Iterable[Review]) -> None:
        """Start a run if these reviews give a name that no speaker has."""
        given = {r.value for r in reviews if r.action in ("speaker", "add") and r.value}
        if all(self._store.has_name(name) for name in given):
            return
        with self._lock:
            self._requested = True
            if self._working:
                return
            self._working = True
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._requested:
                    self._working = False
                    return
                self._requested = False
            try:
                with self._store.writing():
                    self._store.identify()
            # Files are being deleted, or the disk is full: the next run of `quotes add` does it.
            except StoreError:
                continue
