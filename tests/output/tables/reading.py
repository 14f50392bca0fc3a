"""What tests of tables share: quotes of a store written in a format, and read back."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any
from xml.etree import ElementTree

from quotes.output import tables
from quotes.store import EVERYTHING, Selection, Store

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def written(store: Store, form: str, wanted: Selection = EVERYTHING) -> bytes:
    stream = io.BytesIO()
    tables.export_quotes(store, wanted, stream, file_format=form)
    return stream.getvalue()


def nested(store: Store, wanted: Selection, *, with_text: bool = False) -> list[dict[str, Any]]:
    stream = io.BytesIO()
    tables.export_documents(store, wanted, stream, with_text=with_text)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def workbook(content: bytes) -> tuple[list[list[tuple[str, str]]], str]:
    """The cells of the only sheet as (type, value), and the XML of the sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        text = book.read("xl/worksheets/sheet1.xml").decode()
    rows = list[list[tuple[str, str]]]()
    for row in ElementTree.fromstring(text).iter(f"{SHEET}row"):
        rows.append(
            [
                (cell.attrib.get("t", "n"), "".join(cell.itertext()))
                for cell in row.iter(f"{SHEET}c")
            ]
        )
    return rows, text
