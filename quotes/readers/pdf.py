"""A PDF to Document: the only door to pypdf.

In: the bytes of a PDF. Out: one Document with the text of its pages as paragraphs
(`quotes.readers.pdf_reflow`), in the order in which the file draws it, and a `Failure` after it
where pages could not be read, or not wholly: the others are kept. Title, author and day come from
the file's properties only where the text bears them out. Rotated text in margins is left out. No
picture is looked at, no script run: a page that is a photograph of text holds none, and one with a
stamp over it is not read either.

Pages are read one at a time; a page that is too long or takes too long is given up, and so is a
file.
"""

from __future__ import annotations

import io
import logging
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from math import hypot
from typing import TYPE_CHECKING, Any

from quotes.errors import InputError
from quotes.readers.metadata import Metadata
from quotes.readers.office_metadata import confirmed_properties, without_title
from quotes.readers.pdf_layout import Line
from quotes.readers.pdf_reflow import PagedParagraph, paged_paragraphs
from quotes.readers.plain_text import document
from quotes.records import Document, Failure, Location

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 2000
MAX_PAGE_BYTES = 8 << 20  # bytes of drawing instructions; a page of a newspaper has some 100,000
MAX_SECONDS, PAGE_SECONDS = 120.0, 20.0
BETWEEN = "\n\n"
SCAN_SHARE = 0.8  # of the page, covered by pictures: a photograph of a page
MAX_FORMS = 2  # forms inside each other, as scanning programs draw pages
MIN_LETTERS = 200  # over such a picture: fewer are a stamp, more a layer of recognised text
MAX_GAP = 500.0  # thousandths of the size: more than a space between words that are spread out
SPACES_TO_GAPS = 2  # drawn spaces for each gap between letters, for it to be none between words
UNREADABLE_SHARE = 0.2  # of the letters: more, and the fonts do not say which letters they show
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b]")
BEGIN_TEXT = re.compile(rb"(?:^|\s)BT\s")
UNKNOWN_LETTER = re.compile("[\ufffd\ue000-\uf8ff]")

LOG = logging.getLogger("pypdf.filters")  # where pypdf says that it could not unpack all of a page
logging.getLogger("pypdf").addHandler(
    logging.NullHandler()
)  # its complaints about odd files would go to standard error


class _TooLong(Exception):
    """A page takes longer than it may."""


def read_pdf(
    data: bytes, *, id: str, metadata: Metadata, source: str
) -> Iterator[Document | Failure]:
    """Yield the Document, then a Failure if pages are missing from it.

    Raises:
        InputError: where nothing can be read.
        LanguageError: as above.
    """
    reader = _open(data, source)
    lines, lost = _lines(reader, source)
    paged = paged_paragraphs(lines)
    found = [paragraph.text for paragraph in paged]
    if not found:
        raise InputError(f"{source}: {_why_empty(lost)}")
    _refuse_unreadable("".join(found), source)
    text = BETWEEN.join(found)
    known = metadata.or_else(_properties(reader, text))
    body = without_title(found, known.title)
    locations = tuple(_locations(paged[len(found) - len(body) :]))
    yield (
        read := document(
            BETWEEN.join(body),
            id=id,
            metadata=known,
            name=source,
            source=source,
            locations=locations,
        )
    )
    if lost:
        yield Failure(read.id, "read", f"{source}: {_those_lost(lost)}; the rest is read", source)


def _locations(paged: Sequence[PagedParagraph]) -> Iterator[Location]:
    """Yield where each page begins in the text of the paragraphs."""
    start, page = 0, 0
    for paragraph in paged:
        for offset, number in paragraph.pages:
            if number != page:
                yield Location(start + offset, page=number)
                page = number
        start += len(paragraph.text) + len(BETWEEN)


def _open(data: bytes, name: str) -> PdfReader:
    import pypdf
    from pypdf.errors import DependencyError, PyPdfError

    if not data.strip():
        raise InputError(f"{name}: is empty: nothing to read")
    if b"%PDF-" not in data[:1024]:
        raise InputError(f"{name}: is not a PDF, whatever its name says: give it its true suffix")
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(
                f"{name}: is encrypted and opens with a password only: save a copy without one"
            )
        count = len(reader.pages)
    except (DependencyError, NotImplementedError) as error:
        raise InputError(
            f"{name}: is encrypted in a way that cannot be read here: save a copy without "
            "protection"
        ) from error
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:  # what damage leads it to
        raise InputError(f"{name}: is a damaged PDF ({error}): get it again") from error
    if count > MAX_PAGES:
        raise InputError(
            f"{name}: has {count} pages, more than {MAX_PAGES}, too many for one article: split it"
        )
    return reader


