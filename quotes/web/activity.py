"""What is being done to the collection while its pages are read, as each page says above all else.

In: a store and its table of quotes in memory. Out: an `Activity`. A page that was made earlier
says what is true when it is sent (`with_activity`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quotes.store import Store, audit, delta
from quotes.store.folder import is_adding
from quotes.store.quote_table import QuoteTable
from quotes.web import rendering

PLACE = b"<!-- activity -->"  # in base.html; text of articles is escaped, so it stands there alone

State = Literal["", "adding", "interrupted", "unended", "behind"]


@dataclass(frozen=True, slots=True)
class Activity:
    """What is being done.

    Attributes:
        state: "adding": a program adds articles; "interrupted": the last one that did was stopped;
            "unended": one of the two, on a system that does not tell them apart; "behind": articles
            were added or removed, which the pages do not show yet.
        articles: The number of articles that the pages show.
    """

    state: State = ""
    articles: int = 0


class ActivityWatch:
    """Tells what is being done to a store; safe to use from several threads."""

    def __init__(self, store: Store, table: QuoteTable) -> None:
        self._store, self._table = store, table
        self._commits = delta.NewestCommits()
        self._last_run = (-1, True)  # commit of the table of runs; True if the newest has ended

    def now(self) -> Activity:
        """Return what is being done now."""
        state = self._state()
        return Activity(state, self._articles() if state else 0)

    def _state(self) -> State:
        commit, ended = self._newest_run()
        adding = is_adding(self._store.path)
        if adding:
            return "adding"
        if not ended and commit == self._newest_run()[0]:  # it did not end between the two looks
            return "unended" if adding is None else "interrupted"
        return "behind" if self._table.is_behind() else ""

    def _newest_run(self) -> tuple[int, bool]:
        """Return the newest commit of runs, and True if the newest run has ended."""
        commit = self._commits.of(self._store.table_folder("runs"))
        if self._last_run[0] != commit:
            runs = audit.runs(self._store)[:1]
            self._last_run = commit, not runs or runs[0]["ended"] is not None
        return self._last_run

    def _articles(self) -> int:
        found: int = self._table.cached_across_reviews(
            ("articles",), lambda: int(audit.article_counts(self._store)["articles"])
        )
        return found


def with_activity(page: bytes, activity: Activity) -> bytes:
    """Return a page that says what is being done to the collection."""
    if PLACE not in page:  # a part of a page
        return page
    said = rendering.page("activity.html", {"activity": activity}) if activity.state else ""
    return page.replace(PLACE, said.encode("utf-8"), 1)
