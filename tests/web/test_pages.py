"""The pages, their JSON and their CSV: what they say of the articles in the store."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote as quoted

import pytest
from starlette.testclient import TestClient

from quotes.pipeline import Processed
from quotes.records import Document, Quote, Span
from quotes.web import rendering
from quotes.web.app import warm_up_kinds
from quotes.web.routes import PAGES
from tests.stores import stored
from tests.web_client import ARTICLES, ids, newsroom, store_of, visible

LINDQVIST = "anna-lindqvist"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return newsroom(tmp_path_factory.mktemp("pages"))


def addresses(client: TestClient) -> dict[str, str]:
    """An address of each page that has anything to show."""
    quote = ids(client, q="Prices")[0]
    speaker, other = (item["id"] for item in client.get("/api/speakers").json()["items"][:2])
    filled = {"quote": quote, "speaker": quoted(speaker, safe="")}
    more = {
        "check": "?words=We+will+fight+it",
        "texts": "?q=prices",
        "people": "?q=anna",
        "article": "?id=harbour",
        "merge": f"?with={quoted(other, safe='')}",
    }
    found = {}
    for page in PAGES:
        of = filled["speaker"] if page.path.startswith("/speaker/") else quote
        if page.name not in ("job", "verification"):
            found[page.name] = page.path.replace("{id}", of) + more.get(page.name, "")
    return found


def test_every_page_answers_as_html_and_as_json(client: TestClient) -> None:
    for page in PAGES:
        address = addresses(client).get(page.name)
        if address is None:
            continue
        as_json = client.get("/api" + address)
        assert as_json.status_code == 200, address
        assert as_json.headers["content-type"] == "application/json"
        if page.template:
            html = client.get(address)
            assert html.status_code == 200, address
            assert html.text.startswith("<!DOCTYPE html>"), address
            assert "<h1" in html.text, address


def test_every_list_is_there_as_csv_with_as_many_rows(client: TestClient) -> None:
    listed = [page.name for page in PAGES if page.table]
    assert {
        "search",
        "speakers",
        "speaker",
        "articles",
        "article",
        "statement",
        "review",
        "collection",
        "failures",
        "reviews",
    } <= set(listed)
    for name, address in addresses(client).items():
        if name not in listed:
            continue
        answer = client.get(
            address,
            params={
                **dict(p.split("=") for p in address.partition("?")[2].split("&") if p),
                "format": "csv",
            },
        )
        assert answer.headers["content-type"].startswith("text/csv")
        assert "attachment" in answer.headers["content-disposition"]
        rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        if name not in ("check", "review"):  # those show a part
            assert len(rows) == len(client.get("/api" + address).json()["items"]), name


def test_search_finds_by_words_and_counts_what_could_narrow_it_down(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "pric"}).json()
    assert [item["words"] for item in found["items"]] == ["“Prices will rise again in March,”"] * 2
    assert found["total"] == 2
    outlets = {value["value"]: value["count"] for value in found["facets"]["outlet"]}
    assert outlets == {"The Harbour Post": 1, "The Valley Times": 1}
    assert client.get("/api/search", params={"q": "rices"}).json()["total"] == 0  # words begin so


def test_each_facet_narrows_to_the_number_it_says(client: TestClient) -> None:
    for name, values in client.get("/api/search").json()["facets"].items():
        for value in values:
            assert (
                client.get("/api/search", params={name: value["value"]}).json()["total"]
                == value["count"]
            ), (name, value)


def test_a_chosen_facet_still_shows_its_other_values(client: TestClient) -> None:
    everything = client.get("/api/search").json()["facets"]["outlet"]
    assert (
        client.get("/api/search", params={"outlet": "The Valley Times"}).json()["facets"]["outlet"]
        == everything
    )


def test_days_narrow_the_search(client: TestClient) -> None:
    since = client.get("/api/search", params={"since": "2024-03-05"}).json()["items"]
    until = client.get("/api/search", params={"until": "2024-02-15"}).json()["items"]
    assert {item["document"] for item in since} == {"harbour-again"}
    assert {item["document"] for item in until} == {"=school"}


def test_a_name_leads_to_its_speaker(client: TestClient) -> None:
    page = client.get("/search", params={"q": "Anna Lindqvist"})
    assert f'href="/speaker/{LINDQVIST}"' in page.text
    found = client.get("/api/search", params={"q": "Anna Lindqvist"}).json()
    assert {item["speaker_id"] for item in found["items"]} == {LINDQVIST}
    assert found["total"] == 4


def test_a_pasted_sentence_is_answered_with_who_said_it(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "“Prices will rise again in March,”"}).json()[
        "said"
    ]
    assert [match["verdict"] for match in found] == ["verbatim"]
    assert found[0]["speaker_name"] == "Anna Lindqvist"
    assert "Who said this?" in visible(
        client.get("/search", params={"q": "Prices will rise again in March"}).text
    )


def test_an_altered_sentence_shows_what_was_changed(client: TestClient) -> None:
    match = client.get("/api/check", params={"words": "Prices will fall again in March"}).json()[
        "items"
    ][0]
    kinds = {piece["kind"]: piece["text"] for piece in match["pieces"]}
    assert match["words"] == "“Prices will rise again in March,”"
    assert "rise" in kinds["new"]
    if match["verdict"] == "altered":
        assert kinds["gone"] == "fall"


def test_nobody_said_what_nobody_said(client: TestClient) -> None:
    assert (
        client.get(
            "/api/check", params={"words": "The moon is made of green cheese entirely"}
        ).json()["items"]
        == []
    )
    assert "Nobody in this collection" in visible(
        client.get("/check", params={"words": "The moon is made of green cheese"}).text
    )


def test_no_passage_is_a_link_without_a_name(tmp_path: Path) -> None:
    """Of two quotes, one in the other, the space between cue and content is the outer one's."""
    text = "She said the guard complained of theft. Nobody was there."

    def quote(name: str, content: str, cue: str, source: str) -> Quote:
        spans = (Span(at := text.index(words), at + len(words)) for words in (content, cue, source))
        content_span, cue_span, source_span = spans
        return Quote(
            id=name * 16, document="guard", content=(content_span,), cue=(cue_span,),
            source=(source_span,), type="indirect", rule="by-hand", confidence=0.9,
        )  # fmt: skip

    found = (
        quote("0", "the guard complained of theft", "said", "She"),
        quote("1", "of theft", "complained", "the guard"),
    )
    client = newsroom(tmp_path)
    guard = Document(id="guard", text=text, language="en")
    list(store_of(client).add([guard], work=lambda _: iter([Processed(guard, found)])))
    page = client.get("/article?id=guard").text
    pieces = re.findall(r'<(a|span)[^>]* data-q="([^"]*)"[^>]*>([^<]*)</', page)
    assert [(element, words) for element, _, words in pieces] == [
        ("a", "She"), ("a", "said"), ("a", "the guard"), ("span", " "), ("a", "complained"),
        ("span", " "), ("a", "of theft"),
    ]  # fmt: skip
    assert {of for element, of, _ in pieces if element == "span"} == {f"{found[0].id} "}


