"""A name that a person gives and that no article's speaker has yet: it becomes a speaker with a page of its own, in the background.

In: decisions. Out: nothing; the store then knows the speaker. One thread is at work at most, and does what came up meanwhile in one go.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from quotes.errors import StoreError
from quotes.records import Review
from quotes.store import Store


class BackgroundIdentity:
    """Decides anew who is who when a decision brings a new name."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, threading.Lock()
        self._wanted = self._working = False

    def after(self, judgements: Iterable[Review]) -> None:
        """Look at what was decided just now."""
        given = {j.value for j in judgements if j.action in ("speaker", "add") and j.value}
        if not given or given <= {
            alias.name for speaker in self._store.speakers() for alias in speaker.aliases
        }:
            return
        with self._lock:
            self._wanted = True
            if self._working:
                return
            self._working = True
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._working = False
                    return
                self._wanted = False
            try:
                with self._store.writing():
                    self._store.identify()
            except (
                StoreError
            ):  # files are being deleted, or the disk is full: the next adding does it
                continue
