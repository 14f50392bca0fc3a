"""Near copies of articles among those that come in: wire copy under several mastheads.

In: entries on their way into a store, and the store. Out: the entries with what tells copies, and with `copy_of` where there is an
original. Which of several is shown as the original is decided when reading, by day of publication.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from quotes.statements.near_duplicates import ArticleKey, Signature, bands, find_copies, signature
from quotes.store.rows import Entry
from quotes.store.views import Session

KNOWN = "SELECT id, published, signature, copy_of FROM raw_documents WHERE list_has_any(bands, ?)"


def mark_copies(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, each with its signature, and with the id of the article that it is a near copy of."""
    signed = [(entry, signature(entry.document.text)) for entry in entries]
    keys = {entry.document.id: _signed(bands(found)) for entry, found in signed}
    known = _known(session, sorted({key for own in keys.values() for key in own}), set(keys))
    new = [
        ArticleKey(entry.document.id, entry.document.published, found) for entry, found in signed
    ]
    copies = find_copies(new, known)
    return [
        replace(
            entry,
            copy_of=copies.get(entry.document.id),
            signature=packed(found),
            bands=keys[entry.document.id],
        )
        for entry, found in signed
    ]


def _known(session: Session, keys: list[int], new: set[str]) -> list[ArticleKey]:
    """What is stored already and shares a key with the new ones."""
    rows = session.rows(KNOWN, [keys]) if keys else []
    return [_key(row) for row in {row["id"]: row for row in rows}.values() if row["id"] not in new]


def _key(row: dict[str, Any]) -> ArticleKey:
    return ArticleKey(row["id"], row["published"], unpacked(row["signature"]), row["copy_of"])


def packed(found: Signature) -> bytes:
    """A signature as bytes: the number of runs, then the hashes, little-endian, eight bytes each."""
    return struct.pack(f"<{len(found.hashes) + 1}Q", found.runs, *found.hashes)


def unpacked(stored: bytes) -> Signature:
    """A signature from its bytes."""
    runs, *hashes = struct.unpack(f"<{len(stored) // 8}Q", stored)
    return Signature(tuple(hashes), runs)


def _signed(keys: Sequence[int]) -> tuple[int, ...]:
    """Keys of 64 bits as the signed numbers that a table holds."""
    return tuple(key - (1 << 64) if key >= 1 << 63 else key for key in keys)
