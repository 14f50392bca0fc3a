"""A Word file (.docx) to Document: the only door to python-docx.

In: the bytes of the file. Out: a Document with the text of its body: paragraphs, items of lists and
cells of tables, in order, with a blank line between. Tracked changes are taken as made. Left out
are headers, footers, footnotes, comments, text boxes, hidden text and the numbers of lists. A first
paragraph in the style "Title" is the title and not part of the text; title, author and day from the
file's properties are used only where the text bears them out. Nothing is fetched, no macro run.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from quotes.errors import InputError
from quotes.readers.metadata import Metadata
from quotes.readers.office_metadata import confirmed_properties, without_title
from quotes.readers.plain_text import document
from quotes.records import Document
from quotes.text.folding import fold_case

if TYPE_CHECKING:
    from docx.document import Document as WordFile

MAX_UNPACKED_BYTES = 256 << 20  # bytes, pictures included
MAX_PARTS = 10_000
DEEPEST = 20  # tables within tables
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PASSED_OVER = frozenset(
    {f"{WORDS}{name}" for name in ("del", "moveFrom", "txbxContent", "pict", "object", "instrText")}
)
CHARACTERS = {
    f"{WORDS}tab": "\t",
    f"{WORDS}br": "\n",
    f"{WORDS}cr": "\n",
    f"{WORDS}noBreakHyphen": "-",
}
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\ufeff]")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_docx(data: bytes, *, id: str, metadata: Metadata, source: str) -> Document:
    """Return the Document.

    Raises:
        InputError: for what is no Word file, is encrypted, too large or holds no text.
        LanguageError: as above.
    """
    _check(data, source)
    file, styled = _open(data, source)
    if not styled:
        raise InputError(f"{source}: holds no text: is it made of pictures or text boxes?")
    found = [text for text, _ in styled]
    headed = found[0] if fold_case(styled[0][1]) == "title" and len(found) > 1 else None
    known = metadata.or_else(Metadata(title=headed)).or_else(_properties(file, "\n\n".join(found)))
    text = "\n\n".join(found[1:] if headed else without_title(found, known.title))
    return document(text, id=id, metadata=known, name=source, source=source)


def _check(data: bytes, name: str) -> None:
    """Raise InputError for a file that is no zip archive or would unpack to far too much."""
    if not data.strip():
        raise InputError(f"{name}: is empty: nothing to read")
    if data.startswith(OLD_OFFICE):
        raise InputError(
            f"{name}: is encrypted, or an old Word file (.doc): save it as .docx without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise InputError(
            f"{name}: is not a Word file, or is damaged ({error}): get it again"
        ) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise InputError(
            f"{name}: would unpack to more than {MAX_UNPACKED_BYTES >> 20} MB or {MAX_PARTS} "
            "parts: save it as text"
        )


def _open(data: bytes, name: str) -> tuple[WordFile, list[tuple[str, str]]]:
    """Return the file, and text and style of each paragraph that holds any, in tables, too."""
    import docx
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from lxml import etree  # type: ignore[import-untyped]

    try:
        file = docx.Document(io.BytesIO(data))
        return file, [(text, style) for text, style in _inner(file, 0) if text]
    except (etree.LxmlError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise InputError(f"{name}: is a damaged Word file ({error}): get it again") from error
    except (
        OpcError,
        PythonDocxError,
        LookupError,
        ValueError,
        AttributeError,
        TypeError,
        RuntimeError,
    ) as error:
        # What python-docx raises for an archive that lacks a part, or whose main part is of another
        # program.
        raise InputError(
            f"{name}: is not a Word file, or is damaged ({error}): give it its true suffix, or "
            "get it again"
        ) from error


def _inner(holder: Any, depth: int) -> Iterator[tuple[str, str]]:
    from docx.table import Table

    if depth > DEEPEST:
        return
    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            yield from _cells(block, depth)
        else:
            yield _text(block._element), (block.style.name or "" if block.style is not None else "")


def _cells(table: Any, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of a table row by row; cells that were put together come once."""
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield from _inner(cell, depth + 1)


def _text(element: Any) -> str:
    """Return what a reader sees of a paragraph; a line break in it stays one."""
    lines = CONTROL.sub("", "".join(_characters(element))).split("\n")
    return "\n".join(text for line in lines if (text := " ".join(line.split())))


def _characters(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in PASSED_OVER or not isinstance(child.tag, str) or _hidden(child):
            continue
        if child.tag == f"{WORDS}t":
            yield child.text or ""
        elif child.tag in CHARACTERS:
            yield CHARACTERS[child.tag]
        elif child.tag.rpartition("}")[2] != "Fallback":  # the same once more for old programs
            yield from _characters(child)


def _hidden(run: Any) -> bool:
    vanish = run.find(f"{WORDS}rPr/{WORDS}vanish") if run.tag == f"{WORDS}r" else None
    return vanish is not None and vanish.get(f"{WORDS}val", "true") not in ("false", "0", "off")


def _properties(file: WordFile, text: str) -> Metadata:
    try:
        found = file.core_properties
        return confirmed_properties(
            text,
            title=found.title,
            author=found.author,
            made=found.created.date() if found.created else None,
        )
    except (
        ValueError,
        KeyError,
        AttributeError,
        TypeError,
    ):  # a date that is none: nothing is known
        return Metadata()