def test_an_article_is_shown_whole_with_its_quotes_in_their_places(client: TestClient) -> None:
    answer = client.get("/api/article", params={"id": "harbour"}).json()
    for quote in answer["items"]:
        for role in ("content", "cue", "source"):
            for part in quote[role]:
                assert answer["text"][part["start"] : part["end"]] == part["text"]
    page = client.get("/article", params={"id": "harbour"}).text
    shown = page[page.index('<div id="text"') : page.index("</article>")]
    assert "".join(visible(shown).split()) == "".join(answer["text"].split())
    assert all(f'href="/quote/{quote["id"]}"' in shown for quote in answer["items"])


def test_a_quote_has_an_address_with_its_evidence(client: TestClient) -> None:
    quote = ids(client, q="fight")[0]
    page = visible(client.get(f"/quote/{quote}").text)
    evidence = client.get(f"/api/quote/{quote}").json()["quote"]
    for wanted in ("We will fight it", evidence["rule"], evidence["resolved_by"], "machine ·"):
        assert wanted in page


def test_a_quote_stands_between_the_paragraphs_around_it(client: TestClient) -> None:
    page = visible(client.get(f"/quote/{ids(client, q='fight')[0]}").text)
    assert "The council said that it would not pay." in page


def test_without_a_model_the_tree_says_so(tmp_path: Path) -> None:
    from quotes.errors import ModelError

    def no_model(language: str) -> Any:
        raise ModelError("no model here")

    client = newsroom(tmp_path, parser=no_model)
    answer = client.get(f"/quote/{ids(client, q='fight')[0]}/tree", headers={"hx-request": "true"})
    assert "No dependency tree" in answer.text
    assert answer.status_code == 200


