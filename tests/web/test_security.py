"""Requests that the page refuses: other hosts and sites, too large, of other types, paths."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from quotes.errors import InputError
from quotes.records import Document
from quotes.web import Settings, exports, jobs
from tests.stores import stored
from tests.web_client import client_of, finished, ids, newsroom, quoted_words, review

TOKEN = "a token of more than sixteen"
SCRIPT = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> “He said </p><b>no</b> & “&lt;i&gt;”,” "
    'said Anna "><svg onload=alert(3)>.'
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return newsroom(tmp_path_factory.mktemp("security"))


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "",
        "127.0.0.1.nip.io",
        "[::2]",
        "evil.example:8600",
        "a b",
        "[::1",
    ],
)
def test_a_host_that_is_not_allowed_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/api/search", headers={"host": host})
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "forbidden"


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:9999", "127.0.0.1:8600", "[::1]:8600", "LOCALHOST"]
)
def test_this_machine_is_allowed_under_all_its_names(client: TestClient, host: str) -> None:
    assert client.get("/api/search", headers={"host": host}).status_code == 200


def test_another_name_is_allowed_when_it_was_given(tmp_path: Path) -> None:
    allowed = newsroom(tmp_path, hosts=("newsroom.example",))
    assert allowed.get("/api/search", headers={"host": "newsroom.example"}).status_code == 200


CHANGES = ("/reviews", "/who", "/add", "/api/reviews", "/api/add", "/judge", "/api/judgements")
FOREIGN = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "http://localhost:8600"},
    {"sec-fetch-site": "same-origin", "origin": "http://evil.example"},
    {"origin": "http://evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://localhost:1"},
    {"origin": "http://[::1"},
)


@pytest.mark.parametrize("path", CHANGES)
@pytest.mark.parametrize("headers", FOREIGN)
def test_a_change_from_another_site_is_refused(
    client: TestClient, path: str, headers: dict[str, str]
) -> None:
    values = {"action": "accept", "by": "Eve", "quote": ids(client)[0], "text": "“No,” he said."}
    kind = {"json": values} if path.startswith("/api/") else {"data": values}
    answer = client.post(path, headers=headers, **kind)  # type: ignore[arg-type]
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert client.get("/api/reviews").json()["total"] == 0
    assert client.get("/api/add").json()["items"] == []


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_ways_to_change_are_refused_from_another_site_too(
    client: TestClient, method: str
) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert client.request(method, "/reviews", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": "http://localhost:8600"},
        {"sec-fetch-site": "none"},
        {"origin": "http://localhost:8600"},
        {"origin": "HTTP://LOCALHOST:8600"},
        {},  # a program, which holds no cookies of a user
    ],
)
def test_a_change_from_this_server_or_a_program_is_let_through(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    own = newsroom(tmp_path)
    data = {"action": "accept", "by": "Ada", "quote": ids(own)[0]}
    assert own.post("/reviews", data=data, headers=headers).status_code == 303
    assert own.get("/api/reviews").json()["total"] == 1


def test_a_name_that_was_made_to_point_here_changes_nothing(client: TestClient) -> None:
    """DNS rebinding: for the browser both are the same site, but the name is not ours."""
    headers = {
        "host": "evil.example:8600",
        "origin": "http://evil.example:8600",
        "sec-fetch-site": "same-origin",
    }
    values = {"action": "accept", "by": "Eve", "quote": ids(client)[0]}
    assert client.post("/reviews", data=values, headers=headers).status_code == 403
    assert client.post("/api/reviews", json=values, headers=headers).status_code == 403
    assert client.get("/api/reviews").json()["total"] == 0


def test_nothing_is_changed_by_asking(client: TestClient) -> None:
    for path in CHANGES:
        client.get(path, params={"action": "accept", "quote": ids(client)[0], "by": "Eve"})
    assert client.get("/api/reviews").json()["total"] == 0


def test_every_answer_has_a_policy_without_inline_script(client: TestClient) -> None:
    for path in (
        "/search",
        "/api/search",
        "/static/page.css",
        "/nothing",
        "/search?since=x",
        "/add",
        "/article?id=harbour",
    ):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_holds_inline_script_or_style(client: TestClient) -> None:
    for path in (
        "/search",
        "/review",
        "/collection",
        "/add",
        "/verify",
        "/speaker/anna-lindqvist",
        f"/quote/{ids(client)[0]}",
        "/article?id=harbour",
    ):
        page = client.get(path).text
        assert not re.findall(r"<script(?![^>]*\bsrc=)", page), path
        assert not re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page), path


@pytest.mark.parametrize(
    "name",
    [
        "../app.py",
        "..%2fapp.py",
        "%2e%2e%2fapp.py",
        "/etc/passwd",
        "page.css%00",
        "..\\app.py",
        "vendor/htmx.min.js",
        "README.md",
        "LICENSE.htmx",
        ".",
        "",
    ],
)
def test_no_path_reaches_the_file_system(client: TestClient, name: str) -> None:
    answer = client.get(f"/static/{name}")
    assert answer.status_code in (303, 404)
    assert "import" not in answer.text


def test_an_article_cannot_reach_the_file_system_by_its_id(client: TestClient) -> None:
    for name in ("../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "C:\\windows"):
        assert client.get("/api/article", params={"id": name}).status_code == 404


def test_too_much_is_refused_before_it_is_read(client: TestClient) -> None:
    big = b"x" * (jobs.MAX_REQUEST_BYTES + 1)
    assert (
        client.post(
            "/add", content=big, headers={"content-type": "application/x-www-form-urlencoded"}
        ).status_code
        == 413
    )

    def endless() -> Any:  # no length given
        for _ in range(40):
            yield b"x" * (1 << 20)

    assert (
        client.post(
            "/add", content=endless(), headers={"content-type": "application/x-www-form-urlencoded"}
        ).status_code
        == 413
    )


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "", "multipart/form-data"])
def test_a_body_of_another_type_is_refused(client: TestClient, kind: str) -> None:
    assert client.post(
        "/reviews", content=b"action=accept", headers={"content-type": kind}
    ).status_code in (400, 403, 415)
    assert (
        client.post("/api/reviews", content=b"{}", headers={"content-type": kind}).status_code
        == 415
    )


def test_a_redirection_never_leaves_this_server(client: TestClient) -> None:
    for where in (
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "/ok\r\nset-cookie: a=b",
        "\\\\evil",
    ):
        answer = client.post("/who", data={"by": "Ada", "come_back": where})
        assert answer.headers["location"] == "/search", where


def test_with_a_token_nothing_is_seen_without_it(tmp_path: Path) -> None:
    guarded = newsroom(tmp_path, token=TOKEN)
    for path in ("/search", "/api/search", "/static/page.css", "/api/openapi.json"):
        assert guarded.get(path).status_code == 403
    assert guarded.get("/search", params={"token": "wrong"}).status_code == 403
    assert (
        guarded.get("/api/search", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    )
    entered = guarded.get("/", params={"token": TOKEN})
    assert entered.status_code == 303
    assert TOKEN not in str(entered.headers)
    assert guarded.get("/search").status_code == 200  # by the cookie


@pytest.mark.parametrize(
    ("address", "to"),
    [
        ("/", "/search"),
        ("/article?id=a%26b&quote=c", "/article?id=a%26b&quote=c"),
        ("/speaker/j%C3%BCrg", "/speaker/j%C3%BCrg"),
        ("//evil.example/x", "/evil.example/x"),
        ("/%5C%5Cevil.example", "/evil.example"),
    ],
)
def test_a_link_with_a_token_leads_to_its_own_page(tmp_path: Path, address: str, to: str) -> None:
    guarded = newsroom(tmp_path, token=TOKEN)
    mark = "&" if "?" in address else "?"
    asked = f"{guarded.base_url}{address}{mark}token={TOKEN.replace(' ', '+')}"
    assert guarded.get(asked).headers["location"] == to


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org"])
def test_other_machines_are_let_in_only_with_a_token(host: str) -> None:
    with pytest.raises(InputError, match="--token"):
        Settings(host=host).check()
    with pytest.raises(InputError, match="16"):
        Settings(host=host, token="short").check()
    Settings(host=host, token=TOKEN).check()


def test_the_command_refuses_to_serve_the_network_without_a_token(
    command: Any, tmp_path: Path
) -> None:
    stored(tmp_path / "store")
    done = command("serve", "--store", tmp_path / "store", "--host", "0.0.0.0")
    assert done.returncode == 2
    assert "--token" in done.stderr


def test_markup_in_an_article_is_only_text(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", [])
    hostile = Document(
        id=SCRIPT, text=SCRIPT * 2, title=SCRIPT, outlet=SCRIPT, author=SCRIPT, language="en"
    )
    assert [step.outcome for step in store.add([hostile], work=quoted_words)] == ["added"]
    client = client_of(store)
    quote = ids(client)[0]
    review(client, "speaker", quote=quote, value=SCRIPT, why=SCRIPT, by="<b>Eve</b>")
    pages = [
        ("/search", {}),
        ("/search", {"q": SCRIPT}),
        ("/article", {"id": SCRIPT}),
        (f"/quote/{quote}", {}),
        (f"/statement/{quote}", {}),
        ("/articles", {}),
        ("/collection", {}),
        ("/reviews", {}),
        ("/review", {}),
        ("/check", {"words": SCRIPT}),
        ("/speakers", {"q": "<b>"}),
    ]
    for path, values in pages:
        page = client.get(path, params=values)
        assert page.status_code == 200, path
        assert not re.findall(r"<(?:script(?![^>]*src=\"/static)|img|svg|b>|i>)", page.text), path


def test_control_characters_and_changed_directions_are_made_visible(tmp_path: Path) -> None:
    store = stored(tmp_path / "store", [])
    list(
        store.add(
            [Document(id="d", text="“He \u202esaid\u202c \x07no.”", language="en")],
            work=quoted_words,
        )
    )
    page = client_of(store).get("/article", params={"id": "d"}).text
    assert not re.search("[\u202a-\u202e\x00-\x08]", page)
    assert "\ufffdsaid\ufffd" in page


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "\n=1", "\r=1"]
)
def test_no_cell_of_a_csv_file_is_a_formula(cell: str) -> None:
    written = exports.to_csv([{"words": cell}]).splitlines()
    assert written[1].lstrip('"').startswith("'")


def test_numbers_and_lists_stay_what_they_are_in_csv() -> None:
    written = exports.to_csv(
        [{"n": -1, "share": 0.5, "names": ["a", "b"], "none": None, "yes": True}]
    )
    assert written == "n,share,names,none,yes\r\n-1,0.5,a; b,,yes\r\n"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://[fd00::1]/",
    ],
)
def test_private_addresses_are_not_fetched(client: TestClient, address: str) -> None:
    answer = client.post("/add", data={"address": address})
    job = finished(client, answer.headers["location"].rpartition("/")[2])
    assert (job["added"], job["failed"]) == (0, 1)
    assert "not a public address" in job["items"][0]["message"]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "example.org",
        "javascript:alert(1)",
        "//example.org/",
    ],
)
def test_what_is_no_address_of_the_web_is_not_fetched(client: TestClient, address: str) -> None:
    assert client.post("/add", data={"address": address}).status_code == 400


def test_fetching_can_be_forbidden(tmp_path: Path) -> None:
    client = newsroom(tmp_path, fetching=False)
    answer = client.post("/add", data={"address": "https://example.org/"})
    assert answer.status_code == 403
    assert "Fetch a page" not in client.get("/add").text


def test_no_address_is_fetched_from_json(client: TestClient) -> None:
    answer = client.post("/api/add", json={"address": "https://example.org/"})
    assert answer.status_code == 400
