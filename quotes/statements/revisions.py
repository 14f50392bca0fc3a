"""What changed in the quotes of a stored article between two of its revisions.

    changes_of_revisions(store, "harbour") → RevisionChanges

In: a store and the id of an article. Out: the two revisions by number, and the changes from the
older to the newest. The older one is as the program found it, the newest with reviews applied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.defaults import MIN_CONFIDENCE, SHOWN_ACTS
from quotes.errors import StoreError
from quotes.output.numbers import count_of
from quotes.pipeline import shown_by_default
from quotes.records import Act
from quotes.statements.changes import Change, changes
from quotes.statements.weights import vocabulary
from quotes.store import Store
from quotes.store.article_queries import quotes_of_revision


@dataclass(frozen=True, slots=True)
class RevisionChanges:
    """What changed from one revision of an article, `old`, to its newest, `new`, by number."""

    old: int
    new: int
    changes: tuple[Change, ...]


def changes_of_revisions(
    store: Store,
    document: str,
    *,
    since: int | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    acts: Sequence[Act] = SHOWN_ACTS,
) -> RevisionChanges:
    """Return what changed in the quotes of an article since one of its revisions.

    Args:
        store: The store.
        document: The id of the article.
        since: The number of the older revision; by default the one before the newest.
        min_confidence: Quotes below it are left out (0 to 1).
        acts: Acts of which quotes are compared.

    Raises:
        StoreError: There is no such article, or no such earlier revision.
    """
    newest = store.revision(document)
    if not newest:
        raise StoreError(f"{store.path}: no document {document!r}: `quotes documents` lists all")
    old = since or newest - 1
    if not 1 <= old < newest:
        raise StoreError(
            f"{store.path}: {document!r} has {count_of(newest, 'revision')}: "
            "there is no earlier one to compare with"
        )
    before, after = (
        shown_by_default(quotes, min_confidence, acts)
        for quotes in (quotes_of_revision(store, document, old), store.quotes_of(document))
    )
    found = changes(before, after, words=vocabulary(store.language))
    return RevisionChanges(old, newest, found)
