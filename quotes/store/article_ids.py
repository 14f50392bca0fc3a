"""Which stored article an article is, if any: ids that count within their source.

In: documents on their way into a store, and the rows of stored ones. Out: each document under the
id that it has in the store, with the stored row that it is a revision of; or the reason why it is
not taken. An article that an older version of the program stored under another id keeps that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from quotes.readers.document_ids import ADDRESS, former_id, longer_ids, same_source
from quotes.records import Document
from quotes.statements.near_duplicates import shares_text
from quotes.store.views import Session

MAX_LONGER_IDS = 6  # that are tried

STORED = """
    SELECT id, sha256, source, outlet, title, author, published FROM machine_documents
    WHERE id IN (SELECT unnest(?))"""
WITH_OTHER_ID = """
    SELECT m.id, m.sha256, d.source, m.outlet, m.title, m.author, m.published
    FROM documents d JOIN machine_documents m ON m.id = d.id AND m.batch = d.batch
    WHERE d.source IN (SELECT unnest(?)) AND d.id <> d.source
    QUALIFY count(*) OVER (PARTITION BY d.source) = 1"""
TEXTS = "SELECT id, text FROM documents WHERE id IN (SELECT unnest(?))"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A document under its id in the store; `row` is what is stored of it, None if nothing is.

    `problem` says why it cannot be taken.
    """

    document: Document
    row: Row | None = None
    problem: str = ""

    @property
    def has_other_text(self) -> bool:
        """True if another text is stored of it."""
        return self.row is not None and self.row["sha256"] != self.document.sha256


def look_up(
    session: Session | None, documents: Sequence[Document], *, replacing: bool
) -> list[Known]:
    """Return what is stored of each document.

    Args:
        session: The session of the store, None where there is none yet.
        documents: The documents, in any number.
        replacing: Whether a text that shares almost nothing with the stored one is its revision.
    """
    if session is None:
        return [Known(document) for document in documents]
    forms = {id(document): _ids(document) for document in documents}
    wanted = {name for own in forms.values() for name in own}
    stored = {row["id"]: row for row in session.rows(STORED, [sorted(wanted)])}
    by_address = _by_address(session, [d for d in documents if d.id not in stored])
    found = [_known(d, forms[id(d)], stored, by_address.get(d.id)) for d in documents]
    return found if replacing else _checked(session, found)


def _ids(document: Document) -> list[str]:
    """Return the ids that a document may be stored under, its own first, a former one last."""
    longer = islice(longer_ids(document.id, document.source), MAX_LONGER_IDS)
    former = former_id(document.id)
    return list(dict.fromkeys([document.id, *longer, *([former] if former else [])]))


def _by_address(session: Session, documents: Iterable[Document]) -> dict[str, Row]:
    """Return stored rows of articles that have another id than their address, by address."""
    addresses = [document.id for document in documents if ADDRESS.match(document.id)]
    if not addresses:
        return {}
    return {row["source"]: row for row in session.rows(WITH_OTHER_ID, [addresses])}


def _known(
    document: Document, ids: Sequence[str], stored: Mapping[str, Row], by_address: Row | None
) -> Known:
    """Return what is stored of a document under one of the ids, else a free one of them."""
    former = former_id(document.id)
    for name in ids:
        row = stored.get(name)
        of_older_version = name == former
        if row is None or (of_older_version and not (row["source"] and document.source)):
            continue
        if same_source(row["source"], document.source):
            return Known(replace(document, id=name), row)
    if by_address is not None:
        return Known(replace(document, id=by_address["id"]), by_address)
    free = next((name for name in ids if name not in stored and name != former), None)
    if free is not None:
        return Known(replace(document, id=free))
    other = stored[document.id]
    return Known(document, other, _problem(document, other, "is already that of another article"))


def _checked(session: Session, found: Sequence[Known]) -> list[Known]:
    """Return the documents, those that share almost nothing with what is stored as problems."""
    changed = [known.document.id for known in found if known.has_other_text]
    texts = {row["id"]: row["text"] for row in session.rows(TEXTS, [changed])} if changed else {}
    return [
        replace(known, problem=_problem(known.document, known.row, "is that of another text"))
        if known.row is not None
        and known.has_other_text
        and not known.problem
        and not shares_text(texts[known.document.id], known.document.text)
        else known
        for known in found
    ]


def _problem(document: Document, row: Row, what: str) -> str:
    """Return why a document is not taken, with both sources."""
    source = document.source or "the article given"
    stored = row["source"] or "an article without a source"
    return (
        f"{source}: the id {document.id!r} {what}, stored from {stored}, with which it shares "
        "almost nothing: not taken as its new revision. Give it another id, or overwrite the "
        "stored one with --replace (in Python replace=True)"
    )
