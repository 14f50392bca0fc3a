"""Documents out of a store.

In: ids, as a person gives them. Out: nothing of these documents in the tables; or an error that
names the ids that may have been meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotes.errors import StoreError
from quotes.store import commits
from quotes.store import folder as store_folder
from quotes.store.article_queries import nearest_documents

if TYPE_CHECKING:
    from quotes.store import Store

ACCEPTED_AGAINST = """
    SELECT id FROM raw_reviews
    WHERE action = 'accept_finding' AND list_has_any(documents, ?)"""
KNOWN = "SELECT DISTINCT id FROM raw_documents WHERE id IN (SELECT unnest(?))"


def remove(store: Store, documents: Sequence[str], *, purge: bool) -> None:
    """Remove documents from every table.

    Args:
        store: the store.
        documents: their ids.
        purge: delete them from old files, too, and the reviews of them, and of drafts against them.

    Raises:
        StoreError: for an unknown one; nothing is removed then.
    """
    if not documents:
        return
    require_known(store, documents, "nothing was removed")
    with store.writing(exclusive=purge):
        with store_folder.rewriting(store.path, wait=True):
            commits.remove(store.path, documents, reviews=purge)
        store.identify()
        if purge:
            rows = store._session().rows(ACCEPTED_AGAINST, [list(documents)])
            commits.remove_reviews(store.path, [row["id"] for row in rows])
            commits.purge(store.path)


def dismiss_failures(store: Store, documents: Sequence[str]) -> int:
    """Remove the failures of documents that could not be read, and return their number."""
    with store.writing(), store_folder.rewriting(store.path, wait=True):
        return commits.remove_failures(store.path, documents)


def require_known(store: Store, documents: Sequence[str], then: str) -> None:
    """Check that documents are in a store, in whatever revision.

    Raises:
        StoreError: for an unknown one, with those that may have been meant.
    """
    if not documents:
        return
    known = {row["id"] for row in store._session().rows(KNOWN, [list(documents)])}
    for name in documents:
        if name not in known:
            near = nearest_documents(store, name)
            hint = f": did you mean {' or '.join(near)}?" if near else ""
            raise StoreError(f"{store.path}: no document {name!r}: {then}{hint}")
