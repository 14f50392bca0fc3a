"""All statements of a collection, grouped in the background: for pages, cards and filters.

In: the table of quotes in memory. Out: `Overview`. A small collection is grouped before the next
answer; a large one in the background, and until that is done the earlier state is shown.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from quotes.statements import group
from quotes.statements.check import statement_of_row
from quotes.statements.overview import StatementFacts, overview
from quotes.statements.weights import vocabulary
from quotes.store import Selection, Store, quote_search
from quotes.store.quote_table import QuoteTable

MAX_AT_ONCE = 5000  # quotes that are grouped while a reader waits
MIN_PAUSE = 10  # times as long as grouping took, before a large collection is grouped again
SAME_NAMES = (
    "id", "document", "words", "speaker_id", "role", "outlet", "title", "published", "type",
    "confidence", "copy_of",
)  # fmt: skip

GROUPED_BY = tuple(name for name in SAME_NAMES if name != "confidence")


@dataclass(frozen=True)
class Overview:
    """The statements of a collection; empty before they are grouped for the first time."""

    statements: tuple[StatementFacts, ...] = ()
    ready: bool = False

    @cached_property
    def lists(self) -> dict[Any, Any]:
        """Sorted lists of the statements, made once for each order that is asked for."""
        return {}

    @cached_property
    def by_quote(self) -> Mapping[str, StatementFacts]:
        """The facts of the statement of each quote."""
        return {each.id: facts for facts in self.statements for each in facts.group.statements}

    @cached_property
    def by_id(self) -> Mapping[str, StatementFacts]:
        """The facts of each statement by its id."""
        return {facts.group.id: facts for facts in self.statements}

    @cached_property
    def disputes(self) -> tuple[tuple[StatementFacts, ...], ...]:
        """The statements whose prints disagree on who said them, with those of the same words.

        Those with most outlets come first; each statement is in one of the tuples.
        """
        found, seen = list[tuple[StatementFacts, ...]](), set[str]()
        disputed = (facts for facts in self.statements if facts.disputed)
        for facts in sorted(disputed, key=lambda facts: (-facts.outlets, facts.group.id)):
            together, ahead = list[StatementFacts](), [facts.group.id]
            while ahead:
                name = ahead.pop(0)
                if name not in seen:
                    seen.add(name)
                    together.append(self.by_id[name])
                    ahead += self.by_id[name].elsewhere
            if together:
                found.append(tuple(together))
        return tuple(found)

    @cached_property
    def quotes_by_kind(self) -> Mapping[str, frozenset[str]]:
        """The ids of the quotes of statements of each kind (KINDS)."""
        return {
            kind: frozenset(
                each.id
                for facts in self.statements
                if test(facts)
                for each in facts.group.statements
            )
            for kind, test in KINDS.items()
        }


KINDS: dict[str, Callable[[StatementFacts], bool]] = {
    "outlets": lambda facts: facts.outlets > 1,
    "changed": lambda facts: facts.wordings > 1,
    "disputed": lambda facts: facts.disputed,
}


@dataclass
class StatementOverview:
    """The overview of a store, kept up to date."""

    store: Store
    table: QuoteTable
    _made: Overview = field(default_factory=Overview)
    _version: int = -1
    _grouped: Any = None  # the fingerprint of what was grouped
    _next: float = 0.0  # when it may be made again (`time.monotonic()`)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def current(self) -> Overview:
        """Return the overview: of now, or of a moment ago in a large collection."""
        version = self.table.state().version
        if version == self._version:
            return self._made
        if quote_search.count(self.table, Selection(copies=True)) <= MAX_AT_ONCE:
            with self._lock:
                if version != self._version:
                    self._make(version)
        elif time.monotonic() >= self._next and self._lock.acquire(blocking=False):
            threading.Thread(target=self._make_in_background, args=(version,), daemon=True).start()
        return self._made

    def _make_in_background(self, version: int) -> None:
        try:
            if self._fingerprint() == self._grouped:  # such as after a quote was accepted
                self._version = version
                return
            self._make(version)
            self.table.invalidate_pages()
        finally:
            self._lock.release()

    def _fingerprint(self) -> Any:
        """Return a value that is the same while all that grouping depends on is."""
        return quote_search.fingerprint(self.table, GROUPED_BY)

    def _make(self, version: int) -> None:
        started = time.monotonic()
        fingerprint = self._fingerprint()
        rows = quote_search.find(self.table, Selection(copies=True))
        statements = (statement_of_row(row, SAME_NAMES) for row in rows)
        language = self.store.language
        groups = group(statements, words=vocabulary(language), language=language)
        self._made, self._version = Overview(overview(groups), ready=True), version
        self._grouped = fingerprint
        took = time.monotonic() - started
        self._next = time.monotonic() + MIN_PAUSE * took
