"""Who is who in a store: made at the end of a run, or at the first question after one broken off.

In: a store. Out: its speakers, stored with a note of the newest article that they reflect; where
the store may not be written, kept in memory. What they were decided on is kept beside the tables
(`identity/resolution.sqlite`), so that a run decides again only what its articles touch. That file
is derived from the tables and can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from quotes import identity
from quotes.errors import StoreError
from quotes.identity import KnownPerson
from quotes.language.resources import PACKAGE, data_folder
from quotes.records import Speaker
from quotes.store import commits, delta, entity_resolution
from quotes.store import folder as store_folder
from quotes.store.name_changes import update_usages
from quotes.store.name_usage import name_usages
from quotes.store.views import HASHES

if TYPE_CHECKING:
    from quotes.store import Store

MADE, WRITTEN = "made", "written"  # notes: program and known people; version of the table written
SUFFIXES = (".py", ".txt", ".toml", ".csv")
# of the package: they decide who is who
SOURCES = (
    "identity",
    "names",
    "store/name_graph.py",
    "store/entity_resolution.py",
    "text/folding.py",
)
NEWEST = "SELECT max(added) FROM raw_documents"
ENDED_BEFORE = """
    SELECT coalesce(
        (SELECT max(added) FROM raw_documents) > (SELECT max(ended) FROM raw_runs), true
    )"""  # true after a run that was broken off before it ended, too


def identify(store: Store) -> tuple[Speaker, ...]:
    """Return who is who, from all names in a store and its known people."""
    with entity_resolution.Resolution(store.language, known=_known(store)) as resolution:
        resolution.put_all(name_usages(store._session(linked=False)))
        resolution.decide()
        return resolution.speakers()


def write(store: Store) -> None:
    """Decide who is who among names that changed, and store it. One program does so at a time.

    Raises:
        StoreError: where it cannot be written.
    """
    with store_folder.identifying(store.path):
        newest = _newest(store)
        for anew in (False, True):
            try:
                if _decide(store):
                    break
            except sqlite3.Error as error:
                if anew:
                    raise StoreError(
                        f"{store_folder.resolution_file(store.path)}: cannot be written ({error}): "
                        "make room, and check who owns the folder"
                    ) from error
            store_folder.remove_resolution(store.path)
    store_folder.note_identified(store.path, newest)


def _decide(store: Store) -> bool:
    """Decide who is who, and store it; False where that needs a new file of decisions."""
    made, session = _made(store), store._session(linked=False)
    file = store_folder.resolution_file(store.path)
    with entity_resolution.Resolution(store.language, known=_known(store), file=file) as resolution:
        if resolution.note(MADE) not in (None, made):
            return False
        if not update_usages(session, resolution, store._outcomes):
            return False
        changes = resolution.decide()
        table = store.table_folder("speakers")
        if resolution.note(WRITTEN) != str(delta.newest(table)):
            commits.write_speakers(store.path, resolution.every_speaker())
        elif changes.changed or changes.gone:
            rows = session.arrow("SELECT * FROM raw_speakers")
            speakers = resolution.speakers(changes.changed)
            commits.update_speakers(store.path, rows, speakers, changes.gone)
        resolution.set_note(MADE, made)
        resolution.set_note(WRITTEN, str(delta.newest(table)))
        resolution.commit()
    return True


def _known(store: Store) -> tuple[KnownPerson, ...]:
    """Return the known people of a store."""
    file = store_folder.known_people_file(store.path)
    return identity.read_known(file) if file else ()


def _made(store: Store) -> str:
    """Return what decisions depend on besides the articles: program, words, known people."""
    file = store_folder.known_people_file(store.path)
    known = hashlib.sha256(file.read_bytes()).hexdigest() if file else ""
    return f"{store.language.code} {_program()} {known}"


@cache
def _program() -> str:
    """Return a digest of the program and the word lists that decide who is who."""
    parts = [PACKAGE / name for name in SOURCES] + [data_folder()]
    files = (file for part in parts for file in ([part] if part.is_file() else part.rglob("*")))
    digest = hashlib.sha256(HASHES.encode())
    for file in sorted(file for file in files if file.suffix in SUFFIXES):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def is_current(store: Store) -> bool:
    """Return whether the stored speakers reflect all articles."""
    newest = _newest(store)
    noted = store_folder.identified(store.path)
    if noted is not None or not newest:
        return noted == newest or not newest
    return not store._session(linked=False).value(
        ENDED_BEFORE
    )  # of an older version of the program


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
    added = store._session(linked=False).value(NEWEST)
    return added.isoformat() if added else ""
