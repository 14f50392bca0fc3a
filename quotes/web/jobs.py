"""Articles that come in through the page: pasted, dropped as files, or fetched because a user asked; read and stored in the background.

In: texts, and files as bytes with the names that they had. Out: a `Job`, which says how far it is. Files lie in a folder of their own
while they are read, under names that are counted, not given; one job is at work at a time.
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

from quotes.errors import InputError, QuotesError
from quotes.readers import read, read_text
from quotes.readers.discovery import FORMATS
from quotes.readers.metadata import Metadata
from quotes.records import Document, Failure
from quotes.store import Store
from quotes.store.ingest import Step, add
from quotes.web.errors import Refused
from quotes.web.settings import Work

ENDINGS = tuple(FORMATS)
PAGES = ("text/html", "application/xhtml+xml", "text/plain")
LARGEST = 32 << 20  # bytes of one request
MOST_FILES = 200
LONGEST_TEXT = 2_000_000  # characters pasted
KEPT = 50  # jobs
SHOWN = 500  # steps that a job remembers


@dataclass(frozen=True, slots=True)
class File:
    """A dropped file: the name that it had (only its ending is used for reading), and its bytes."""

    name: str
    data: bytes


@dataclass(slots=True)
class Job:
    """One adding at work: `state` is waiting, working, done or broken; `steps` say what became of each document."""

    id: str
    by: str
    state: str = "waiting"
    message: str = ""
    steps: list[Step] = field(default_factory=list)
    done: int = 0
    added: int = 0
    revised: int = 0
    unchanged: int = 0
    failed: int = 0
    quotes: int = 0

    def take(self, step: Step) -> None:
        """Note a step."""
        for name in ("added", "revised", "unchanged", "failed", "quotes", "done"):
            setattr(self, name, getattr(step.counts, name))
        if len(self.steps) < SHOWN:
            self.steps.append(step)


class JobQueue:
    """The jobs, oldest first; a thread at work while there is one."""

    def __init__(self, store: Store, work: Work, *, model: str = "embedded") -> None:
        self._store, self._work, self._model = store, work, model
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock, self._turn = threading.Lock(), threading.Lock()

    def begin(
        self,
        items: Callable[[], Iterator[Document | Failure]],
        *,
        by: str,
        after: Callable[[], None] = lambda: None,
    ) -> Job:
        """Read, process and store in the background; `after` is called at the end."""
        job = Job(secrets.token_hex(8), by)
        with self._lock:
            if sum(j.state in ("waiting", "working") for j in self._jobs.values()) >= 20:
                after()
                raise Refused(409, "twenty jobs are waiting already: try again when some are done")
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT:
                self._jobs.popitem(last=False)
        threading.Thread(target=self._run, args=(job, items, after), daemon=True).start()
        return job

    def find(self, name: str) -> Job:
        """A job. Raises Refused."""
        with self._lock:
            if name not in self._jobs:
                raise Refused(404, "there is no such job: the server may have been started again")
            return self._jobs[name]

    def jobs(self) -> list[Job]:
        """All jobs that are remembered, the newest first."""
        with self._lock:
            return list(self._jobs.values())[::-1]

    def _run(
        self, job: Job, items: Callable[[], Iterator[Document | Failure]], after: Callable[[], None]
    ) -> None:
        try:
            with self._turn:
                job.state = "working"
                for step in add(self._store, items(), work=self._work, model=self._model):
                    job.take(step)
            job.state = "done"
        except (QuotesError, OSError) as error:
            job.state, job.message = "broken", str(error)
        except Exception as error:
            job.state, job.message = (
                "broken",
                f"a mistake in quotes, please report it ({type(error).__name__}: {error})",
            )
            raise
        finally:
            with suppress(OSError):
                after()


def pasted(text: str, known: Metadata) -> Document:
    """The document of a pasted text; without an address its id is made from the text, so that pasting it again changes nothing.

    Raises InputError for a text without letters.
    """
    if len(text) > LONGEST_TEXT:
        raise Refused(
            413,
            f"the text has {len(text):,} characters, at most {LONGEST_TEXT:,} can be pasted: drop it as a file",
        )
    text = text.replace("\r\n", "\n").replace(
        "\r", "\n"
    )  # a browser sends line ends so, whatever was pasted
    name = "pasted-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return read_text(text, id=name, metadata=known)


def fetched(address: str, known: Metadata) -> Iterator[Document | Failure]:
    """The document of a page on the web, or the reason why there is none. Asks the network once; private addresses are refused."""
    from quotes.readers.html import read_html
    from quotes.readers.http import fetch
    from quotes.readers.plain_text import read_text_bytes

    known = replace(known, url=address)
    try:
        page = fetch(address, private=False)
        if page.content_type not in PAGES:
            raise InputError(
                f"{address}: is {page.content_type or 'of no known type'}, not a page: save it and drop the file here"
            )
        reader = read_text_bytes if page.content_type == "text/plain" else read_html
        yield reader(page.data, id=address, metadata=known, source=address)
    except QuotesError as error:
        yield Failure(address, "read", str(error), address)


def check_files(files: Sequence[File]) -> None:
    """Raises Refused for too many files, or one of a type that is not read."""
    if len(files) > MOST_FILES:
        raise Refused(
            413, f"{len(files)} files at once, at most {MOST_FILES}: use `quotes add` for a folder"
        )
    for file in files:
        if _ending(file.name) not in ENDINGS:
            raise Refused(
                415,
                f"{_shown(file.name)}: files of this type are not read; these are: {', '.join(ENDINGS)}",
            )


def dropped(
    files: Sequence[File], known: Metadata
) -> tuple[Callable[[], Iterator[Document | Failure]], Callable[[], None]]:
    """What reads the files, and what takes them away again."""
    folder = tempfile.TemporaryDirectory(prefix="quotes-")
    given = {f"file{number:04d}": _shown(file.name) for number, file in enumerate(files)}
    for counted, file in zip(given, files, strict=True):
        (Path(folder.name) / f"{counted}{_ending(file.name)}").write_bytes(file.data)
    names = _names(given)

    def items() -> Iterator[Document | Failure]:
        for result in read([Path(folder.name)], defaults=known):
            yield _renamed(result, given, names, folder.name)

    return items, folder.cleanup


def _names(given: Mapping[str, str]) -> dict[str, str]:
    """The id of each file: its stem, as `quotes add` has it; the whole name, and a number, where another file has that already."""
    names, taken = dict[str, str](), set[str]()
    for counted, name in given.items():
        several = (PurePosixPath(name).stem or name, name, f"{name} {counted.removeprefix('file')}")
        names[counted] = next(n for n in several if n not in taken)
        taken.add(names[counted])
    return names


def _renamed(
    result: Document | Failure, given: Mapping[str, str], names: Mapping[str, str], folder: str
) -> Document | Failure:
    """A result under the name that its file had, with no trace of where it lay."""
    counted, colon, rest = result.id.partition(":")
    counted = counted.partition(".")[0]
    name = names[counted] + colon + rest if counted in names else result.id
    place, _, row = (result.source or "").removeprefix(folder).strip("/").partition(".")
    source = given[place] + "".join(row.partition(":")[1:]) if place in given else result.source
    if isinstance(result, Document):
        return replace(result, id=name, source=source)
    message = result.message.replace(f"{folder}/", "")
    for counted, shown in given.items():
        message = message.replace(f"{counted}{_ending(shown)}", shown)
    return replace(result, id=name, source=source, message=message)


def _ending(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _shown(name: str) -> str:
    """The last part of a name that came with a file, without what could be mistaken or would not print."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[-120:] or "file"
