"""Near duplicates among the articles that are added: wire copy under several mastheads.

In: entries on their way into a store, and the session of the store. Out: the entries with their
signatures, and with `copy_of` where there is an original. Which of several duplicates is shown as
the original is chosen when reading, by day of publication (`quotes.store.current.link_copies`).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from quotes.statements.near_duplicates import ArticleKey, Signature, bands, find_copies, signature
from quotes.store.rows import Entry
from quotes.store.views import Session

SHARING_A_BAND = """
    SELECT id, published, signature, copy_of FROM raw_documents WHERE list_has_any(bands, ?)"""


def mark_copies(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, each with its signature and the id of the article that it duplicates."""
    signed = [(entry, signature(entry.document.text)) for entry in entries]
    keys = {entry.document.id: _as_signed(bands(found)) for entry, found in signed}
    stored = _stored(session, sorted({key for own in keys.values() for key in own}), set(keys))
    new = [
        ArticleKey(entry.document.id, entry.document.published, found) for entry, found in signed
    ]
    copies = find_copies(new, stored)
    return [
        replace(
            entry,
            copy_of=copies.get(entry.document.id),
            signature=pack_signature(found),
            bands=keys[entry.document.id],
        )
        for entry, found in signed
    ]


def pack_signature(found: Signature) -> bytes:
    """Pack a signature: its number of runs, then its hashes, 8 bytes each, little-endian."""
    return struct.pack(f"<{len(found.hashes) + 1}Q", found.runs, *found.hashes)


def unpack_signature(stored: bytes) -> Signature:
    """Unpack a signature from its bytes."""
    runs, *hashes = struct.unpack(f"<{len(stored) // 8}Q", stored)
    return Signature(tuple(hashes), runs)


def _stored(session: Session, keys: list[int], new: set[str]) -> list[ArticleKey]:
    """Return the keys of stored articles that share a band with the new ones."""
    rows = session.rows(SHARING_A_BAND, [keys]) if keys else []
    return [_key(row) for row in {row["id"]: row for row in rows}.values() if row["id"] not in new]


def _key(row: dict[str, Any]) -> ArticleKey:
    """Return the key of a stored article."""
    stored = unpack_signature(row["signature"])
    return ArticleKey(row["id"], row["published"], stored, row["copy_of"])


def _as_signed(keys: Sequence[int]) -> tuple[int, ...]:
    """Return unsigned 64-bit keys as the signed numbers that a table holds."""
    return tuple(key - (1 << 64) if key >= 1 << 63 else key for key in keys)
