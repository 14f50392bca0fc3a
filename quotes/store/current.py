"""The rows of a store that count now: superseded commits, copies, names, reviewed quotes.

In: a session over the raw tables. Out: the small tables of the session. Nothing here is stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from quotes.identity import latin_key, only_in_documents
from quotes.records import Quote, Review, Speaker
from quotes.store.document_rows import rows_of_documents
from quotes.store.duplicate_articles import linked_copies
from quotes.store.reviews import applying
from quotes.store.reviews.applying import ReviewedQuote
from quotes.store.reviews.metadata_reviews import MetadataReviews, value_of
from quotes.store.rows import Row, document_of, quote_of, quote_row
from quotes.store.views import SMALL, Session

REVISED = "SELECT id FROM raw_documents GROUP BY id HAVING count(*) > 1"
SUPERSEDED = f"""
    SELECT id AS document, batch FROM raw_documents WHERE id IN ({REVISED})
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY added DESC, batch DESC) > 1"""
UNCOMMITTED = """
    SELECT DISTINCT document, batch FROM {table} r
    WHERE NOT EXISTS (
        SELECT 1 FROM raw_documents d WHERE d.id = r.document AND d.batch = r.batch
    )"""


def hide_superseded(session: Session) -> None:
    """Fill `hidden`: rows of superseded revisions, and of commits that were broken off.

    The latter are looked for only where numbers of quotes do not agree.
    """
    hidden = session.arrow(SUPERSEDED)
    committed = session.value("SELECT coalesce(sum(quotes), 0) FROM raw_documents")
    if committed != session.value("SELECT count(*) FROM raw_quotes"):
        hidden = pa.concat_tables([hidden, session.arrow(UNCOMMITTED.format(table="raw_quotes"))])
    session.replace_table("hidden", hidden.cast(SMALL["hidden"]))


def fill_current(session: Session) -> None:
    """Fill `current`: a key for each document and batch that counts."""
    session.replace_table(
        "current",
        session.arrow("SELECT hash(id, batch) AS key FROM documents").cast(SMALL["current"]),
    )


def link_copies(session: Session) -> None:
    """Fill `copies`: for each near duplicate the original.

    That is the article of its kind that was published first; of one day, the longest.
    """
    rows = [
        {"document": name, "original": original}
        for name, original in linked_copies(session).items()
    ]
    session.replace_table("copies", pa.Table.from_pylist(rows, SMALL["copies"]))


def correct_metadata(session: Session, reviews: Mapping[str, MetadataReviews]) -> None:
    """Fill `corrected_metadata` with what people said of documents."""
    rows = [
        {"document": document, "fields": list(own)}
        | {name: value_of(review) for name, review in own.items()}
        for document, own in reviews.items()
    ]
    session.replace_table(
        "corrected_metadata", pa.Table.from_pylist(rows, SMALL["corrected_metadata"])
    )


def name_speakers(
    session: Session, speakers: Sequence[Speaker], splits: Mapping[tuple[str, str], str]
) -> None:
    """Fill `names` and `reassigned_names`.

    `names` has the speaker of each name, `reassigned_names` its speaker in the documents where a
    person said that it is another one.
    """
    rows: dict[tuple[str, str | None], dict[str, Any]] = {}
    for s in speakers:
        for a in () if only_in_documents(s) else s.aliases:
            known = {
                "name": a.name,
                "kind": a.kind,
                "speaker_id": s.id,
                "speaker_name": s.name,
                "speaker_kind": s.kind,
            }
            rows.setdefault((a.name, a.kind), known)
    session.replace_table("names", pa.Table.from_pylist(list(rows.values()), SMALL["names"]))
    named = {s.id: s for s in speakers}
    folded = {name for name, _ in splits}
    forms = (
        {
            (latin_key(a.name), a.name)
            for s in speakers
            for a in s.aliases
            if latin_key(a.name) in folded
        }
        if splits
        else set()
    )
    reassigned = [
        {
            "document": document,
            "name": form,
            "speaker_id": owner,
            "speaker_name": named[owner].name,
            "speaker_kind": named[owner].kind,
        }
        for (name, document), owner in splits.items()
        for fold, form in sorted(forms)
        if fold == name
    ]
    session.replace_table(
        "reassigned_names", pa.Table.from_pylist(reassigned, SMALL["reassigned_names"])
    )


@dataclass(frozen=True, slots=True)
class DocumentReviews:
    """The reviews of a document that stand, their rows of `reviewed`, and those unanchored."""

    applied: tuple[Review, ...]
    rows: tuple[Row, ...] = ()
    unanchored: tuple[Review, ...] = ()


def apply_reviews(
    session: Session, reviews: Sequence[Review], known: dict[str, DocumentReviews]
) -> tuple[Review, ...]:
    """Fill `reviewed` from the reviews that stand, and return those that are unanchored.

    Args:
        session: over the tables of now.
        reviews: those that stand, of all documents, in order of time.
        known: outcomes by document, of the documents and quotes of now; brought up to date. Only
            documents whose reviews changed are read.
    """
    by_document: dict[str, list[Review]] = {}
    for review in reviews:
        if review.document is not None and review.action not in ("merge", "split"):
            by_document.setdefault(review.document, []).append(review)
    new = {
        name: tuple(own)
        for name, own in by_document.items()
        if name not in known or known[name].applied != tuple(own)
    }
    outcomes, gone = _outcomes(session, new), set(known) - set(by_document)
    rows = pa.Table.from_pylist(
        [dict(row) for outcome in outcomes.values() for row in outcome.rows], SMALL["reviewed"]
    )
    if known:
        session.replace_rows("reviewed", rows, column="document", values=sorted(gone | set(new)))
    else:
        session.replace_table("reviewed", rows)
    known |= outcomes
    for name in gone:
        del known[name]
    unanchored = (review for outcome in known.values() for review in outcome.unanchored)
    return tuple(sorted(unanchored, key=lambda review: (review.at, review.id)))


def _outcomes(
    session: Session, by_document: Mapping[str, tuple[Review, ...]]
) -> dict[str, DocumentReviews]:
    """Apply the reviews of these documents."""
    if not by_document:
        return {}
    ids = sorted(by_document)
    documents = {
        row["id"]: row
        for row in rows_of_documents(
            session,
            "SELECT *, NULL AS embeds FROM documents WHERE id IN (SELECT unnest(?))",
            [ids],
            documents=ids,
        ).to_pylist()
    }
    quotes: dict[str, list[Row]] = {}
    for row in rows_of_documents(
        session,
        "SELECT * FROM machine_quotes WHERE document IN (SELECT unnest(?)) ORDER BY position",
        [ids],
        documents=ids,
    ).to_pylist():
        quotes.setdefault(row["document"], []).append(row)
    outcomes = {  # where there is no such document
        name: DocumentReviews(own, unanchored=own) for name, own in by_document.items()
    }
    for name, row in documents.items():
        own = quotes.get(name, ())
        outcome = applying.apply_reviews(
            document_of(row), [quote_of(each) for each in own], by_document[name]
        )
        positions = {each["id"]: each["position"] for each in own}
        rows = tuple(_reviewed_row(row, each, positions) for each in outcome.reviewed)
        outcomes[name] = DocumentReviews(by_document[name], rows, outcome.unanchored)
    return outcomes


def _reviewed_row(row: Row, found: ReviewedQuote, positions: Mapping[str, int]) -> dict[str, Any]:
    """Return the row of `reviewed` of a quote of the document of `row`."""
    quote: Quote = found.quote
    position = positions.get(quote.id, -1)
    given = dict(quote_row(document_of(row), quote, position, batch=row["batch"]))
    return given | {
        "review": found.status,
        "reviewed_by": found.by,
        "reviews": list(found.reviews),
    }
