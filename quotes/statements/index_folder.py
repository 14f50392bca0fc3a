"""Where the search index of a store lies: in it, or where that may not be written, with the user.

In: a store. Out: a folder, which need not exist yet.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

from quotes.store import Store
from quotes.store.folder import INDEX

CACHE = "quotes-index"


def index_folder(store: Store) -> Path:
    """Return the folder of a store's index; in the user's cache where the store is read-only."""
    own = store.path / INDEX
    if is_writable(own):
        return own
    name = hashlib.sha256(str(store.path.resolve()).encode("utf-8", "surrogatepass")).hexdigest()
    return cache_folder() / CACHE / name[:16]


def is_writable(folder: Path) -> bool:
    """Return whether files can be made in a folder, or the folder where it is not there yet."""
    return os.access(folder if folder.exists() else folder.parent, os.W_OK)


def cache_folder() -> Path:
    """Return the folder in which programs keep what they can make again for this user."""
    if given := os.environ.get("XDG_CACHE_HOME"):
        return Path(given)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    if os.name == "nt" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local)
    return Path.home() / ".cache"
