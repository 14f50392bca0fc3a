"""The quotes of a store as one table in memory: what lists, counts and facets are made from, in thousandths of a second.

In: a store. Out: rows. SHELF has a row for each quote as it counts now, reviewed or not (rejected ones are left out), and is made
anew when articles or names have changed; while another program adds, no more often than every few seconds. Decisions are seen
at once: only the documents that somebody decided about are read again. Answers are kept until something changes.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from quotes.store import Store, delta
from quotes.store.sql import Session

COLUMNS = """
    id, document, position, speaker_id, speaker_name, speaker, kind, role, type, words, lower(words) AS lower_words, cue, day, published,
    outlet, title, confidence, speaker_confidence, factuality, rule, review, reviewed_by, copy_of, nested_in, when_text, said_on,
    said_precision"""
TOUCHED = "SELECT DISTINCT document FROM judgements WHERE document IS NOT NULL"
SHELF = """(SELECT * FROM base WHERE document NOT IN (SELECT document FROM fresh)
    UNION ALL BY NAME SELECT * FROM fresh WHERE id IS NOT NULL)"""
SLOW = ("documents", "quotes", "speakers")  # tables whose changes mean that all is read again
PATIENCE = 5.0  # seconds: how old the table may be while another program adds
KEPT = 1000  # answers
MEMORY = "800MB"

Rows = list[dict[str, Any]]


class Shelf:
    """The table, kept up with its store. Safe to use from several threads."""

    def __init__(self, store: Store, *, patience: float = PATIENCE) -> None:
        self._store, self._patience = store, patience
        self._lock, self._filling = threading.RLock(), threading.Lock()
        self._session: Session | None = None
        self._versions: dict[str, int] = {}
        self._judged = -1
        self._speakers: tuple[Any, ...] = ()
        self._filled = 0.0
        self.version = 0
        self._answers: OrderedDict[Any, Any] = OrderedDict()

    def rows(self, query: str, values: Sequence[Any] = ()) -> Rows:
        """The rows of a SELECT over SHELF."""
        session, version = self._current()
        key = (version, query, tuple(values))
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                found: Rows = self._answers[key]
                return found
        found = session.rows(query, list(values))
        self.keep(key, found)
        return found

    def kept(self, key: tuple[Any, ...], make: Any) -> Any:
        """What `make()` gives, kept under a key until something changes."""
        _, version = self._current()
        whole = (version, *key)
        with self._lock:
            if whole in self._answers:
                self._answers.move_to_end(whole)
                return self._answers[whole]
        made = make()
        self.keep(whole, made)
        return made

    def keep(self, key: tuple[Any, ...], value: Any) -> None:
        with self._lock:
            self._answers[key] = value
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)

    def _current(self) -> tuple[Session, int]:
        """The table as it is to be seen now. One thread reads the files, the others go on with the table of before."""
        newest = {name: delta.newest(self._store.path / name) for name in (*SLOW, "judgements")}
        changed = [name for name in SLOW if newest[name] != self._versions.get(name)]
        stale = bool(changed) and (self._session is None or time.monotonic() - self._filled > self._patience)
        decided = newest["judgements"] != self._judged
        if self._session is None or decided:
            with self._filling:
                self._renew(newest, whole=self._session is None)
        elif stale and self._filling.acquire(blocking=False):
            threading.Thread(target=self._renew_and_release, args=(newest,), daemon=True).start()
        with self._lock:
            assert self._session is not None
            return self._session, self.version

    def _renew_and_release(self, newest: dict[str, int]) -> None:
        try:
            self._renew(newest, whole=True)
        finally:
            self._filling.release()

    def _renew(self, newest: dict[str, int], *, whole: bool) -> None:
        if not whole and newest["judgements"] == self._judged:
            return  # another thread has done it meanwhile
        read = self._store.session()
        speakers = self._store.speakers()
        if whole or speakers != self._speakers:
            session = Session(memory=MEMORY)
            session.small("base", read.arrow(f"SELECT {COLUMNS} FROM quotes"))
            self._overlay(session, read, with_rows=False)
        else:
            session = self._session or Session(memory=MEMORY)
            self._overlay(session, read, with_rows=True)
        with self._lock:
            self._session, self._speakers = session, speakers
            self._judged = newest["judgements"]
            if whole:
                self._versions = {name: newest[name] for name in SLOW}
                self._filled = time.monotonic()
            self.version += 1

    @staticmethod
    def _overlay(session: Session, read: Session, *, with_rows: bool) -> None:
        """Put the rows of documents that decisions touch in the place of the table's own: one table, so that nobody sees half of it.

        A document of which no quote is left has a row without an id.
        """
        query = f"SELECT {COLUMNS} FROM quotes WHERE document IN ({TOUCHED}) UNION ALL BY NAME SELECT document FROM ({TOUCHED})"
        session.small("fresh", read.arrow(query if with_rows else f"SELECT {COLUMNS} FROM quotes LIMIT 0"))

    def close(self) -> None:
        """Give the memory back."""
        with self._lock:
            if self._session is not None:
                self._session.close()
                self._session = None
