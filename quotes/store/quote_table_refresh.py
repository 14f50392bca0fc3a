"""The table behind `QuoteTable`: filling it, and reading again only documents that changed.

In: a session of a store. Out: QUOTES_IN_MEMORY, with a row for each quote that counts now, reviewed
or not (rejected ones are left out). Beside it lie snapshots that tell one state of the store from
the next: the commits of documents, which speaker each name is, the reviews that apply.
"""

from __future__ import annotations

from collections.abc import Set

import pyarrow as pa

from quotes.store.document_rows import rows_of_documents
from quotes.store.selection import WORDS_SAID, fold_words
from quotes.store.views import Session

QUOTES_IN_MEMORY = "quotes_in_memory"
FOLDED_WORDS = "folded_words"  # column for word search
COLUMNS = f"""
    id, document, position, speaker_id, speaker_name, speaker, kind, role, type, words, cue, day,
    published, outlet, title, {fold_words(WORDS_SAID)} AS {FOLDED_WORDS}, confidence,
    speaker_confidence, probability, factuality, act, rule, review, reviewed_by, copy_of,
    nested_in, when_text, said_on, said_precision"""
ALL_ROWS = f"SELECT {COLUMNS} FROM quotes"
MEMORY = "800MB"  # of the database with the table
MAX_CHANGED_SHARE = 0.2  # of all documents; where more have changed, reading all is faster
MIN_DOCUMENTS = 500  # that the share is taken of, however few there are

# What is compared to see what has changed.
SNAPSHOTS = {
    "seen_documents": "SELECT id, batch, copy_of FROM documents",
    "seen_reviewed": (
        "SELECT document, id, array_to_string(reviews, ' ') AS reviews, review FROM reviewed"
    ),
    "seen_metadata": (
        "SELECT document, array_to_string(fields, ' ') AS fields, title, outlet, author, published,"
        " url FROM corrected_metadata"
    ),
    "seen_names": "SELECT name, kind, speaker_id, speaker_name FROM names",
    "seen_reassigned_names": (
        "SELECT document, name, speaker_id, speaker_name FROM reassigned_names"
    ),
}
DIFFERENCE = "(FROM {before} EXCEPT FROM {after}) UNION (FROM {after} EXCEPT FROM {before})"

# The documents whose rows a difference concerns.
CHANGED_DOCUMENTS = {
    "seen_documents": "SELECT id AS document FROM ({difference})",
    "seen_reviewed": "SELECT document FROM ({difference})",
    "seen_metadata": "SELECT document FROM ({difference})",
    "seen_names": (
        f"SELECT q.document FROM {QUOTES_IN_MEMORY} q JOIN ({{difference}}) d"
        " ON d.name = q.speaker AND d.kind IS NOT DISTINCT FROM q.kind"
    ),
    "seen_reassigned_names": "SELECT document FROM ({difference})",
}

# The tables of the store on which a snapshot depends.
DEPENDS_ON = {
    "seen_documents": {"documents", "quotes"},
    "seen_reviewed": {"reviews", "documents", "quotes"},
    "seen_metadata": {"reviews"},
    "seen_names": {"speakers", "reviews"},
    "seen_reassigned_names": {"speakers", "reviews", "documents"},
}


class TableDatabase(Session):
    """A database of its own for the table, which changes in place.

    A query that runs while rows are replaced goes on with the rows of before.
    """

    def __init__(self) -> None:
        super().__init__(memory=MEMORY)
        self._filled = None  # there are no views here that a small table could change
        self.snapshots: dict[str, pa.Table] = {}


def build_table(session: Session) -> TableDatabase:
    """Build the table from everything in a store."""
    table = TableDatabase()
    for name, query in SNAPSHOTS.items():
        table.snapshots[name] = session.arrow(query)
        table.replace_table(name, table.snapshots[name])
    table.replace_table(QUOTES_IN_MEMORY, session.arrow(ALL_ROWS))
    return table


def refresh_table(
    table: TableDatabase, session: Session, changed_tables: Set[str]
) -> tuple[TableDatabase, list[str] | None]:
    """Bring the table to the state of a store in which these tables have changed.

    Returns:
        The table, and the documents that were read again; None where all were, into a new table.
    """
    changed, compared = set[str](), dict[str, pa.Table]()
    for name in (name for name in SNAPSHOTS if DEPENDS_ON[name] & changed_tables):
        rows = session.arrow(SNAPSHOTS[name])
        if rows.equals(table.snapshots[name]):  # as most are after a review
            continue
        after, compared[name] = f"now_{name}", rows
        table.replace_table(after, rows)
        difference = DIFFERENCE.format(before=name, after=after)
        concerned = CHANGED_DOCUMENTS[name].format(difference=difference)
        found = table.arrow(f"SELECT DISTINCT document FROM ({concerned})")
        changed.update(found["document"].to_pylist())
    documents = max(MIN_DOCUMENTS, int(table.value("SELECT count(*) FROM seen_documents")))
    if len(changed) > MAX_CHANGED_SHARE * documents:
        return build_table(session), None
    if changed:
        listed = sorted(changed)
        rows = rows_of_documents(
            session, f"{ALL_ROWS} WHERE document IN (SELECT unnest(?))", [listed], documents=listed
        )
        table.replace_rows(QUOTES_IN_MEMORY, rows, column="document", values=listed)
    for name, rows in compared.items():
        table.replace_table(name, rows)
    table.snapshots |= compared
    return table, sorted(changed)
