"""What all pages work with: the store, its table in memory, trees, jobs, new names, the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from quotes.errors import SearchIndexError
from quotes.records import Review
from quotes.statements.check import current_index
from quotes.store import Store
from quotes.store.quote_table import QuoteTable
from quotes.web import who_said
from quotes.web.background_identity import BackgroundIdentity
from quotes.web.jobs import JobQueue
from quotes.web.page_cache import PageCache
from quotes.web.settings import Settings
from quotes.web.trees import TreeParser

if TYPE_CHECKING:
    from quotes.pipeline import Processed
    from quotes.records import Failure
    from quotes.store.ingest import Item


@dataclass(frozen=True, slots=True)
class AppState:
    """Everything that a page may ask."""

    store: Store
    shelf: QuoteTable
    trees: TreeParser
    incoming: JobQueue
    naming: BackgroundIdentity
    settings: Settings
    kept: PageCache

    def judgements(self) -> tuple[Review, ...]:
        """All decisions, read once for each state of the store."""
        found: tuple[Review, ...] = self.shelf.cached(("judgements",), self.store.judgements)
        return found

    def search_index(self) -> None:
        """Bring the search index up to date, as far as it can be."""
        with suppress(SearchIndexError):  # it is being made: then it is up to date
            who_said.ready(self.store, self.shelf)
            current_index(self.store)


def desk(store: Store, settings: Settings) -> AppState:
    """A desk over a store. No model is loaded before it is needed."""

    def work(items: Iterable[Item]) -> Iterator[Processed | Failure]:
        from quotes.workers.processes import (
            run_with_workers,  # a program of its own: the pages stay quick, and its memory is given back
        )

        return run_with_workers(items, workers=1, model=settings.model)

    @cache
    def parser(language: str) -> Any:
        from quotes.parsing import load

        return load(settings.model, language=language)

    chosen: Callable[[str], Any] = settings.parser or parser
    incoming = JobQueue(store, settings.work or work, model=settings.model)
    shelf = QuoteTable(store)
    return AppState(
        store,
        shelf,
        TreeParser(chosen),
        incoming,
        BackgroundIdentity(store),
        settings,
        PageCache(shelf),
    )
