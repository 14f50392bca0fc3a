"""Tables of a store as files: equal rows in every format, no formulas, complete or not at all."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotes.errors import InputError
from quotes.output import tables
from quotes.output.documents import FORMULA_PREFIXES
from quotes.output.tables import json_ld, xlsx
from quotes.output.tables.atomic_file import atomic_file
from quotes.records import ReviewRequest
from quotes.store import COLUMNS, EVERYTHING, Selection, Store, row_batches
from tests.stores import FORMULA as EVIL
from tests.stores import stocked

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def store(tmp_path: Path, frozen: Path) -> Store:
    return stocked(tmp_path / "store", frozen)


def written(store: Store, form: str, wanted: Selection = EVERYTHING) -> bytes:
    stream = io.BytesIO()
    tables.export_quotes(store, wanted, stream, file_format=form)
    return stream.getvalue()


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


def test_csv_holds_the_rows_of_the_frame_with_their_sentences(store: Store) -> None:
    rows, frame = cells(written(store, "csv")), store.quotes()
    assert list(rows[0]) == list(COLUMNS)
    assert [row["id"] for row in rows] == frame["id"].tolist()
    assert [row["words"].removeprefix("'") for row in rows] == frame["words"].tolist()
    fight = next(row for row in rows if row["words"] == "We will fight it,")
    assert fight["before"] == "According to a city report, 40 ships left last year."
    assert fight["published"] == "2024-03-04"
    assert re.fullmatch(r"\d+-\d+", fight["content_spans"])


def test_no_cell_of_a_csv_begins_like_a_formula(store: Store) -> None:
    rows = cells(written(store, "csv"))
    found = [cell for row in rows for cell in row.values()]
    assert {"'" + EVIL, "'@author", "'=school", "'-20 degrees is too cold,"} <= set(found)
    assert not [cell for cell in found if cell.startswith(FORMULA_PREFIXES)]


def test_json_lines_hold_plain_values(store: Store) -> None:
    objects = [json.loads(line) for line in written(store, "jsonl").decode().splitlines()]
    assert [list(each) for each in objects] == [list(COLUMNS)] * len(store.quotes())
    for each in objects:
        text = store.document(each["document"]).text
        assert " … ".join(text[start:end] for start, end in each["content_spans"]) == each["words"]
    assert {each["published"] for each in objects} == {"2024-03-04", "2024-05-06", None}
    assert EVIL in {each["outlet"] for each in objects}


def test_parquet_is_the_same_table(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "quotes.parquet"
    assert tables.export_quotes(store, EVERYTHING, target) == len(store.quotes())
    found = pq.read_table(target)
    assert found.equals(store.find_quotes(EVERYTHING))


def test_a_sheet_holds_text_as_text_and_days_as_days(store: Store) -> None:
    rows, text = workbook(written(store, "xlsx"))
    assert [value for _, value in rows[0]] == list(COLUMNS)
    assert len(rows) == 1 + len(store.quotes())
    values = {cell for row in rows[1:] for cell in row}
    assert ("inlineStr", EVIL) in values
    assert ("inlineStr", "-20 degrees is too cold,") in values
    assert ("n", str((date(2024, 3, 4) - date(1899, 12, 30)).days)) in values
    assert "<f>" not in text
    assert "<hyperlink" not in text
    assert 'state="frozen"' in text


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


def test_a_quotation_says_who_said_what_where(store: Store) -> None:
    made = json.loads(written(store, "jsonld"))
    assert made["@context"][0] == "https://schema.org"
    fight = next(each for each in made["@graph"] if each["text"] == "We will fight it,")
    anna = store.speaker("Anna Lindqvist")
    assert fight["@type"] == "Quotation"
    assert fight["spokenByCharacter"] == {
        "@type": "Person",
        "@id": f"urn:x-quotes:speaker:{anna.id}",
        "name": "Anna Lindqvist",
        "jobTitle": "harbour director",
    }
    assert fight["creator"] == {"@id": fight["spokenByCharacter"]["@id"]}
    assert fight["isPartOf"] == {
        "@type": "NewsArticle",
        "identifier": "harbour",
        "url": "https://post.example/prices?a=1&b=2",
        "headline": "Prices",
        "publisher": {"@type": "Organization", "name": "Harbour Post"},
        "datePublished": "2024-03-04",
    }
    assert fight["quotes:before"] == "According to a city report, 40 ships left last year."
    assert "dateCreated" not in fight  # the day of publication is not when it was said
    assert {each["isPartOf"].get("url") for each in made["@graph"]} == {
        "https://post.example/prices?a=1&b=2",
        None,
    }


def test_a_denial_is_no_quotation_and_a_report_no_person(store: Store) -> None:
    frame, graph = store.quotes(), json.loads(written(store, "jsonld"))["@graph"]
    assert "denied" in frame["factuality"].tolist()
    assert sorted(each["identifier"] for each in graph) == sorted(
        frame["id"][frame["factuality"] == "said"]
    )
    report = next(each for each in graph if each["text"].startswith("40 ships"))
    assert "spokenByCharacter" not in report
    assert report["citation"] == {"@type": "CreativeWork", "name": "city report"}
    council = next(each for each in graph if each["text"] == "that it would not pay")
    assert council["spokenByCharacter"]["@type"] == "Organization"


@pytest.mark.parametrize(
    ("precision", "day", "wanted"),
    [
        ("day", date(2023, 10, 27), "2023-10-27"),
        ("week", date(2023, 10, 23), "2023-W43"),
        ("week", date(2024, 12, 30), "2025-W01"),
        ("month", date(2023, 10, 1), "2023-10"),
        ("year", date(2023, 1, 1), "2023"),
        (None, None, None),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(
    precision: str | None, day: date | None, wanted: str | None
) -> None:
    row: dict[str, Any] = dict.fromkeys(COLUMNS) | {
        "said_on": day,
        "said_precision": precision,
        "published": date(2025, 1, 1),
        "id": "q",
    }
    assert json_ld.quotation(row).get("dateCreated") == wanted


def test_only_the_selection_is_written(store: Store) -> None:
    wanted = store.selection_of(store.speaker("Anna Lindqvist"), since=date(2024, 5, 1))
    assert [row["document"] for row in cells(written(store, "csv", wanted))] == ["later"]
    assert len(cells(written(store, "csv", Selection(kind="organization")))) == 2
    assert written(store, "csv", Selection(about="nowhere")).decode() == ",".join(COLUMNS) + "\n"
    assert json.loads(written(store, "jsonld", Selection(about="nowhere")))["@graph"] == []


def test_other_tables_are_written_as_they_count(store: Store, tmp_path: Path) -> None:
    store.review(ReviewRequest(action="reject", by="R. Reader", quote=store.quotes()["id"][0]))
    numbers = {}
    for table in tables.TABLES:
        target = tmp_path / f"{table}.csv"
        numbers[table] = tables.export_table(store, table, target)
        assert len(cells(target.read_bytes())) == numbers[table]
    assert numbers == {"quotes": 7, "documents": 3, "reviews": 1, "failures": 0, "speakers": 2}
    anna = cells((tmp_path / "speakers.csv").read_bytes())[0]
    assert (anna["name"], anna["aliases"], anna["quotes"]) == (
        "Anna Lindqvist",
        "Anna Lindqvist",
        "2",
    )
    assert "text" not in cells((tmp_path / "documents.csv").read_bytes())[0]
    with pytest.raises(InputError, match="jsonld"):
        tables.export_table(store, "documents", tmp_path / "documents.jsonld")


def test_very_many_rows_come_unsorted_and_complete(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sorting all columns of millions of rows would need more memory than the database may use."""
    monkeypatch.setattr(row_batches, "MAX_SORTED_ROWS", 7)
    assert sorted(row["id"] for row in cells(written(store, "csv"))) == sorted(store.quotes()["id"])


