"""`metadata.csv`: what text files cannot say of themselves.

In: the file `metadata.csv` beside the articles, with a column `file` (or `id`: the file's name
without its suffix) and any of outlet, author, title, published (or date), url, language; other
columns are the document's `extra`. Out: the `Metadata` of one article file. A table in a folder
covers that folder and those below it, with paths relative to itself; the nearest one wins. What a
table says and cannot be read, and rows for files that are not there, are complaints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path, PurePosixPath

from quotes.errors import InputError
from quotes.readers.columns import metadata
from quotes.readers.delimited import read_mappings
from quotes.readers.losses import Losses, with_day
from quotes.readers.metadata import UNKNOWN, Metadata
from quotes.text.folding import fold_case

FILE_NAME = "metadata.csv"
KEYS = ("file", "filename", "path", "id")
MAX_NAMED = 3  # files that a complaint names


@dataclass(slots=True)
class Table:
    """One table: what it says of each file, what was not read, and the files that it was asked for.

    A file is named as in the table.
    """

    rows: dict[str, Metadata] = field(default_factory=dict)
    losses: Losses = field(default_factory=Losses)
    used: set[str] = field(default_factory=set)


class MetadataTables:
    """The metadata tables met so far, each read once.

    `complaints` are those that could not be read: path and reason.
    """

    def __init__(self, *, day_first: bool | None = None) -> None:
        self._tables: dict[Path, Table] = {}
        self._complaints: list[tuple[Path, str]] = []
        self._day_first = day_first

    def find(self, path: Path, root: Path) -> Metadata:
        """Return what the tables from the folder of `path` up to `root` say, nearest first."""
        found = UNKNOWN
        for folder in (path.parent, *path.parent.parents):
            table = self._table(folder)
            if table.rows:
                key = path.relative_to(folder).as_posix()
                table.used |= {key, _stem(key)}
                for name in (key, _stem(key)):
                    found = found.or_else(table.rows.get(name, UNKNOWN))
            if folder == root:
                break
        return found

    def complaints(self) -> Iterable[tuple[Path, str]]:
        """Return what is wrong with the tables read since the last call: paths and reasons."""
        new, self._complaints = self._complaints, []
        return new

    def without_files(self, searched: Iterable[Path]) -> Iterator[tuple[Path, str]]:
        """Yield a complaint for each table of the folders searched that names missing files.

        Called when all files have been found.
        """
        roots = tuple(searched)
        names_in = cache(_names_in)
        for folder, table in self._tables.items():
            if not any(folder == root or root in folder.parents for root in roots):
                continue
            unused = [name for name in table.rows if name not in table.used]
            missing = [name for name in unused if not _is_there(folder / name, names_in)]
            if missing:
                named = ", ".join(missing[:MAX_NAMED]) + (", ..." if missing[MAX_NAMED:] else "")
                rows = "1 row names" if len(missing) == 1 else f"{len(missing)} rows name"
                path = folder / FILE_NAME
                yield path, f"{path}: {rows} no file here: {named}: check the names"

    def _table(self, folder: Path) -> Table:
        if folder not in self._tables:
            self._tables[folder] = self._read(folder / FILE_NAME)
        return self._tables[folder]

    def _read(self, path: Path) -> Table:
        try:
            table = read_table(path, day_first=self._day_first) if path.is_file() else Table()
        except (InputError, OSError) as error:
            reason = str(error) if isinstance(error, InputError) else f"{path}: {error.strerror}"
            self._complaints.append((path, f"{reason}; the articles are read without it"))
            return Table()
        self._complaints += [(path, f"{path}: {loss}") for loss in table.losses.messages()]
        return table


def read_table(path: Path, *, day_first: bool | None = None) -> Table:
    """Return one table.

    Raises:
        InputError: where it is malformed or names no files.
    """
    table = Table()
    with path.open("rb") as stream:
        for number, values in enumerate(read_mappings(stream, str(path)), 1):
            row = {name.strip(): value for name, value in values.items()}
            named = {fold_case(name): value for name, value in row.items()}
            key = next((named[name].strip() for name in KEYS if named.get(name, "").strip()), None)
            if key is None:
                raise InputError(
                    f"{path}: a row names no file: it needs a column `file` (columns: "
                    f"{', '.join(values)})"
                )
            fields = {name: value for name, value in row.items() if fold_case(name) not in KEYS[:3]}
            known, left_out = metadata(fields, {})
            # `id` names the file here; the document keeps the id that its place gives it.
            file = (("file", key),) if known.url else ()  # which its id then does not name
            known = replace(known, id=None, extra=(*known.extra, *file))
            if left_out:
                known = with_day(known, left_out, day_first)
                table.losses.note(f"row {number}", left_out, known)
            table.rows[PurePosixPath(key.replace("\\", "/")).as_posix()] = known
    return table


def _is_there(path: Path, names_in: Callable[[Path], frozenset[str]]) -> bool:
    """Return whether a file is there, by its name or its name without suffix."""
    try:
        return path.exists() or path.name in names_in(path.parent)
    except (OSError, ValueError):
        return False


def _names_in(folder: Path) -> frozenset[str]:
    """Return the names of the files in a folder, without their suffixes."""
    return frozenset(_stem(path.name) for path in folder.iterdir())


def _stem(name: str) -> str:
    path = PurePosixPath(name)
    return path.with_suffix("").as_posix() if path.suffix else name
