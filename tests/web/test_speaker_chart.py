"""The timeline of a speaker in their page: inline SVG with links and tooltips, without script."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from quotes.identity import RoleSpan
from quotes.records import Speaker
from quotes.web import rendering, speaker_chart
from tests.said import Said, article, said_client
from tests.web_client import ids, newsroom, review

SVG = "{http://www.w3.org/2000/svg}"
ANNA = Speaker(id="anna", name="Anna & Søren <b>", kind="person")


def row(number: int, **given: Any) -> dict[str, Any]:
    day = date(2024, 1, 1) + timedelta(days=number % 40)
    known = {
        "id": f"{number:016x}",
        "document": "d",
        "words": f"words {number}",
        "type": "direct",
        "day": day,
        "said_on": None,
        "said_precision": None,
        "published": day,
        "outlet": "Post",
        "title": "A title",
        "role": None,
        "confidence": 0.9,
        "review": None,
        "reviewed_by": None,
    }
    return known | given


def links(svg: str) -> dict[str, str]:
    """Return the tooltip of each mark by the address that it leads to."""
    root = ElementTree.fromstring(svg)
    return {a.attrib["href"]: a.findtext(f"{SVG}title") or "" for a in root.iter(f"{SVG}a")}


def test_each_quote_is_a_mark_that_leads_to_it_and_shows_its_words() -> None:
    rows = [row(n) for n in range(30)]
    found = links(speaker_chart.inline_chart(ANNA, rows, ()))
    assert set(found) == {f"/quote/{n:016x}" for n in range(30)}
    assert "words 7" in found[f"/quote/{7:016x}"]
    assert "8 January 2024" in found[f"/quote/{7:016x}"]
    assert "Post" in found[f"/quote/{7:016x}"]


def test_of_too_many_quotes_bars_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(n) for n in range(speaker_chart.MAX_MARKS + 1)]
    svg = speaker_chart.inline_chart(ANNA, rows, ())
    assert links(svg) == {}
    assert len(svg) < 100_000
    assert f"{len(rows):,} quotes" in svg  # the figures in words


def only(outlet: str | None, since: date | None, until: date | None) -> str:
    return f"?{outlet or ''}|{since or ''}|{until or ''}"


def test_outlets_and_steps_of_time_lead_to_the_list_of_their_quotes() -> None:
    rows = [row(n, outlet="Echo" if n % 4 == 0 else "Post") for n in range(30)]
    found = links(speaker_chart.inline_chart(ANNA, rows, (), only=only))
    assert found["?Echo||"] == "only Echo"
    assert found["?Post||"] == "only Post"
    steps = {address: tip for address, tip in found.items() if address.startswith("?|")}
    assert steps["?|2024-01-08|2024-01-08"] == "8 January 2024: 1 quote"
    assert len(steps) == 30
    assert set(found) - set(steps) >= {f"/quote/{n:016x}" for n in range(30)}


def test_a_bar_leads_to_the_quotes_of_its_outlet_and_time() -> None:
    rows = [row(n, outlet=None if n % 9 == 0 else "Post") for n in range(1500)]
    found = links(speaker_chart.inline_chart(ANNA, rows, (), only=only))
    assert "?Post|2024-01-01|2024-01-01" in found
    assert not [address for address in found if "unknown" in address]


def test_the_chart_of_a_page_narrows_its_list_and_keeps_other_conditions(tmp_path: Path) -> None:
    said = [Said("Ida Falk", f"The {word} is closed") for word in ("port", "road", "mill")]
    client = said_client(
        tmp_path,
        *(
            article(f"a{n}", one, published=f"2024-03-{1 + 9 * n:02d}", outlet=outlet)
            for n, (one, outlet) in enumerate(zip(said, ("Echo", "Post", "Post"), strict=True))
        ),
    )
    page = client.get("/speaker/ida-falk", params={"type": "direct"}).text
    address = "/speaker/ida-falk?since=2024-03-10&type=direct&until=2024-03-10#list"
    assert f'href="{address.replace("&", "&amp;")}"' in page
    found = client.get("/api" + address).json()
    assert [item["words"] for item in found["items"]] == ["“The road is closed,”"]
    post = client.get("/api/speaker/ida-falk", params={"outlet": "Post"}).json()
    assert post["total"] == 2


def test_a_speaker_without_days_has_no_chart() -> None:
    assert speaker_chart.inline_chart(ANNA, [], ()) == ""


def test_words_of_articles_are_only_text_in_the_chart() -> None:
    hostile = '"><script>alert(1)</script>\x1b\u202e'
    roles = [RoleSpan(hostile, (hostile,), date(2024, 1, 1), date(2024, 1, 2), 1, 1)]
    svg = speaker_chart.inline_chart(ANNA, [row(1, words=hostile, outlet=hostile)], roles)
    tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(svg).iter()}
    assert tags <= {"svg", "title", "desc", "a", "rect", "line", "text"}
    assert not re.search("[\x00-\x08\x1b\u202e]", svg)


def test_the_page_needs_no_script_or_inline_style_for_it(tmp_path: Path) -> None:
    client = newsroom(tmp_path)
    review(client, "date", quote=ids(client, q="fight")[0], value="2024-02-01")
    page = client.get("/speaker/anna-lindqvist").text
    svg = page[page.index("<svg xmlns") : page.index("</svg>") + 6]
    assert sum(address.startswith("/quote/") for address in links(svg)) == 4
    assert "style=" not in svg
    assert "<style" not in svg
    assert '<link rel="stylesheet" href="/static/chart.css">' in page


def test_the_colours_hold_inside_the_chart_only_and_follow_the_reader() -> None:
    style = rendering.assets()["chart.css"][0].decode()
    assert style.startswith(".chart {")
    assert style.endswith("}\n")
    assert style.count("{") == style.count("}")
    assert "prefers-color-scheme: dark" in style


def test_the_api_gives_the_chart_as_a_file(tmp_path: Path) -> None:
    client: TestClient = newsroom(tmp_path)
    svg = client.get("/api/speaker/anna-lindqvist/chart").json()["svg"]
    assert "<style>" in svg
    ElementTree.fromstring(svg)
    assert "chart" not in client.get("/api/speaker/anna-lindqvist").json()
