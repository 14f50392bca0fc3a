"""The quotes of a store as one table in memory, and how it is kept up: only documents that changed are read again.

In: the session of a store. Out: BASE, with a row for each quote as it counts now, reviewed or not (rejected ones are left out). Beside it
lies what tells one state of the store from the next: the commits of documents, whose name is whose, what people decided.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

import pyarrow as pa

from quotes.store.views import Session

BASE = "base"
COLUMNS = r"""
    id, document, position, speaker_id, speaker_name, speaker, kind, role, type, words, cue, day, published, outlet, title,
    ' ' || regexp_replace(lower(words), '[^\pL\pN]+', ' ', 'g') AS cut_words, confidence, speaker_confidence, factuality, rule, review,
    reviewed_by, copy_of, nested_in, when_text, said_on, said_precision"""
READ = f"SELECT {COLUMNS} FROM quotes"
MEMORY = "800MB"
MOST_CHANGED = 0.2  # of all documents; where more have changed, all are read: that is faster then

# What is looked at to see what has changed, and the documents that a difference in it is about.
SEEN = {
    "seen_documents": "SELECT id, batch, copy_of FROM documents",
    "seen_judged": "SELECT document, id, array_to_string(reviews, ' ') AS reviews, review FROM judged",
    "seen_names": "SELECT name, kind, speaker_id, speaker_name FROM names",
    "seen_moved": "SELECT document, name, speaker_id, speaker_name FROM moved",
}
ABOUT = {
    "seen_documents": "SELECT id AS document FROM ({different})",
    "seen_judged": "SELECT document FROM ({different})",
    "seen_names": f"SELECT b.document FROM {BASE} b JOIN ({{different}}) d ON d.name = b.speaker AND d.kind IS NOT DISTINCT FROM b.kind",
    "seen_moved": "SELECT document FROM ({different})",
}
OF = {
    "seen_documents": {"documents", "quotes"},
    "seen_judged": {"judgements", "documents", "quotes"},
    "seen_names": {"speakers", "judgements"},
    "seen_moved": {"speakers", "judgements", "documents"},
}  # the tables of the store in which a change can make a difference there
DIFFERENT = "(FROM {before} EXCEPT FROM {after}) UNION (FROM {after} EXCEPT FROM {before})"


class Table(Session):
    """A database of its own for the table, which changes in place: who is reading goes on with the rows of before."""

    def __init__(self) -> None:
        super().__init__(memory=MEMORY)
        self._filled = None  # there are no views here that a small table could change

    def put(self, name: str, rows: pa.Table, *, column: str, values: Sequence[str]) -> None:
        """Put rows in the place of those that have one of these values in a column, all at once."""
        with self._lock:
            self._connection.register("incoming", rows)
            try:
                self._connection.begin()
                self._connection.execute(
                    f"DELETE FROM {name} WHERE {column} IN (SELECT unnest(?))", [list(values)]
                )
                self._connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM incoming")
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise
            finally:
                self._connection.unregister("incoming")


def filled(read: Session) -> Table:
    """A table with everything."""
    made = Table()
    for name, query in SEEN.items():
        made.small(name, read.arrow(query))
    made.small(BASE, read.arrow(READ))
    return made


def renewed(table: Table, read: Session, tables: Set[str]) -> tuple[Table, list[str] | None]:
    """The table as the store is now that these of its tables have changed, and the documents that were read again (None: all of them, in a
    table of its own).
    """
    changed, looked_at = set[str](), [name for name in SEEN if OF[name] & tables]
    for name in looked_at:
        after = f"now_{name}"
        table.small(after, read.arrow(SEEN[name]))
        different = DIFFERENT.format(before=name, after=after)
        found = table.arrow(
            f"SELECT DISTINCT document FROM ({ABOUT[name].format(different=different)})"
        )
        changed.update(found["document"].to_pylist())
    if len(changed) > MOST_CHANGED * max(
        500, int(table.value("SELECT count(*) FROM seen_documents"))
    ):
        return filled(read), None
    if changed:
        listed = sorted(changed)
        rows = read.arrow(f"{READ} WHERE document IN (SELECT unnest(?))", [listed])
        table.put(BASE, rows, column="document", values=listed)
    for name in looked_at:
        table.small(name, table.arrow(f"FROM now_{name}"))
    return table, sorted(changed)
