"""Rows as CSV and as JSON lines."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from datetime import date

from quotes.output import tables
from quotes.output.documents import FORMULA_PREFIXES
from quotes.output.tables.csv_and_jsonl import rows_text
from quotes.store import COLUMNS, EVERYTHING, Store
from tests.output.tables.reading import cells, written
from tests.stores import FORMULA as EVIL


def test_csv_holds_the_rows_of_the_frame_with_their_sentences(store: Store) -> None:
    rows, frame = cells(written(store, "csv")), store.quotes()
    assert list(rows[0]) == list(COLUMNS)
    assert [row["id"] for row in rows] == frame["id"].tolist()
    assert [row["words"].removeprefix("'") for row in rows] == frame["words"].tolist()
    fight = next(row for row in rows if row["words"] == "“We will fight it,”")
    assert fight["before"] == "According to a city report, 40 ships left last year."
    assert fight["published"] == "2024-03-04"
    assert re.fullmatch(r"\d+-\d+", fight["content_spans"])


def test_no_cell_of_a_csv_begins_like_a_formula(store: Store) -> None:
    rows = cells(written(store, "csv"))
    found = [cell for row in rows for cell in row.values()]
    assert {"'" + EVIL, "'@author", "'=school"} <= set(found)
    assert not [cell for cell in found if cell.startswith(FORMULA_PREFIXES)]


def test_tabs_stand_between_cells_of_a_tsv(store: Store) -> None:
    lines = written(store, "tsv").decode().splitlines()
    assert lines[0].split("\t") == list(COLUMNS)
    rows = list(csv.DictReader(lines, delimiter="\t"))
    assert rows == cells(written(store, "csv"))


def test_a_byte_order_mark_is_written_where_it_is_wanted(store: Store) -> None:
    def begun(file_format: str, bom: bool) -> bytes:
        stream = io.BytesIO()
        layout = tables.Layout(columns=["words", "outlet"], bom=bom)
        tables.export_quotes(store, EVERYTHING, stream, file_format=file_format, layout=layout)
        return stream.getvalue()[:8]

    assert begun("csv", True) == codecs.BOM_UTF8 + b"words"
    assert begun("tsv", True) == codecs.BOM_UTF8 + b"words"
    assert begun("csv", False).startswith(b"words,ou")
    assert begun("jsonl", True).startswith(b"{")


def test_json_lines_hold_plain_values(store: Store) -> None:
    objects = [json.loads(line) for line in written(store, "jsonl").decode().splitlines()]
    assert [list(each) for each in objects] == [list(COLUMNS)] * len(store.quotes())
    for each in objects:
        text = store.document(each["document"]).text
        assert all(
            " ".join(text[start:end].split()) in each["words"]
            for start, end in each["content_spans"]
        )
    assert {each["published"] for each in objects} == {"2024-03-04", "2024-05-06", None}
    assert EVIL in {each["outlet"] for each in objects}


def test_rows_in_memory_are_text_with_nothing_like_a_formula() -> None:
    columns, rows = ("name", "first", "quotes"), [("=Falk", date(2024, 3, 4), 2), ("Ola", None, 0)]
    assert rows_text(columns, rows, "csv") == "name,first,quotes\n'=Falk,2024-03-04,2\nOla,,0\n"
    assert rows_text(columns, rows, "jsonl") == (
        '{"name": "=Falk", "first": "2024-03-04", "quotes": 2}\n'
        '{"name": "Ola", "first": null, "quotes": 0}\n'
    )
    assert rows_text(columns, [], "csv") == "name,first,quotes\n"
    assert rows_text(columns, [], "jsonl") == ""
