"""A draft that is checked in the page: form, report, refusals, what is shown of hostile text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from quotes.pipeline import Processed
from quotes.records import Failure
from quotes.store import open_store
from quotes.web import draft_checks, jobs
from tests.said import Said, article, said_store
from tests.web.test_hostile_input import description_of, fault
from tests.web_client import client_of, finished_check, quoted_words, store_of, visible

SPEAKER = "Anna Lindqvist"  # who says all quotations, of a draft as of a source, in these tests
STORED = "The harbour will stay open all winter"
SOURCE = (
    "ANNA LINDQVIST: We will not raise the fee in 2024. The bridge was never safe.\n\n"
    "TOM REED: There will be twenty-five buses by June.\n"
)
DRAFT = (
    "“We will not raise the fee in 2024,” Anna Lindqvist said.\n\n"
    "“The bridge was always safe,” Anna Lindqvist said.\n\n"
    "“Nobody has ever counted the swans,” Anna Lindqvist said.\n"
)
TURN = "“The cranes have been idle since the fire in May”"
ARTICLE = f"Talks about the harbour go on. {TURN}, said Anna Lindqvist on Monday.\n"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return client_of(said_store(tmp_path / "store", article("a", Said(SPEAKER, STORED))))


@pytest.fixture
def empty(tmp_path: Path) -> TestClient:
    return client_of(open_store(tmp_path / "empty", create=True, made_by="tests"))


def sent(client: TestClient, *sources: tuple[str, str], **fields: Any) -> Any:
    """Send the form with sources as pairs of a name and a text."""
    files = [("files", (name, text.encode(), "text/plain")) for name, text in sources]
    # A browser sends a field for files that nobody chose as a file without a name.
    return client.post("/verify", data=fields, files=files or {"files": ("", b"")})


def checked(client: TestClient, *sources: tuple[str, str], **fields: Any) -> dict[str, Any]:
    answer = sent(client, *sources, **fields)
    assert answer.status_code == 303, answer.text
    return finished_check(client, answer.headers["location"])


def verdicts(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item["verdict"], item["words"]) for item in found["items"]]


def test_a_pasted_draft_is_checked_against_files_the_worst_first(client: TestClient) -> None:
    found = checked(client, ("council.txt", SOURCE), text=DRAFT, title="Fees")
    assert found["state"] == "done", found["message"]
    assert verdicts(found) == [
        ("not found", "Nobody has ever counted the swans,"),
        ("altered", "The bridge was always safe,"),
        ("verbatim", "We will not raise the fee in 2024,"),
    ]
    assert found["items"][1]["source_words"] == "The bridge was never safe."
    assert found["items"][1]["source"] == "council"
    page = client.get(f"/verify/{found['id']}").text
    shown = visible(page)
    assert "Fees: quotations checked" in shown
    assert shown.index("not found · line 5") < shown.index("altered · line 3")
    assert "<del>always</del><ins>never</ins>" in page
    assert "3 quotations checked against 1 document" in shown
    assert "Fees" in visible(client.get("/verify").text)


def test_the_verdicts_are_those_of_the_command(client: TestClient) -> None:
    from quotes.language import Language
    from quotes.readers import read_text
    from quotes.verification.claims import statements_of
    from quotes.verification.verify_draft import verify_claims

    draft = read_text(DRAFT, id="draft")
    (processed,) = quoted_words([draft])
    expected = verify_claims(
        [(draft, statements_of(processed.quotes))],  # type: ignore[union-attr]
        [read_text(SOURCE, id="council")],
        language=Language.load("en"),
    )
    found = checked(client, ("council.txt", SOURCE), text=DRAFT)
    own = [(f.verdict, f.claim.words) for f in expected.worst_first]
    assert verdicts(found) == own


def test_the_collection_is_a_source_and_leads_to_its_article(client: TestClient) -> None:
    text = f"“{STORED},” Anna Lindqvist said."
    found = checked(client, text=text, collection="yes")
    assert [(i["verdict"], i["source"]) for i in found["items"]] == [("verbatim", "a")]
    page = client.get(f"/verify/{found['id']}").text
    assert 'href="/article?id=a"' in page
    assert "checked against the collection" in visible(page)
    assert str(store_of(client).path) not in page
    without = checked(client, ("council.txt", SOURCE), text=text)
    assert [i["verdict"] for i in without["items"]] == ["not found"]


def test_who_speaks_in_an_article_is_known_from_extraction(tmp_path: Path) -> None:
    asked = list[list[str]]()

    def sure(items: Iterable[Any]) -> Iterator[Processed | Failure]:
        given = list(items)
        asked.append([item.id for item in given])
        for result in quoted_words(given):
            assert isinstance(result, Processed)
            quotes = [replace(q, confidence=0.9, speaker_confidence=0.9) for q in result.quotes]
            yield replace(result, quotes=tuple(quotes))

    client = client_of(open_store(tmp_path / "s", create=True, made_by="tests"), work=sure)
    text = f"{TURN}, Anna Lindqvist said."
    others = [(f"other{n}.txt", f"Item {n}: nobody spoke about swans.\n") for n in range(3)]
    found = checked(client, ("talks.txt", ARTICLE), *others, text=text)
    assert asked == [["draft"], ["talks"]]
    assert [(i["verdict"], i["source_speaker"]) for i in found["items"]] == [("verbatim", SPEAKER)]


def test_a_draft_is_a_file_too(client: TestClient) -> None:
    files = [
        ("draft", ("Fees.txt", DRAFT.encode(), "text/plain")),
        ("files", ("council.txt", SOURCE.encode(), "text/plain")),
    ]
    answer = client.post("/verify", files=files)
    found = finished_check(client, answer.headers["location"])
    assert (found["title"], len(found["items"])) == ("Fees.txt", 3)


def test_the_result_is_there_as_json_and_as_csv(client: TestClient) -> None:
    found = checked(client, ("council.txt", SOURCE), text=DRAFT)
    description = description_of(client)
    components = description["components"]["schemas"]
    for path, address in (("/verify/{id}", f"/verify/{found['id']}"), ("/verify", "/verify")):
        answers = description["paths"]["/api" + path]["get"]["responses"]["200"]["content"]
        schema = answers["application/json"]["schema"]
        values = client.get("/api" + address).json()
        assert fault(values, schema, components, path) == ""
        assert set(schema["properties"]) == set(values)
    rows = client.get(f"/verify/{found['id']}", params={"format": "csv"}).text.splitlines()
    assert len(rows) == 1 + len(found["items"])
    assert rows[1].startswith("draft,5,not found,")


@pytest.mark.parametrize(
    ("sources", "fields", "field", "reason"),
    [
        ([("a.txt", SOURCE)], {"text": " "}, "text", draft_checks.NO_DRAFT),
        ([("a.txt", SOURCE)], {"text": "…"}, "text", "letters"),
        ([], {"text": DRAFT}, "files", draft_checks.NO_SOURCES),
        ([("a.exe", SOURCE)], {"text": DRAFT}, "files", "a.exe: files of this type"),
        ([("a.txt", SOURCE)], {"text": DRAFT, "published": "soon"}, "published", "soon"),
        ([("a.txt", SOURCE)], {"text": DRAFT, "title": "x" * 501}, "title", "501 characters"),
        ([("a.txt", SOURCE)], {"text": "a" * 200_001}, "text", "200,001 characters"),
    ],
)
def test_what_is_wrong_stands_at_its_field_with_all_that_was_entered(
    client: TestClient,
    sources: list[tuple[str, str]],
    fields: dict[str, str],
    field: str,
    reason: str,
) -> None:
    answer = sent(client, *sources, **{"title": "Fees", "strict": "yes", **fields})
    assert answer.status_code in (400, 413, 415)
    fault_shown = re.search(rf'id="wrong-{field}" role="alert">([^<]*)<', answer.text)
    assert fault_shown is not None
    assert reason in fault_shown[1].replace("&#39;", "'")
    assert f'aria-describedby="wrong-{field}"' in answer.text
    assert f">{fields['text']}</textarea>" in answer.text
    assert f'value="{fields.get("title", "Fees")}"' in answer.text
    assert 'name="strict" value="yes" checked' in answer.text
    assert 'name="collection" value="yes" checked' not in answer.text
    assert client.get("/api/verify").json()["items"] == []


def test_a_draft_in_two_places_is_refused(client: TestClient) -> None:
    files = {"draft": ("Fees.txt", DRAFT.encode(), "text/plain")}
    answer = client.post("/verify", data={"text": DRAFT, "collection": "yes"}, files=files)
    assert answer.status_code == 400
    assert draft_checks.TWO_DRAFTS in visible(answer.text)


def test_an_empty_collection_is_no_source(empty: TestClient) -> None:
    answer = sent(empty, text=DRAFT, collection="yes")
    assert answer.status_code == 400
    assert draft_checks.EMPTY_COLLECTION in visible(answer.text)
    found = checked(empty, ("council.txt", SOURCE), text=DRAFT, collection="yes")
    assert len(found["items"]) == 3


def test_sources_that_cannot_be_read_are_named_and_the_others_used(client: TestClient) -> None:
    found = checked(client, ("none.txt", ""), ("council.txt", SOURCE), text=DRAFT)
    assert [message.partition(":")[0] for message in found["failures"]] == ["none.txt"]
    assert len(found["items"]) == 3
    assert "not read: none.txt" in visible(client.get(f"/verify/{found['id']}").text)
    alone = checked(client, ("none.txt", ""), text=DRAFT)
    assert alone["state"] == "broken"
    assert "no source could be read: none.txt" in alone["message"]
    assert "quotes-" not in alone["message"]


def test_a_draft_without_quotations_says_so(client: TestClient) -> None:
    found = checked(client, ("council.txt", SOURCE), text="The council met on Monday.")
    assert (found["state"], found["items"]) == ("done", [])
    assert "no quotations found in the draft" in visible(client.get(f"/verify/{found['id']}").text)


def test_nothing_of_a_draft_or_source_is_markup(client: TestClient) -> None:
    script = "<script>alert(1)</script>"
    draft = f"“The bridge {script} was always safe,” {script} said."
    source = f"ANNA LINDQVIST: The bridge {script} was never safe. <img src=x>\n\nTOM REED: No.\n"
    found = checked(client, (f"{script}.txt", source), text=draft, title=script)
    assert found["items"]
    for address in (f"/verify/{found['id']}", "/verify"):
        page = client.get(address).text
        assert not re.findall(r"<(?:script(?![^>]*src=\"/static)|img|style)|\sstyle=", page)
        assert "&lt;script&gt;" in page


def test_a_check_is_no_job_that_adds_and_leaves_the_store_alone(client: TestClient) -> None:
    found = checked(client, ("council.txt", SOURCE), text=DRAFT)
    assert client.get(f"/api/job/{found['id']}").status_code == 404
    assert client.get("/api/add").json()["items"] == []
    assert client.get("/verify/none").status_code == 404
    assert store_of(client).documents()["id"].tolist() == ["a"]


def test_a_page_shows_a_bounded_number_and_csv_has_all(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_checks, "MAX_SHOWN", 1)
    found = checked(client, ("council.txt", SOURCE), text=DRAFT)
    page = client.get(f"/verify/{found['id']}").text
    assert page.count("<section id=") == 1
    assert "2 milder ones are not shown" in visible(page)
    assert len(found["items"]) == 3


def test_files_of_a_check_are_deleted(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    checked(client, ("council.txt", SOURCE), text=DRAFT)
    assert list(tmp_path.glob("quotes-*")) == []


def test_too_many_checks_wait_for_each_other(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MAX_WAITING", 0)
    answer = sent(client, ("council.txt", SOURCE), text=DRAFT)
    assert answer.status_code == 409
    assert "Not checked: 0 jobs are waiting already" in visible(answer.text)
    assert f">{DRAFT}</textarea>" in answer.text


def accept(client: TestClient, found: dict[str, Any], finding: str, **more: Any) -> Any:
    given = {"action": "accept_finding", "check": found["id"], "finding": finding, "by": "Ada"}
    given |= {"why": "heard on the tape", "come_back": f"/verify/{found['id']}"}
    return client.post("/reviews", data=given | more)


def test_a_finding_is_accepted_with_a_name_and_a_reason_and_shown_so_again(
    client: TestClient,
) -> None:
    found = checked(client, ("council.txt", SOURCE), text=DRAFT)
    altered = next(item for item in found["items"] if item["verdict"] == "altered")
    page = client.get(f"/verify/{found['id']}").text
    assert page.count("<summary>Accept</summary>") == 2  # none for what is verbatim
    answer = accept(client, found, altered["id"])
    assert (answer.status_code, answer.headers["location"]) == (303, f"/verify/{found['id']}")
    shown = visible(client.get(f"/verify/{found['id']}").text)
    assert ", accepted · line 3" in shown
    assert re.search(r"accepted by Ada on \d+ \w+ \d{4}: heard on the tape", shown)
    assert "1 altered (1 accepted)" in shown
    assert shown.index("verbatim · line 1") < shown.index(", accepted · line 3")
    again = checked(client, ("council.txt", SOURCE), text=DRAFT)
    assert [item["accepted_by"] for item in again["items"]] == [None, None, "Ada"]
    assert "finding of a draft accepted → altered" in visible(client.get("/reviews").text)


def test_an_acceptance_is_undone_on_the_page(client: TestClient) -> None:
    found = checked(client, ("council.txt", SOURCE), text=DRAFT)
    altered = next(item for item in found["items"] if item["verdict"] == "altered")
    accept(client, found, altered["id"])
    (review,) = store_of(client).reviews()
    page = client.get(f"/verify/{found['id']}").text
    assert f'name="undoes" value="{review.id}"' in page
    client.post("/reviews", data={"action": "undo", "undoes": review.id, "by": "Ben"})
    assert "accepted by" not in visible(client.get(f"/verify/{found['id']}").text)


def test_another_source_with_the_words_is_not_accepted(client: TestClient) -> None:
    found = checked(client, ("council.txt", SOURCE), text=DRAFT)
    altered = next(item for item in found["items"] if item["verdict"] == "altered")
    accept(client, found, altered["id"])
    other = checked(client, ("minutes.txt", SOURCE), text=DRAFT)
    assert [item["accepted_by"] for item in other["items"]] == [None, None, None]
    shown = visible(client.get(f"/verify/{other['id']}").text)
    assert "not accepted as it is now; an earlier finding (altered) was accepted by Ada" in shown


@pytest.mark.parametrize(
    ("finding", "more", "status", "words"),
    [
        ("altered", {"why": ""}, 400, "why"),
        ("verbatim", {}, 409, "there is nothing to accept"),
        ("", {}, 404, "no such finding"),
        ("altered", {"check": "0000"}, 404, "no such check"),
    ],
)
def test_what_cannot_be_accepted_is_refused_with_the_reason(
    client: TestClient, finding: str, more: dict[str, str], status: int, words: str
) -> None:
    found = checked(client, ("council.txt", SOURCE), text=DRAFT)
    chosen = next((item["id"] for item in found["items"] if item["verdict"] == finding), "x")
    answer = accept(client, found, chosen, **more)
    assert answer.status_code == status
    assert words in visible(answer.text)
    assert store_of(client).reviews() == ()
