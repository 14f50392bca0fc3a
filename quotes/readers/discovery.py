"""Which files a path stands for, and the id of each.

In: the paths a person gives. Out: `Input`s in a fixed order (paths as given, folders sorted by
name), found one by one; what cannot be opened is an Input with a `problem`. An address (https://...)
is an Input whose id it is; it is not fetched here. Folders are searched with all folders in them;
hidden files, and files that are clearly no articles (images, programs), are passed over. The id of
an item is its stem, in a folder its path relative to it, with POSIX slashes and without the suffix;
where that is the same for two files they keep the suffix, and two files given with the same name,
their paths.
"""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from quotes.readers.metadata_csv import FILE_NAME
from quotes.text.folding import fold_case

FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".pdf": "pdf",
    ".docx": "docx",
    ".eml": "email",
    ".vtt": "subtitles",
    ".srt": "subtitles",
    ".warc": "warc",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}
COMPRESSED = ".gz"
# fmt: off
LATER = frozenset({
    ".doc", ".odt", ".rtf", ".epub", ".pages", ".xlsx", ".xls", ".ods", ".msg", ".mbox", ".mht",
    ".mhtml", ".zip", ".tar", ".tgz", ".bz2", ".xz", ".zst", ".7z",
})
# fmt: on
STANDARD_INPUT = "-"
USER = re.compile(
    r"(?<=://)[^/?#]*@"
)  # in an address, with the password; neither is to be sent, shown or stored


@dataclass(frozen=True, slots=True)
class Input:
    """One file, or one address, to read.

    `format` is a value of FORMATS, "" where only the content can tell.

    `root` is the last folder, going up, that is searched for metadata.csv; `url` is "" for a file.
    """

    path: Path
    id: str
    root: Path
    format: str = ""
    compressed: bool = False
    problem: str = ""
    url: str = ""

    @property
    def place(self) -> str:
        """The path or the address."""
        return self.url or path_text(self.path)


def path_text(path: str | Path) -> str:
    """Return a path as text; bytes of a name that are no UTF-8 are written as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def items(paths: Sequence[str | Path]) -> Iterator[Input]:
    """Yield the files that the paths stand for.

    Never raises for a path that cannot be read: the Input says why.
    """
    for item in _items(paths):
        yield replace(item, id=path_text(item.id), problem=path_text(item.problem))


def _items(paths: Sequence[str | Path]) -> Iterator[Input]:
    stems = Counter(
        _stem(path.name) for path in {Path(path) for path in paths if not is_address(str(path))}
    )
    for given in paths:
        path = Path(given)
        if is_address(str(given)):
            yield _address(str(given))
            continue
        if str(given) == STANDARD_INPUT:
            yield Input(path, "stdin", path)
            continue
        name = _stem(path.name) if stems[_stem(path.name)] == 1 else PurePosixPath(path).as_posix()
        yield from _given(path, name)


def _address(given: str) -> Input:
    url = USER.sub("", given)
    problem = (
        f"{url}: holds a user name or a password: log in with a browser, save the page and give "
        "the file"
        if url != given
        else ""
    )
    return Input(Path(url), url, Path(url), problem=problem, url=url)


def is_address(text: str) -> bool:
    """Return whether a path given by a person is an address (`scheme://...`), fetched or not."""
    scheme, separator, _ = text.partition("://")
    return (
        bool(separator) and len(scheme) > 1 and scheme.replace("+", "").replace("-", "").isalnum()
    )


def _given(path: Path, name: str) -> Iterator[Input]:
    problem, mode = _inspect(path)
    if problem or not stat.S_ISDIR(mode):
        yield _item(path, name, path.parent, problem or _unreadable(path))
        return
    found = 0
    for item in _folder(path, path, ()):
        found += 1
        yield item
    if not found:
        suffixes = " ".join(FORMATS)
        yield Input(
            path,
            name or str(path),
            path,
            problem=f"{path}: no articles in this folder (looked for {suffixes})",
        )


def _folder(folder: Path, root: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Input]:
    """Yield the articles in a folder.

    `above` are the folders on the way here, which a link must not lead back to.
    """
    here = folder.relative_to(root).as_posix()
    try:
        status = folder.stat()
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        yield Input(folder, here, root, problem=_because(folder, error))
        return
    identity = (status.st_dev, status.st_ino)
    if identity in above:
        yield Input(
            folder, here, root, problem=f"{folder}: is a link to a folder that holds it: skipped"
        )
        return
    stems = Counter(_stem(name) for name in names if _format(Path(name))[0])
    for name in names:
        path = folder / name
        problem, mode = _inspect(path)
        if stat.S_ISDIR(mode):
            yield from _folder(path, root, (*above, identity))
            continue
        if not problem and not _article(path):
            continue
        item_id = (
            path.relative_to(root)
            .with_name(_stem(name) if stems[_stem(name)] < 2 else name)
            .as_posix()
        )
        yield _item(path, item_id, root, problem or _unreadable(path))


def _article(path: Path) -> bool:
    """Return whether a file in a folder is one to speak of.

    An article, or a document that a later version will read.
    """
    known, compressed = _format(path)
    if path.name == FILE_NAME:
        return False
    return bool(known) or _suffix(path, compressed) in LATER


def _item(path: Path, name: str, root: Path, problem: str) -> Input:
    known, compressed = _format(path)
    return Input(path, name, root, known, compressed, problem)


def _format(path: Path) -> tuple[str, bool]:
    """Return the format by the suffix, or "", and whether the file is compressed with gzip."""
    compressed = fold_case(path.suffix) == COMPRESSED
    return FORMATS.get(_suffix(path, compressed), ""), compressed


def _suffix(path: Path, compressed: bool) -> str:
    return fold_case((path.with_suffix("") if compressed else path).suffix)


def _stem(name: str) -> str:
    """Return the name without the suffix of a format (and .gz before it)."""
    path = Path(name)
    known, compressed = _format(path)
    inner = path.with_suffix("") if compressed else path
    return inner.with_suffix("").name if known else inner.name


def _inspect(path: Path) -> tuple[str, int]:
    """Return what is wrong with a path, if anything, and its mode."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return _because(path, error), 0
    except ValueError:  # a zero byte in the name
        return f"{str(path)!r}: is not the name of a file", 0
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return "", mode
    return f"{path}: is a pipe, socket or device, not a file: give it on standard input, as -", mode


def _unreadable(path: Path) -> str:
    """Return why the file's kind cannot be read, by its suffix."""
    suffix = _suffix(path, fold_case(path.suffix) == COMPRESSED)
    return (
        f"{path}: {suffix} files are not supported yet by this version: convert it to text or HTML"
        if suffix in LATER
        else ""
    )


def _because(path: Path, error: OSError) -> str:
    reasons = {
        FileNotFoundError: "no such file or folder: check the path",
        PermissionError: "permission denied: its owner has to allow reading",
    }
    return f"{path}: {reasons.get(type(error), f'cannot be opened ({error.strerror})')}"