def _lines(reader: PdfReader, name: str) -> tuple[list[Line], dict[int, str]]:
    """Return the lines of all pages, and for each page that cannot be read the reason."""
    from pypdf.errors import PyPdfError

    lines: list[Line] = []
    lost: dict[int, str] = {}
    end = time.monotonic() + MAX_SECONDS
    for number in range(1, len(reader.pages) + 1):
        if time.monotonic() > end:
            raise InputError(
                f"{name}: takes longer than {MAX_SECONDS:.0f} seconds to read, at page {number}: "
                "convert it to text"
            )
        try:
            with _heard() as complaints:
                lines += _page_lines(
                    reader.pages[number - 1],
                    number,
                    min(end, time.monotonic() + PAGE_SECONDS),
                    complaints,
                )
            if complaints:  # the page was read as far as it goes
                lost[number] = f"is damaged, so that text may be missing: {complaints[0]}"
        except _TooLong:
            lost[number] = "takes too long"
        except InputError as error:
            lost[number] = str(error)
        except RecursionError:
            lost[number] = "is nested too deeply"
        except (
            PyPdfError,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            IndexError,
            ArithmeticError,
        ) as error:
            lost[number] = (
                f"is damaged: {error}"  # what pypdf raises for pages that break the format
            )
    return lines, lost


class _Ear(logging.Handler):
    """Takes down what is said in this thread."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.thread = threading.get_ident()
        self.complaints: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.complaints.append(record.getMessage())


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Yield what pypdf says of the pages that it cannot unpack."""
    ear = _Ear()
    LOG.addHandler(ear)
    try:
        yield ear.complaints
    finally:
        LOG.removeHandler(ear)


def _page_lines(page: PageObject, number: int, end: float, complaints: list[str]) -> list[Line]:
    """Return the lines of a page, upright ones first.

    Those of another orientation only where there are no others, as on landscape pages.
    """
    contents = page.get_contents()
    if contents is None and "/Contents" in page:
        raise InputError("is damaged: its drawing is not one")
    if contents is None:
        return []
    drawing = contents.get_data()
    if len(drawing) > MAX_PAGE_BYTES:
        raise InputError(f"is too large ({len(drawing) >> 20} MB of drawing)")
    if BEGIN_TEXT.search(drawing, max(drawing.rfind(b"ET"), 0)):
        complaints.append("its drawing breaks off")
    return _oriented(page, number, end, (0,)) or _oriented(page, number, end, (90, 270, 180))


def _oriented(
    page: PageObject, number: int, end: float, orientations: tuple[int, ...]
) -> list[Line]:
    pieces: list[tuple[str, float, float, float]] = []
    pictures: list[float] = []  # the areas that they cover
    images = _images(page)

    def take(text: str, outer: list[float], inner: list[float], font: Any, size: float) -> None:
        pieces.append((text, *_place(outer, inner, size, orientations)))

    def watch(operator: bytes, operands: Any, outer: list[float], _: Any) -> None:
        if time.monotonic() > end:
            raise _TooLong
        if operator == b"TJ":
            _close_gaps(operands)
        elif operator == b"Do" and operands and str(operands[0]) in images:
            pictures.append(abs(outer[0] * outer[3] - outer[1] * outer[2]))

    page.extract_text(orientations=orientations, visitor_text=take, visitor_operand_before=watch)
    lines = list(_assemble(pieces, number))
    letters = sum(map(str.isalnum, "".join(line.text for line in lines)))
    area = float(page.mediabox.width) * float(page.mediabox.height)
    if lines and letters < MIN_LETTERS and sum(pictures) > SCAN_SHARE * area:
        raise InputError(
            "is a picture with little text over it, such as a stamp: run text recognition (OCR) "
            "on it first"
        )
    return lines


