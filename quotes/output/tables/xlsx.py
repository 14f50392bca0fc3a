"""Rows as a sheet for Excel and LibreOffice. The only place that knows xlsxwriter.

In: Arrow batches. Out: a workbook of one sheet with a bold header that stays in view, days as days,
numbers as numbers, web addresses in the columns LINKED as links and all else as text, so that no
formula comes out of an article.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from quotes.errors import InputError
from quotes.output.tables.arrangement import DAY
from quotes.output.tables.cells import cell_text

MAX_ROWS = 1_048_575  # of a sheet, without the header
MAX_CELL_CHARS = 32_767
MAX_LINKS = 65_000  # a sheet holds 65,530
MAX_LINK_CHARS = 2_000  # a link holds 2,079
MIN_DATE = date(1900, 3, 1)  # spreadsheets disagree on days before it
# fmt: off
WIDTHS = {  # in characters; other columns are as wide as their name, and at least MIN_WIDTH
    "words": 80, "before": 50, "after": 50, "title": 40, "url": 40, "speaker": 22,
    "speaker_name": 22, "name": 22, "role": 26, "outlet": 20, "document": 24, "source": 20,
    "cue": 14, "message": 60, "aliases": 40,
}
# fmt: on
MIN_WIDTH = 11  # characters: those of a day
LINKED = ("url", "permalink")  # the columns whose addresses become links
WEB = re.compile(r"https?://[^\s\"<>\x00-\x1f]+")
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Link:
    """The key of the form of links."""


def write_xlsx(rows: pa.RecordBatchReader, stream: BinaryIO) -> int:
    """Write a workbook, and return the number of rows.

    Raises:
        InputError: There are more rows than a sheet can hold, or no room for temporary files.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "made.xlsx")
        book = xlsxwriter.Workbook(made, {**OPTIONS, "tmpdir": folder})
        try:
            try:
                written = _fill(book, rows)
            finally:
                book.close()  # in any case: it holds files open
        except XlsxWriterException as error:
            raise InputError(
                f"the workbook cannot be written: {error}: make room, or choose another format"
            ) from error
        with made.open("rb") as whole:
            shutil.copyfileobj(whole, stream)
    return written


def _fill(book: Any, rows: pa.RecordBatchReader) -> int:
    """Write rows into a new sheet, and return their number."""
    sheet = book.add_worksheet("quotes")
    head, wrapped = (
        book.add_format({"bold": True, "bottom": 1}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    forms = {
        date: book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"}),
        datetime: book.add_format(
            {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left", "valign": "top"}
        ),
        str: wrapped,
        float: book.add_format({"num_format": "0.00", "valign": "top"}),
        Link: book.add_format({"font_color": "blue", "underline": 1, "valign": "top"}),
        int: book.add_format({"valign": "top"}),
    }
    sheet.freeze_panes(1, 0)
    for at, name in enumerate(rows.schema.names):
        sheet.set_column(at, at, WIDTHS.get(name, max(MIN_WIDTH, len(name) + 2)))
        sheet.write_string(0, at, name, head)
    said_on = rows.schema.get_field_index(DAY)
    linked = {rows.schema.get_field_index(name) for name in LINKED}
    written = links = 0
    for batch in rows:
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            written += 1
            if written > MAX_ROWS:
                raise InputError(
                    f"more than {MAX_ROWS:,} rows, the most that a sheet can hold: select fewer, "
                    "or choose another format"
                )
            for at, value in enumerate(row):
                if at in linked and links < MAX_LINKS and is_link(value):
                    sheet.write_url(written, at, value, forms[Link], value)
                    links += 1
                elif at == said_on and isinstance(value, str) and len(value) == len("2024-03-04"):
                    _write(sheet, written, at, date.fromisoformat(value), forms)
                else:
                    _write(sheet, written, at, value, forms)
    if rows.schema.names:
        sheet.autofilter(0, 0, written, len(rows.schema.names) - 1)
    return written


def is_link(value: Any) -> bool:
    """Return True for a web address that a cell can link to."""
    return (
        isinstance(value, str) and len(value) <= MAX_LINK_CHARS and WEB.fullmatch(value) is not None
    )


def _write(sheet: Any, row: int, at: int, value: Any, forms: dict[type, Any]) -> None:
    """Write one value into its cell; missing values and empty lists leave it empty."""
    if value is None or value == []:
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, at, value.replace(tzinfo=None), forms[datetime])
    elif isinstance(value, date) and value >= MIN_DATE:
        sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), forms[date])
    elif isinstance(value, (int, float)):
        sheet.write_number(row, at, round(value, 4), forms[type(value)])
    else:
        words = value if isinstance(value, str) else cell_text(value)
        sheet.write_string(
            row,
            at,
            words if len(words) <= MAX_CELL_CHARS else words[: MAX_CELL_CHARS - 1] + "…",
            forms[str],
        )
