"""`metadata.csv`: what text files cannot say of themselves.

In: the file `metadata.csv` beside the articles, with a column `file` (or `id`: the file's name
without its suffix) and any of outlet, author, title, published (or date), url, language. Out: the
`Metadata` of one article file. A table in a folder covers that folder and those below it, with
paths relative to itself; the nearest one wins. Rows for files that are not there are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from quotes.errors import InputError
from quotes.readers.columns import metadata
from quotes.readers.delimited import read_mappings
from quotes.readers.metadata import UNKNOWN, Metadata
from quotes.text.folding import fold_case

FILE_NAME = "metadata.csv"
KEYS = ("file", "filename", "path", "id")


class MetadataTables:
    """The metadata tables met so far, each read once.

    `complaints` are those that could not be read: path and reason.
    """

    def __init__(self) -> None:
        self._tables: dict[Path, Mapping[str, Metadata]] = {}
        self._complaints: list[tuple[Path, str]] = []

    def find(self, path: Path, root: Path) -> Metadata:
        """Return what the tables from the folder of `path` up to `root` say, nearest first."""
        found = UNKNOWN
        for folder in (path.parent, *path.parent.parents):
            key = path.relative_to(folder).as_posix()
            table = self._table(folder)
            found = found.or_else(table.get(key, UNKNOWN)).or_else(table.get(_stem(key), UNKNOWN))
            if folder == root:
                break
        return found

    def complaints(self) -> Iterable[tuple[Path, str]]:
        """Return the tables that could not be read since the last call."""
        new, self._complaints = self._complaints, []
        return new

    def _table(self, folder: Path) -> Mapping[str, Metadata]:
        if folder not in self._tables:
            self._tables[folder] = self._read(folder / FILE_NAME)
        return self._tables[folder]

    def _read(self, path: Path) -> Mapping[str, Metadata]:
        try:
            return read_table(path) if path.is_file() else {}
        except (InputError, OSError) as error:
            reason = str(error) if isinstance(error, InputError) else f"{path}: {error.strerror}"
            self._complaints.append((path, f"{reason}; the articles are read without it"))
            return {}


def read_table(path: Path) -> Mapping[str, Metadata]:
    """Return the rows of one table by file name.

    Raises:
        InputError: where it is malformed or names no files.
    """
    table: dict[str, Metadata] = {}
    with path.open("rb") as stream:
        for values in read_mappings(stream, str(path)):
            row = {fold_case(name.strip()): value for name, value in values.items()}
            key = next((row[name].strip() for name in KEYS if row.get(name, "").strip()), None)
            if key is None:
                raise InputError(
                    f"{path}: a row names no file: it needs a column `file` (columns: "
                    f"{', '.join(values)})"
                )
            # `id` names the file here; the document keeps the id that its place gives it.
            table[PurePosixPath(key.replace("\\", "/")).as_posix()] = replace(
                metadata(row, {}), id=None
            )
    return table


def _stem(name: str) -> str:
    path = PurePosixPath(name)
    return path.with_suffix("").as_posix() if path.suffix else name
