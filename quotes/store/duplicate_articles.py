"""Near duplicates among the articles that are added: wire copy under several mastheads.

In: entries on their way into a store, and the session of the store. Out: the entries with their
signatures and `near_copies`: all articles that each is a near copy of, or that are of it. As each
pair is noted when the later of the two is added, whatever their order, the pairs of a store depend
on its articles alone. Which of several duplicates is shown as the original is chosen when reading,
by day of publication (`quotes.store.current.link_copies`).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from quotes.statements.near_duplicates import (
    ArticleKey,
    Signature,
    age,
    bands,
    find_pairs,
    originals,
    signature,
)
from quotes.store.rows import Entry, NearCopy
from quotes.store.views import Session

VERSION_DIGITS = 16
VERSION = (  # of a row of `documents`, as `version` gives it
    f"substr(sha256(sha256 || coalesce(CAST(published AS VARCHAR), '')), 1, {VERSION_DIGITS})"
)
CURRENT = """
    FROM raw_documents d WHERE NOT EXISTS (
        SELECT 1 FROM hidden h WHERE h.document = d.id AND h.batch = d.batch
    )"""
SHARING_A_BAND = f"SELECT id, published, sha256, signature {CURRENT} AND list_has_any(bands, ?)"
PAIRS = f"""
    WITH articles AS (SELECT id, {VERSION} AS version, near_copies, copy_of {CURRENT}),
    noted AS (SELECT id, unnest(near_copies) AS other FROM articles)
    SELECT n.id, n.other.document AS other FROM noted n
    JOIN articles a ON a.id = n.other.document AND a.version = n.other.version
    UNION ALL SELECT id, copy_of AS other FROM articles
    WHERE near_copies IS NULL AND copy_of IS NOT NULL"""
AGES = f"SELECT id, published, signature[:8] AS runs {CURRENT} AND id IN (SELECT unnest(?))"


def mark_copies(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries, each with its signature and the articles that it shares its text with."""
    signed = {entry.document.id: (entry, signature(entry.document.text)) for entry in entries}
    keys = {name: _as_signed(bands(found)) for name, (_, found) in signed.items()}
    stored = _stored(session, sorted({key for own in keys.values() for key in own}), set(keys))
    new = [ArticleKey(name, entry.document.published, f) for name, (entry, f) in signed.items()]
    pairs = find_pairs(new, [key for key, _ in stored])
    versions = {key.id: version(sha256, key.published) for key, sha256 in stored} | {
        name: version(entry.document.sha256, entry.document.published)
        for name, (entry, _) in signed.items()
    }
    linked = _by_article(pairs)
    return [
        replace(
            entry,
            near_copies=tuple(
                NearCopy(other, versions[other]) for other in linked.get(entry.document.id, ())
            ),
            signature=pack_signature(signed[entry.document.id][1]),
            bands=keys[entry.document.id],
        )
        for entry in entries
    ]


def linked_copies(session: Session) -> dict[str, str]:
    """Return the original of each near duplicate among the articles that count now."""
    pairs = [(row["id"], row["other"]) for row in session.rows(PAIRS)]
    if not pairs:  # as in most stores
        return {}
    ids = sorted({name for pair in pairs for name in pair})
    ages = {
        row["id"]: age(row["id"], row["published"], _runs(row["runs"]))
        for row in session.rows(AGES, [ids])
    }
    return originals(pairs, ages)


def version(sha256: str, published: date | None) -> str:
    """Return a short digest of what copies of an article are found by: its text and its day."""
    return hashlib.sha256(f"{sha256}{published or ''}".encode()).hexdigest()[:VERSION_DIGITS]


def _by_article(pairs: Iterable[tuple[str, str]]) -> Mapping[str, list[str]]:
    """Return the articles that each article is paired with."""
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def pack_signature(found: Signature) -> bytes:
    """Pack a signature: its number of runs, then its hashes, 8 bytes each, little-endian."""
    return struct.pack(f"<{len(found.hashes) + 1}Q", found.runs, *found.hashes)


def unpack_signature(stored: bytes) -> Signature:
    """Unpack a signature from its bytes."""
    runs, *hashes = struct.unpack(f"<{len(stored) // 8}Q", stored)
    return Signature(tuple(hashes), runs)


def _stored(session: Session, keys: list[int], new: set[str]) -> list[tuple[ArticleKey, str]]:
    """Return stored articles that share a band with the new ones, each with its SHA-256."""
    rows = session.rows(SHARING_A_BAND, [keys]) if keys else []
    return [(_key(row), row["sha256"]) for row in rows if row["id"] not in new]


def _key(row: dict[str, Any]) -> ArticleKey:
    """Return the key of a stored article."""
    return ArticleKey(row["id"], row["published"], unpack_signature(row["signature"]))


def _runs(start: bytes | None) -> int:
    """Return the number of shingles at the start of a packed signature, 0 without one."""
    return int.from_bytes(start[:8], "little") if start else 0


def _as_signed(keys: Sequence[int]) -> tuple[int, ...]:
    """Return unsigned 64-bit keys as the signed numbers that a table holds."""
    return tuple(key - (1 << 64) if key >= 1 << 63 else key for key in keys)
