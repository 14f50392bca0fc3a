"""A search index of very many quotes, made by several processes at once.

In: Arrow batches of quotes. Out: the files of an index. Each process takes the next batch when it
is done with the last, and writes an index of its own; then their segments are put under one list.

    python -m quotes.statements.index_parts FOLDER LANGUAGE     what such a process runs
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from quotes.errors import QuotesError, SearchIndexError
from quotes.language import Language
from quotes.statements.index import IndexRow, write_part

MIN_QUOTES = 100_000  # below which a process would start as long as it saves
META, MANAGED = "meta.json", ".managed.json"  # of tantivy: the segments; the files that are its own
COLUMNS = ("id", "document", "words", "stored")
MAX_PROCESSES = 8  # each holds about 200 MB
ROOT = Path(__file__).resolve().parent.parent.parent  # where the package lies


def index_rows(batches: Iterable[pa.RecordBatch]) -> Iterator[IndexRow]:
    """Yield the rows of batches as the index takes them.

    Args:
        batches: With the columns `id`, `document`, `words` and `stored`, a JSON array of values.
    """
    for batch in batches:
        columns = [batch.column(name).to_pylist() for name in COLUMNS]
        for row in zip(*columns, strict=True):
            yield IndexRow(*row)


def process_count(quotes: int) -> int:
    """Return how many processes should make an index of so many quotes."""
    if quotes < MIN_QUOTES:
        return 1
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        cores = os.cpu_count() or 1
    return min(cores, MAX_PROCESSES)


def write_parts(
    folder: Path, batches: pa.RecordBatchReader, language: Language, processes: int
) -> None:
    """Write the files of an index into a folder.

    Args:
        folder: The folder; it is there and empty.
        batches: The rows of all quotes, as `index_rows` takes them.
        language: Their language.
        processes: The number of processes.

    Raises:
        SearchIndexError: where one of them cannot do its part.
    """
    parts = [folder / f"part-{number}" for number in range(processes)]
    running = [_start(part, language) for part in parts]
    lock, errors = threading.Lock(), list[Exception]()

    def feed(stdin: IO[bytes]) -> None:
        try:
            with stdin, pa.ipc.new_stream(stdin, batches.schema) as stream:
                while not errors:
                    with lock:
                        batch = next(batches, None)
                    if batch is None:
                        return
                    stream.write_batch(batch)
        except (OSError, pa.ArrowException, QuotesError) as error:  # raised below
            errors.append(error)

    threads = [threading.Thread(target=feed, args=(each.stdin,), daemon=True) for each in running]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ended = [_failure(each, part) for each, part in zip(running, parts, strict=True)]
        failed = [error for error in ended if error]
        if failed or errors:
            raise SearchIndexError(f"{folder}: not written ({(failed or errors)[0]})")
    finally:
        for each in running:
            each.kill()
            each.wait()
    join_parts(folder, parts)


def _start(part: Path, language: Language) -> subprocess.Popen[bytes]:
    """Start a process that writes one part."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    with _said(part).open("wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "quotes.statements.index_parts", str(part), language.code],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env={**os.environ, "PYTHONPATH": path},
        )


def _failure(process: subprocess.Popen[bytes], part: Path) -> str | None:
    """Wait for a process whose input has ended, and return why it failed, None if it did not."""
    code = process.wait()
    said = _said(part).read_text(encoding="utf-8", errors="replace").splitlines()
    _said(part).unlink()
    if code == 0:
        return None
    return said[-1] if said else f"a process ended with {code}"


def _said(part: Path) -> Path:
    """Return the file of what the process of a part says of errors."""
    return part.with_name(f"{part.name}.log")


def join_parts(path: Path, parts: Iterable[Path]) -> None:
    """Make one index of several, whose rows are different ones: their segments under one list."""
    joined: dict[str, Any] = {}
    for part in parts:
        meta = json.loads((part / META).read_text(encoding="utf-8"))
        joined = joined or {**meta, "segments": [], "opstamp": 0}
        joined["segments"] += meta["segments"]
        joined["opstamp"] = max(joined["opstamp"], meta["opstamp"])
        for file in part.iterdir():
            if not file.name.startswith(".") and file.name != META:
                file.rename(path / file.name)
        shutil.rmtree(part)
    names = sorted(file.name for file in path.iterdir() if file.is_file())
    (path / MANAGED).write_text(json.dumps([*names, META]), encoding="utf-8")
    (path / META).write_text(json.dumps(joined), encoding="utf-8")


def main(arguments: list[str], stdin: Any) -> None:
    """Write one part from the Arrow stream on standard input."""
    folder, code = arguments
    with pa.ipc.open_stream(stdin) as batches:
        write_part(Path(folder), index_rows(batches), language=Language.load(code))


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer)
