"""Reviews through the page: they apply at once, survive adding again, and can be undone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from quotes.store import delta
from tests.stores import described, put, shifted
from tests.web_client import (
    ARTICLES,
    client_of,
    finished,
    ids,
    newsroom,
    review,
    review_json,
    store_of,
    visible,
)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return newsroom(tmp_path)


def fight(client: TestClient, outlet: str = "The Harbour Post") -> str:
    return ids(client, q="fight", outlet=outlet)[0]


def of(client: TestClient, quote: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/quote/{quote}").json()["quote"]
    return found


def test_accepting_marks_a_quote_as_checked_with_the_name(client: TestClient) -> None:
    quote = fight(client)
    assert of(client, quote)["review"] is None
    answer = review(client, "accept", quote=quote, come_back="/review?rule=x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?rule=x")
    assert (of(client, quote)["review"], of(client, quote)["reviewed_by"]) == ("accepted", "Ada")
    assert "accepted by Ada" in visible(client.get(f"/quote/{quote}").text)
    assert client.get("/api/search", params={"review": "accepted"}).json()["total"] == 1


def test_a_rejected_quote_is_gone_everywhere_but_can_be_found_again(client: TestClient) -> None:
    quote, before = fight(client), client.get("/api/search").json()["total"]
    review(client, "reject", quote=quote)
    assert client.get("/api/search").json()["total"] == before - 1
    assert (
        quote
        not in client.get("/article", params={"id": "harbour"}).text.partition(
            '<aside class="side"'
        )[0]
    )
    assert of(client, quote)["review"] == "rejected"
    review(client, "accept", quote=quote)
    assert client.get("/api/search").json()["total"] == before


def test_a_corrected_speaker_is_seen_at_once_and_survives_adding_again(client: TestClient) -> None:
    quote = fight(client)
    review(client, "speaker", quote=quote, value="Jonas Berg")
    assert of(client, quote)["speaker"] == "Jonas Berg"
    found = client.get("/api/search", params={"q": "fight", "outlet": "The Harbour Post"}).json()[
        "items"
    ][0]
    assert (found["speaker"], found["review"]) == ("Jonas Berg", "changed")
    store = store_of(client)
    assert {step.outcome for step in put(store, ARTICLES, again=True)} == {"revised"}
    assert of(client, quote)["speaker"] == "Jonas Berg"
    revised = shifted(ARTICLES[0], "A first paragraph that is new.\n\n")
    assert [step.outcome for step in put(store, [revised])] == ["revised"]
    again = client_of(store)
    moved = again.get("/api/article", params={"id": "harbour"}).json()
    assert moved["revision"] == 2
    assert [q["speaker"] for q in moved["items"] if "We will fight" in q["words"]] == ["Jonas Berg"]


def test_a_review_whose_passage_changed_is_shown(client: TestClient) -> None:
    review(client, "speaker", quote=fight(client), value="Jonas Berg")
    store = store_of(client)
    another = described(ARTICLES[2], id="harbour")  # which shares almost nothing with the old text
    assert [step.outcome for step in put(store, [another], replace=True)] == ["revised"]
    answer = client.get("/api/reviews", params={"only": "unanchored"}).json()
    assert answer["unanchored"] == 1
    assert answer["items"][0]["words"].startswith("We will fight it")
    assert "Passage changed: 1 review could not be placed" in visible(client.get("/reviews").text)


def test_role_type_and_date_are_corrected(client: TestClient) -> None:
    quote = fight(client)
    for action, value, column in (
        ("role", "mayor", "role"),
        ("type", "mixed", "type"),
        ("date", "2024-02", "said_on"),
    ):
        review(client, action, quote=quote, value=value)
        assert str(of(client, quote)[column]).startswith(value)
    assert review(client, "date", quote=quote, value="soon").status_code == 400
    assert review(client, "type", quote=quote, value="loud").status_code == 400


def test_words_are_fixed_by_offsets_or_by_the_words_themselves(client: TestClient) -> None:
    quote = fight(client)
    text = client.get("/api/article", params={"id": "harbour"}).json()["text"]
    start = text.index("We will fight")
    review(
        client, "span", quote=quote, content="We will fight", content_spans=f"{start}-{start + 13}"
    )
    assert of(client, quote)["content_text"] == "We will fight"
    review(client, "span", quote=quote, content="will fight it")
    assert of(client, quote)["content_text"] == "will fight it"


def test_offsets_that_do_not_fit_the_words_are_not_believed(client: TestClient) -> None:
    quote = fight(client)
    review(client, "span", quote=quote, content="will fight it", content_spans="0-4")
    assert of(client, quote)["content_text"] == "will fight it"
    for wrong in ("5-2", "0-99999999", "a-b", "1-2;3-4"):
        assert (
            review(
                client, "span", quote=quote, content="will fight it", content_spans=wrong
            ).status_code
            == 400
        )
    assert (
        review(client, "span", quote=quote, content="words that are not there").status_code == 400
    )


def test_a_missed_quote_is_added_with_its_speaker(client: TestClient) -> None:
    answer = review(
        client,
        "add",
        document="harbour",
        content="harbour director",
        cue="told",
        source="The council",
        value="The City",
    )
    assert answer.status_code == 303
    added = [
        q
        for q in client.get("/api/article", params={"id": "harbour"}).json()["items"]
        if q["review"] == "added"
    ]
    assert [(q["words"], q["speaker"]) for q in added][-1] == ("harbour director", "The City")


def test_the_last_review_is_undone_step_by_step(client: TestClient) -> None:
    quote = fight(client)
    review(client, "speaker", quote=quote, value="Jonas Berg")
    review(client, "reject", quote=quote)
    back = review(client, "undo_last", come_back="/review?rule=floating")
    assert back.headers["location"] == f"/review?rule=floating&at={quote}"
    assert of(client, quote)["review"] == "changed"
    review(client, "undo_last")
    assert (of(client, quote)["review"], of(client, quote)["speaker"]) == (None, "Anna Lindqvist")
    assert review(client, "undo_last").status_code == 409


def test_reviews_of_one_reason_are_undone_one_by_one(client: TestClient) -> None:
    several = ids(client)[:3]
    for quote in several:
        review(client, "accept", quote=quote, why="second batch of checks")
    review(client, "undo_last")
    assert [of(client, quote)["review"] for quote in several] == ["accepted", "accepted", None]


def test_a_store_that_may_not_be_written_is_a_conflict(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("Permission denied (os error 13)")

    quote = fight(client)
    monkeypatch.setattr(delta, "write_deltalake", refuse)
    answer = review_json(client, "accept", quote=quote)
    assert answer.status_code == 409
    assert "may not be written" in answer.json()["error"]["message"]


def test_nobody_undoes_the_review_of_another(client: TestClient) -> None:
    review(client, "accept", quote=fight(client), by="Ada")
    assert review(client, "undo_last", by="Ben").status_code == 409


def test_all_of_a_rule_are_accepted_together_and_undone_together(client: TestClient) -> None:
    rule = client.get("/api/search", params={"q": "fight"}).json()["items"][0]["rule"]
    many = client.get("/api/search", params={"rule": rule}).json()["total"]
    assert many > 1
    review(client, "accept_all", rule=rule)
    assert (
        client.get("/api/search", params={"rule": rule, "review": "accepted"}).json()["total"]
        == many
    )
    review(client, "undo_last")
    assert client.get("/api/search", params={"review": "accepted"}).json()["total"] == 0


def test_two_speakers_are_merged_after_a_preview(client: TestClient) -> None:
    review(client, "speaker", quote=fight(client), value="Jonas Berg")
    for _ in range(200):  # a new name becomes a speaker in the background
        if client.get("/api/speaker/jonas-berg").status_code == 200:
            break
        time.sleep(0.05)
    client = client_of(store_of(client))
    by_name = {s["name"]: s for s in client.get("/api/speakers").json()["items"]}
    one, other = by_name["Anna Lindqvist"], by_name["Jonas Berg"]
    preview = client.get(f"/api/speaker/{one['id']}/merge", params={"with": other["id"]}).json()
    assert preview["together"] == one["quotes"] + other["quotes"]
    review(client, "merge", names=["Anna Lindqvist", "Jonas Berg"])
    merged = client.get("/api/speaker/anna-lindqvist").json()
    assert {alias["name"] for alias in merged["names"]} >= {"Anna Lindqvist", "Jonas Berg"}
    assert merged["total"] == preview["together"]


def test_nobody_is_merged_with_themselves(client: TestClient) -> None:
    answer = client.get("/api/speaker/anna-lindqvist/merge", params={"with": "anna-lindqvist"})
    assert answer.status_code == 400
    assert "Anna Lindqvist is this speaker" in answer.json()["error"]["message"]


def test_a_merge_of_names_that_nobody_has_is_refused(client: TestClient) -> None:
    assert review(client, "merge", names=["Anna Lindqvist", "Nobody At All"]).status_code == 400
    assert review(client, "merge", names=["Anna Lindqvist"]).status_code == 400


def test_the_queue_begins_with_the_least_certain_and_moves_on(client: TestClient) -> None:
    whole = client.get("/api/review", params={"format": "csv"}).text.splitlines()
    assert len(whole) - 1 == client.get("/api/search").json()["total"]
    seen, after = [], None
    for _ in range(20):
        items = client.get("/api/review", params={"after": after} if after else {}).json()["items"]
        if not items:
            break
        seen.append(items[0]["id"])
        after = items[0]["place"]
    assert len(seen) == len(set(seen)) == len(whole) - 1
    first = seen[0]
    review(client, "accept", quote=first)
    assert client.get("/api/review").json()["items"][0]["id"] == seen[1]
    assert client.get("/api/review").json()["progress"]["checked"] == 1


def test_agreement_counts_what_people_left_and_changed(client: TestClient) -> None:
    quotes = ids(client)
    review(client, "accept", quote=quotes[0])
    review(client, "accept", quote=quotes[1])
    review(client, "speaker", quote=quotes[2], value="Somebody Else")
    review(client, "reject", quote=quotes[0], by="Ben")
    found = client.get("/api/review").json()["agreement"]
    assert (found["accepted"], found["rejected"], found["changed"], found["reviewed"]) == (
        1,
        1,
        1,
        3,
    )
    assert (found["reviewed_by_several"], found["among_reviewers"]) == (1, 0.0)


def test_a_review_needs_a_name_which_is_then_remembered(client: TestClient) -> None:
    quote = fight(client)
    assert client.post("/reviews", data={"action": "accept", "quote": quote}).status_code == 400
    assert "Your name" in visible(client.get(f"/quote/{quote}").text)
    client.post(
        "/who",
        data={"by": "Åsa  Öberg", "come_back": f"/quote/{quote}"},
    )
    assert client.post("/reviews", data={"action": "accept", "quote": quote}).status_code == 303
    assert of(client, quote)["reviewed_by"] == "Åsa Öberg"


def test_programs_review_with_json(client: TestClient) -> None:
    quote = fight(client)
    answer = review_json(client, "accept", by="A program", quote=quote)
    assert answer.status_code == 201
    assert answer.json()["items"][0]["quote"] == quote
    assert of(client, quote)["reviewed_by"] == "A program"


def test_a_pasted_text_is_read_and_shown(client: TestClient) -> None:
    text = "“The bridge is safe,” said Anna.\r\n\r\n“It is new.”"
    data = {
        "text": text,
        "title": "Bridge",
        "outlet": "The Post",
        "published": "2024-05-06",
    }
    answer = client.post("/add", data=data)
    job = finished(client, answer.headers["location"].rpartition("/")[2])
    assert (job["state"], job["added"], job["quotes"]) == ("done", 1, 2)
    document = client.get("/api/article", params={"id": job["items"][0]["document"]}).json()
    assert (document["title"], document["outlet"], document["published"]) == (
        "Bridge",
        "The Post",
        "2024-05-06",
    )
    assert document["text"] == text.replace("\r\n", "\n")
    again = finished(client, client.post("/add", data=data).headers["location"].rpartition("/")[2])
    assert again["unchanged"] == 1


def test_dropped_files_keep_their_names_and_say_what_failed(client: TestClient) -> None:
    files = [
        (
            "files",
            ("../../etc/bridge.txt", "“The bridge is safe,” said Anna.".encode(), "text/plain"),
        ),
        ("files", ("empty.txt", b"", "text/plain")),
        ("files", ("rows.csv", "text,title\n“One.”,First\n“Two.”,Second\n".encode(), "text/csv")),
    ]
    answer = client.post("/add", data={}, files=files)
    job = finished(client, answer.headers["location"].rpartition("/")[2])
    outcomes = {step["document"]: (step["outcome"], step["message"]) for step in job["items"]}
    assert outcomes["bridge"][0] == "added"
    assert outcomes["empty"] == ("failed", "empty.txt: is empty: nothing to read")
    assert {name for name, (outcome, _) in outcomes.items() if outcome == "added"} == {
        "bridge",
        "rows.csv:2",
        "rows.csv:3",
    } or job["added"] == 3
    assert "/tmp" not in str(job)


def test_what_is_no_article_is_refused_before_it_is_written(client: TestClient) -> None:
    files = [("files", ("evil.exe", b"MZ", "application/octet-stream"))]
    assert client.post("/add", data={}, files=files).status_code == 415
    assert client.post("/add", data={"text": "   "}).status_code == 400
    assert client.post("/add", data={"text": "“A.”", "published": "soon"}).status_code == 400


def test_adding_by_json(client: TestClient) -> None:
    answer = client.post("/api/add", json={"text": "“The bridge is safe.”"})
    assert answer.status_code == 202
    assert finished(client, answer.json()["job"])["added"] == 1


def test_the_old_addresses_of_reviews_still_work(client: TestClient) -> None:
    quote = fight(client)
    form = client.post(
        "/judge", data={"action": "accept", "by": "Ada", "quote": quote}, follow_redirects=True
    )
    assert form.history[0].status_code == 308
    assert of(client, quote)["review"] == "accepted"
    sent = client.post(
        "/api/judgements",
        json={"action": "reject", "by": "Ada", "quote": quote},
        follow_redirects=True,
    )
    assert sent.status_code == 201
    listed = client.get("/api/judgements", follow_redirects=True).json()
    assert listed["total"] == 2
    page = client.get("/judgements", params={"only": "adrift", "page": "1"})
    assert page.headers["location"] == "/reviews?only=unanchored&page=1"
    assert client.get(page.headers["location"]).status_code == 200
    assert client.get("/judge").status_code == 405