def test_the_tree_is_drawn_with_the_words_of_the_quote_marked(tmp_path: Path) -> None:
    from quotes.pipeline import ReadyParse

    client = newsroom(tmp_path, parser=lambda language: ReadyParse(ARTICLES[0][1]))
    drawn = client.get(f"/api/quote/{ids(client, q='fight')[0]}/tree").json()["svg"]
    assert drawn.startswith("<svg")
    assert ">Lindqvist<" in drawn
    assert 'class="found source"' in drawn


def test_a_speaker_has_names_roles_company_and_a_timeline(client: TestClient) -> None:
    found = client.get(f"/api/speaker/{LINDQVIST}").json()
    assert [alias["name"] for alias in found["names"]] == ["Anna Lindqvist"]
    assert found["roles"][0]["role"] == "harbour director"
    assert (found["roles"][0]["first"], found["roles"][0]["last"]) == ("2024-03-04", "2024-03-05")
    assert {row["month"] for row in found["months"]} == {"2024-03"}
    assert sum(row["quotes"] for row in found["months"]) == found["total"] == 4


def test_one_statement_is_shown_in_all_outlets_the_first_first(client: TestClient) -> None:
    late = ids(client, q="Prices", outlet="The Valley Times")[0]
    found = client.get(f"/api/statement/{late}").json()
    assert [(match["outlet"], match["published"]) for match in found["items"]] == [
        ("The Harbour Post", "2024-03-04"),
        ("The Valley Times", "2024-03-05"),
    ]
    assert [match["outlet"] for match in found["first"]] == ["The Harbour Post"]
    assert "2 outlets" in visible(client.get(f"/statement/{late}").text)


def test_the_source_audit_adds_up(client: TestClient) -> None:
    rows = client.get("/api/collection").json()["items"]
    whole, outlets = rows[0], rows[1:]
    assert whole["all"]
    assert {row["outlet"] for row in outlets} == {"The Harbour Post", "The Valley Times"}
    for name in ("quotes", "named", "direct", "indirect", "mixed"):
        assert sum(row[name] for row in outlets) == whole[name]
    assert (
        whole["direct"] + whole["indirect"] + whole["mixed"]
        == whole["quotes"]
        == store_of(client).count()
    )


def test_the_collection_counts_the_speakers_that_their_page_lists(client: TestClient) -> None:
    facts = client.get("/api/collection").json()["facts"]
    assert facts["speakers"] == client.get("/api/speakers").json()["total"] > 0


