"""The quotes of a store as one table in memory: what lists, counts and facets are made from, in thousandths of a second.

In: a store. Out: rows. SHELF has a row for each quote as it counts now (`table`), and is brought up to date when the store changes: for
decisions and names at once, before anything is answered; for articles that another program adds in the background, a few seconds late at
the most. Answers are kept until something changes.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes.defaults import MIN_CONFIDENCE
from quotes.errors import StoreError
from quotes.store import Store, delta
from quotes.store.schema import TABLES
from quotes.web.table import BASE, Table, filled, renewed

SHELF = BASE
SURE = f"(confidence >= {MIN_CONFIDENCE} OR review IS NOT NULL)"  # what is shown where nothing else is asked for
COUNTS = f"copy_of IS NULL AND {SURE}"
PATIENCE = 5.0  # seconds: how old the table may be while another program adds
SETTLED = 0.1  # seconds after which the time of a folder's last change can be trusted: clocks of file systems are coarse
KEPT = 1000  # answers
DECIDED = "judgements"
NAMED = "speakers"  # a change of this table alone: a person gave a new name

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class State:
    """What the shelf shows: `version` changes with everything, `decided` only with what people must see at once."""

    version: int
    decided: int


class _Answer:
    """An answer that is made once; its lock is held while it is made."""

    def __init__(self) -> None:
        self.lock, self.there = threading.RLock(), False
        self.value: Any = None


class QuoteTable:
    """The table, kept up with its store. Safe to use from several threads."""

    def __init__(self, store: Store, *, patience: float = PATIENCE) -> None:
        self._store, self._patience = store, patience
        self._lock, self._filling, self._behind = (
            threading.RLock(),
            threading.Lock(),
            threading.Lock(),
        )
        self._table: Table | None = None
        self._newest: dict[str, int] = {}  # of each table of the store, as the shelf has it
        self._folders: dict[Path, tuple[int, int]] = {}
        self._state = State(0, 0)
        self._read = dict[
            str, int
        ]()  # documents that were read again, with the version since which they are as they are
        self._filled = 0  # the version since which all others are
        self._answers: OrderedDict[tuple[Any, ...], _Answer] = OrderedDict()
        self._tried = 0.0
        self.changed_at = 0.0  # when the state became what it is
        self.before: Callable[[], None] = lambda: (
            None
        )  # called in the background before newly added articles are shown,
        self.after: Callable[[], None] = lambda: None  # and after that

    def rows(self, query: str, values: Sequence[Any] = ()) -> Rows:
        """The rows of a SELECT over SHELF."""
        table, state = self._current()
        found: Rows = self._once(
            (state.version, query, tuple(values)), lambda: table.rows(query, list(values))
        )
        return found

    def kept(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """What `make()` gives, kept under a key until something changes."""
        _, state = self._current()
        return self._once((state.version, *key), make)

    def kept_of(self, document: str, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """The same for what is made of one document: kept until that changes."""
        self._current()
        return self._once((max(self._filled, self._read.get(document, 0)), document, *key), make)

    def once(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """The same for what is made once; who asks for it meanwhile waits."""
        return self._once(("once", *key), make)

    def state(self) -> State:
        """What is shown now, brought up to date first."""
        return self._current()[1]

    def forget(self) -> None:
        """Have all pages made anew from now on; what they are made of is kept."""
        with self._lock:
            self._state = State(self._state.version, self._state.decided + 1)

    def glance(self) -> State | None:
        """What is shown now, at once; None where it must be brought up to date first."""
        return None if self._look()[0] else self._state

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

    def _current(self) -> tuple[Table, State]:
        """The table as it is to be seen now."""
        at_once, newest = self._look()
        if at_once:
            with self._filling:
                self._renew(newest)
        with self._lock:
            assert self._table is not None
            return self._table, self._state

    def _look(self) -> tuple[bool, dict[str, int]]:
        """Whether a change must be seen at once, and the newest commits. Of another change a thread of its own takes care."""
        newest = {name: self._commit(self._store.path / name) for name in TABLES}
        changed = {name for name, number in newest.items() if number != self._newest.get(name)}
        if self._table is None or DECIDED in changed or changed == {NAMED}:
            return True, newest
        waited = time.monotonic() - max(self.changed_at, self._tried)
        if changed and waited > self._patience and self._behind.acquire(blocking=False):
            self._tried = time.monotonic()
            threading.Thread(target=self._follow, args=(newest,), daemon=True).start()
        return False, newest

    def _commit(self, folder: Path) -> int:
        """The number of a table's newest commit; its log is only listed where it has changed since."""
        changed = (
            os.stat(folder / "_delta_log").st_mtime_ns if (folder / "_delta_log").is_dir() else 0
        )
        known = self._folders.get(folder)
        if known is not None and known[0] == changed:
            return known[1]
        number = delta.newest(folder)
        if changed and time.time_ns() - changed > SETTLED * 1e9:
            self._folders[folder] = changed, number
        return number

    def _follow(self, newest: dict[str, int]) -> None:
        """Bring everything up to date in the background; what cannot be read now is tried again later."""
        try:
            with suppress(StoreError):
                self.before()
                with self._filling:
                    self._renew(newest)
                self.after()
        finally:
            self._behind.release()

    def _renew(self, newest: dict[str, int]) -> None:
        """Bring the table up to date. Only one thread at a time."""
        if self._newest and all(number <= self._newest[name] for name, number in newest.items()):
            return  # another thread has done it meanwhile
        changed = {name for name, number in newest.items() if number != self._newest.get(name)}
        read = self._store.session()
        table, documents = (
            (filled(read), None) if self._table is None else renewed(self._table, read, changed)
        )
        with self._lock:
            version = self._state.version + 1
            if documents is None:
                self._filled, self._read = version, {}
            self._read.update(dict.fromkeys(documents or (), version))
            self._table, self._newest = table, newest
            self._state = State(version, self._state.decided + bool(changed & {DECIDED, NAMED}))
            self.changed_at = time.monotonic()

    def close(self) -> None:
        """Give the memory back."""
        with self._lock:
            if self._table is not None:
                self._table.close()
                self._table = None
                self._newest = {}
