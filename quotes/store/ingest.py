"""Articles into a store: new and changed ones are processed and stored batch by batch.

In: documents, and what processes them. Out: a `Step` for each, as it is stored or found unchanged.
Broken off at any moment, the store holds whole documents, and the same run again does the rest.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any, Literal

from quotes import __version__
from quotes.language.resources import data_folder
from quotes.pipeline import Item, Processed, document_of_item
from quotes.records import Document, Failure
from quotes.store import Store, identification
from quotes.store import folder as store_folder
from quotes.store.article_ids import Known, look_up
from quotes.store.commits import Counts, ProgramRun
from quotes.store.duplicate_articles import mark_copies
from quotes.store.reviews.metadata_reviews import with_metadata_of, with_reviews
from quotes.store.rows import Entry

Work = Callable[[Iterable[Item]], Iterator[Processed | Failure]]
Outcome = Literal["added", "revised", "unchanged", "failed"]

COMMIT_DOCUMENTS = 200  # documents of a commit
COMPACTED_COMMITS = 20  # after which many small files are joined during a run, too
MAX_COMMIT_SECONDS = 20.0  # between two commits
MAX_COMMIT_CHARS = 20_000_000  # of the documents of a commit
LOOKUP_DOCUMENTS = 100  # documents that are looked up in the store together


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome of one document, and the counts of all so far; `failure` says why it failed."""

    id: str
    outcome: Outcome
    counts: Counts
    failure: Failure | None = None


def add(
    store: Store,
    items: Iterable[Item],
    *,
    work: Work,
    model: str = "embedded",
    again: bool = False,
    replacing: bool = False,
    on_commit: Callable[[Counts], object] | None = None,
) -> Generator[Step, None, None]:
    """Process and store new and changed documents, and yield a step when each is stored.

    When the iterator is closed early (Ctrl-C), what was processed is stored before it ends.

    Args:
        store: the store.
        items: documents, each alone or with its own parse; failures are recorded.
        work: processes documents, in any order (`local_work`).
        model: name of the model that `work` uses, for the record.
        again: process unchanged documents, too, as after a new model.
        replacing: take a document as a new revision of what is stored under its id, though the
            texts share almost nothing; else it fails.
        on_commit: called with the counts so far after each commit, also that of a run stopped.

    Raises:
        StoreError: where the store cannot be written; what was committed before is safe.
    """
    with store.writing(), store_folder.adding(store.path):
        run = ProgramRun(store.path, made_by=made_by(model))
        ingestion = _Ingestion(store, run, again, replacing, on_commit)
        try:
            for result in work(ingestion.select(items)):
                yield from ingestion.collect(result)
        except BaseException:  # stopped, or the store cannot go on: what is processed is not lost
            ingestion.commit()
            raise
        yield from ingestion.commit()
        ingestion.finish()


def local_work(model: str = "embedded", workers: int = 1) -> Work:
    """Return what processes documents on this machine.

    Args:
        model: name or folder of the model.
        workers: number of processes, each with a model of its own; 1 is this process.
    """
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    if workers > 1:
        from quotes.workers.processes import run_with_workers

        return lambda items: run_with_workers(items, workers=workers, model=model)
    return lambda items: _work_here(items, model)


def _work_here(items: Iterable[Item], model: str) -> Iterator[Processed | Failure]:
    """Process documents in this process."""
    from quotes.encoder.memory import release_between_batches
    from quotes.models import load_models_for_process
    from quotes.pipeline import batched, run_batches

    return run_batches(
        release_between_batches(batched(items)),
        models=lambda language: load_models_for_process(model, language=language),
    )


@cache
def made_by(model: str) -> str:
    """Return a line that names program, model and rules (by a digest of the files in `data`)."""
    digest = hashlib.sha256()
    for path in sorted(path for path in data_folder().rglob("*") if path.is_file()):
        digest.update(
            path.relative_to(data_folder()).as_posix().encode() + b"\0" + path.read_bytes()
        )
    return f"quotes {__version__}, model {model}, rules {digest.hexdigest()[:12]}"


