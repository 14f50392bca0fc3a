"""What changed in the usages of names since who is who was last decided.

In: the session of a store, and a `Resolution` that notes which articles it reflects. Out: the
resolution with the usages of now. Articles that came are counted and added; names in articles that
went, were revised or reviewed are counted anew in all articles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from quotes.identity.usage_records import add_usages
from quotes.records import Kind
from quotes.store.current import DocumentReviews
from quotes.store.entity_resolution import Resolution
from quotes.store.name_usage import name_usages, usages_in, usages_of
from quotes.store.views import Session

DOCUMENTS, REVIEWED = "documents", "reviewed"  # notes: numbers of articles; reviews of articles
NUMBERS = "SELECT DISTINCT hash(id, batch) AS number FROM {source}"
BY_NUMBER = """
    SELECT id, batch, hash(id, batch) AS number FROM raw_documents
    WHERE hash(id, batch) IN (SELECT unnest($numbers))"""
NAMES = """
    SELECT DISTINCT speaker AS name FROM raw_quotes WHERE document IN (SELECT unnest($documents))
    UNION SELECT DISTINCT name FROM raw_aliases WHERE document IN (SELECT unnest($documents))"""
KINDS: tuple[Kind, ...] = ("person", "organization")  # of names that have usages

Numbers = np.ndarray[Any, np.dtype[np.uint64]]


@dataclass(frozen=True, slots=True)
class ReviewedNames:
    """The reviews of a document by id, and the speakers of its reviewed quotes."""

    reviews: tuple[str, ...]
    names: tuple[str, ...]


def update_usages(
    session: Session, resolution: Resolution, outcomes: Mapping[str, DocumentReviews]
) -> bool:
    """Put the usages of now into a resolution.

    Args:
        session: Over the tables of now.
        resolution: What was decided so far; it holds nothing yet, or what it was given here.
        outcomes: The reviews of each document reviewed.

    Returns:
        True; False where it can only be made anew from nothing, as after articles were removed.
    """
    reviewed = {name: _reviewed_names(outcome) for name, outcome in outcomes.items()}
    now = _numbers(session, "documents")
    noted = resolution.note(DOCUMENTS)
    if noted is None:
        resolution.put_all(name_usages(session))
    else:
        before = np.frombuffer(_bytes(noted), dtype=np.uint64)
        gone = np.setdiff1d(before, now, assume_unique=True)
        new = np.setdiff1d(now, before, assume_unique=True)
        if not _update(session, resolution, reviewed, new, gone):
            return False
    resolution.set_note(DOCUMENTS, now.tobytes())
    values = {name: [own.reviews, own.names] for name, own in reviewed.items()}
    resolution.set_note(REVIEWED, json.dumps(values))
    return True


def _update(
    session: Session,
    resolution: Resolution,
    reviewed: Mapping[str, ReviewedNames],
    new: Numbers,
    gone: Numbers,
) -> bool:
    """Put the usages that changed into a resolution; False where they cannot be known."""
    rows = session.rows(BY_NUMBER, {"numbers": [*new.tolist(), *gone.tolist()]})
    by_number = {row["number"]: row for row in rows}
    if len(by_number) < len(new) + len(gone):  # their rows were removed
        return False
    before = {
        name: ReviewedNames(tuple(reviews), tuple(names))
        for name, (reviews, names) in json.loads(resolution.note(REVIEWED) or "{}").items()
    }
    other = {n for n in before.keys() | reviewed.keys() if before.get(n) != reviewed.get(n)}
    other |= {by_number[number]["id"] for number in gone.tolist()}
    added = [by_number[number] for number in new.tolist()]
    simple = [row for row in added if row["id"] not in reviewed and row["id"] not in other]
    other |= {row["id"] for row in added} - {row["id"] for row in simple}
    names = _names(session, other)
    for several in (before, reviewed):
        names |= {name for document in other & several.keys() for name in several[document].names}
    if names:
        found = usages_of(session, sorted(names))
        left = {(usage.name, usage.kind) for usage in found}
        lost = ((name, kind) for name in names for kind in KINDS if (name, kind) not in left)
        resolution.put(found, lost)
    if simple:
        batches = sorted({row["batch"] for row in simple})
        counted = usages_in(session, [row["id"] for row in simple], batches)
        pairs = ((u, resolution.usage(u.name, u.kind)) for u in counted if u.name not in names)
        resolution.put(add_usages([was, u] if was else [u]) for u, was in pairs)
    return True


def _names(session: Session, documents: Iterable[str]) -> set[str]:
    """Return the names that any revision of some documents has."""
    ids = sorted(documents)
    rows = session.rows(NAMES, {"documents": ids}) if ids else ()
    return {row["name"] for row in rows if row["name"]}


def _reviewed_names(outcome: DocumentReviews) -> ReviewedNames:
    """Return the reviews of a document and the speakers of its reviewed quotes."""
    names = sorted({row["speaker"] for row in outcome.rows if row["speaker"]})
    return ReviewedNames(tuple(review.id for review in outcome.applied), tuple(names))


def _numbers(session: Session, source: str) -> Numbers:
    """Return a number for each article that counts, in order."""
    column = session.arrow(NUMBERS.format(source=source)).column("number")
    return np.sort(column.to_numpy().astype(np.uint64))


def _bytes(noted: bytes | str) -> bytes:
    return noted if isinstance(noted, bytes) else noted.encode()
