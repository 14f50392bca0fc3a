"""Rows as a sheet for Excel and LibreOffice."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import date, datetime

import pyarrow as pa
import pytest

from quotes.errors import InputError
from quotes.output import tables
from quotes.output.tables import xlsx
from quotes.store import COLUMNS, Store
from tests.output.tables.reading import workbook, written
from tests.stores import FORMULA as EVIL


def test_a_sheet_holds_text_as_text_and_days_as_days(store: Store) -> None:
    rows, text = workbook(written(store, "xlsx"))
    assert [value for _, value in rows[0]] == list(COLUMNS)
    assert len(rows) == 1 + len(store.quotes())
    values = {cell for row in rows[1:] for cell in row}
    assert ("inlineStr", EVIL) in values
    assert ("inlineStr", "“-20 degrees is too cold,”") in values
    assert ("n", str((date(2024, 3, 4) - date(1899, 12, 30)).days)) in values
    assert "<f>" not in text
    assert 'state="frozen"' in text


def test_web_addresses_of_articles_are_the_only_links(store: Store) -> None:
    content = written(store, "xlsx")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        links = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
        styles = book.read("xl/styles.xml").decode()
    targets = set(re.findall(r'Target="([^"]+)"', links))
    assert {html.unescape(target) for target in targets} == {"https://post.example/prices?a=1&b=2"}
    assert ("inlineStr", "javascript:alert(1)") in {
        cell for row in workbook(content)[0] for cell in row
    }
    assert "<b/>" in styles  # the header


def test_a_day_that_is_known_as_a_month_or_year_is_no_day() -> None:
    days, precisions = (
        [date(2024, 3, 4), date(2024, 3, 1), date(2023, 1, 1)],
        ["day", "month", "year"],
    )
    batch = pa.record_batch(
        [pa.array(days, pa.date32()), pa.array(precisions)], names=["said_on", "said_precision"]
    )
    stream = io.BytesIO()
    assert tables.write_batch(batch, stream, "xlsx", ["said_on"]) == 3
    rows, _ = workbook(stream.getvalue())
    assert rows[1:] == [
        [("n", str((date(2024, 3, 4) - date(1899, 12, 30)).days))],
        [("inlineStr", "2024-03")],
        [("inlineStr", "2023")],
    ]


def test_a_sheet_survives_what_it_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table(
        {
            "words": ["x" * 40_000, "\x01bell"],
            "published": [date(1066, 10, 14), None],
            "added": [datetime(2024, 1, 2, 3, 4), None],
        }
    )
    stream = io.BytesIO()
    assert tables.write_rows(table.to_reader(), stream, "xlsx") == 2
    rows, _ = workbook(stream.getvalue())
    assert rows[1][0][1] == "x" * 32_766 + "…"
    assert rows[1][1] == ("inlineStr", "1066-10-14")
    monkeypatch.setattr(xlsx, "MAX_ROWS", 1)
    with pytest.raises(InputError, match="most that a sheet can hold"):
        tables.write_rows(table.to_reader(), io.BytesIO(), "xlsx")
