"""Articles into a store: what is new or changed is processed and stored batch by batch, what is there already is left alone.

In: documents, and what processes them. Out: a `Step` for each, as it is stored or found unchanged. Broken off at any moment, the store
holds whole documents, and the same run again does the rest.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Literal

from quotes import __version__
from quotes.language.resources import data_folder
from quotes.pipeline import Processed
from quotes.records import Document, Failure, Parse
from quotes.store import Store
from quotes.store.commits import Counts, ProgramRun
from quotes.store.duplicate_articles import mark_copies
from quotes.store.rows import Entry

Item = Document | Failure | tuple[Document, Parse]
Work = Callable[[Iterable[Item]], Iterator[Processed | Failure]]
Outcome = Literal["added", "revised", "unchanged", "failed"]

BATCH = 200  # documents of a commit
LONGEST = 20.0  # seconds between two commits
LARGEST = 20_000_000  # characters of a commit
LOOKED_UP = 100  # documents whose state is asked for together


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one document, and of all so far. `failure` says why it failed."""

    id: str
    outcome: Outcome
    counts: Counts
    failure: Failure | None = None


def add(
    store: Store, items: Iterable[Item], *, work: Work, model: str = "embedded", again: bool = False
) -> Generator[Step, None, None]:
    """Process and store what is new or changed; `again`: what is unchanged, too, as after a new model.

    Yields a step when its document is stored. When the iterator is closed early (Ctrl-C), what is processed is stored before it ends.
    Raises StoreError where the store cannot be written; what was committed before is safe.
    """
    with store.writing():
        adding = _Adding(store, ProgramRun(store.path, made_by=made_by(model)), again)
        try:
            for result in work(adding.wanted(items)):
                yield from adding.take(result)
        except BaseException:  # stopped, or the store cannot go on: what is processed is not lost
            adding.commit()
            raise
        yield from adding.commit()
        adding.finish()


@cache
def made_by(model: str) -> str:
    """What reads an article, in a line: program, model, rules (a digest of the files in `data`)."""
    digest = hashlib.sha256()
    for path in sorted(path for path in data_folder().rglob("*") if path.is_file()):
        digest.update(
            path.relative_to(data_folder()).as_posix().encode() + b"\0" + path.read_bytes()
        )
    return f"quotes {__version__}, model {model}, rules {digest.hexdigest()[:12]}"


class _Adding:
    """The state of one run of adding."""

    def __init__(self, store: Store, run: ProgramRun, again: bool) -> None:
        self._store, self._run, self._again = store, run, again
        self.counts = Counts()
        self._changed = set[str]()  # ids of documents that are there with another text
        self._unchanged = deque[str]()
        self._entries, self._failures = list[Entry](), list[Failure]()
        self._size, self._since = 0, time.monotonic()

    def wanted(self, items: Iterable[Item]) -> Iterator[Item]:
        """Those items that have to be processed."""
        left = iter(items)
        while some := list(islice(left, LOOKED_UP)):
            known = self._known(
                [_document(item).id for item in some if not isinstance(item, Failure)]
            )
            for item in some:
                if isinstance(item, Failure):
                    yield item
                    continue
                document = _document(item)
                row = known.get(document.id)
                if row is not None and not self._again and _same(document, row):
                    self._unchanged.append(document.id)
                    continue
                if row is not None:
                    self._changed.add(document.id)
                yield item

    def _known(self, ids: Sequence[str]) -> dict[str, dict[str, object]]:
        query = "SELECT id, sha256, outlet, title, author, published FROM documents WHERE id IN (SELECT unnest(?))"
        return {row["id"]: row for row in self._store.session().rows(query, [ids])} if ids else {}

    def take(self, result: Processed | Failure) -> Iterator[Step]:
        """Keep a result for the next commit, and commit when it is time."""
        if isinstance(result, Failure):
            self._failures.append(result)
        else:
            self._entries.append(
                Entry(document=result.document, quotes=result.quotes, members=result.entities)
            )
            self._size += len(result.document.text)
        full = len(self._entries) + len(self._failures) >= BATCH or self._size >= LARGEST
        if full or time.monotonic() - self._since >= LONGEST:
            yield from self.commit()
        else:
            yield from self._passed()

    def commit(self) -> Iterator[Step]:
        """Store what has been kept; the steps of what is stored now."""
        entries, failures = self._entries, self._failures
        self._entries, self._failures, self._size = [], [], 0
        if entries or failures:
            entries = mark_copies(self._store.session(), entries)
            self._run.commit(entries, failures)
        self._since = time.monotonic()
        return self._told(entries, failures)

    def _told(self, entries: Sequence[Entry], failures: Sequence[Failure]) -> Iterator[Step]:
        yield from self._passed()
        for entry in entries:
            outcome: Outcome = "revised" if entry.document.id in self._changed else "added"
            yield self._step(entry.document.id, outcome, quotes=len(entry.quotes))
        for failure in failures:
            yield self._step(failure.id, "failed", failure=failure)

    def _passed(self) -> Iterator[Step]:
        while self._unchanged:
            yield self._step(self._unchanged.popleft(), "unchanged")

    def _step(
        self, name: str, outcome: Outcome, *, quotes: int = 0, failure: Failure | None = None
    ) -> Step:
        more = {outcome: getattr(self.counts, outcome) + 1, "quotes": self.counts.quotes + quotes}
        self.counts = replace(self.counts, **more)
        return Step(name, outcome, self.counts, failure)

    def finish(self) -> None:
        """Once all is stored: who is who, and piles of small files put together."""
        newest = "SELECT coalesce((SELECT max(added) FROM raw_documents) > (SELECT max(ended) FROM raw_runs), true)"
        if self._store.session().value(newest):  # also after a run that was broken off before this
            self._store.identify()
        self._run.end(self.counts)
        self._store.tidy()


def _document(item: Document | tuple[Document, Parse]) -> Document:
    return item[0] if isinstance(item, tuple) else item


def _same(document: Document, row: dict[str, object]) -> bool:
    """Whether a document is as it is stored: the text, and what is said of it this time."""
    said = ((name, getattr(document, name)) for name in ("outlet", "title", "author", "published"))
    return row["sha256"] == document.sha256 and all(
        value is None or row[name] == value for name, value in said
    )
