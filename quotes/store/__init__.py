"""A store: articles, quotes and speakers as Delta Lake tables in a folder.

Reviews by people are applied when reading.

    open_store(path) → Store          of what is there
    open_store(path, create=True)     made where nothing is there yet

Everything that a store gives is of now: another program may write to it at the same time. Raises
StoreError for a folder that is no store, and for what the disk refuses; SpeakerError for a name
that fits no speaker or several.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes import identity
from quotes.defaults import DEFAULT_LANGUAGE, STORE_FOLDER
from quotes.errors import QuotesWarning, StoreError
from quotes.language import Language
from quotes.records import Document, Quote, Review, ReviewRequest, Speaker
from quotes.standing_reviews import standing
from quotes.store import commits, current, delta
from quotes.store import folder as store_folder
from quotes.store.document_rows import rows_of_documents
from quotes.store.quote_files import FilesByNames, read_quotes
from quotes.store.reviews.metadata_reviews import MetadataReviews, metadata_by_document
from quotes.store.rows import document_of, quote_of, review_of, speaker_of
from quotes.store.schema import TABLES, TableSchema
from quotes.store.selection import COLUMNS, EVERYTHING, IS_COUNTED, Selection, condition
from quotes.store.speaker_names import SpeakerNames
from quotes.store.views import PRINTED, Session

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from quotes.pipeline import Item
    from quotes.store.commits import Counts
    from quotes.store.ingest import Step, Work

__all__ = [
    "COLUMNS",
    "EVERYTHING",
    "PRINTED",
    "Selection",
    "Store",
    "open_store",
]


def open_store(
    path: str | Path = STORE_FOLDER,
    *,
    create: bool = False,
    made_by: str = "",
    on_message: Callable[[str], None] | None = None,
) -> Store:
    """Open the store in a folder.

    A store of an older format is migrated first, where it can be written; and who is who is made
    where a run that was broken off left that undone (unless `create`, as by another run).

    Args:
        path: the folder.
        create: make the store where nothing is there yet.
        made_by: the program that makes it, for the record.
        on_message: receives what the user should know, such as that the store was migrated;
            without it that is a Python warning.

    Raises:
        StoreError: where there is no store (unless `create`), or one of a newer version.
    """
    folder = Path(path)
    if create:
        store_folder.make(folder, made_by=made_by)
    store_folder.check(folder)
    message = store_folder.migrate(folder)
    if message and on_message:
        on_message(message)
    elif message:
        warnings.warn(message, QuotesWarning, stacklevel=2)
    store = Store(folder, on_message=on_message)
    if not create:
        store.ensure_identified(on_message or (lambda message: None))
    return store


class Store:
    """A store, as commands, pages and Python see it. Safe to use from several threads."""

    def __init__(self, folder: Path, *, on_message: Callable[[str], None] | None = None) -> None:
        self.path = folder
        self.on_message = on_message
        self.language = Language.load(DEFAULT_LANGUAGE)
        self._database = Session()
        self._versions: dict[str, int] = {}
        self._folders: dict[str, Path] = {}  # of each table: another program may migrate the store
        self._commits = delta.NewestCommits()
        self._lock = threading.RLock()
        self._speakers = SpeakerNames((), self.language)
        self._unanchored: tuple[Review, ...] = ()
        self._reviews: tuple[Review, ...] = ()
        self._review_files = frozenset[str]()  # that have these reviews
        self._metadata: Mapping[str, MetadataReviews] = {}  # by document
        self._people: tuple[Review, ...] = ()  # merges and splits that the speakers reflect
        self._outcomes: dict[str, current.DocumentReviews] = {}  # of each document reviewed
        self._current = -1  # the version of `documents` of which the session knows what counts
        self._unlinked = set[str]()  # tables that changed since speakers and copies were linked
        self._quote_files: FilesByNames = {}
        self._not_stored: tuple[Speaker, ...] | None = None  # where the store may not be written

    # State

    def _session(self, *, linked: bool = True) -> Session:
        """Return the database over the newest state; for modules of `quotes.store` alone.

        Args:
            linked: with the speakers of names and the originals of copies; what asks for neither,
                such as a run that adds articles, is spared the time that they take.
        """
        with self._lock:
            changed = {name for name in TABLES if self._refresh(name)}
            if changed:
                self._quote_files.clear()
            if changed & {"documents", "quotes"}:
                current.hide_superseded(self._database)
                self._outcomes.clear()
            if "reviews" in changed:
                self._reviews = self._read_reviews()
            standing_now = standing(self._reviews) if changed else ()
            if "reviews" in changed:
                self._metadata = metadata_by_document(standing_now)
                current.correct_metadata(self._database, self._metadata)
            if changed & {"documents", "quotes", "reviews"}:
                self._unanchored = current.apply_reviews(
                    self._database, standing_now, self._outcomes
                )
            self._unlinked |= changed
            if linked and self._unlinked & {"documents", "quotes"}:
                current.link_copies(self._database)
            if linked and self._unlinked & {"speakers", "reviews"}:
                self._name_speakers(standing(self._reviews), anew="speakers" in self._unlinked)
            if linked:
                self._unlinked = set()
            return self._database

    def _read_reviews(self) -> tuple[Review, ...]:
        """Return all reviews in order of time; files are read that were not there before."""
        files = frozenset(self._database.files_of("reviews"))
        new, known = files - self._review_files, self._reviews
        if not self._review_files or not self._review_files <= files:  # rewritten, or removed
            rows, known = self._database.rows("SELECT * FROM reviews"), ()
        else:
            rows = self._database.rows_of_files("reviews", sorted(new))
        self._review_files = files
        every = (*known, *(review_of(row) for row in rows))
        return tuple(sorted(every, key=lambda review: (review.at, review.id)))

    def token(self) -> str:
        """Return a token of the newest state: it changes with documents, quotes and reviews."""
        self._session()
        return ".".join(str(self._versions[name]) for name in ("documents", "quotes", "reviews"))

    def _refresh(self, name: str) -> bool:
        """Bring the database to the newest files of a table, and return True if it has changed."""
        table = self.table_folder(name)
        if self._versions.get(name) == self._commits.of(table) and self._folders.get(name) == table:
            return False
        version, files = delta.files(table)
        self._database.files(name, files)  # where that fails, it is tried again
        self._versions[name], self._folders[name] = version, table
        return True

    def _name_speakers(self, reviews: Sequence[Review], *, anew: bool) -> None:
        """Apply merges and splits to the speakers, unless only quotes were reviewed."""
        people = tuple(review for review in reviews if review.action in ("merge", "split"))
        if not anew and people == self._people:
            return
        rows = self._database.rows("SELECT * FROM speakers") if self._not_stored is None else ()
        machine = self._not_stored or tuple(speaker_of(row) for row in rows)
        speakers = identity.with_reviews(machine, people)
        self._speakers, self._people = SpeakerNames(speakers, self.language), people
        current.name_speakers(
            self._database, speakers, identity.splits_by_document(speakers, people)
        )

    def table_folder(self, name: str) -> Path:
        """Return the folder of a table's Delta files."""
        return store_folder.table_folder(self.path, name)

    # Frames

    def documents(self) -> pandas.DataFrame:
        """Return a row for each document, without its text; `copy_of` names its original."""
        return self.sql(
            "SELECT * EXCLUDE (text, batch) FROM documents ORDER BY published NULLS LAST, id"
        )

    def quotes(
        self, wanted: Selection = EVERYTHING, *, limit: int | None = None, offset: int = 0
    ) -> pandas.DataFrame:
        """Return a row for each quote of a selection, by day: the columns of COLUMNS."""
        return self.frame_of(self.find_quotes(wanted, limit=limit, offset=offset))

    def find_quotes(
        self, wanted: Selection, *, limit: int | None = None, offset: int = 0
    ) -> pyarrow.Table:
        """Return the rows of `quotes` as an Arrow table; with a limit, only these are read."""
        return read_quotes(self._session(), self._quote_files, wanted, limit=limit, offset=offset)

    def current_rows(
        self, known: Mapping[str, Sequence[Any]], columns: Sequence[str], wanted: Selection
    ) -> list[dict[str, Any]]:
        """Return those of known quotes that a selection has, as they are now; reads no file.

        Quotes that are gone, superseded or rejected are left out.

        Args:
            known: columns PRINTED of quotes known from elsewhere, such as an index; of a quote that
                was reviewed only the id need be right.
            columns: columns to return.
            wanted: the selection.
        """
        with self._lock:
            session = self._session()
            if self._current != self._versions["documents"]:
                current.fill_current(session)
                self._current = self._versions["documents"]
        where, values = condition(wanted)
        return session.current_rows(known, columns, where, values)

    def count(self, wanted: Selection = EVERYTHING) -> int:
        """Return the number of quotes of a selection."""
        where, values = condition(wanted)
        return int(self._session().value(f"SELECT count(*) FROM quotes WHERE {where}", values))

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> pandas.DataFrame:
        """Run a SELECT (DuckDB) over the views of the data dictionary: documents, quotes, ..."""
        return self._session().frame(query, parameters)

    @staticmethod
    def frame_of(found: pyarrow.Table) -> pandas.DataFrame:
        """Return an Arrow table as a typed frame."""
        from quotes.store.frames import typed

        return typed(found)

    # Records

    def document(
        self, name: str, *, revision: int | None = None, machine: bool = False
    ) -> Document:
        """Return a document, or an earlier revision of it (from 1).

        Args:
            name: its id.
            revision: the number of the revision; the newest without one.
            machine: as it was read, without what people said of its title, outlet, author, day and
                source.

        Raises:
            StoreError: where there is none.
        """
        where = "id = ?" if revision is None else "id = ? AND revision = ?"
        values = [name] if revision is None else [name, revision]
        view = "machine_revisions" if machine else "revisions"
        query = f"SELECT * FROM {view} WHERE {where} ORDER BY added DESC, batch DESC LIMIT 1"
        rows = rows_of_documents(self._session(), query, values, documents=[name]).to_pylist()
        if not rows:
            which = (
                f"document {name!r}"
                if revision is None
                else f"revision {revision} of document {name!r}"
            )
            raise StoreError(f"{self.path}: no {which}")
        return document_of(rows[0])

    def revision(self, name: str) -> int:
        """Return the number of the current revision of a document, 0 where there is none."""
        return int(
            self._session().value(
                "SELECT coalesce(max(revision), 0) FROM revisions WHERE id = ?", [name]
            )
        )

    def quotes_of(self, name: str, *, machine: bool = False) -> tuple[Quote, ...]:
        """Return the quotes of a document, in text order.

        Args:
            name: id of the document.
            machine: as the program found them, without reviews.
        """
        view = "machine_quotes" if machine else "quotes"
        rows = self._session().rows(f"SELECT * FROM {view} WHERE document = ?", [name])
        return tuple(
            sorted(
                (quote_of(row) for row in rows),
                key=lambda q: (q.content[0].start, -q.content[-1].end),
            )
        )

    def reviews(self) -> tuple[Review, ...]:
        """Return all reviews, the oldest first, undone ones too."""
        self._session()
        return self._reviews

    def metadata_reviews(self, name: str) -> MetadataReviews:
        """Return the reviews of title, outlet, author, day and url of a document that count."""
        self._session(linked=False)
        return self._metadata.get(name, {})

    def unanchored(self) -> tuple[Review, ...]:
        """Return the reviews whose quotes are not found in their documents any more."""
        self._session()
        return self._unanchored

    # Speakers

    def speakers(self) -> tuple[Speaker, ...]:
        """Return all speakers, reviews by people applied."""
        self._session()
        return self._speakers.speakers

    def speaker(self, name: str, *, printed: bool = False) -> Speaker:
        """Return the speaker that a person means by a name, or of this id.

        "Trump", "Mr Trump" and "Donald" mean the one of whom there are by far the most quotes; that
        others have the name, too, is told to `on_message`.

        Args:
            name: The name or id.
            printed: Only the speaker that articles print under just this name, however rarely
                quoted, as merge and split need.

        Raises:
            SpeakerError: for a name that fits none (it lists the nearest) or several (all).
        """
        self._session()
        if printed:
            return self._speakers.speaker(name, store=self.path)
        from quotes.store.speakers import roles

        found, note = self._speakers.meant(
            name,
            store=self.path,
            quotes=self.quotes_by_speaker,
            roles=lambda speaker: (span.role for span in roles(self, speaker)),
        )
        if note and self.on_message:
            self.on_message(note)
        return found

    def quotes_by_speaker(self) -> Mapping[str, int]:
        """Return the number of quotes of each speaker's id that are shown by default."""
        query = f"""
            SELECT speaker_id, count(*) AS quotes FROM quotes
            WHERE speaker_id IS NOT NULL AND {IS_COUNTED} GROUP BY ALL"""
        return {row["speaker_id"]: row["quotes"] for row in self._session().rows(query)}

    def speaker_ids_by_name(self, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return, for each name as printed, the ids of all speakers it may be in a document.

        Other names may be there, too.
        """
        self._session()
        return self._speakers.speaker_ids_by_name(names)

    def has_name(self, name: str) -> bool:
        """Return True if a speaker has exactly this name, as its own or as another form."""
        self._session()
        return self._speakers.has_name(name)

    def selection_of(self, speaker: Speaker, **conditions: Any) -> Selection:
        """Return the selection of the quotes of a speaker, with more conditions."""
        names = tuple(dict.fromkeys(alias.name for alias in speaker.aliases))
        return Selection(speaker_ids=(speaker.id,), names=names or (speaker.name,), **conditions)

    def require_speakers(self, names: Iterable[str]) -> None:
        """Check that each name is one of a speaker. Raises SpeakerError for one that is not."""
        self._session()
        self._speakers.check_names(names, store=self.path)

    # Writing

    def review(self, request: ReviewRequest) -> Review:
        """Store a review by a person; it applies at once.

            store.review(ReviewRequest(action="role", by="Ada", quote=quote, value="mayor"))

        Raises:
            StoreError: for a request that lacks what its action needs, or whose quote, document or
                words are not there.
            SpeakerError: for a merge or split of a name that no speaker has.
        """
        return self.review_many([request])[0]

    def review_many(self, requests: Iterable[ReviewRequest]) -> tuple[Review, ...]:
        """Store several reviews in one commit: all of them or, with StoreError, none.

        Returns the reviews in order of the requests; of equal requests only one is stored.
        """
        from quotes.store.reviews import writing

        return writing.write_reviews(self, requests)

    def undo_reviews(self, ids: Iterable[str], *, by: str, why: str = "") -> tuple[Review, ...]:
        """Undo these reviews in one commit: all of them or, with StoreError, none."""
        return self.review_many(
            ReviewRequest(action="undo", by=by, undoes=name, why=why) for name in ids
        )

    def add(
        self,
        documents: Iterable[Item],
        *,
        workers: int = 1,
        model: str = "embedded",
        again: bool = False,
        replace: bool = False,
        work: Work | None = None,
        on_commit: Callable[[Counts], object] | None = None,
    ) -> Generator[Step, None, None]:
        """Add documents: process new and changed ones, and yield a step when each is stored.

            for step in store.add(read("articles/"), workers=4):
                print(step.id, step.outcome)

        Nothing happens before the steps are asked for. When the iterator is closed early (Ctrl-C),
        what was processed is stored before it ends; the same call again does the rest.

        Args:
            documents: as `quotes.read` gives them, each alone or with its own parse; a `Failure`
                among them is recorded.
            workers: number of processes, each with a model of its own; 1 is this process.
            model: name or folder of the model.
            again: process unchanged documents, too, as after a new model.
            replace: take a document as a new revision of what is stored under its id, though the
                texts share almost nothing; else that is a failure.
            work: processes the documents in place of `workers`, such as a cluster.
            on_commit: called with the counts so far after each commit, also the last one of a run
                that is stopped.

        Raises:
            ModelError: where there is no model.
            StoreError: where the store cannot be written; what was committed before is safe.
            ValueError: for fewer than one worker.
        """
        from quotes.store.ingest import add, local_work

        work = work or local_work(model, workers)
        return add(
            self,
            documents,
            work=work,
            model=model,
            again=again,
            replacing=replace,
            on_commit=on_commit,
        )

    def remove(self, documents: Sequence[str], *, purge: bool = False) -> None:
        """Remove documents from every table.

        Args:
            documents: their ids.
            purge: delete them from old files, too, and the reviews of them.

        Raises:
            StoreError: for an unknown one; nothing is removed then.
        """
        from quotes.store import removal

        removal.remove(self, documents, purge=purge)

    def identify(self) -> None:
        """Resolve anew which names are one speaker, from all that is stored and known people."""
        from quotes.store import identification

        identification.write(self)

    def ensure_identified(self, on_message: Callable[[str], object]) -> None:
        """Resolve which names are one speaker, where a run that was broken off left that undone.

        Where the store may not be written, the speakers are those of this object alone.
        """
        from quotes.store import identification

        if (found := identification.ensure(self, on_message)) is not None:
            with self._lock:
                self._not_stored = found
                self._name_speakers(standing(self._reviews), anew=True)

    def set_known_people(self, file: str | Path) -> None:
        """Store a copy of a file of known people, in the place of one before.

        Raises:
            InputError: for one that cannot be read.
        """
        identity.read_known(Path(file))
        store_folder.save_known_people(self.path, Path(file))

    def compact(self, tables: Iterable[TableSchema] = commits.COMPACTED) -> None:
        """Rewrite the many small files of tables as few large ones, one program at a time."""
        with store_folder.rewriting(self.path, wait=False) as held:
            if held:
                commits.compact(self.path, tables)

    def writing(self, *, exclusive: bool = False) -> AbstractContextManager[None]:
        """Lock the store while writing to it; `exclusive`: without other writers."""
        return store_folder.locked(self.path, exclusive=exclusive)

    def close(self) -> None:
        """Free the memory."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<quotes store {str(self.path)!r}>"