def test_rows_pass_through_in_batches(tmp_path: Path) -> None:
    """However many rows come, only one batch is looked at, and written, at a time."""
    schema, seen = pa.schema([("words", pa.string())]), list[int]()
    target = tmp_path / "many.csv"

    def batches(stream: Any) -> Iterator[pa.RecordBatch]:
        for _ in range(5):
            seen.append(stream.tell())
            yield pa.record_batch([["word"] * 1000], schema=schema)

    with target.open("wb") as stream:
        reader = pa.RecordBatchReader.from_batches(schema, batches(stream))
        assert tables.write_rows(reader, stream, "csv") == 5000
    assert seen == [len("words\n") + 5000 * number for number in range(5)]


def _broken() -> Iterator[pa.RecordBatch]:
    yield pa.record_batch([["half"]], names=["words"])
    raise RuntimeError


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "quotes.csv"
    target.write_text("before")
    rows = pa.RecordBatchReader.from_batches(pa.schema([("words", pa.string())]), _broken())
    with pytest.raises(RuntimeError), atomic_file(target) as stream:
        tables.write_rows(rows, stream, "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["quotes.csv"]
    assert target.read_text() == "before"
    with (
        pytest.raises(InputError, match=r"no/quotes\.csv: cannot be written: No such file"),
        atomic_file(tmp_path / "no" / "quotes.csv"),
    ):
        pass
    with pytest.raises(InputError, match="is a folder"), atomic_file(tmp_path):
        pass


def test_the_ending_names_the_format() -> None:
    assert tables.format_of(Path("a.XLSX")) == "xlsx"
    with pytest.raises(InputError, match=r"quotes\.doc: unknown format: end the name in \.csv, "):
        tables.format_of(Path("quotes.doc"))