def test_pages_about_the_most_quoted_speaker_are_made_at_the_start(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = list[str]()

    def noting(page: Any) -> Any:
        def make(state: Any, parameters: Any) -> Any:
            values = page.make(state, parameters)
            made.append(page.name)
            return values

        return replace(page, make=make)

    monkeypatch.setattr("quotes.web.app.PAGES", [noting(page) for page in PAGES])
    warm_up_kinds(client.app.state.app_state)  # type: ignore[attr-defined]
    assert {"search", "speaker", "chart", "quote", "statement", "article", "texts"} <= set(made)


def test_failures_are_shown_with_their_reason(tmp_path: Path) -> None:
    from quotes.records import Failure

    client = newsroom(
        tmp_path,
        [*ARTICLES, Failure("bad.txt", "read", "bad.txt: is empty: nothing to read", "bad.txt")],
    )
    assert "bad.txt: is empty: nothing to read" in visible(client.get("/collection").text)
    assert client.get("/api/failures").json()["items"][0]["stage"] == "read"


def test_a_failure_is_dismissed_and_tried_again_where_that_can_be_done(tmp_path: Path) -> None:
    from quotes.records import Failure

    address = "https://paper.example/a"
    failures = [
        Failure("bad.txt", "read", "bad.txt: is empty", "bad.txt"),
        Failure(address, "read", "404", address),
    ]
    client = newsroom(tmp_path, [*ARTICLES, *failures])
    page = client.get("/failures").text
    assert page.count("Dismiss</button>") == 2
    assert page.count("Try again</button>") == 1
    given = {"document": "bad.txt", "come_back": "/failures"}
    done = client.post("/dismiss", data=given, headers={"sec-fetch-site": "same-origin"})
    assert (done.status_code, done.headers["location"]) == (303, "/failures")
    assert [row["id"] for row in client.get("/api/failures").json()["items"]] == [address]
    again = client.get("/failures").text
    assert "Dismissed." in visible(again)
    refused = client.post("/dismiss", data=given, headers={"sec-fetch-site": "cross-site"})
    assert refused.status_code == 403
    assert len(client.get("/api/articles").json()["items"]) == len(ARTICLES)


def test_lists_have_pages_and_their_state_is_in_the_address(tmp_path: Path) -> None:
    from quotes.records import Document

    text = "\n\n".join(f"“Number {n} is a fine number,” he said." for n in range(75))
    store = stored(tmp_path / "store", [])
    from tests.web_client import client_of, quoted_words

    client = client_of(store)
    assert [
        step.outcome
        for step in store.add([Document(id="many", text=text, language="en")], work=quoted_words)
    ] == ["added"]
    seen = [
        item["id"]
        for page in (1, 2, 3)
        for item in client.get("/api/search", params={"page": page, "sort": "oldest"}).json()[
            "items"
        ]
    ]
    assert len(seen) == len(set(seen)) == 75
    page = client.get("/search", params={"page": "2", "sort": "oldest", "q": "number"}).text
    assert 'href="/search?page=3&amp;q=number&amp;sort=oldest"' in page


def test_pages_and_what_they_need_are_small(client: TestClient) -> None:
    """HTML and assets of the heaviest page come to at most 0.5 MB."""
    everything = sum(len(data) for data, _ in rendering.assets().values())
    pages = max(len(client.get(address).content) for address in addresses(client).values())
    assert everything + pages <= 0.5e6


def test_no_page_names_another_server(client: TestClient) -> None:
    import re

    for address in addresses(client).values():
        page = client.get(address)
        assert not re.findall(
            r"""(?:src|href|action)=["'](?:https?:)?//(?!localhost)[^"']+""", page.text
        ), address
    styles = rendering.assets()["page.css"][0].decode()
    assert "url(" not in styles
    assert "@import" not in styles


def test_every_vendored_file_has_a_version_and_a_licence(root: Path) -> None:
    folder = root / "quotes" / "web" / "vendor"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for path in folder.glob("*.js"):
        row = next(line for line in readme.splitlines() if path.name in line)
        assert any(character.isdigit() for character in row)
        assert (folder / row.split("`")[-2]).is_file(), row
