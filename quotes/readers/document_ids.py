"""Ids of documents: each counts within its source.

In: the id that a file or row has of itself, and the source (path, path with a row, or address) that
it came from. Out: ids that name more of the source, and whether two sources are one.

A file's id is its path in the folder that was given, a row's in a store `FILE#id`. Where an article
of another source has that id, folders stand before it: `echo/a`, `echo/articles.csv#1`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROW_MARK = "#"
ROW = re.compile(r":\d+$")  # of a table, behind its path
STANDARD_INPUT = "standard input"  # as a source
ADDRESS = re.compile(r"[a-z][a-z0-9+-]+://", re.IGNORECASE)


def row_id(file: str, id: str) -> str:
    """Return the id of a row within its file."""
    return f"{file}{ROW_MARK}{id}"


def former_id(id: str) -> str | None:
    """Return the id that a row had in stores of older versions, None where it is no row's."""
    file, mark, own = id.partition(ROW_MARK)
    return own if mark and file and own and not ADDRESS.match(id) else None


def longer_ids(id: str, source: str | None) -> Iterator[str]:
    """Yield ids that name more and more of the source, the shortest first.

    None for an address, nor for a document of no known source.
    """
    if not source or ADDRESS.match(source) or ADDRESS.match(id):
        return
    file = Path(ROW.sub("", source))
    if file.name == STANDARD_INPUT:
        return
    folders = file.absolute().parts[1:-1]
    own, rest = _parts(id, file)
    if own is None:  # of a row, which its table does not name
        own, rest = (file.name,), f"{ROW_MARK}{id}"
        yield row_id(file.name, id)
    for number in range(len(own), len(folders) + 1):
        above = folders[len(folders) - number :]
        yield PurePosixPath(*above, own[-1]).as_posix() + rest


def same_source(one: str | None, other: str | None) -> bool:
    """Return whether two sources are, or may be, the same file or address.

    Rows of a table are of one source. A path may be written from another folder
    (`articles/a.txt`, `/data/articles/a.txt`), and an unknown source may be any.
    """
    if not one or not other:
        return True
    if ADDRESS.match(one) or ADDRESS.match(other):
        return one == other
    parts = sorted((_plain(one), _plain(other)), key=len)
    return parts[1][len(parts[1]) - len(parts[0]) :] == parts[0]


def _parts(id: str, file: Path) -> tuple[tuple[str, ...] | None, str]:
    """Return the path in an id and what follows it; None where it does not name the file."""
    path, mark, own = id.partition(ROW_MARK)
    rest = mark + own
    if not mark and (row := ROW.search(id)):
        path, rest = id[: row.start()], row[0]
    parts = PurePosixPath(path).parts
    names = {file.name, file.stem, Path(file.stem).stem}
    return (parts, rest) if parts and parts[-1] in names else (None, "")


def _plain(source: str) -> tuple[str, ...]:
    """Return the parts of a path, without what leads up."""
    parts = Path(ROW.sub("", source)).parts
    return tuple(part for part in parts if part not in ("/", "..", "."))
