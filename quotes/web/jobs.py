"""Jobs of the page: articles that are added (pasted, uploaded, fetched), drafts that are checked.

In: texts, and files as bytes with their names. Out: a `Job`, done in the background, which says how
far it is. Files lie in a folder of their own while they are read, under names that
are numbers; one job works at a time.
"""

from __future__ import annotations

import hashlib
import secrets
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from quotes.errors import InputError, QuotesError, StoreError
from quotes.readers import read, read_text
from quotes.readers.discovery import FORMATS
from quotes.readers.metadata import Metadata
from quotes.records import Document, Failure
from quotes.store import Store
from quotes.store.ingest import Step
from quotes.web.errors import Refused
from quotes.web.settings import Work

if TYPE_CHECKING:
    from quotes.verification.verification import Verification

ENDINGS = tuple(FORMATS)
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
MAX_REQUEST_BYTES = 32 << 20
MAX_FILES = 200  # of one request
MAX_TEXT_CHARS = 2_000_000  # of a pasted text
MAX_JOBS = 50  # that are remembered
MAX_WAITING = 20  # jobs that are not done
MAX_STEPS = 500  # that a job remembers

JobKind = Literal["add", "verify"]
UNKNOWN: dict[JobKind, str] = {  # what is said of a job that is not remembered
    "add": "no such job: the server was started again since, or many came after it. "
    "What it stored is under Articles; add the rest again",
    "verify": "no such check: the server was started again since, or many came after it. "
    "Check the draft again",
}
Items = Callable[[], Iterator[Document | Failure]]
Check = Callable[[Store, Work], "Verification"]


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file: its name, of which only the ending is used for reading, and its bytes.

    `field` is the field of the form that it was chosen in.
    """

    name: str
    data: bytes
    field: str = "files"


@dataclass(slots=True)
class Job:
    """A job that adds articles, or checks a draft.

    `state` is waiting, working, done or broken; `steps` say what became of each document that is
    added; `verification` is the result of checking a draft; `withdrawn` are documents that somebody
    removed before it was done.
    """

    id: str
    by: str
    kind: JobKind = "add"
    title: str = ""
    state: str = "waiting"
    message: str = ""
    steps: list[Step] = field(default_factory=list)
    done: int = 0
    added: int = 0
    revised: int = 0
    unchanged: int = 0
    failed: int = 0
    quotes: int = 0
    verification: Verification | None = None
    withdrawn: set[str] = field(default_factory=set)

    def record(self, step: Step) -> None:
        """Record a step and its counts."""
        for name in ("added", "revised", "unchanged", "failed", "quotes", "done"):
            setattr(self, name, getattr(step.counts, name))
        if len(self.steps) < MAX_STEPS:
            self.steps.append(step)


class JobQueue:
    """A queue of jobs, oldest first; each has a thread, and one works at a time."""

    def __init__(
        self,
        store: Store,
        work: Work,
        *,
        model: str = "embedded",
        after_add: Callable[[], None] = lambda: None,
    ) -> None:
        self._store, self._work, self._model = store, work, model
        self._after_add = after_add  # called before a job that added articles is done
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock, self._turn = threading.Lock(), threading.Lock()

    def start(
        self,
        items: Items,
        *,
        by: str,
        again: bool = False,
        on_end: Callable[[], None] = lambda: None,
    ) -> Job:
        """Read, process and store documents in the background.

        Args:
            items: Gives the documents.
            by: The name of the user.
            again: Process unchanged documents, too.
            on_end: Called at the end, also of a job that is refused.

        Raises:
            Refused: MAX_WAITING jobs are not done.
        """

        def add(job: Job) -> None:
            adding = self._store.add(items(), work=self._work, model=self._model, again=again)
            for step in adding:
                job.record(step)
            for name in job.withdrawn:
                with suppress(StoreError):  # this job did not store it again
                    self._store.remove([name])
            self._after_add()

        return self._begin(Job(secrets.token_hex(8), by), add, on_end)

    def start_check(
        self,
        check: Check,
        *,
        by: str,
        title: str = "",
        on_end: Callable[[], None] = lambda: None,
    ) -> Job:
        """Check a draft in the background.

        Args:
            check: Gives the result, from the store and what reads articles.
            by: The name of the user.
            title: The title of the draft.
            on_end: Called at the end, also of a job that is refused.

        Raises:
            Refused: MAX_WAITING jobs are not done.
        """

        def verify(job: Job) -> None:
            job.verification = check(self._store, self._work)

        return self._begin(Job(secrets.token_hex(8), by, "verify", title), verify, on_end)

    def _begin(self, job: Job, run: Callable[[Job], None], on_end: Callable[[], None]) -> Job:
        with self._lock:
            waiting = sum(j.state in ("waiting", "working") for j in self._jobs.values())
            if waiting >= MAX_WAITING:
                on_end()
                raise Refused(
                    409, f"{waiting} jobs are waiting already: try again when some are done"
                )
            self._jobs[job.id] = job
            while len(self._jobs) > MAX_JOBS:
                self._jobs.popitem(last=False)
        threading.Thread(target=self._run, args=(job, run, on_end), daemon=True).start()
        return job

    def withdraw(self, name: str) -> None:
        """Have no job that has begun store a document again which is about to be removed."""
        with self._lock:
            for job in self._jobs.values():
                if job.state in ("waiting", "working"):
                    job.withdrawn.add(name)

    def find(self, name: str, kind: JobKind = "add") -> Job:
        """Return the job of an id, of this kind.

        Raises:
            Refused: There is none.
        """
        with self._lock:
            found = self._jobs.get(name)
        if found is None or found.kind != kind:
            raise Refused(404, UNKNOWN[kind])
        return found

    def jobs(self, kind: JobKind = "add") -> list[Job]:
        """Return all jobs of a kind that are remembered, the newest first."""
        with self._lock:
            return [job for job in self._jobs.values() if job.kind == kind][::-1]

    def _run(self, job: Job, run: Callable[[Job], None], on_end: Callable[[], None]) -> None:
        try:
            with self._turn:
                job.state = "working"
                run(job)
            job.state = "done"
        except (QuotesError, OSError) as error:
            job.state, job.message = "broken", str(error)
        except Exception as error:
            job.message = f"a bug in quotes, please report it ({type(error).__name__}: {error})"
            job.state = "broken"
            raise
        finally:
            with suppress(OSError):
                on_end()


def pasted_document(text: str, metadata: Metadata) -> Document:
    """Make the document of a pasted text.

    Its id is its address, so that a corrected text is a new revision of the article; without an
    address it is made from the text, so that pasting it again changes nothing.

    Raises:
        InputError: The text has no letters.
        Refused: It is too long.
    """
    if len(text) > MAX_TEXT_CHARS:
        raise Refused(
            413,
            f"the text has {len(text):,} characters, at most {MAX_TEXT_CHARS:,} can be pasted: "
            "upload it as a file",
        )
    # Browsers send all line ends as \r\n, whatever was pasted.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    name = "pasted-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return read_text(text, id=metadata.url or name, metadata=metadata)


def fetched_document(address: str, metadata: Metadata) -> Iterator[Document | Failure]:
    """Yield the document of a page on the web, or the reason why there is none.

    The network is asked once; private addresses are refused.
    """
    from quotes.readers.html import read_html
    from quotes.readers.http import fetch
    from quotes.readers.plain_text import read_text_bytes

    metadata = replace(metadata, url=address)
    try:
        page = fetch(address, private=False)
        if page.content_type not in PAGE_TYPES:
            raise InputError(
                f"{address}: is {page.content_type or 'of no known type'}, not a page: "
                "save it and upload the file"
            )
        reader = read_text_bytes if page.content_type == "text/plain" else read_html
        yield reader(page.data, id=address, metadata=metadata, source=address)
    except QuotesError as error:
        yield Failure(address, "read", str(error), address)


def check_files(files: Sequence[File]) -> None:
    """Check the number and the types of files.

    Raises:
        Refused: There are too many, or one of a type that cannot be read.
    """
    if len(files) > MAX_FILES:
        raise Refused(
            413, f"{len(files)} files at once, at most {MAX_FILES}: use `quotes add` for a folder"
        )
    for file in files:
        if _ending(file.name) not in ENDINGS:
            raise Refused(
                415,
                f"{_printable_name(file.name)}: files of this type cannot be read; "
                f"these can: {', '.join(ENDINGS)}",
            )


def uploaded_documents(
    files: Sequence[File], metadata: Metadata
) -> tuple[Items, Callable[[], None]]:
    """Write files into a folder of their own.

    Returns:
        What reads the files, and what deletes the folder.
    """
    folder = tempfile.TemporaryDirectory(prefix="quotes-")
    given = {f"file{number:04d}": _printable_name(file.name) for number, file in enumerate(files)}
    for number, file in zip(given, files, strict=True):
        (Path(folder.name) / f"{number}{_ending(file.name)}").write_bytes(file.data)
    ids = _ids(given)

    def items() -> Iterator[Document | Failure]:
        for result in read([Path(folder.name)], defaults=metadata):
            yield _renamed(result, given, ids, folder.name)

    return items, folder.cleanup


def _ids(given: Mapping[str, str]) -> dict[str, str]:
    """Return the id of each file: its stem, as in `quotes add`.

    Where another file has that already: the whole name, then the name with its number.
    """
    ids, taken = dict[str, str](), set[str]()
    for number, name in given.items():
        choices = (PurePosixPath(name).stem or name, name, f"{name} {number.removeprefix('file')}")
        ids[number] = next(n for n in choices if n not in taken)
        taken.add(ids[number])
    return ids


def _renamed(
    result: Document | Failure, given: Mapping[str, str], ids: Mapping[str, str], folder: str
) -> Document | Failure:
    """Return a result under the name that its file had, with no trace of the folder."""
    number, colon, rest = result.id.partition(":")
    number = number.partition(".")[0]
    name = ids[number] + colon + rest if number in ids else result.id
    place, _, row = (result.source or "").removeprefix(folder).strip("/").partition(".")
    source = given[place] + "".join(row.partition(":")[1:]) if place in given else result.source
    if isinstance(result, Document):
        return replace(result, id=name, source=source)
    message = result.message.replace(f"{folder}/", "")
    for number, original in given.items():
        message = message.replace(f"{number}{_ending(original)}", original)
    return replace(result, id=name, source=source, message=message)


def _ending(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _printable_name(name: str) -> str:
    """Return the last part of an uploaded file's name, without what does not print."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[-120:] or "file"
