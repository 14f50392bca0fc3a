"""The quotes of a store as one table in memory: what lists, counts and facets are made from, in thousandths of a second.

In: a store. Out: rows. SHELF has a row for each quote as it counts now, reviewed or not (rejected ones are left out), and is made
anew when articles or names have changed; while another program adds, no more often than every few seconds. Decisions are seen
at once: only the documents that somebody decided about are read again. Answers are kept until something changes.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from quotes.scorer import LEAST
from quotes.store import Store, delta
from quotes.store.sql import Session

COLUMNS = r"""
    id, document, position, speaker_id, speaker_name, speaker, kind, role, type, words, cue, day, published, outlet, title,
    ' ' || regexp_replace(lower(words), '[^\pL\pN]+', ' ', 'g') AS cut_words, confidence, speaker_confidence, factuality, rule, review,
    reviewed_by, copy_of, nested_in, when_text, said_on, said_precision"""
TOUCHED = "SELECT DISTINCT document FROM judgements WHERE document IS NOT NULL"
SHELF = """(SELECT * FROM base WHERE document NOT IN (SELECT document FROM fresh)
    UNION ALL BY NAME SELECT * FROM fresh WHERE id IS NOT NULL)"""
SURE = f"(confidence >= {LEAST} OR review IS NOT NULL)"  # what is shown where nothing else is asked for
COUNTS = f"copy_of IS NULL AND {SURE}"
SLOW = ("documents", "quotes", "speakers")  # tables whose changes mean that all is read again
PATIENCE = 5.0  # seconds: how old the table may be while another program adds
KEPT = 1000  # answers
MEMORY = "800MB"

Rows = list[dict[str, Any]]


class _Answer:
    """An answer that is made once; its lock is held while it is made."""

    def __init__(self) -> None:
        self.lock, self.there = threading.RLock(), False
        self.value: Any = None


class Shelf:
    """The table, kept up with its store. Safe to use from several threads."""

    def __init__(self, store: Store, *, patience: float = PATIENCE) -> None:
        self._store, self._patience = store, patience
        self._lock, self._filling = threading.RLock(), threading.Lock()
        self._session: Session | None = None
        self._versions: dict[str, int] = {}
        self._judged, self._untouched = -1, True
        self._speakers: tuple[Any, ...] = ()
        self._filled = 0.0
        self.version = 0
        self._answers: OrderedDict[tuple[Any, ...], _Answer] = OrderedDict()

    def rows(self, query: str, values: Sequence[Any] = ()) -> Rows:
        """The rows of a SELECT over SHELF."""
        session, version, untouched = self._current()
        asked = query.replace(SHELF, "base") if untouched else query  # a third faster
        found: Rows = self._once((version, query, tuple(values)), lambda: session.rows(asked, list(values)))
        return found

    def kept(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What `make()` gives, kept under a key until something changes."""
        _, version, _ = self._current()
        return self._once((version, *key), make)

    def _once(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What is kept, else made now; who asks for the same meanwhile waits for it instead of making it, too."""
        with self._lock:
            answer = self._answers.pop(key, None) or _Answer()
            self._answers[key] = answer  # now the newest
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        with answer.lock:
            if not answer.there:
                answer.value, answer.there = make(), True
        return answer.value

    def _current(self) -> tuple[Session, int, bool]:
        """The table as it is to be seen now. One thread reads the files, the others go on with the table of before."""
        newest = {name: delta.newest(self._store.path / name) for name in (*SLOW, "judgements")}
        changed = [name for name in SLOW if newest[name] != self._versions.get(name)]
        stale = bool(changed) and (self._session is None or time.monotonic() - self._filled > self._patience)
        decided = newest["judgements"] != self._judged
        renamed = changed == ["speakers"]  # a person gave a new name: seen at once, as decisions are
        if self._session is None or decided or renamed:
            with self._filling:
                self._renew(newest, whole=self._session is None or renamed)
        elif stale and self._filling.acquire(blocking=False):
            threading.Thread(target=self._renew_and_release, args=(newest,), daemon=True).start()
        with self._lock:
            assert self._session is not None
            return self._session, self.version, self._untouched

    def _renew_and_release(self, newest: dict[str, int]) -> None:
        try:
            self._renew(newest, whole=True)
        finally:
            self._filling.release()

    def _renew(self, newest: dict[str, int], *, whole: bool) -> None:
        if newest["judgements"] == self._judged and (not whole or newest.items() <= {**self._versions, "judgements": self._judged}.items()):
            return  # another thread has done it meanwhile
        read = self._store.session()
        speakers = self._store.speakers()
        again = whole or speakers != self._speakers
        if again:
            session = Session(memory=MEMORY)
            session.small("base", read.arrow(f"SELECT {COLUMNS} FROM quotes"))
            self._overlay(session, read, with_rows=False)
        else:
            session = self._session or Session(memory=MEMORY)
            self._overlay(session, read, with_rows=True)
        with self._lock:
            self._session, self._speakers = session, speakers
            self._judged, self._untouched = newest["judgements"], again
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
