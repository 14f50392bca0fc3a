"""Lists as files: what they hold, how they are named, and that nothing in them is a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from quotes.web import exports
from tests.said import Said, article, said_client
from tests.web_client import newsroom, review

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet(data: bytes) -> list[list[str]]:
    """Return the cells of a workbook as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert not list(root.iter(f"{MAIN}f"))  # no formula
    return [
        ["".join(cell.itertext()) for cell in row.iter(f"{MAIN}c")]
        for row in root.iter(f"{MAIN}row")
    ]


def rows(client: TestClient, address: str, **given: Any) -> list[dict[str, str]]:
    """Return the rows of a list as CSV has them."""
    text = client.get(address, params={**given, "format": "csv"}).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    words = "Every ship pays its way now"
    return said_client(
        tmp_path,
        article(
            "a", Said("Ida Falk", words, role="mayor"), outlet="Times", source="https://t.example/a"
        ),
        article("b", Said("Ida Falk", words), outlet="Echo"),
    )


def test_quotes_have_statement_permalink_and_what_people_read_first_stands_first(
    client: TestClient,
) -> None:
    found = rows(client, "/search", q="ship")
    assert list(found[0])[:4] == ["speaker_name", "speaker", "role", "words"]
    assert {row["source"] for row in found} == {"Ida Falk"}
    assert len({row["statement"] for row in found}) == 1
    host = str(client.base_url)
    assert [row["permalink"] for row in found] == [f"{host}/quote/{row['id']}" for row in found]
    assert {row["url"] for row in found} == {"https://t.example/a", ""}
    assert client.get(found[0]["permalink"]).status_code == 200


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("/search", {"q": "ship"}),
        ("/review", {}),
        ("/article", {"id": "a"}),
        ("/speaker/ida-falk", {}),
        ("/check", {"words": "Every ship pays its way"}),
    ],
)
def test_each_file_of_quotes_leads_to_statement_page_and_original(
    client: TestClient, page: str, asked: dict[str, str]
) -> None:
    searched = {row["id"]: row for row in rows(client, "/search", q="ship")}
    found = rows(client, page, **asked)
    assert found
    for row in found:
        for name in ("statement", "permalink", "url", "before", "after"):
            assert row[name] == searched[row["id"]][name], name


def test_quotes_have_the_sentences_around_them(tmp_path: Path) -> None:
    client = newsroom(tmp_path)
    store = client.app.state.app_state.store  # type: ignore[attr-defined]
    known = {quote["id"]: quote for quote in store._session().rows("SELECT * FROM quotes")}
    found = rows(client, "/search")
    assert len(found) == len(known) > 3
    for row in found:
        assert row["before"] == (known[row["id"]]["before"] or "")
        assert row["after"] == (known[row["id"]]["after"] or "")
    assert any(row["before"] for row in found)


def test_a_sheet_has_the_same_cells_as_csv(client: TestClient) -> None:
    for address in ("/search", "/speakers", "/speaker/ida-falk", "/statements", "/articles"):
        answer = client.get(address, params={"format": "xlsx"})
        assert answer.headers["content-type"] == exports.TYPES["xlsx"]
        assert answer.headers["content-disposition"].endswith('.xlsx"')
        made = sheet(answer.content)
        found = rows(client, address)
        assert made[0] == list(found[0])
        assert len(made) == len(found) + 1


@pytest.mark.parametrize(
    ("address", "given", "name"),
    [
        ("/search", {"q": "Ida Falk"}, "search-ida-falk"),
        ("/search", {"q": "ship", "outlet": ["Times", "Echo"]}, "search-ship-times-echo"),
        ("/speaker/ida-falk", {}, "speaker-ida-falk"),
        ("/article", {"id": "a"}, "article-a"),
        ("/reviews", {"only": "standing"}, "reviews-standing"),
        ("/speakers", {}, "speakers"),
        ("/search", {"q": "../«Šip»\n/x"}, "search-sip-x"),
    ],
)
def test_a_file_is_named_after_what_it_holds(
    client: TestClient, address: str, given: dict[str, Any], name: str
) -> None:
    for ending in exports.TYPES:
        answer = client.get(address, params={**given, "format": ending})
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}.{ending}"'


def test_a_day_that_is_known_as_a_month_is_no_day_in_a_file(client: TestClient) -> None:
    quote = rows(client, "/search", outlet="Times")[0]["id"]
    review(client, "date", quote=quote, value="2024-02")
    found = {row["outlet"]: row for row in rows(client, "/search")}
    assert (found["Times"]["said_on"], found["Times"]["day"]) == ("2024-02", "2024-02")
    assert (found["Echo"]["said_on"], found["Echo"]["day"]) == ("", "2024-03-04")
    assert rows(client, "/speakers")[0]["first"] == "2024-02"


def test_a_statement_says_what_differs_between_prints(tmp_path: Path) -> None:
    client = said_client(
        tmp_path,
        article("a", Said("Ida Falk", "The old cranes along the harbour are idle today")),
        article("b", Said("Ida Falk", "The cranes along the harbour are badly idle today")),
    )
    quote = rows(client, "/article", id="a")[0]["id"]
    found = {row["document"]: row["difference"] for row in rows(client, f"/statement/{quote}")}
    assert "[-old-]" in found["b"]
    assert "[+badly+]" in found["b"]
    assert "[" not in found["a"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_no_cell_of_a_sheet_is_a_formula(cell: str) -> None:
    made = sheet(exports.to_xlsx([{"words": cell, "url": "javascript:alert(1)"}]))
    assert made[1][0].strip() == cell.strip().replace("\t", "")


def test_numbers_days_and_lists_stay_what_they_are_in_a_sheet() -> None:
    made = sheet(
        exports.to_xlsx(
            [
                {"n": 3, "share": 0.5, "names": ["a", "b"], "day": date(2024, 3, 4), "yes": True},
                {"n": None, "share": 1, "names": [], "day": None, "yes": None},
            ]
        )
    )
    assert made[0] == ["n", "share", "names", "day", "yes"]
    assert made[1] == ["3", "0.5", "a; b", "45355", "yes"]
