"""Corrections from one form: who is meant, where the words are, and that nothing is saved twice."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.said import Said, article, said_client
from tests.web_client import review, review_json, store_of, visible

FALK, REED = "Ida Falk", "Tom Reed"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return said_client(
        tmp_path,
        article(
            "a",
            Said(FALK, "The ferries run all winter and the cranes are idle"),
            Said(REED, "The cranes are old", role="mayor"),
            Said(REED, "The harbour is deep"),
            outlet="Gazette",
        ),
        article("b", Said(REED, "Nobody asked me"), Said("Reed", "The cranes are old")),
        article("c", Said("Ann Reed", "I asked him"), Said("Ann Reed", "I did")),
        article("d", Said(FALK, "Every ship pays its way now"), outlet="Times"),
        article("e", Said(FALK, "Every ship pays its way now"), outlet="Echo"),
    )


def quotes(client: TestClient, document: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/article", params={"id": document}).json()[
        "items"
    ]
    return found


def one(client: TestClient, document: str, at: int = 0) -> dict[str, Any]:
    return quotes(client, document)[at]


def test_a_surname_means_the_speaker_of_the_article(client: TestClient) -> None:
    quote = one(client, "a")
    answer = review(client, "correct", quote=quote["id"], speaker="Mr Falk")
    assert "Nothing%20changed" in answer.headers["set-cookie"]
    assert store_of(client).reviews() == ()
    answer = review(client, "correct", quote=quote["id"], speaker="Tom Reed")
    assert answer.status_code == 303
    assert one(client, "a")["speaker"] == REED


def test_a_name_that_several_speakers_have_asks_who_is_meant(client: TestClient) -> None:
    quote = one(client, "d")
    answer = review(client, "correct", quote=quote["id"], speaker="Reed", role="clerk")
    assert answer.status_code == 409
    page = visible(answer.text)
    assert "Several speakers may be meant by Reed: which one?" in page
    assert "Tom Reed person, 3 quotes" in page
    assert "Ann Reed person, 2 quotes" in page
    assert "Somebody new: Reed" in page
    assert 'name="role" value="clerk"' in answer.text  # nothing that was typed is lost
    assert store_of(client).reviews() == ()
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', answer.text.split("<li>")[1]))
    assert (
        client.post("/reviews", data={n: html.unescape(v) for n, v in sent.items()}).status_code
        == 303
    )
    assert (one(client, "d")["speaker"], one(client, "d")["role"]) == (REED, "clerk")


def test_a_name_that_nobody_has_is_a_new_speaker_only_when_said_so(client: TestClient) -> None:
    quote = one(client, "a")["id"]
    answer = review(client, "correct", quote=quote, speaker="Tom Rede")
    assert answer.status_code == 409
    assert "No speaker of this collection is called Tom Rede" in answer.text
    assert "Tom Reed" in visible(answer.text)
    for wrong in ("https://x.example", "<b>x</b>", "12"):
        assert review(client, "correct", quote=quote, speaker=wrong).status_code == 400
    assert review(client, "correct", quote=quote, speaker="Eva Lind", new="yes").status_code == 303
    assert one(client, "a")["speaker"] == "Eva Lind"


def test_names_are_offered_while_they_are_typed(client: TestClient) -> None:
    found = client.get("/api/people", params={"q": "reed", "document": "c"}).json()["items"]
    assert [(person["name"], person["here"]) for person in found][:2] == [
        ("Ann Reed", True),
        (REED, False),
    ]


def test_one_form_changes_several_things_which_are_undone_together(client: TestClient) -> None:
    quote = one(client, "a", 1)["id"]
    review(
        client,
        "correct",
        quote=quote,
        speaker="Ida Falk",
        role="captain",
        type="mixed",
        said_on="2024-03",
        content="cranes are old",
    )
    now = one(client, "a", 1)
    assert (now["speaker"], now["role"], now["type"]) == (FALK, "captain", "mixed")
    assert (now["said_on"], now["content_text"]) == ("2024-03-01", "cranes are old")
    review(client, "undo_last")
    assert one(client, "a", 1)["speaker"] == REED
    assert one(client, "a", 1)["content_text"] == "The cranes are old"


def test_a_form_that_changes_nothing_saves_nothing(client: TestClient) -> None:
    quote = one(client, "a", 1)
    review(
        client,
        "correct",
        quote=quote["id"],
        speaker=quote["speaker_name"],
        role=quote["role"],
        type=quote["type"],
        said_on=quote["said_on_text"],
        content=quote["content_text"],
    )
    review(client, "role", quote=quote["id"], value="mayor")
    assert store_of(client).reviews() == ()


def test_words_that_were_typed_are_those_of_this_quote(client: TestClient) -> None:
    second = one(client, "a", 1)
    review(client, "correct", quote=second["id"], content="cranes are")
    start = client.get("/api/article", params={"id": "a"}).json()["text"].rindex("cranes are")
    assert one(client, "a", 1)["content"][0]["start"] == start
    answer = review(client, "correct", quote=second["id"], content="harbour is")
    assert answer.status_code == 400
    assert "is not in this quote" in answer.text
    assert ">harbour is</textarea>" in answer.text  # and can be mended


def test_a_day_after_the_article_is_refused(client: TestClient) -> None:
    answer = review(client, "correct", quote=one(client, "a")["id"], said_on="2099-01-01")
    assert answer.status_code == 400
    assert "is after 2024-03-04" in answer.text


@pytest.mark.parametrize("role", ["x" * 300, "<b>mayor</b>", "https://x.example", "42"])
def test_what_is_no_role_is_refused_and_kept_in_the_form(client: TestClient, role: str) -> None:
    quote = one(client, "a", 1)["id"]
    for values in ({"action": "correct", "role": role}, {"action": "role", "value": role}):
        answer = client.post("/reviews", data={"by": "Ada", "quote": quote, **values})
        assert answer.status_code == 400
        assert html.escape(role) in answer.text
        assert ">Save<" in answer.text
    assert one(client, "a", 1)["role"] == "mayor"
    assert client.get("/api/reviews").json()["total"] == 0


def test_a_refusal_that_no_entry_can_mend_offers_the_way_back_alone(client: TestClient) -> None:
    gone = client.post("/reviews", data={"action": "accept", "by": "Ada", "quote": "0" * 16})
    alone = review(client, "merge", names=["Ida Falk"])
    unnamed = client.post("/reviews", data={"action": "accept", "quote": one(client, "a")["id"]})
    assert (gone.status_code, alone.status_code, unnamed.status_code) == (404, 400, 400)
    assert "may have been removed" in gone.text
    assert "at least two names" in alone.text
    assert [">Save<" in page.text for page in (gone, alone, unnamed)] == [False, False, True]
    assert "Back without saving" in gone.text


def test_words_that_are_a_quote_already_are_not_added(client: TestClient) -> None:
    answer = review(
        client, "add", document="a", content="The harbour is deep", value="Eva Lind", new="yes"
    )
    assert answer.status_code == 409
    assert one(client, "a", 2)["speaker"] == REED


def test_an_added_quote_is_the_one_that_the_page_then_shows(client: TestClient) -> None:
    answer = review(
        client, "add", document="a", content="idle", value="Falk", new="", come_back="/article?id=a"
    )
    added = next(q for q in quotes(client, "a") if q["review"] == "added")
    assert answer.headers["location"] == f"/article?id=a&quote={added['id']}#q-{added['id']}"
    assert added["speaker"] == FALK


def test_one_review_is_enough_for_all_prints_of_the_same_words(client: TestClient) -> None:
    review(client, "accept", quote=one(client, "d")["id"], prints="yes")
    assert [one(client, name)["review"] for name in "de"] == ["accepted", "accepted"]
    review(client, "undo_last")
    assert [one(client, name)["review"] for name in "de"] == [None, None]


def test_who_reviews_at_the_same_time_sees_the_other_review(client: TestClient) -> None:
    quote = one(client, "a")["id"]
    review(client, "accept", quote=quote, by="Ada", seen="")
    answer = review(client, "reject", quote=quote, by="Ben", seen="")
    assert answer.status_code == 409
    assert "Ada accepted this quote" in answer.text
    seen = one(client, "a")["reviews"][-1]
    assert f'name="seen" value="{seen}"' in answer.text
    assert review(client, "reject", quote=quote, by="Ben", seen=seen).status_code == 303


def test_programs_get_those_who_may_be_meant(client: TestClient) -> None:
    answer = review_json(client, "correct", quote=one(client, "d")["id"], speaker="Reed")
    assert answer.status_code == 409
    assert "Ann Reed (person, 2 quotes)" in answer.json()["error"]["message"]


def test_undo_says_what_it_undoes_and_the_queue_shows_the_last_reviews(client: TestClient) -> None:
    review(client, "accept", quote=one(client, "c")["id"])
    page = visible(client.get("/review").text)
    assert "Your last reviews accept I asked him" in page
    answer = review(client, "undo_last", come_back="/search")
    client.cookies.update(answer.cookies)
    assert "Undone: accept of I asked him" in visible(client.get("/search").text)


def test_what_was_accepted_all_at_once_does_not_count_as_agreement(client: TestClient) -> None:
    review(client, "accept_all", rule="tests")
    assert client.get("/api/review").json()["agreement"]["reviewed"] == 0


def test_what_reviewers_disagree_on_is_listed(client: TestClient) -> None:
    first, second = one(client, "a")["id"], one(client, "c")["id"]
    for by in ("Ada", "Ben"):
        review(client, "accept", quote=second, by=by)
    review(client, "accept", quote=first, by="Ada")
    review(client, "reject", quote=first, by="Ben")
    found = client.get("/api/reviews", params={"only": "differ"}).json()["items"]
    assert {item["quote"] for item in found} == {first}


def test_the_queue_of_an_article_is_in_the_order_of_its_text(client: TestClient) -> None:
    found = client.get("/review", params={"document": "a", "format": "csv"}).text
    places = [found.index(words) for words in ("ferries", "cranes are old", "harbour is deep")]
    assert places == sorted(places)


def test_a_quote_that_was_skipped_does_not_come_back_before_the_rest(client: TestClient) -> None:
    first = client.get("/api/review").json()["items"][0]
    second = client.get("/api/review", params={"after": first["place"]}).json()["items"][0]
    review(client, "reject", quote=second["id"])
    third = client.get("/api/review", params={"after": first["place"]}).json()["items"][0]
    assert third["id"] not in (first["id"], second["id"])


def test_the_card_says_what_is_reviewed(client: TestClient) -> None:
    quote = one(client, "a", 1)["id"]
    page = client.get("/review", params={"at": quote}).text
    line = visible(page.split('id="reviewing"')[1].split("</h2>")[0].partition(">")[2])
    assert line.startswith("Tom Reed mayor said direct")
