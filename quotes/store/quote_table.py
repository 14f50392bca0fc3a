"""The quotes of a store as one table in memory, for lists, counts and facets in milliseconds.

In: a store. Out: rows. QUOTES_IN_MEMORY has a row for each quote that counts now, and is refreshed
when the store changes: after reviews and new names before the next answer, after articles that
another program adds in the background, a few seconds late (after a slow refresh up to MAX_PAUSE);
who asks when nobody did for a while sees them, too. Answers are cached until something changes.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pyarrow

from quotes.errors import StoreError
from quotes.store import Store, delta
from quotes.store.quote_table_refresh import (
    QUOTES_IN_MEMORY,
    TableDatabase,
    build_table,
    refresh_table,
)
from quotes.store.schema import TABLES
from quotes.store.selection import MAX_SEARCH_WORDS, has_word

__all__ = ["MAX_STALENESS", "QUOTES_IN_MEMORY", "QuoteTable", "Rows", "TableState"]

MAX_STALENESS = 5.0  # seconds that the table may be behind what another program adds
MIN_PAUSE = 3.0  # times as long as a refresh in the background took, before the next one
MAX_PAUSE = 30.0  # seconds
MAX_IDLE = 30.0  # seconds since a reader asked: the next one waits for what was added meanwhile
MANY = 20_000  # quotes of a table that is large: some figures of it may be a moment old
RECENT = 60.0  # seconds that these may be old before they are computed again
MAX_AGE = 600.0  # seconds that they may be old while they are computed again
MAX_RECENT = 100  # of these figures
MAX_CACHED = 1000  # answers

REVIEWS = "reviews"
METADATA = "seen_metadata"  # the snapshot of titles, outlets, authors, days and addresses
ARTICLES = ("documents", "quotes")  # what a run that adds articles changes
SPEAKERS = "speakers"  # a change of this table alone: a person gave a new name

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class TableState:
    """A state of the table.

    `version` changes with everything, `reviews` only with what must be seen at once: reviews of
    people and new names.
    """

    version: int
    reviews: int


class _Answer:
    """An answer that is computed once; its lock is held meanwhile."""

    def __init__(self) -> None:
        self.lock, self.computed = threading.RLock(), False
        self.value: Any = None


class QuoteTable:
    """The table in memory, following its store. Safe to use from several threads.

    Attributes:
        changed_at: When the state became what it is (`time.monotonic()`).
        before_refresh: Called in the background before newly added articles are shown.
        after_refresh: Called in the background after that.
    """

    def __init__(
        self, store: Store, *, max_staleness: float = MAX_STALENESS, max_idle: float = MAX_IDLE
    ) -> None:
        self._store, self._max_staleness, self._max_idle = store, max_staleness, max_idle
        self._last_asked = time.monotonic()
        self._was_idle = False  # and what was added since is not reflected yet
        self._lock = threading.RLock()
        self._refreshing = threading.Lock()
        self._in_background = threading.Lock()
        self._table: TableDatabase | None = None
        self._newest: dict[str, int] = {}  # commit of each table of the store that is reflected
        self._commits = delta.NewestCommits()
        self._state = TableState(0, 0)
        self._read_again = dict[str, int]()  # of a document: the version since which it is as it is
        self._filled = 0  # the version since which all others are
        self._answers: OrderedDict[tuple[Any, ...], _Answer] = OrderedDict()
        self._recent: OrderedDict[tuple[Any, ...], tuple[float, int, Any]] = OrderedDict()
        self._being_computed = set[tuple[Any, ...]]()  # of them, in the background
        self._documents_since = 0  # the version since which only reviews have changed
        self._tried = 0.0
        self._pause = 0.0  # seconds before the next refresh in the background
        self.changed_at = 0.0
        self.before_refresh: Callable[[], None] = _do_nothing
        self.after_refresh: Callable[[], None] = _do_nothing

    def rows(self, query: str, values: Sequence[Any] = ()) -> Rows:
        """Return the rows of a SELECT over QUOTES_IN_MEMORY."""
        table, state = self._current()
        found: Rows = self._cached(
            (state.version, query, tuple(values)), lambda: table.rows(query, list(values))
        )
        return found

    def arrow(self, query: str, values: Sequence[Any] = ()) -> pyarrow.Table:
        """Return the rows of a SELECT over QUOTES_IN_MEMORY as an Arrow table; not cached."""
        return self._current()[0].arrow(query, list(values))

    def page(
        self,
        query: str,
        *,
        words: str | None = None,
        words_in: str,
        equal: tuple[str, str | None],
        order: str,
        limit: int,
        offset: int,
    ) -> tuple[Rows, int]:
        """Return some rows of a SELECT over QUOTES_IN_MEMORY, and how many there are in all.

        Args:
            query: The SELECT.
            words: Words that the text `words_in` (SQL) must have, as in `Selection.about`.
            words_in: Where to look for them.
            equal: A column and the value that it must have; any, if that is empty.
            order: What follows ORDER BY.
            limit: How many rows at most.
            offset: How many rows to leave out before.
        """
        query, values = f"SELECT * FROM ({query}) WHERE TRUE", list[Any]()
        for word in (words or "").split()[:MAX_SEARCH_WORDS]:
            query += f" AND {has_word(words_in)}"
            values.append(word)
        column, value = equal
        if value:
            query += f" AND {column} = ?"
            values.append(value)
        total = int(self.rows(f"SELECT count(*) AS n FROM ({query})", values)[0]["n"])
        part = f"ORDER BY {order} LIMIT {int(limit)} OFFSET {int(offset)}"
        return self.rows(f"{query} {part}", values), total

    def cached(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        """Return what `compute()` gives, cached under a key until something changes."""
        _, state = self._current()
        return self._cached((state.version, *key), compute)

    def cached_across_reviews(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        """Return what `compute()` gives, cached until more changes than what people say of quotes.

        It must not depend on reviews but those of titles, outlets, authors, days and addresses.
        """
        self._current()
        return self._cached(("documents", self._documents_since, *key), compute)

    def recent(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        """Return what `compute()` gives, in a large table that of a moment ago.

        For figures that help to choose, which need not follow each review. After RECENT seconds
        they are computed again in the background; who asks after MAX_AGE waits for it.
        """
        _, state = self._current()
        with self._lock:
            known = self._recent.get(key)
        if known is None:
            return self._compute_recent(key, compute)
        made_at, version, value = known
        age = time.monotonic() - made_at
        if version == state.version:
            return value
        if self.size() <= MANY or age > MAX_AGE:
            return self._compute_recent(key, compute)
        if age > RECENT:
            with self._lock:
                is_due = key not in self._being_computed
                self._being_computed.add(key)
            if is_due:
                threading.Thread(
                    target=self._compute_in_background, args=(key, compute), daemon=True
                ).start()
        return value

    def size(self) -> int:
        """Return the number of quotes in the table."""
        return int(self.rows(f"SELECT count(*) AS n FROM {QUOTES_IN_MEMORY}")[0]["n"])

    def cached_of_document(
        self, document: str, key: tuple[Any, ...], compute: Callable[[], Any]
    ) -> Any:
        """Return what `compute()` makes of one document, cached until that document changes."""
        self._current()
        since = max(self._filled, self._read_again.get(document, 0))
        return self._cached((since, document, *key), compute)

    def once(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        """Return what `compute()` gives, computed once; other callers wait for it meanwhile."""
        return self._cached(("once", *key), compute)

    def state(self) -> TableState:
        """Return the current state, after bringing the table up to date."""
        return self._current()[1]

    def peek(self) -> TableState | None:
        """Return the current state at once; None where the table must be refreshed first."""
        return None if self._check()[0] else self._state

    def is_behind(self) -> bool:
        """Return True if articles are stored, or removed, which the table does not reflect yet."""
        newest, reflected = self._newest_commits(), self._newest
        return any(newest[name] != reflected.get(name) for name in ARTICLES)

    def refresh(self) -> None:
        """Bring the table up to date now, and have all pages made again: a person did something."""
        with self._refreshing:
            self._refresh(self._newest_commits())
        self.invalidate_pages()

    def invalidate_pages(self) -> None:
        """Have all pages made again from now on; cached answers stay."""
        with self._lock:
            self._state = TableState(self._state.version, self._state.reviews + 1)

    def _cached(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        """Return the cached answer, else compute it now; concurrent callers wait for the first."""
        with self._lock:
            answer = self._answers.pop(key, None) or _Answer()
            self._answers[key] = answer  # now the newest
            while len(self._answers) > MAX_CACHED:
                self._answers.popitem(last=False)
        with answer.lock:
            if not answer.computed:
                answer.value, answer.computed = compute(), True
        return answer.value

    def _compute_recent(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        _, state = self._current()
        value = self._cached((state.version, "recent", *key), compute)
        with self._lock:
            self._recent[key] = time.monotonic(), state.version, value
            while len(self._recent) > MAX_RECENT:
                self._recent.popitem(last=False)
        return value

    def _compute_in_background(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> None:
        try:
            with suppress(StoreError):  # who asks next tries again
                self._compute_recent(key, compute)
        finally:
            with self._lock:
                self._being_computed.discard(key)

    def _current(self) -> tuple[TableDatabase, TableState]:
        """Return the table and its state, refreshed first where a change must be seen at once."""
        at_once, newest = self._check()
        if at_once:
            with self._refreshing:
                self._refresh(newest)
        with self._lock:
            assert self._table is not None
            return self._table, self._state

    def _check(self) -> tuple[bool, dict[str, int]]:
        """Tell whether a change must be seen at once, with the newest commits.

        For another change a background thread is started.
        """
        newest = self._newest_commits()
        changed = {name for name, number in newest.items() if number != self._newest.get(name)}
        now = time.monotonic()
        idle, self._last_asked = now - self._last_asked, now
        self._was_idle = bool(changed) and (self._was_idle or idle > self._max_idle)
        if self._table is None or REVIEWS in changed or changed == {SPEAKERS} or self._was_idle:
            return True, newest
        waited = time.monotonic() - max(self.changed_at, self._tried)
        is_due = waited > max(self._max_staleness, self._pause)
        if changed and is_due and self._in_background.acquire(blocking=False):
            threading.Thread(
                target=self._refresh_in_background, args=(newest,), daemon=True
            ).start()
        return False, newest

    def _newest_commits(self) -> dict[str, int]:
        return {name: self._commits.of(self._store.table_folder(name)) for name in TABLES}

    def _refresh_in_background(self, newest: dict[str, int]) -> None:
        """Bring everything up to date; what cannot be read now is tried again later.

        Readers and the program that adds have most of the time: a pause of MIN_PAUSE follows.
        """
        started = time.monotonic()
        try:
            with suppress(StoreError):
                self.before_refresh()
                with self._refreshing:
                    self._refresh(newest)
                self.after_refresh()
        finally:
            self._tried = time.monotonic()
            self._pause = min(MAX_PAUSE, MIN_PAUSE * (self._tried - started))
            self._in_background.release()

    def _refresh(self, newest: dict[str, int]) -> None:
        """Bring the table up to date. Only one thread at a time."""
        if self._newest and all(number <= self._newest[name] for name, number in newest.items()):
            return  # another thread has done it meanwhile
        changed = {name for name, number in newest.items() if number != self._newest.get(name)}
        session = self._store._session()
        metadata = self._table.snapshots.get(METADATA) if self._table else None
        table, documents = (
            (build_table(session), None)
            if self._table is None
            else refresh_table(self._table, session, changed)
        )
        with self._lock:
            version = self._state.version + 1
            if documents is None:
                self._filled, self._read_again = version, {}
            if (
                changed - {REVIEWS}
                or documents is None
                or table.snapshots[METADATA] is not metadata
            ):
                self._documents_since = version
            self._read_again.update(dict.fromkeys(documents or (), version))
            self._table, self._newest = table, newest
            urgent = bool(changed & {REVIEWS, SPEAKERS})
            self._state = TableState(version, self._state.reviews + urgent)
            self.changed_at = time.monotonic()

    def close(self) -> None:
        """Give the memory back."""
        with self._lock:
            if self._table is not None:
                self._table.close()
                self._table = None
                self._newest = {}


def _do_nothing() -> None:
    """Do nothing."""
