"""Who is who in a store: made at the end of a run, or at the first question after one broken off.

In: a store. Out: its speakers, stored with a note of the newest article that they reflect; where
the store may not be written, kept in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quotes import identity
from quotes.errors import StoreError
from quotes.records import Speaker
from quotes.store import commits
from quotes.store import folder as store_folder
from quotes.store.name_usage import name_usages

if TYPE_CHECKING:
    from quotes.store import Store

NEWEST = "SELECT max(added) FROM raw_documents"
ENDED_BEFORE = """
    SELECT coalesce(
        (SELECT max(added) FROM raw_documents) > (SELECT max(ended) FROM raw_runs), true
    )"""  # true after a run that was broken off before it ended, too


def identify(store: Store) -> tuple[Speaker, ...]:
    """Return who is who, from all names in a store and its known people."""
    file = store_folder.known_people_file(store.path)
    known = identity.read_known(file) if file else ()
    return identity.identify(name_usages(store._session()), known=known, language=store.language)


def write(store: Store) -> None:
    """Make the speakers of a store anew and store them.

    Raises:
        StoreError: where it cannot be written.
    """
    newest = _newest(store)
    commits.write_speakers(store.path, identify(store))
    store_folder.note_identified(store.path, newest)


def is_current(store: Store) -> bool:
    """Return whether the stored speakers reflect all articles."""
    newest = _newest(store)
    noted = store_folder.identified(store.path)
    if noted is not None or not newest:
        return noted == newest or not newest
    return not store._session().value(ENDED_BEFORE)  # of an older version of the program


def ensure(store: Store, on_message: Callable[[str], object]) -> tuple[Speaker, ...] | None:
    """Make the speakers of a store where a run that was broken off left that undone.

    Returns:
        The speakers, where they could not be stored.
    """
    try:
        if is_current(store):
            return None
    except StoreError:  # of a damaged table: whoever asks for it is told
        return None
    on_message(f"{store.path}: who is who has not been made of all articles yet: making it")
    try:
        with store.writing():
            write(store)
    except StoreError:
        return identify(store)
    return None


def _newest(store: Store) -> str:
    """Return when the newest article was added, "" without one."""
    added = store._session().value(NEWEST)
    return added.isoformat() if added else ""
