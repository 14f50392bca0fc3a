"""Commits to a store: a document's own row last, so that a commit broken off shows nothing.

In: entries (a document with its quotes and the entities it names) and failures. Out: rows in the
tables. Any number of runs may write at once: rows are only ever appended, and of several rows of
one document the last counts.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from quotes.records import Failure, Review, Speaker
from quotes.store import delta
from quotes.store.folder import INDEX, remove_resolution, table_folder
from quotes.store.rows import (
    Entry,
    Row,
    alias_rows,
    arrow,
    document_row,
    failure_row,
    quote_rows,
    review_row,
    role_rows,
    speaker_row,
)
from quotes.store.schema import (
    ALIASES,
    DOCUMENTS,
    FAILURES,
    QUOTES,
    REVIEWS,
    ROLES,
    RUNS,
    SPEAKERS,
    TABLES,
    TableSchema,
)

COMPACTED = (DOCUMENTS, QUOTES, ALIASES, ROLES, FAILURES, RUNS, REVIEWS)
SPEAKERS_AT_ONCE = 10_000
UNORDERED = frozenset({"documents"})  # tables too large to be sorted as a whole


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of documents, by outcome, and of quotes of a run so far."""

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    failed: int = 0
    quotes: int = 0

    @property
    def done(self) -> int:
        """The number of documents done."""
        return self.added + self.revised + self.unchanged + self.failed


class ProgramRun:
    """A run of adding: it has an id, and numbers its commits."""

    def __init__(self, folder: Path, *, made_by: str) -> None:
        self.id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        self._folder, self._made_by, self._batches = folder, made_by, 0
        self._started = datetime.now(UTC)
        self._append_run({"ended": None})

    def commit(self, entries: Sequence[Entry], failures: Sequence[Failure] = ()) -> None:
        """Store entries and failures: the rows of the documents last."""
        self._batches += 1
        batch, now = f"{self.id}-{self._batches:05d}", datetime.now(UTC)
        self._append(
            QUOTES,
            sorted((r for e in entries for r in quote_rows(e, batch=batch)), key=_by_speaker),
        )
        self._append(ALIASES, [r for e in entries for r in alias_rows(e, batch=batch)])
        self._append(ROLES, [r for e in entries for r in role_rows(e, batch=batch)])
        self._append(FAILURES, [failure_row(f, run=self.id, at=now) for f in failures])
        self._append(
            DOCUMENTS,
            [document_row(e, batch=batch, added=now, made_by=self._made_by) for e in entries],
        )

    def end(self, counts: Counts) -> None:
        """Record the end of the run."""
        numbers = {
            name: getattr(counts, name)
            for name in ("added", "revised", "unchanged", "failed", "quotes")
        }
        self._append_run({"ended": datetime.now(UTC), **numbers})

    def _append_run(self, row: Row) -> None:
        """Append a row of `runs`."""
        self._append(
            RUNS, [{"id": self.id, "started": self._started, "made_by": self._made_by, **row}]
        )

    def _append(self, table: TableSchema, rows: Iterable[Row]) -> None:
        """Append rows to a table, in one commit."""
        delta.append(table_folder(self._folder, table.name), arrow(table, list(rows)))


def write_speakers(folder: Path, speakers: Iterable[Speaker]) -> None:
    """Replace all speakers by these; of a million, some at a time are held as records."""
    parts, left = [arrow(SPEAKERS, [])], iter(speakers)
    while some := list(islice(left, SPEAKERS_AT_ONCE)):
        parts.append(arrow(SPEAKERS, [speaker_row(speaker) for speaker in some]))
    delta.replace(table_folder(folder, SPEAKERS.name), pa.concat_tables(parts))


def update_speakers(
    folder: Path, rows: pa.Table, changed: Iterable[Speaker], gone: Iterable[str]
) -> None:
    """Replace the rows of `speakers` in one commit by what they are after a change.

    Args:
        folder: The folder of the store.
        rows: All rows as they are now.
        changed: Speakers that are new, or other than before.
        gone: Ids of speakers that are not there any more.
    """
    new = arrow(SPEAKERS, [speaker_row(speaker) for speaker in changed])
    superseded = pa.array([*new.column("id").to_pylist(), *gone], pa.string())
    left = rows.filter(pc.invert(pc.is_in(rows.column("id"), superseded)))
    every = pa.concat_tables([left.select(new.schema.names).cast(new.schema), new])
    delta.replace(table_folder(folder, SPEAKERS.name), every.sort_by("id"))


def write_reviews(folder: Path, reviews: Sequence[Review]) -> tuple[Review, ...]:
    """Store reviews in one commit, each with an id where it has none."""
    whole = tuple(replace(review, id=review.id or secrets.token_hex(8)) for review in reviews)
    delta.append(
        table_folder(folder, REVIEWS.name),
        arrow(REVIEWS, [review_row(review) for review in whole]),
    )
    return whole


def remove(folder: Path, ids: Sequence[str], *, reviews: bool) -> None:
    """Remove documents from the tables, their own rows first.

    With `reviews`, also the reviews of them, which hold their words;
    else these stay, and apply again when the document comes back.
    """
    delta.delete(table_folder(folder, DOCUMENTS.name), "id", ids)
    for table in (QUOTES, ALIASES, ROLES):
        delta.delete(table_folder(folder, table.name), "document", ids)
    delta.delete(table_folder(folder, FAILURES.name), "id", ids)
    if reviews:
        delta.delete(table_folder(folder, REVIEWS.name), "document", ids)


def remove_failures(folder: Path, ids: Sequence[str]) -> int:
    """Remove the failures of these documents, and return their number."""
    return delta.delete(table_folder(folder, FAILURES.name), "id", ids) if ids else 0


def remove_reviews(folder: Path, ids: Sequence[str]) -> None:
    """Remove reviews by their ids."""
    if ids:
        delta.delete(table_folder(folder, REVIEWS.name), "id", ids)


def purge(folder: Path) -> None:
    """Delete from the disk what no table holds any more. Nobody else may be writing."""
    for table in TABLES.values():
        delta.purge(table_folder(folder, table.name))
    shutil.rmtree(folder / INDEX, ignore_errors=True)  # made again by the next search
    remove_resolution(folder)  # made again by the next run


def compact(folder: Path, tables: Iterable[TableSchema] = COMPACTED) -> None:
    """Rewrite the many small files of tables as few large ones."""
    for table in tables:
        delta.compact(
            table_folder(folder, table.name), () if table.name in UNORDERED else table.order
        )


def _by_speaker(row: Row) -> tuple[str, str]:
    """Return the sort key of a row of `quotes`."""
    return row["speaker"] or "", str(row["published"] or "")
