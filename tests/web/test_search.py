"""The search: words and names together, what somebody said about something, filters, no result."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from quotes.web.query import highlighted, terms_of
from tests.said import Said, article, said_client
from tests.web_client import visible

FALK, REED, PIER = "Ida Falk", "Tom Reed", "Falk Freight"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return said_client(
        tmp_path_factory.mktemp("search"),
        article(
            "ferries",
            Said(FALK, "The ferries will run all winter"),
            Said(FALK, "Every desk left empty on Monday goes to somebody else"),
            Said(REED, "that Falk had never seen the ferries", "said", "indirect"),
            Said("Ben Hale", "that anyone had lied", "denied", "indirect", "denied"),
            outlet="Harbour Gazette",
            title="Ferries in winter",
            source="https://gazette.example/ferries",
        ),
        article(
            "freight",
            Said(PIER, "The cranes are idle", kind="organization"),
            Said("Nobody Known", "Cranes cost money", role="harbour master"),
            Said(FALK, "Cranes are idle because orders are missing"),
            outlet="Valley Times",
            title="Idle cranes",
            source="articles/freight.txt",
        ),
    )


def search(client: TestClient, **wanted: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/search", params=wanted).json()
    return found


def words(found: dict[str, Any]) -> set[str]:
    return {item["words"].strip("“”,") for item in found["items"]}


def test_a_name_finds_what_its_speakers_said_and_the_quotes_that_hold_it(
    client: TestClient,
) -> None:
    found = search(client, q="Falk")
    assert [(p["name"], p["quotes"]) for p in found["people"]] == [(FALK, 3), (PIER, 1)]
    assert found["totals"] == {"all": 5, "speaker": 4, "words": 1}
    assert {item["speaker"] for item in found["items"]} == {FALK, PIER, REED}
    assert {i["speaker"] for i in search(client, q="Falk", **{"in": "words"})["items"]} == {REED}
    assert search(client, q="Falk", **{"in": "speaker"})["total"] == 4


def test_a_speaker_chosen_in_a_search_keeps_its_words(client: TestClient) -> None:
    falk = search(client, q="Ida Falk")["people"][0]["id"]
    assert search(client, q="cranes", speaker=falk)["total"] == 1
    assert words(search(client, q="ferries Falk", speaker=falk)) == {
        "The ferries will run all winter"
    }


@pytest.mark.parametrize(
    "asked",
    ["Ida Falk about cranes", "What has Ida Falk said about cranes?", "Ida Falk on cranes"],
)
def test_what_somebody_said_about_something(client: TestClient, asked: str) -> None:
    found = search(client, q=asked)
    assert found["topic"]
    assert words(found) == {"Cranes are idle because orders are missing"}


@pytest.mark.parametrize("name", ["Falk", "Ms Falk"])
def test_a_short_name_means_the_most_quoted_too_but_no_company(tmp_path: Path, name: str) -> None:
    client = said_client(
        tmp_path,
        article("a", Said(FALK, "Cranes cost money"), Said(FALK, "The ferries will run")),
        article("b", Said("Falk", "Nobody mended the roof")),
        article("c", Said(PIER, "The cranes are idle", kind="organization")),
    )
    found = search(client, q=f"what has {name} said about cranes")
    assert found["topic"]
    assert words(found) == {"Cranes cost money"}


def test_a_name_and_words_must_both_fit(client: TestClient) -> None:
    assert words(search(client, q="Falk idle")) == {
        "The cranes are idle",
        "Cranes are idle because orders are missing",
    }


def test_a_phrase_in_quotation_marks_is_found_as_it_stands(client: TestClient) -> None:
    assert search(client, q="empty desk")["total"] == 1
    assert search(client, q='"empty desk"')["total"] == 0
    assert search(client, q="“desk left empty”")["total"] == 1


def test_words_that_were_found_are_marked(client: TestClient) -> None:
    page = client.get("/search", params={"q": "cran"}).text
    assert '<mark class="hit">cranes</mark>' in page
    assert '<mark class="hit">Cranes</mark>' in page
    assert highlighted("An été, the Étés", ["ete"]) == [
        ("An ", False),
        ("été", True),
        (", the ", False),
        ("Étés", True),
    ]
    assert highlighted("left empty, empty", ["left empty"]) == [
        ("left empty", True),
        (", empty", False),
    ]
    assert terms_of('one "two  three" “four” —') == ("one", "two three", "four")


def test_several_values_of_a_facet_are_one_or_the_other(client: TestClient) -> None:
    outlets = ["Harbour Gazette", "Valley Times"]
    assert search(client, outlet=outlets)["total"] == 7
    assert search(client, outlet=outlets[:1], type=["direct", "indirect"])["total"] == 4
    chips = search(client, outlet=outlets, factuality="not_said")["chips"]
    assert [chip["label"] for chip in chips] == [*outlets, "not said"]
    page = client.get("/search", params={"outlet": outlets}).text
    assert 'href="/search?outlet=Valley+Times" aria-label="Remove: Harbour Gazette"' in page


def test_what_was_denied_can_be_looked_for_and_says_so_before_the_words(client: TestClient) -> None:
    found = search(client, factuality="denied")
    assert words(found) == {"that anyone had lied"}
    page = visible(client.get("/search", params={"factuality": "denied"}).text)
    assert "DENIED denied that anyone had lied" in page
    assert "“that anyone had lied" not in page


def test_a_role_is_a_facet(client: TestClient) -> None:
    assert search(client)["facets"]["role"] == [
        {"value": "harbour master", "label": "harbour master", "count": 1}
    ]
    assert search(client, role="harbour master")["total"] == 1


def test_the_original_is_linked_only_where_it_is_on_the_web(client: TestClient) -> None:
    assert {item["url"] for item in search(client)["items"]} == {
        "https://gazette.example/ferries",
        None,
    }


def test_nothing_found_says_what_was_looked_at(client: TestClient) -> None:
    asked = "Nobody here ever wrote these seven words"
    page = visible(client.get("/search", params={"q": asked}).text)
    assert "Nobody in these 2 articles is recorded as saying this" in page
    assert "CSV" not in page
    filtered = visible(client.get("/search", params={"q": "cranes", "type": "mixed"}).text)
    assert "No quotes match these filters" in filtered


@pytest.mark.parametrize("asked", ["😀", "?", "“”", "% _ *", "—"])
def test_what_has_no_word_is_no_condition_and_that_is_said(client: TestClient, asked: str) -> None:
    found = search(client, q=asked)
    assert found["total"] == search(client)["total"]
    assert found["said"] == []
    page = visible(client.get("/search", params={"q": asked}).text)
    assert f"Nothing to search for in {asked}: write a word or a name." in page
    assert f"All {found['total']} quotes" in page
    assert f"quotes for {asked}" not in page
    speaker = visible(client.get("/speaker/ida-falk", params={"q": asked}).text)
    assert f"about {asked}" not in speaker


def test_a_condition_that_is_refused_can_be_left_out(client: TestClient) -> None:
    asked = {"q": "cranes & co", "type": ["direct", "mixed"], "since": "soon"}
    answer = client.get("/search", params=asked)
    assert answer.status_code == 400
    link = html.unescape(re.findall(r'href="([^"]*)">Leave it out', answer.text)[0])
    assert link == "/search?q=cranes+%26+co&type=direct&type=mixed"
    assert client.get(link).status_code == 200
    assert "Leave it out" not in client.get("/quote/none").text


def test_a_page_beyond_the_last_is_the_last(client: TestClient) -> None:
    assert search(client, page=999)["page"] == 1
    assert len(search(client, page=999)["items"]) == 7


def test_the_text_of_articles_is_searched_apart(client: TestClient) -> None:
    found = client.get("/api/texts", params={"q": "submarine"}).json()
    assert found["items"] == []
    found = client.get("/api/texts", params={"q": '"Tom Reed said"'}).json()
    assert [item["id"] for item in found["items"]] == ["ferries"]
    assert "Tom Reed said" in found["items"][0]["around"]


def test_what_a_speaker_said_is_searched_on_their_page(client: TestClient) -> None:
    falk = search(client, q="Ida Falk")["people"][0]["id"]
    found = client.get(f"/api/speaker/{falk}", params={"q": "winter"}).json()
    assert words(found) == {"The ferries will run all winter"}
    nothing = visible(client.get(f"/speaker/{falk}", params={"q": "submarine"}).text)
    assert "No quotes of Ida Falk contain these words" in nothing


def test_a_facet_shows_all_its_values_when_asked(client: TestClient) -> None:
    assert 'id="facet-speaker" open' in client.get("/search", params={"more": "speaker"}).text


def test_articles_are_a_facet_by_title(client: TestClient) -> None:
    found = search(client)["facets"]["document"]
    ferries = next(value for value in found if value["value"] == "ferries")
    quotes = search(client, document="ferries")
    assert quotes["total"] == ferries["count"] > 0
    assert {item["document"] for item in quotes["items"]} == {"ferries"}
    assert quotes["chips"] == [{"name": "document", "value": "ferries", "label": ferries["label"]}]
    assert ferries["label"] == (quotes["items"][0]["title"] or "ferries")
    other = next(value for value in found if value["value"] != "ferries")
    both = search(client, document=["ferries", other["value"]])
    assert both["total"] == ferries["count"] + other["count"]
    assert quotes["facets"]["document"] == found  # as if none were chosen


def test_days_in_the_wrong_order_are_said_and_can_be_swapped(client: TestClient) -> None:
    page = client.get("/search", params={"since": "2024-05-01", "until": "2024-04-01"})
    assert "The first day, 1 May 2024, is after the last day, 1 April 2024." in visible(page.text)
    assert 'href="/search?since=2024-04-01&amp;until=2024-05-01"' in page.text
    fine = client.get("/search", params={"since": "2024-04-01", "until": "2024-05-01"})
    assert "is after" not in visible(fine.text)


def test_how_a_statement_is_printed_is_a_filter(client: TestClient) -> None:
    page = client.get("/search").text
    for value in ("outlets", "changed", "disputed"):
        assert f'href="/search?printed={value}"' in page
    assert 'href="/search?copies=yes"' in page
    chosen = client.get("/search", params={"printed": "outlets"}).text
    assert re.search('<a href="/search" aria-current="true">printed in several outlets', chosen)


def test_a_line_end_in_what_was_pasted_is_a_space(client: TestClient) -> None:
    found = search(client, q="the ferries\nwill  run all winter")
    assert found["words"] == "the ferries will run all winter"
    assert found["said"][0]["speaker_name"] == FALK


def test_a_file_of_rows_is_named_after_what_it_holds_and_has_the_original(
    client: TestClient,
) -> None:
    answer = client.get("/search", params={"q": "Ida Falk", "format": "csv"})
    assert 'filename="search-ida-falk.csv"' in answer.headers["content-disposition"]
    assert "https://gazette.example/ferries" in answer.text
