"""What all pages share: the store, its table in memory, parser, jobs, caches and settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from quotes.errors import SearchIndexError
from quotes.models import language_of_model
from quotes.records import Review
from quotes.standing_reviews import standing
from quotes.statements.check import current_index
from quotes.store import Store
from quotes.store.quote_table import QuoteTable
from quotes.web import who_said
from quotes.web.activity import ActivityWatch
from quotes.web.background_identity import BackgroundIdentity
from quotes.web.clusters import SpeakerClusters
from quotes.web.jobs import JobQueue
from quotes.web.page_cache import PageCache
from quotes.web.settings import Settings
from quotes.web.statement_overview import StatementOverview
from quotes.web.trees import TreeParser

if TYPE_CHECKING:
    from quotes.pipeline import Item, Processed
    from quotes.records import Failure


@dataclass(frozen=True, slots=True)
class AppState:
    """Everything that a page may use."""

    store: Store
    quote_table: QuoteTable
    tree_parser: TreeParser
    jobs: JobQueue
    background_identity: BackgroundIdentity
    settings: Settings
    page_cache: PageCache
    overview: StatementOverview
    clusters: SpeakerClusters
    activity: ActivityWatch

    def reviews(self) -> tuple[Review, ...]:
        """Return all reviews, read once for each state of the store."""
        found: tuple[Review, ...] = self.quote_table.cached(("reviews",), self.store.reviews)
        return found

    def standing_reviews(self) -> tuple[Review, ...]:
        """Return the reviews that stand, found once for each state of the store."""
        found: tuple[Review, ...] = self.quote_table.cached(
            ("standing",), lambda: standing(self.reviews())
        )
        return found

    def refresh_search_index(self) -> None:
        """Bring the search index up to date, as far as it can be."""
        with suppress(SearchIndexError):  # it is being made: then it is up to date
            who_said.ready(self.store, self.quote_table)
            current_index(self.store)


def make_state(store: Store, settings: Settings) -> AppState:
    """Make the state of an app over a store. No model is loaded before it is needed."""

    def work(items: Iterable[Item]) -> Iterator[Processed | Failure]:
        # A process of its own: pages stay quick, and its memory is given back.
        from quotes.workers.processes import run_with_workers

        return run_with_workers(items, workers=1, model=settings.model)

    @cache
    def parser(language: str) -> Any:
        from quotes.parsing import load

        return load(settings.model, language=language_of_model(settings.model, language))

    chosen: Callable[[str], Any] = settings.parser or parser
    quote_table = QuoteTable(store)
    return AppState(
        store=store,
        quote_table=quote_table,
        tree_parser=TreeParser(chosen),
        jobs=JobQueue(
            store, settings.work or work, model=settings.model, after_add=quote_table.refresh
        ),
        background_identity=BackgroundIdentity(store),
        settings=settings,
        page_cache=PageCache(quote_table),
        overview=StatementOverview(store, quote_table),
        clusters=SpeakerClusters(store, quote_table),
        activity=ActivityWatch(store, quote_table),
    )
