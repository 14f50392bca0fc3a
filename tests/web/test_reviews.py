"""Reviews through the page: they apply everywhere at once, survive adding again, and can be undone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.stores import described, put, shifted
from tests.web_client import (
    ARTICLES,
    client,
    finished,
    ids,
    newsroom,
    review,
    review_json,
    store_of,
    visible,
)


@pytest.fixture
def asking(tmp_path: Path) -> TestClient:
    return newsroom(tmp_path)


def fight(asking: TestClient, outlet: str = "The Harbour Post") -> str:
    return ids(asking, q="fight", outlet=outlet)[0]


def of(asking: TestClient, quote: str) -> dict[str, Any]:
    found: dict[str, Any] = asking.get(f"/api/quote/{quote}").json()["quote"]
    return found


def test_accepting_marks_a_quote_as_checked_with_the_name(asking: TestClient) -> None:
    quote = fight(asking)
    assert of(asking, quote)["review"] is None
    answer = review(asking, "accept", quote=quote, come_back="/review?rule=x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?rule=x")
    assert (of(asking, quote)["review"], of(asking, quote)["reviewed_by"]) == ("accepted", "Ada")
    assert "checked by Ada" in visible(asking.get(f"/quote/{quote}").text)
    assert asking.get("/api/search", params={"review": "accepted"}).json()["total"] == 1


def test_a_rejected_quote_is_gone_everywhere_but_can_be_found_again(asking: TestClient) -> None:
    quote, before = fight(asking), asking.get("/api/search").json()["total"]
    review(asking, "reject", quote=quote)
    assert asking.get("/api/search").json()["total"] == before - 1
    assert (
        quote
        not in asking.get("/article", params={"id": "harbour"}).text.partition(
            '<aside class="side"'
        )[0]
    )
    assert of(asking, quote)["review"] == "rejected"
    review(asking, "accept", quote=quote)
    assert asking.get("/api/search").json()["total"] == before


def test_a_corrected_speaker_is_seen_at_once_and_survives_adding_again(asking: TestClient) -> None:
    quote = fight(asking)
    review(asking, "speaker", quote=quote, value="Jonas Berg")
    assert of(asking, quote)["speaker"] == "Jonas Berg"
    found = asking.get("/api/search", params={"q": "fight", "outlet": "The Harbour Post"}).json()[
        "items"
    ][0]
    assert (found["speaker"], found["review"]) == ("Jonas Berg", "changed")
    store = store_of(asking)
    assert {step.outcome for step in put(store, ARTICLES, again=True)} == {"revised"}
    assert of(asking, quote)["speaker"] == "Jonas Berg"
    revised = shifted(ARTICLES[0], "A first paragraph that is new.\n\n")
    assert [step.outcome for step in put(store, [revised])] == ["revised"]
    again = client(store)
    moved = again.get("/api/article", params={"id": "harbour"}).json()
    assert moved["revision"] == 2
    assert [q["speaker"] for q in moved["items"] if q["words"].startswith("We will fight")] == [
        "Jonas Berg"
    ]


def test_a_review_whose_passage_changed_is_shown(asking: TestClient) -> None:
    review(asking, "speaker", quote=fight(asking), value="Jonas Berg")
    store = store_of(asking)
    list(put(store, [described(ARTICLES[2], id="harbour")]))  # another text under the same id
    answer = asking.get("/api/reviews", params={"only": "unanchored"}).json()
    assert answer["unanchored"] == 1
    assert answer["items"][0]["words"].startswith("We will fight it")
    assert "Passage changed: 1 review could not be placed" in visible(asking.get("/reviews").text)


def test_role_type_and_date_are_corrected(asking: TestClient) -> None:
    quote = fight(asking)
    for action, value, column in (
        ("role", "mayor", "role"),
        ("type", "mixed", "type"),
        ("date", "2024-02", "said_on"),
    ):
        review(asking, action, quote=quote, value=value)
        assert str(of(asking, quote)[column]).startswith(value)
    assert review(asking, "date", quote=quote, value="soon").status_code == 400
    assert review(asking, "type", quote=quote, value="loud").status_code == 400


def test_words_are_fixed_by_offsets_or_by_the_words_themselves(asking: TestClient) -> None:
    quote = fight(asking)
    text = asking.get("/api/article", params={"id": "harbour"}).json()["text"]
    start = text.index("We will fight")
    review(
        asking, "span", quote=quote, content="We will fight", content_spans=f"{start}-{start + 13}"
    )
    assert of(asking, quote)["words"] == "We will fight"
    review(asking, "span", quote=quote, content="will fight it")
    assert of(asking, quote)["words"] == "will fight it"


def test_offsets_that_do_not_fit_the_words_are_not_believed(asking: TestClient) -> None:
    quote = fight(asking)
    review(asking, "span", quote=quote, content="will fight it", content_spans="0-4")
    assert of(asking, quote)["words"] == "will fight it"
    for wrong in ("5-2", "0-99999999", "a-b", "1-2;3-4"):
        assert (
            review(
                asking, "span", quote=quote, content="will fight it", content_spans=wrong
            ).status_code
            == 400
        )
    assert (
        review(asking, "span", quote=quote, content="words that are not there").status_code == 400
    )


def test_a_missed_quote_is_added_with_its_speaker(asking: TestClient) -> None:
    answer = review(
        asking,
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
        for q in asking.get("/api/article", params={"id": "harbour"}).json()["items"]
        if q["review"] == "added"
    ]
    assert [(q["words"], q["speaker"]) for q in added][-1] == ("harbour director", "The City")


def test_the_last_review_is_undone_step_by_step(asking: TestClient) -> None:
    quote = fight(asking)
    review(asking, "speaker", quote=quote, value="Jonas Berg")
    review(asking, "reject", quote=quote)
    back = review(asking, "undo_last", come_back="/review?rule=floating")
    assert back.headers["location"] == f"/review?rule=floating&at={quote}"
    assert of(asking, quote)["review"] == "changed"
    review(asking, "undo_last")
    assert (of(asking, quote)["review"], of(asking, quote)["speaker"]) == (None, "Anna Lindqvist")
    assert review(asking, "undo_last").status_code == 409


def test_nobody_undoes_the_review_of_another(asking: TestClient) -> None:
    review(asking, "accept", quote=fight(asking), by="Ada")
    assert review(asking, "undo_last", by="Ben").status_code == 409


def test_all_of_a_rule_are_accepted_together_and_undone_together(asking: TestClient) -> None:
    rule = asking.get("/api/search", params={"q": "fight"}).json()["items"][0]["rule"]
    many = asking.get("/api/search", params={"rule": rule}).json()["total"]
    assert many > 1
    review(asking, "accept_all", rule=rule)
    assert (
        asking.get("/api/search", params={"rule": rule, "review": "accepted"}).json()["total"]
        == many
    )
    review(asking, "undo_last")
    assert asking.get("/api/search", params={"review": "accepted"}).json()["total"] == 0


def test_two_speakers_are_merged_after_a_preview(asking: TestClient) -> None:
    review(asking, "speaker", quote=fight(asking), value="Jonas Berg")
    for _ in range(200):  # a new name becomes a speaker in the background
        if asking.get("/api/speaker/jonas-berg").status_code == 200:
            break
        time.sleep(0.05)
    asking = client(store_of(asking))
    by_name = {s["name"]: s for s in asking.get("/api/speakers").json()["items"]}
    one, other = by_name["Anna Lindqvist"], by_name["Jonas Berg"]
    preview = asking.get(f"/api/speaker/{one['id']}/merge", params={"with": other["id"]}).json()
    assert preview["together"] == one["quotes"] + other["quotes"]
    review(asking, "merge", names=["Anna Lindqvist", "Jonas Berg"])
    merged = asking.get("/api/speaker/anna-lindqvist").json()
    assert {alias["name"] for alias in merged["names"]} >= {"Anna Lindqvist", "Jonas Berg"}
    assert merged["total"] == preview["together"]


def test_a_merge_of_names_that_nobody_has_is_refused(asking: TestClient) -> None:
    assert review(asking, "merge", names=["Anna Lindqvist", "Nobody At All"]).status_code == 400
    assert review(asking, "merge", names=["Anna Lindqvist"]).status_code == 400


def test_the_queue_begins_with_the_least_certain_and_moves_on(asking: TestClient) -> None:
    whole = asking.get("/api/review", params={"format": "csv"}).text.splitlines()
    assert len(whole) - 1 == asking.get("/api/search").json()["total"]
    seen, after = [], None
    for _ in range(20):
        items = asking.get("/api/review", params={"after": after} if after else {}).json()["items"]
        if not items:
            break
        seen.append(items[0]["id"])
        after = items[0]["place"]
    assert len(seen) == len(set(seen)) == len(whole) - 1
    first = seen[0]
    review(asking, "accept", quote=first)
    assert asking.get("/api/review").json()["items"][0]["id"] == seen[1]
    assert asking.get("/api/review").json()["progress"]["checked"] == 1


def test_agreement_counts_what_people_left_and_changed(asking: TestClient) -> None:
    quotes = ids(asking)
    review(asking, "accept", quote=quotes[0])
    review(asking, "accept", quote=quotes[1])
    review(asking, "speaker", quote=quotes[2], value="Somebody Else")
    review(asking, "reject", quote=quotes[0], by="Ben")
    found = asking.get("/api/review").json()["agreement"]
    assert (found["accepted"], found["rejected"], found["changed"], found["reviewed"]) == (
        1,
        1,
        1,
        3,
    )
    assert (found["reviewed_by_several"], found["among_reviewers"]) == (1, 0.0)


def test_a_review_needs_a_name_which_is_then_remembered(asking: TestClient) -> None:
    quote = fight(asking)
    assert asking.post("/reviews", data={"action": "accept", "quote": quote}).status_code == 400
    assert "Your name" in visible(asking.get(f"/quote/{quote}").text)
    asking.post(
        "/who",
        data={"by": "Åsa  Öberg", "come_back": f"/quote/{quote}"},
    )
    assert asking.post("/reviews", data={"action": "accept", "quote": quote}).status_code == 303
    assert of(asking, quote)["reviewed_by"] == "Åsa Öberg"


def test_programs_review_with_json(asking: TestClient) -> None:
    quote = fight(asking)
    answer = review_json(asking, "accept", by="A program", quote=quote)
    assert answer.status_code == 201
    assert answer.json()["items"][0]["quote"] == quote
    assert of(asking, quote)["reviewed_by"] == "A program"


def test_a_pasted_text_is_read_and_shown(asking: TestClient) -> None:
    text = "“The bridge is safe,” said Anna.\r\n\r\n“It is new.”"
    data = {
        "text": text,
        "title": "Bridge",
        "outlet": "The Post",
        "published": "2024-05-06",
    }
    answer = asking.post("/add", data=data)
    job = finished(asking, answer.headers["location"].rpartition("/")[2])
    assert (job["state"], job["added"], job["quotes"]) == ("done", 1, 2)
    document = asking.get("/api/article", params={"id": job["items"][0]["document"]}).json()
    assert (document["title"], document["outlet"], document["published"]) == (
        "Bridge",
        "The Post",
        "2024-05-06",
    )
    assert document["text"] == text.replace("\r\n", "\n")
    again = finished(asking, asking.post("/add", data=data).headers["location"].rpartition("/")[2])
    assert again["unchanged"] == 1


def test_dropped_files_keep_their_names_and_say_what_failed(asking: TestClient) -> None:
    files = [
        (
            "files",
            ("../../etc/bridge.txt", "“The bridge is safe,” said Anna.".encode(), "text/plain"),
        ),
        ("files", ("empty.txt", b"", "text/plain")),
        ("files", ("rows.csv", "text,title\n“One.”,First\n“Two.”,Second\n".encode(), "text/csv")),
    ]
    answer = asking.post("/add", data={}, files=files)
    job = finished(asking, answer.headers["location"].rpartition("/")[2])
    outcomes = {step["document"]: (step["outcome"], step["message"]) for step in job["items"]}
    assert outcomes["bridge"][0] == "added"
    assert outcomes["empty"] == ("failed", "empty.txt: is empty: nothing to read")
    assert {name for name, (outcome, _) in outcomes.items() if outcome == "added"} == {
        "bridge",
        "rows.csv:2",
        "rows.csv:3",
    } or job["added"] == 3
    assert "/tmp" not in str(job)


def test_what_is_no_article_is_refused_before_it_is_kept(asking: TestClient) -> None:
    files = [("files", ("evil.exe", b"MZ", "application/octet-stream"))]
    assert asking.post("/add", data={}, files=files).status_code == 415
    assert asking.post("/add", data={"text": "   "}).status_code == 400
    assert asking.post("/add", data={"text": "“A.”", "published": "soon"}).status_code == 400


def test_adding_by_json(asking: TestClient) -> None:
    answer = asking.post("/api/add", json={"text": "“The bridge is safe.”"})
    assert answer.status_code == 202
    assert finished(asking, answer.json()["job"])["added"] == 1


def test_the_old_addresses_of_reviews_still_work(asking: TestClient) -> None:
    quote = fight(asking)
    form = asking.post(
        "/judge", data={"action": "accept", "by": "Ada", "quote": quote}, follow_redirects=True
    )
    assert form.history[0].status_code == 308
    assert of(asking, quote)["review"] == "accepted"
    sent = asking.post(
        "/api/judgements",
        json={"action": "reject", "by": "Ada", "quote": quote},
        follow_redirects=True,
    )
    assert sent.status_code == 201
    listed = asking.get("/api/judgements", follow_redirects=True).json()
    assert listed["total"] == 2
    page = asking.get("/judgements", params={"only": "adrift", "page": "1"})
    assert page.headers["location"] == "/reviews?only=unanchored&page=1"
    assert asking.get(page.headers["location"]).status_code == 200
    assert asking.get("/judge").status_code == 405
