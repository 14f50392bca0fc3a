"""Names that a store knows: of speakers, outlets and documents, for those who type them.

In: a store. Out: names, those with most quotes or documents first; and the outlet that is meant by
what a person typed.
"""

from __future__ import annotations

from quotes.errors import StoreError
from quotes.store import Store
from quotes.text.folding import fold_accents, fold_case

MAX_LISTED = 20  # outlets in a message

SPEAKERS = """
    SELECT speaker_name AS name FROM quotes WHERE speaker_id IS NOT NULL AND copy_of IS NULL
    GROUP BY speaker_name ORDER BY count(*) DESC, name"""
OUTLETS = """
    SELECT outlet AS name FROM documents WHERE outlet IS NOT NULL
    GROUP BY outlet ORDER BY count(*) DESC, name"""
DOCUMENTS = "SELECT id AS name FROM documents ORDER BY id"


def speaker_names(store: Store) -> list[str]:
    """Return the names of all who are quoted, the most quoted first."""
    return _names(store, SPEAKERS)


def outlet_names(store: Store) -> list[str]:
    """Return the names of all outlets, those with most articles first."""
    return _names(store, OUTLETS)


def document_ids(store: Store) -> list[str]:
    """Return the ids of all documents."""
    return _names(store, DOCUMENTS)


def find_outlet(store: Store, typed: str) -> str:
    """Return the outlet that is meant: the exact name, else one in other case, else a part of one.

    Raises:
        StoreError: for what fits none or several; it lists them.
    """
    names = outlet_names(store)
    if typed in names:
        return typed
    wanted = _folded(typed)
    found = [name for name in names if _folded(name) == wanted]
    found = found or [name for name in names if wanted and wanted in _folded(name)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join((found or names)[:MAX_LISTED]) or "none"
    if len(found or names) > MAX_LISTED:
        listed += ", ..."
    raise StoreError(
        f"{typed!r} fits {len(found)} outlets: give the full name of one: {listed}"
        if found
        else f"no outlet {typed!r} in {store.path}: outlets here: {listed}"
    )


def _folded(name: str) -> str:
    """Return a name in lower case, without accents, with single spaces."""
    return " ".join(fold_case(fold_accents(name)).split())


def _names(store: Store, query: str) -> list[str]:
    """Return the only column of a query."""
    return [row["name"] for row in store._session().rows(query)]