def _images(drawn: Any, depth: int = MAX_FORMS) -> frozenset[str]:
    """Return the names under which a page, or a form on it, draws pictures."""
    resources = drawn.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    found: set[str] = set()
    for name, each in objects.get_object().items() if objects is not None else ():
        inner = each.get_object()
        if inner.get("/Subtype") == "/Image":
            found.add(str(name))
        elif depth:
            found |= _images(inner, depth - 1)
    return frozenset(found)


def _close_gaps(operands: Any) -> None:
    """Take the room from between letters of a line that draws the spaces between its words.

    There it is no space, however wide: fonts with wrong widths are set so. Where room alone parts
    words, it is left.
    """
    parts = operands[0] if operands and isinstance(operands[0], list) else []
    texts = {n: _letters(part) for n, part in enumerate(parts) if isinstance(part, str | bytes)}
    gaps = [
        n
        for n, part in enumerate(parts)
        if isinstance(part, int | float)
        and -MAX_GAP < part < 0
        and texts.get(n - 1, "")[-1:].islower()
        and texts.get(n + 1, "")[:1].islower()
    ]
    if sum(text.count(" ") for text in texts.values()) >= SPACES_TO_GAPS * len(gaps):
        for n in gaps:
            parts[n] = type(parts[n])(0)


def _letters(text: str | bytes) -> str:
    """Return a text of a drawing where its codes are letters; "" where fonts number their own."""
    shown = text.decode("latin-1") if isinstance(text, bytes) else text
    return "" if CONTROL.search(shown) else shown


def _place(
    outer: list[float], inner: list[float], size: float, orientations: tuple[int, ...]
) -> tuple[float, float, float]:
    """Return where a piece of text stands on the page, and the size of its letters.

    In points from the left and from the foot, as one reads it.
    """
    a, b, c, d, e, f = outer
    left, height = inner[4] * a + inner[5] * c + e, inner[4] * b + inner[5] * d + f
    across, up = inner[2] * a + inner[3] * c, inner[2] * b + inner[3] * d
    if 0 not in orientations and abs(across) > abs(up):
        left, height = (height, -left) if across < 0 else (-height, left)
    return left, height, abs(size) * hypot(across, up)


def _assemble(pieces: list[tuple[str, float, float, float]], page: int) -> Iterator[Line]:
    """Assemble pieces of text to lines.

    A line begins where its first letter stands, and its size is that of most of its letters.
    """
    parts: list[tuple[str, float, float, float]] = []
    for text, *place in pieces:
        for number, part in enumerate(text.split("\n")):
            if number:
                yield from _line(parts, page)
                parts = []
            parts.append((part, place[0], place[1], place[2]))
    yield from _line(parts, page)


def _line(parts: list[tuple[str, float, float, float]], page: int) -> Iterator[Line]:
    text = " ".join(
        CONTROL.sub("", "".join(part[0] for part in parts)).translate(LIGATURES).split()
    )
    if not text:
        return
    _, left, height, _ = next(part for part in parts if part[0].strip())
    size = max(parts, key=lambda part: len(part[0].strip()))[3]
    yield Line(text, page, left, height, size or 1.0)


def _properties(reader: PdfReader, text: str) -> Metadata:
    from pypdf.errors import PyPdfError

    try:
        found = reader.metadata
        if found is None:
            return Metadata()
        return confirmed_properties(
            text,
            title=_words(found.title),
            author=_words(found.author),
            made=_day(found.creation_date),
        )
    except (
        PyPdfError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
    ):  # a date or a string that is none: nothing is known
        return Metadata()


def _words(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _refuse_unreadable(text: str, name: str) -> None:
    if len(UNKNOWN_LETTER.findall(text)) > UNREADABLE_SHARE * len(text):
        raise InputError(
            f"{name}: its fonts do not say which letters they show: run text recognition (OCR) on "
            "it first"
        )


def _why_empty(lost: dict[int, str]) -> str:
    if lost:
        return f"no page can be read: {_those_lost(lost)}"
    return "holds no text: its pages are images, or empty: run text recognition (OCR) on it first"


def _those_lost(lost: dict[int, str], most: int = 5) -> str:
    """Return the pages that cannot be read, with the reasons of the first few."""
    named = [f"page {number} {reason}" for number, reason in list(lost.items())[:most]]
    return "; ".join(named) + (f"; and {len(lost) - most} more pages" if len(lost) > most else "")
