"""The chart of a timeline as SVG, page and PNG: all quotes in place, escaped, nothing loaded."""

from __future__ import annotations

import re
import struct
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa
import pytest

from quotes.errors import InputError
from quotes.output.charts import page as pages
from quotes.output.charts import timeline as charts
from quotes.output.charts import timeline_chart, timeline_page, write_timeline
from quotes.output.charts.scale import scale
from quotes.records import Speaker
from quotes.store import COLUMNS, Store
from quotes.timeline import RoleSpan, Timeline, timeline
from tests.stores import EVIL, stocked

SVG = "{http://www.w3.org/2000/svg}"
ANNA = Speaker(id="anna", name="Anna & Søren <b>", kind="person")


def row(number: int = 0, **given: Any) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(COLUMNS)
    day = given.get("day", date(2023, 10, 27))
    known = {
        "id": f"{number:016x}",
        "document": f"d{number}",
        "words": f"words {number}",
        "type": "direct",
        "day": day,
        "published": day,
    }
    return (
        empty
        | known
        | {
            "outlet": "Post",
            "confidence": 0.9,
            "probability": 0.9,
            "factuality": "said",
            "reported_by": [],
        }
        | given
    )


def made(rows: list[dict[str, Any]], *roles: RoleSpan) -> Timeline:
    return Timeline(ANNA, pa.Table.from_pylist(rows), len(rows), roles)


def marks(svg: str) -> list[ElementTree.Element]:
    """The marks of quotes, without those that explain the colours."""
    found = [
        box
        for box in ElementTree.fromstring(svg).iter(f"{SVG}rect")
        if box.attrib["class"].startswith("mark")
    ]
    return [box for box in found if box.find(f"{SVG}title") is not None]


