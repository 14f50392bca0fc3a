"""What changed in the quotes of an article since an earlier revision, as its page shows it.

In: a store and an article. Out: plain values. The comparison is that of `quotes diff`.
"""

from __future__ import annotations

from typing import Any

from quotes.errors import StoreError
from quotes.records import Quote
from quotes.statements.changes import Change
from quotes.statements.revisions import RevisionChanges, changes_of_revisions
from quotes.store import Store
from quotes.store.quote_table import QuoteTable
from quotes.web.articles import Article
from quotes.web.errors import Refused
from quotes.web.who_said import difference_pieces


def changes_since(
    store: Store, table: QuoteTable, article: Article, since: int | None
) -> dict[str, Any] | None:
    """Return what changed since a revision, by default the one before; None without an earlier one.

    Raises:
        Refused: There is no such earlier revision.
    """
    if article.revision < 2 and since is None:
        return None
    name = article.document.id
    try:
        found: RevisionChanges = table.cached_of_document(
            name, ("changes", since), lambda: changes_of_revisions(store, name, since=since)
        )
    except StoreError as error:
        raise Refused(404, f"since: {error}") from error
    return {"since": found.old, "items": [_change(change) for change in found.changes]}


def _change(change: Change) -> dict[str, Any]:
    """Return a change: its kind, both quotes, and the difference word by word."""
    return {
        "change": change.kind,
        "before": _quote(change.before),
        "after": _quote(change.after),
        "pieces": difference_pieces(change.comparison) if change.comparison else [],
    }


def _quote(quote: Quote | None) -> dict[str, Any] | None:
    if quote is None:
        return None
    names = ("id", "words", "speaker", "type", "factuality")
    return {name: getattr(quote, name) for name in names}
