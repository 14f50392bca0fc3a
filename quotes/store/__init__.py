"""A store: articles, quotes and speakers as Delta Lake tables in a folder, with people's decisions applied when reading.

    open_store(path) → Store          of what is there
    open_store(path, create=True)     made where nothing is there yet

`Store` reads; documents come in through `quotes.store.ingest`. Everything that a store gives is of now: another program may write to it at the
same time. Raises StoreError for a folder that is no store, and for what the disk refuses; SpeakerError for a name that is nobody's or
several's.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes import identity
from quotes.defaults import DEFAULT_LANGUAGE
from quotes.errors import SpeakerError, StoreError
from quotes.language import Language
from quotes.records import Action, Document, Quote, Review, Spans, Speaker
from quotes.standing_reviews import standing
from quotes.store import commits, current, delta
from quotes.store import folder as store_folder
from quotes.store.name_usage import uses
from quotes.store.reviews import anchoring
from quotes.store.reviews.anchoring import TOGETHER
from quotes.store.reviews.applying import ReviewOutcomes, saidon_of
from quotes.store.rows import document_of, judgement_of, quote_of, speaker_of
from quotes.store.schema import TABLES
from quotes.store.selection import COLUMNS, EVERYTHING, ORDER, SORTED, Selection, condition
from quotes.store.views import PRINTED, Session

if TYPE_CHECKING:
    import pandas
    import pyarrow

__all__ = [
    "COLUMNS",
    "EVERYTHING",
    "PRINTED",
    "ReviewOutcomes",
    "Selection",
    "Store",
    "open_store",
    "saidon_of",
]

FEW = 2_000  # quotes
DEFAULT = "quotes-store"  # the folder of a store where nobody names one


def open_store(path: str | Path = DEFAULT, *, create: bool = False, made_by: str = "") -> Store:
    """The store in a folder. Raises StoreError where there is none (unless `create`), or one of a newer version."""
    folder = Path(path)
    if create:
        store_folder.make(folder, made_by=made_by)
    store_folder.check(folder)
    return Store(folder)


class Store:
    """The one view of a store that the commands, the pages and Python share. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self.path = folder
        self.language = Language.load(DEFAULT_LANGUAGE)
        self._session = Session()
        self._versions: dict[str, int] = {}
        self._lock = threading.RLock()
        self._speakers: tuple[Speaker, ...] = ()
        self._by_name: dict[str, tuple[Speaker, ...]] = {}  # by id, and by name as people type it
        self._ids_under: dict[str, frozenset[str]] = {}  # of names that were asked about
        self._adrift: tuple[Review, ...] = ()
        self._judgements: tuple[Review, ...] = ()
        self._people: tuple[Review, ...] = ()  # merges and splits that the speakers reflect
        self._verdicts: dict[str, current.Outcome] = {}  # of each document that was judged
        self._current = -1  # the version of `documents` of which the session knows what counts
        self._found_in: dict[
            tuple[str, ...], list[dict[str, Any]]
        ] = {}  # files with quotes under names, and how many

    # Of now

    def session(self) -> Session:
        """The database over the newest state."""
        with self._lock:
            changed = {name for name in TABLES if self._take(name)}
            if changed:
                self._found_in.clear()
            if changed & {"documents", "quotes"}:
                current.hide(self._session)
                current.link_copies(self._session)
                self._verdicts.clear()
            if "judgements" in changed:
                self._judgements = tuple(
                    judgement_of(row) for row in self._session.rows("SELECT * FROM judgements")
                )
            standing_now = standing(self._judgements) if changed else ()
            if changed & {"documents", "quotes", "judgements"}:
                self._adrift = current.judge(self._session, standing_now, self._verdicts)
            if changed & {"speakers", "judgements"}:
                self._name_speakers(standing_now, anew="speakers" in changed)
            return self._session

    def token(self) -> str:
        """What stands for the newest state: it changes with every commit to documents, quotes or decisions."""
        self.session()
        return ".".join(str(self._versions[name]) for name in ("documents", "quotes", "judgements"))

    def _take(self, name: str) -> bool:
        """Whether a table has changed; its newest files are then known to the database."""
        newest = delta.newest(self.path / name)
        if self._versions.get(name) == newest:
            return False
        self._versions[name], files = delta.files(self.path / name)
        self._session.files(name, files)
        return True

    def _name_speakers(self, judgements: Sequence[Review], *, anew: bool) -> None:
        """Who is who; nothing to do where only quotes were judged."""
        people = tuple(
            judgement for judgement in judgements if judgement.action in ("merge", "split")
        )
        if not anew and people == self._people:
            return
        machine = tuple(speaker_of(row) for row in self._session.rows("SELECT * FROM speakers"))
        self._speakers, self._people = identity.with_judgements(machine, people), people
        self._by_name, self._ids_under = _by_name(self._speakers), {}
        current.name_speakers(
            self._session, self._speakers, identity.splits_by_document(self._speakers, people)
        )

    # Frames

    def documents(self) -> pandas.DataFrame:
        """One row a document, without its text; `copy_of` names the article of which it is a near copy."""
        return self.sql(
            "SELECT * EXCLUDE (text, batch) FROM documents ORDER BY published NULLS LAST, id"
        )

    def quotes(
        self, wanted: Selection = EVERYTHING, *, limit: int | None = None, offset: int = 0
    ) -> pandas.DataFrame:
        """One row a quote, by day: the columns of COLUMNS."""
        return self.frame_of(self.find_quotes(wanted, limit=limit, offset=offset))

    def find_quotes(
        self, wanted: Selection, *, limit: int | None = None, offset: int = 0
    ) -> pyarrow.Table:
        """The same as an Arrow table. With a limit, only the rows wanted are read in full."""
        session, (where, values) = self.session(), condition(wanted)
        listed = ", ".join(COLUMNS)
        files, count = self._files_of(wanted)
        source = f"found_quotes WHERE {files} AND {where}"
        if (
            limit is None
        ):  # put in order here, where the rows are anyway: the database would need as much memory again
            found = session.arrow(f"SELECT {listed}, position FROM {source}", values)
            return found.sort_by([(name, "ascending") for name in SORTED]).drop_columns("position")
        part = f"ORDER BY {ORDER} LIMIT {int(limit)} OFFSET {int(offset)}"
        if count <= FEW:
            return session.arrow(f"SELECT {listed} FROM {source} {part}", values)
        chosen = session.rows(f"SELECT id, document FROM {source} {part}", values)
        rest = Selection(
            ids=[row["id"] for row in chosen],
            documents=sorted({row["document"] for row in chosen}),
            names=wanted.names,
            min_confidence=0,
            copies=True,
        )
        where, values = condition(rest)
        return session.arrow(
            f"SELECT {listed} FROM found_quotes WHERE {files} AND {where} ORDER BY {ORDER}", values
        )

    def _files_of(self, wanted: Selection) -> tuple[str, float]:
        """The condition that leaves only files with quotes under the names wanted, and how many quotes they are."""
        if wanted.names is None:
            return "TRUE", float("inf")
        session, names = self.session(), tuple(wanted.names)
        if names not in self._found_in:
            where, values = condition(Selection(names=names, min_confidence=0, copies=True))
            self._found_in[names] = session.rows(
                f"SELECT filename, count(*) AS n FROM filed_quotes WHERE {where} GROUP BY ALL",
                values,
            )
        found = self._found_in[names]
        listed = ", ".join(
            "'" + row["filename"].replace("'", "''") + "'" for row in found if row["filename"]
        )
        return f"(filename IN ({listed or 'NULL'}) OR filename IS NULL)", sum(
            row["n"] for row in found
        )

    def of_now(
        self, known: Mapping[str, Sequence[Any]], columns: Sequence[str], wanted: Selection
    ) -> list[dict[str, Any]]:
        """Of quotes that are known from elsewhere, such as an index (the columns PRINTED), those of a selection, as they count now.

        What is gone, overtaken or rejected is left out; of what people decided only the id need be right. Reads no file for it.
        """
        with self._lock:
            session = self.session()
            if self._current != self._versions["documents"]:
                current.note_current(session)
                self._current = self._versions["documents"]
        where, values = condition(wanted)
        return session.of_now(known, columns, where, values)

    def count(self, wanted: Selection = EVERYTHING) -> int:
        """How many quotes there are of this selection."""
        where, values = condition(wanted)
        return int(self.session().value(f"SELECT count(*) FROM quotes WHERE {where}", values))

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> pandas.DataFrame:
        """The outcome of a SELECT (DuckDB) over the views of the data dictionary: documents, quotes, speakers, roles, ..."""
        return self.session().frame(query, parameters)

    @staticmethod
    def frame_of(found: pyarrow.Table) -> pandas.DataFrame:
        """An Arrow table as a typed frame."""
        from quotes.store.views import typed

        return typed(found)

    # Records

    def document(self, name: str, *, revision: int | None = None) -> Document:
        """A document, or an earlier revision of it (from 1). Raises StoreError where there is none."""
        where = "id = ?" if revision is None else "id = ? AND revision = ?"
        values = [name] if revision is None else [name, revision]
        rows = self.session().rows(
            f"SELECT * FROM revisions WHERE {where} ORDER BY added DESC, batch DESC LIMIT 1", values
        )
        if not rows:
            which = (
                f"document {name!r}"
                if revision is None
                else f"revision {revision} of document {name!r}"
            )
            raise StoreError(f"{self.path}: no {which}")
        return document_of(rows[0])

    def revision(self, name: str) -> int:
        """The number of the current revision of a document; 0 where there is no such document."""
        return int(
            self.session().value(
                "SELECT coalesce(max(revision), 0) FROM revisions WHERE id = ?", [name]
            )
        )

    def quotes_of(self, name: str, *, machine: bool = False) -> tuple[Quote, ...]:
        """The quotes of a document, in text order, as they count now; `machine`: as the program found them."""
        view = "machine_quotes" if machine else "quotes"
        rows = self.session().rows(f"SELECT * FROM {view} WHERE document = ?", [name])
        return tuple(
            sorted(
                (quote_of(row) for row in rows),
                key=lambda q: (q.content[0].start, -q.content[-1].end),
            )
        )

    def judgements(self) -> tuple[Review, ...]:
        """All decisions, the oldest first, those taken back too."""
        self.session()
        return self._judgements

    def adrift(self) -> tuple[Review, ...]:
        """Decisions about quotes that find no place in their document any more."""
        self.session()
        return self._adrift

    # Speakers

    def speakers(self) -> tuple[Speaker, ...]:
        """All speakers, decisions of people applied."""
        self.session()
        return self._speakers

    def speaker(self, name: str) -> Speaker:
        """The speaker of this name, or of this id. Raises SpeakerError, which lists the nearest, or all that it fits."""
        speakers = self.speakers()
        found = (
            self._by_name.get(name)
            or self._by_name.get(identity.latin_key(name))
            or identity.find(name, speakers, language=self.language)
        )
        if len(found) == 1:
            return found[0]
        if found:
            listed = "".join(f"\n  {s.name} ({s.id})" for s in found)
            raise SpeakerError(
                f"{name!r} fits {len(found)} speakers: give the full name or the id of one of them:{listed}"
            )
        near = ", ".join(s.name for s in identity.nearest(name, speakers))
        raise SpeakerError(
            f"no speaker {name!r} in {self.path}"
            + (f": did you mean {near}?" if near else ": `quotes speakers` lists all")
        )

    def ids_under(self, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """For each name (and others), the ids of all speakers that it may stand for as it was printed, in one document or another."""
        self.session()
        known = self._ids_under
        for name in {*names} - known.keys():
            known[name] = frozenset(
                speaker.id for speaker in self._by_name.get(identity.latin_key(name), ())
            )
        return known

    def selection_of(self, speaker: Speaker, **conditions: Any) -> Selection:
        """The selection of the quotes of a speaker."""
        names = tuple(dict.fromkeys(alias.name for alias in speaker.aliases))
        return Selection(speaker_ids=(speaker.id,), names=names or (speaker.name,), **conditions)

    # Writing

    def judge(
        self,
        action: Action,
        *,
        by: str,
        quote: str | None = None,
        document: str | None = None,
        value: str | None = None,
        content: Spans = (),
        cue: Spans = (),
        source: Spans = (),
        names: Sequence[str] = (),
        documents: Sequence[str] = (),
        undoes: str | None = None,
        why: str = "",
    ) -> Review:
        """Store a decision of a person (`Review` says what each action needs); it applies at once. Raises StoreError for nonsense."""
        made = Review(
            id="",
            action=action,
            by=by,
            at=datetime.now(UTC),
            why=why,
            document=document,
            quote=quote,
            value=value,
            content=content,
            cue=cue,
            source=source,
            names=tuple(names),
            documents=tuple(documents),
            undoes=undoes,
        )
        return self._decide([made])[0]

    def judge_all(
        self,
        action: Action,
        quotes: Sequence[str],
        *,
        by: str,
        value: str | None = None,
        why: str = "",
    ) -> tuple[Review, ...]:
        """Store one decision about each of these quotes (ids), in one commit: all of them or, with StoreError, none.

        `action` is accept, reject, speaker, role, type or date. A quote named twice is judged once; decisions come in order of quotes.
        """
        if action not in TOGETHER:
            raise StoreError(
                f"{action!r} cannot be decided of several quotes at once: {', '.join(TOGETHER)}"
            )
        now = datetime.now(UTC)
        return self._decide(
            [
                Review(id="", action=action, by=by, at=now, why=why, quote=q, value=value)
                for q in dict.fromkeys(quotes)
            ]
        )

    def undo_all(self, decisions: Sequence[str], *, by: str, why: str = "") -> tuple[Review, ...]:
        """Take these decisions back, in one commit: all of them or, with StoreError, none."""
        now = datetime.now(UTC)
        return self._decide(
            [
                Review(id="", action="undo", by=by, at=now, why=why, undoes=d)
                for d in dict.fromkeys(decisions)
            ]
        )

    def _decide(self, made: Sequence[Review]) -> tuple[Review, ...]:
        session = self.session()
        for judgement in made:
            anchoring.refuse_nonsense(session, judgement)
        whole = anchoring.anchored(session, made, self.path)
        with self.writing():
            return commits.write_judgements(self.path, whole)

    def remove(self, documents: Sequence[str], *, purge: bool = False) -> None:
        """Take documents out of every table; `purge`: out of old files and decisions, too. Raises StoreError for an unknown one."""
        known = self.sql(
            "SELECT DISTINCT id FROM raw_documents WHERE id IN (SELECT unnest(?))",
            [list(documents)],
        )["id"].tolist()
        for name in documents:
            if name not in known:
                raise StoreError(f"{self.path}: no document {name!r}: nothing was removed")
        with self.writing(alone=purge):
            commits.remove(self.path, documents, decisions=purge)
            self.identify()
            if purge:
                commits.purge(self.path)

    def identify(self) -> None:
        """Decide anew which names are one speaker, from all that is stored and the file of known people kept with it."""
        kept = store_folder.kept_people(self.path)
        known = identity.read_known(kept) if kept else ()
        found = identity.identify(uses(self.session()), known=known, language=self.language)
        commits.write_speakers(self.path, found)

    def keep_people(self, file: str | Path) -> None:
        """Keep a file of known people with the store, in the place of one before. Raises InputError for one that cannot be read."""
        identity.read_known(Path(file))
        store_folder.keep_people(self.path, Path(file))

    def tidy(self) -> None:
        """Write piles of small files anew in few."""
        commits.tidy(self.path)

    def writing(self, *, alone: bool = False) -> AbstractContextManager[None]:
        """Hold the store while writing to it; `alone`: without other writers."""
        return store_folder.held(self.path, alone=alone)

    def close(self) -> None:
        """Give the memory back."""
        self._session.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<quotes store {str(self.path)!r}>"


def _by_name(speakers: Sequence[Speaker]) -> dict[str, tuple[Speaker, ...]]:
    named: dict[str, dict[str, Speaker]] = {}
    for speaker in speakers:
        for alias in speaker.aliases:
            named.setdefault(identity.latin_key(alias.name), {})[speaker.id] = speaker
    found = {
        name: tuple(sorted(several.values(), key=lambda s: s.id)) for name, several in named.items()
    }
    return found | {speaker.id: (speaker,) for speaker in speakers}