class _Ingestion:
    """One run of adding: counts, and results that wait for the next commit."""

    def __init__(
        self,
        store: Store,
        run: ProgramRun,
        again: bool,
        replacing: bool,
        on_commit: Callable[[Counts], object] | None,
    ) -> None:
        self._store, self._run, self._again, self._replacing = store, run, again, replacing
        self._on_commit = on_commit or (lambda counts: None)
        self.counts = Counts()
        self._given = dict[str, Document]()  # as they were read, of documents with reviews
        self._changed = set[str]()  # ids of documents that are stored with another text
        self._unchanged = deque[str]()
        self._entries, self._failures = list[Entry](), list[Failure]()
        self._chars, self._last_commit, self._commits = 0, time.monotonic(), 0

    def select(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items that are new or changed, and failures; note the others as unchanged."""
        for item, known in known_items(self._store, items, replacing=self._replacing):
            if isinstance(item, Failure) or known is None:
                yield item
                continue
            outcome = outcome_of(known, again=self._again)
            if outcome == "failed":
                document = known.document
                yield Failure(document.id, "store", known.problem, document.source)
            elif outcome == "unchanged":
                self._unchanged.append(known.document.id)
            else:
                if outcome == "revised":
                    self._changed.add(known.document.id)
                document = self._as_reviewed(known.document)
                yield (document, item[1]) if isinstance(item, tuple) else document

    def _as_reviewed(self, document: Document) -> Document:
        """Return a document with the day and author that people gave, on which its quotes depend.

        It is stored as it was read, so that a review can be undone.
        """
        reviews = self._store.metadata_reviews(document.id)
        if reviews:
            self._given[document.id] = document
        return with_reviews(document, reviews)

    def collect(self, result: Processed | Failure) -> Iterator[Step]:
        """Add a result to the next commit, and commit when it is time."""
        if isinstance(result, Failure):
            self._failures.append(result)
        else:
            document, given = result.document, self._given.pop(result.document.id, None)
            if given is not None:
                document = with_metadata_of(document, given)
            self._entries.append(
                Entry(document=document, quotes=result.quotes, entities=result.entities)
            )
            self._chars += len(result.document.text)
        documents = len(self._entries) + len(self._failures)
        full = documents >= COMMIT_DOCUMENTS or self._chars >= MAX_COMMIT_CHARS
        if full or time.monotonic() - self._last_commit >= MAX_COMMIT_SECONDS:
            yield from self.commit()
        else:
            yield from self._unchanged_steps()

    def commit(self) -> Iterator[Step]:
        """Store the results collected, and return their steps."""
        entries, failures = self._entries, self._failures
        self._entries, self._failures, self._chars = [], [], 0
        if entries or failures:
            entries = mark_copies(self._store._session(linked=False), entries)
            self._run.commit(entries, failures)
            self._commits += 1
            if self._commits % COMPACTED_COMMITS == 0:
                self._store.compact()
        self._last_commit = time.monotonic()
        steps = list(self._steps(entries, failures))
        self._on_commit(self.counts)
        return iter(steps)

    def _steps(self, entries: Sequence[Entry], failures: Sequence[Failure]) -> Iterator[Step]:
        """Yield the steps of a commit, and of the documents found unchanged meanwhile."""
        yield from self._unchanged_steps()
        for entry in entries:
            outcome: Outcome = "revised" if entry.document.id in self._changed else "added"
            yield self._step(entry.document.id, outcome, quotes=len(entry.quotes))
        for failure in failures:
            yield self._step(failure.id, "failed", failure=failure)

    def _unchanged_steps(self) -> Iterator[Step]:
        """Yield the steps of documents found unchanged."""
        while self._unchanged:
            yield self._step(self._unchanged.popleft(), "unchanged")

    def _step(
        self, name: str, outcome: Outcome, *, quotes: int = 0, failure: Failure | None = None
    ) -> Step:
        """Count an outcome and return its step; what is left out of an article is none."""
        if failure is not None and failure.partial:
            return Step(name, outcome, self.counts, failure)
        more = {outcome: getattr(self.counts, outcome) + 1, "quotes": self.counts.quotes + quotes}
        self.counts = replace(self.counts, **more)
        return Step(name, outcome, self.counts, failure)

    def finish(self) -> None:
        """Identify speakers anew once all is stored, note the end of the run, compact tables."""
        if not identification.is_current(self._store):
            self._store.identify()
        self._run.end(self.counts)
        self._store.compact()


def known_items(
    store: Store | None, items: Iterable[Item], *, replacing: bool = False
) -> Iterator[tuple[Item, Known | None]]:
    """Yield the items one by one, with what is stored of each; None for failures.

    Without a store, nothing is stored of any.
    """
    left = iter(items)
    while some := list(islice(left, LOOKUP_DOCUMENTS)):
        documents = [document_of_item(item) for item in some if not isinstance(item, Failure)]
        session = store._session(linked=False) if store else None
        found = iter(look_up(session, documents, replacing=replacing))
        for item in some:
            yield item, None if isinstance(item, Failure) else next(found)


def outcome_of(known: Known, *, again: bool = False) -> Outcome:
    """Return what adding a document comes to, if it can be processed."""
    if known.problem:
        return "failed"
    if known.row is None:
        return "added"
    return "revised" if again or not _is_unchanged(known.document, known.row) else "unchanged"


def _is_unchanged(document: Document, row: Mapping[str, Any]) -> bool:
    """Return True if a document is stored with this text and with all that is known of it now."""
    given = ((name, getattr(document, name)) for name in ("outlet", "title", "author", "published"))
    return bool(row["sha256"] == document.sha256) and all(
        value is None or row[name] == value for name, value in given
    )
