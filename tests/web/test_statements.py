"""Statements: who said it, disagreements, changed wordings, and how a quote is shown."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from quotes.statements.overview import count_wordings
from quotes.web import background_value, statement_overview
from quotes.workers.function_process import yielded_in_process
from tests.said import Said, article, said_client
from tests.web_client import review, visible

MONDAY = "Any desk left empty on Monday goes to somebody else before the evening"
ROOF = "We never mended the roof of the old school, and the roof still leaks badly"
FALK, COMPANY, REED = "Ida Falk", "Falk Freight", "Tom Reed"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return said_client(
        tmp_path_factory.mktemp("statements"),
        article(
            "a", Said(FALK, MONDAY), Said(REED, ROOF), outlet="Gazette", published="2024-03-01"
        ),
        article("b", Said(FALK, MONDAY + "!"), outlet="Times", published="2024-03-02"),
        article(
            "c", Said(COMPANY, MONDAY, kind="organization"), outlet="Echo", published="2024-03-03"
        ),
        article(
            "d",
            Said(FALK, ROOF.replace("badly", "today").replace("still", "always")),
            outlet="Times",
            published="2024-03-04",
        ),
        article(
            "e",
            Said(REED, ROOF.replace("badly", "today")),
            Said(REED, "Falk", "criticised", "indirect", role="mayor"),
            Said("Ben Hale", "that anyone had lied", "denied", "indirect", "denied"),
            outlet="Echo",
            published="2024-03-05",
            source="https://echo.example/e",
        ),
    )


def quote(client: TestClient, words: str, document: str) -> str:
    items = client.get("/api/article", params={"id": document}).json()["items"]
    return next(str(item["id"]) for item in items if words in item["words"])


def test_who_said_this_begins_with_one_sentence_that_names_disagreement(client: TestClient) -> None:
    answer = client.get("/api/check", params={"words": MONDAY}).json()["answer"]
    assert [(s["name"], s["prints"]) for s in answer["speakers"]] == [(FALK, 2), (COMPANY, 1)]
    assert answer["first"]["outlet"] == "Gazette"
    page = visible(client.get("/search", params={"q": MONDAY}).text)
    assert "Ida Falk (2 of 3 prints), word for word." in page
    assert "Prints disagree: 1 is read as Falk Freight ." in page.replace("Freight.", "Freight .")
    assert "First printed by Gazette on 1 March 2024 ." in page


def test_a_statement_says_that_its_prints_disagree(client: TestClient) -> None:
    page = visible(client.get(f"/statement/{quote(client, 'desk', 'a')}").text)
    assert "Printed 2 times in 2 outlets, in the same words" in page
    assert "The same words stand under another speaker: Falk Freight" in page


def test_the_same_words_under_another_speaker_stand_below(client: TestClient) -> None:
    found = client.get(f"/api/statement/{quote(client, 'roof', 'a')}").json()
    assert [other["speaker"] for other in found["elsewhere"]] == [FALK]


def test_no_print_is_called_the_first_where_no_day_is_known(tmp_path: Path) -> None:
    undated = article("a", Said(FALK, MONDAY), published=None)
    client = said_client(tmp_path, undated, article("b", Said(FALK, "The roof still leaks")))
    page = visible(client.get(f"/statement/{quote(client, 'desk', 'a')}").text)
    assert "No publication date known" in page
    assert " first " not in page
    dated = visible(client.get(f"/statement/{quote(client, 'roof', 'b')}").text)
    assert " first " in dated


def test_commas_are_no_wording_of_their_own() -> None:
    assert count_wordings(["We told the truth", "“We told the truth,”", "told the truth"]) == 1
    assert count_wordings(["We told the truth", "We told a truth"]) == 2


def test_statements_are_listed_by_outlets_wordings_and_disagreement(client: TestClient) -> None:
    def listed(**wanted: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = client.get("/api/statements", params=wanted).json()["items"]
        return found

    assert [item["outlets"] for item in listed()] == [3, 3]
    changed = listed(only="changed")
    assert [(item["prints"], item["wordings"]) for item in changed] == [(2, 2)]
    speakers = [[s["name"] for s in item["speakers"]] for item in listed(only="disputed")]
    assert sorted(speakers) == [[FALK, COMPANY], [REED, FALK]]
    queue = client.get("/api/review", params={"printed": "disputed", "format": ""}).json()
    assert queue["progress"]["quotes"] == 6
    page = visible(client.get("/statements", params={"only": "disputed"}).text)
    assert "Review these quotes one by one" in page


def test_cards_give_numbers_only_where_there_is_something_to_see(client: TestClient) -> None:
    page = visible(client.get("/search", params={"q": "roof"}).text)
    assert "2 wordings · 2 outlets" in page
    alone = visible(client.get("/search", params={"q": "criticised OR lied", "in": "words"}).text)
    assert "outlets" not in alone.partition("quotes")[2].partition("Filters")[0][:200]


def test_paraphrase_is_shown_with_its_verb_and_never_in_quotation_marks(client: TestClient) -> None:
    address = f"/quote/{quote(client, 'Falk', 'e')}"
    page = client.get(address).text
    assert '<span class="verb">criticised</span> Falk' in page
    assert "“Falk" not in page
    denied = visible(client.get(f"/quote/{quote(client, 'lied', 'e')}").text)
    assert "DENIED denied that anyone had lied" in denied
    assert "“that anyone" not in denied
    statement = visible(client.get(f"/statement/{quote(client, 'lied', 'e')}").text)
    assert "DENIED" in statement


def test_a_citation_has_all_that_a_reader_needs(client: TestClient) -> None:
    page = visible(client.get(f"/quote/{quote(client, 'Falk', 'e')}").text)
    assert "— Tom Reed, mayor, Echo, 5 March 2024. https://echo.example/e /quote/" in page
    assert "(in the words of the article)" in page


def test_the_badge_is_about_words_and_speaker(client: TestClient) -> None:
    page = client.get(f"/quote/{quote(client, 'Falk', 'e')}").text
    assert "Words 90\u00a0%, speaker 90\u00a0%" in page
    assert "machine · 81\u00a0%" in page


def test_who_asks_nothing_sees_where_to_begin(client: TestClient) -> None:
    page = visible(client.get("/search").text)
    assert "0 of 8 quotes checked" in page
    assert "Prints disagree" in page
    assert "Most quoted" in page


def test_statements_of_a_large_collection_are_grouped_again_only_where_that_matters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = said_client(
        tmp_path, article("a", Said(FALK, MONDAY)), article("b", Said(FALK, MONDAY))
    )
    monkeypatch.setattr(statement_overview, "MAX_AT_ONCE", 0)
    monkeypatch.setattr(statement_overview, "MIN_PAUSE", 0)
    grouped = list[int]()

    def counted(function: Any, *given: Any) -> Any:
        grouped.append(1)
        return yielded_in_process(function, *given)

    monkeypatch.setattr(background_value, "yielded_in_process", counted)

    def settled() -> list[dict[str, Any]]:
        """Return the statements when nothing groups them any more."""
        overview = client.app.state.app_state.overview  # type: ignore[attr-defined]
        for _ in range(400):
            overview.current()
            if overview.value.is_current:
                break
            time.sleep(0.05)
        found: list[dict[str, Any]] = client.get("/api/statements").json()["items"]
        return found

    assert [each["prints"] for each in settled()] == [2]
    assert len(grouped) == 1
    quote = client.get("/api/article", params={"id": "a"}).json()["items"][0]["id"]
    review(client, "accept", quote=quote)
    assert [each["prints"] for each in settled()] == [2]
    assert len(grouped) == 1
    review(client, "reject", quote=quote)
    assert settled() == []
    assert len(grouped) == 2


def test_how_similar_altered_words_are_counts_all_that_differs(tmp_path: Path) -> None:
    printed = "taxes have to be paid for this winter, and prices cannot wait in spite of the strike"
    asked = "Wages will be built in spite of the strike, and taxes have to be paid for this winter"
    client = said_client(tmp_path, article("a", Said(FALK, printed), outlet="Gazette"))
    found = client.get("/api/check", params={"words": asked}).json()["items"]
    assert [match["verdict"] for match in found] == ["altered"]
    assert 0.5 < found[0]["likeness"] < 0.75