class Page(HTMLParser):
    """What a page would load, where its links lead, what it shows."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags, self.links, self.loads, self.texts = (
            list[str](),
            list[str](),
            list[str](),
            list[str](),
        )
        self.attributes = list[tuple[str, str, str]]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("href", "src", "srcset", "xlink:href", "action", "data"):
                self.loads.append(value or "")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture
def found(tmp_path: Path, frozen: Path) -> Timeline:
    store: Store = stocked(tmp_path / "store", frozen)
    return timeline(store, "Anna Lindqvist")


@pytest.mark.parametrize("number", [1, 5, 300, 5000])
def test_every_quote_is_a_mark_inside_the_picture(number: int) -> None:
    types, outlets = ("direct", "indirect", "mixed"), ("Post", "Star", "Ledger", None)
    rows = [
        row(
            n,
            type=types[n % 3],
            outlet=outlets[n % 4],
            day=date(2020, 1, 1) + timedelta(days=n * 7 % 900) if n % 11 else None,
        )
        for n in range(1, number + 1)
    ]
    svg = timeline_chart(made(rows))
    drawn = marks(svg)
    assert len(drawn) == number
    width, height = map(float, ElementTree.fromstring(svg).attrib["viewBox"].split()[2:])
    places = {(float(m.attrib["x"]), float(m.attrib["y"])) for m in drawn}
    assert len(places) == number  # none lies on another
    assert all(0 <= x < width and 0 <= y < height for x, y in places)
    assert all(x >= charts.LEFT for x, _ in places)


def test_marks_stand_by_time_type_and_outlet() -> None:
    rows = [
        row(0, day=date(2023, 1, 1)),
        row(1, day=date(2023, 6, 1), type="indirect"),
        row(2, day=None, outlet="Star", type="mixed"),
    ]
    first, second, third = sorted(
        marks(timeline_chart(made(rows))), key=lambda m: float(m.attrib["x"])
    )
    assert [m.attrib["class"] for m in (first, second, third)] == [
        "mark direct",
        "mark indirect",
        "mark mixed hollow",
    ]
    assert first.attrib["y"] == second.attrib["y"] < third.attrib["y"]
    assert first.findtext(f"{SVG}title") == "published 1 January 2023 · Post · direct\nwords 0"
    assert third.findtext(f"{SVG}title") == "date unknown · Star · mixed\nwords 2"


def test_a_month_or_a_year_does_not_widen_the_axis() -> None:
    """A year is no day: it stands apart, and the axis begins with the first exact day."""
    days = [row(n, day=date(2023, 10, 20 + n)) for n in range(1, 6)]
    year = row(0, said_on=date(2022, 1, 1), said_precision="year", day=date(2022, 1, 1))
    svg, alone = timeline_chart(made([year, *days])), timeline_chart(made(days))
    shown = re.sub(r"<title>.*?</title>", "", svg, flags=re.DOTALL)
    assert "2022" not in shown.replace("2022 –", "")
    assert "2022 – 25 October 2023" in svg
    drawn = sorted(marks(svg), key=lambda m: float(m.attrib["x"]))
    assert [m.attrib["class"] for m in drawn] == ["mark direct"] * 5 + ["mark direct hollow"]
    assert len(marks(alone)) == 5


def test_a_day_that_is_not_exactly_known_is_hollow() -> None:
    rows = [
        row(0, said_on=date(2023, 10, 2), said_precision="week", day=date(2023, 10, 2)),
        row(1, said_on=date(2023, 10, 27), said_precision="day"),
    ]
    svg = timeline_chart(made(rows))
    assert sorted(m.attrib["class"] for m in marks(svg)) == ["mark direct", "mark direct hollow"]
    assert "day of the week unknown" in svg


def test_more_quotes_than_marks_are_bars_that_say_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "MAX_MARKS", 20)
    monkeypatch.setattr(pages, "MAX_MARKS", 20)
    rows = [
        row(n, type="direct" if n % 3 else "indirect", day=date(2023, 1, 1 + n % 2))
        for n in range(60)
    ]
    bars = marks(timeline_chart(made(rows)))
    titles = [bar.findtext(f"{SVG}title") or "" for bar in bars]
    counts = [int(found[1]) for title in titles if (found := re.search(r"\n(\d+) ", title))]
    assert (len(counts), sum(counts)) == (len(titles), 60)
    assert "1 January 2023 · Post\n20 direct quotes" in titles
    page = timeline_page(made(rows))
    assert page.count("<li ") == 20
    assert "Listed below: the first 20 of 60 quotes." in page


def test_roles_are_bands_with_their_words_over_their_time() -> None:
    roles = [
        RoleSpan(
            role="minister",
            forms=(),
            first=date(2023, 1, 1),
            last=date(2023, 3, 1),
            times=1,
            documents=2,
        ),
        RoleSpan(
            role="former minister",
            forms=(),
            first=date(2023, 3, 20),
            last=date(2023, 3, 20),
            times=1,
            documents=1,
        ),
        RoleSpan(
            role="child",
            forms=(),
            first=date(1980, 1, 1),
            last=date(1981, 1, 1),
            times=1,
            documents=1,
        ),
    ]
    svg = timeline_chart(made([row(0, day=date(2023, 1, 1)), row(1, day=date(2023, 4, 1))], *roles))
    bands = [
        box
        for box in ElementTree.fromstring(svg).iter(f"{SVG}rect")
        if box.attrib["class"] == "role"
    ]
    assert [band.findtext(f"{SVG}title") for band in bands] == [
        "minister\n1 January 2023 – 1 March 2023 · in 2 articles",
        "former minister\n20 March 2023 · in 1 article",
    ]
    (x, width), (later, _) = (
        (float(band.attrib["x"]), float(band.attrib["width"])) for band in bands
    )
    assert x + width < later
    assert ">minister</text>" in svg
    assert "1 more not shown" in svg


def test_the_figures_can_be_read_without_seeing(found: Timeline) -> None:
    root = ElementTree.fromstring(timeline_chart(found))
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}desc") == (
        "3 quotes. 3 direct. By outlet: Harbour Post: 2; Evening Star: 1. "
        "Roles: harbour director: 4 March 2024 – 6 May 2024"
    )


def test_without_quotes_there_is_an_empty_chart() -> None:
    svg = timeline_chart(Timeline(ANNA, pa.Table.from_pylist([row()]).slice(0, 0), 0))
    assert marks(svg) == []
    assert "0 quotes" in svg


def test_an_svg_loads_nothing_and_is_escaped(found: Timeline) -> None:
    svg = timeline_chart(found)
    ElementTree.fromstring(svg)
    assert "<script" not in svg
    assert not re.search(r"href|url\(|@import|\son\w+=", svg)
    assert set(re.findall(r'https?://[^\s"<]+', svg)) == {
        "http://www.w3.org/2000/svg",
        "https://post.example/prices?a=1&amp;b=2",
    }
    title = next(
        m.findtext(f"{SVG}title") or ""
        for m in marks(svg)
        if "Evening" in (m.findtext(f"{SVG}title") or "")
    )
    assert EVIL.replace("\x1b", "").replace("\u202e", "") in title


def test_a_page_shows_every_statement_and_loads_nothing(found: Timeline) -> None:
    text = timeline_page(found)
    page = Page(text)
    assert page.loads == []
    assert page.tags.count("li") == 2
    assert page.tags.count("script") == 1
    assert sorted(link for link in page.links if link.startswith("#")) == ["#q0", "#q0", "#q1"]
    assert {value for tag, name, value in page.attributes if tag == "li" and name == "id"} == {
        "q0",
        "q1",
    }
    assert [link for link in page.links if not link.startswith("#")] == [
        "https://post.example/prices?a=1&b=2"
    ] * 2  # and no javascript:
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "style"]
    assert not re.search(r"@import|url\(", text)
    assert "“We will fight it,”" in page.texts
    assert EVIL.replace("\x1b", "").replace("\u202e", "") in "".join(page.texts)


def test_a_page_lists_a_statement_of_several_outlets_once() -> None:
    words = "We will close the harbour to all foreign ships in the winter."
    rows = [
        row(0, words=words, outlet="Post", title="One"),
        row(1, words="The ferry costs the town more than we ever took in.", outlet="Post"),
        row(2, words=words, outlet="Echo", title="Two", url="https://echo.example/2"),
        row(3, words=words.replace("all foreign", "foreign"), outlet="Star", title="Three"),
    ]
    page = Page(timeline_page(made(rows)))
    assert page.tags.count("li") == 2
    assert sorted(link for link in page.links if link.startswith("#")) == ["#q0"] * 3 + ["#q1"]
    assert "https://echo.example/2" in page.links
    assert "+ 2 outlets: Echo: " in page.texts
    assert any("; 1 in other words" in text for text in page.texts)


def test_a_page_may_run_its_own_script_and_nothing_else(found: Timeline) -> None:
    import base64
    import hashlib

    text = timeline_page(found)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy.startswith("default-src 'none'; ")
    for kind, name in (("style", "style"), ("script", "script")):
        (inside,) = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy


def test_a_png_is_twice_as_large_and_not_empty(found: Timeline, tmp_path: Path) -> None:
    write_timeline(tmp_path / "anna.png", found)
    content = (tmp_path / "anna.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert struct.unpack(">I", content[16:20])[0] == 2 * charts.WIDTH
    write_timeline(tmp_path / "none.png", Timeline(found.speaker, found.found.slice(0, 0), 0))
    assert len(content) > len((tmp_path / "none.png").read_bytes())


def test_the_ending_says_what_is_drawn(found: Timeline, tmp_path: Path) -> None:
    for ending, begins in (("html", "<!doctype html>"), ("SVG", "<svg ")):
        write_timeline(tmp_path / f"anna.{ending}", found)
        assert (tmp_path / f"anna.{ending}").read_text(encoding="utf-8").startswith(begins)
    with pytest.raises(InputError, match=r"\.html, \.svg, \.png"):
        write_timeline(tmp_path / "anna.pdf", found)


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2023-10-27", "2023-10-27", "day"),
        ("2023-10-01", "2023-11-30", "day"),
        ("2023-01-01", "2023-12-31", "week"),
        ("2019-01-01", "2023-12-31", "month"),
        ("2010-01-01", "2023-12-31", "quarter"),
        ("1970-01-01", "2023-12-31", "year"),
        ("1700-01-01", "2023-12-31", "decade"),
        ("0001-01-01", "9999-12-31", "decade"),
    ],
)
def test_a_scale_has_few_steps_that_hold_all_days(first: str, last: str, unit: str) -> None:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    axis = scale(begin, end, left=100, width=800)
    assert axis.unit == unit
    assert len(axis.starts) - 1 >= 7
    assert all(a < b for a, b in pairwise(axis.starts))
    assert 100 <= axis.x(begin) <= axis.x(end) <= 900
    if unit != "decade":
        assert axis.starts[axis.at(begin)] <= begin < axis.starts[axis.at(begin) + 1]
        assert axis.starts[axis.at(end)] <= end < axis.starts[axis.at(end) + 1]
    places = [x for x, _, _ in axis.labels()]
    assert places
    assert all(b - a >= 60 for a, b in pairwise(places))


def test_a_year_is_named_once() -> None:
    years = [
        year
        for _, _, year in scale(date(2021, 11, 1), date(2024, 2, 1), left=0, width=1600).labels()
        if year
    ]
    assert years == ["2021", "2022", "2023", "2024"]
