"""The API with all that its description allows, and with what it does not: never a bug."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote as quoted

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from quotes.pipeline import Item
from quotes.records import Failure
from quotes.web.routes import PAGES
from tests.web.test_pages import addresses
from tests.web_client import ARTICLES, finished, ids, newsroom, review

NASTY = st.sampled_from(
    [
        "",
        " ",
        "'",
        '"',
        "%",
        "_",
        "\\",
        ";--",
        "' OR 1=1",
        "../..",
        "<script>",
        "{{7*7}}",
        "%00",
        "\x00",
        "9" * 400,
        "-1",
        "1e9",
        "NaN",
        "0",
        "null",
        "a" * 5000,
        "🦉",
        "\u202e",
        "٣",
        "2024-02-30",
        "2024-13-01",
        "0001-01-01",
        "9999-12-31",
        "**",
        "(",
        "[",
        "\n",
        "=1+1",
    ]
)
TEXT = st.one_of(NASTY, st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
EXAMPLES = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return newsroom(tmp_path_factory.mktemp("hostile"))


def fits(answer: Any) -> None:
    """Return every answer is a success or a refusal in the one shape."""
    assert answer.status_code < 500, (answer.request.url, answer.text)
    if answer.status_code >= 400:
        error = answer.json()["error"]
        assert set(error) == {"status", "code", "message"}
        assert error["status"] == answer.status_code
        assert error["message"]


@st.composite
def requests(draw: st.DrawFn, description: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """Return a path of the description with parameters that fit it, or do not."""
    path = draw(
        st.sampled_from(sorted(p for p, ways in description["paths"].items() if "get" in ways))
    )
    query = {}
    for parameter in description["paths"][path]["get"].get("parameters", ()):
        schema = parameter["schema"]
        fitting = (
            st.sampled_from(schema["enum"])
            if "enum" in schema
            else st.dates().map(str)
            if schema.get("format") == "date"
            else st.just("anna-lindqvist")
        )
        value = draw(st.one_of(fitting, TEXT))
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", quoted(value, safe="") or "x")
        elif draw(st.booleans()):
            query[parameter["name"]] = value
    return path, query


@EXAMPLES
@given(data=st.data())
def test_no_question_is_too_strange(client: TestClient, data: st.DataObject) -> None:
    path, query = data.draw(requests(description_of(client)))
    fits(client.get(path, params=query))


def description_of(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        TEXT,
    ),
    lambda v: st.lists(v, max_size=3),
    max_leaves=5,
)
ACTIONS = (
    "accept",
    "reject",
    "speaker",
    "role",
    "type",
    "date",
    "span",
    "add",
    "merge",
    "split",
    "undo",
    "undo_last",
    "accept_all",
    "drop",
)
FIELDS = (
    "quote",
    "document",
    "value",
    "content",
    "content_spans",
    "cue",
    "source",
    "names",
    "documents",
    "rule",
    "speaker",
    "undoes",
    "why",
    "by",
)


@EXAMPLES
@given(
    action=st.sampled_from(ACTIONS),
    values=st.dictionaries(st.sampled_from(FIELDS), VALUES),
    real=st.booleans(),
)
def test_no_review_is_too_strange(
    client: TestClient, action: str, values: dict[str, Any], real: bool
) -> None:
    known = {"quote": ids(client)[0], "document": "harbour"} if real else {}
    body = {"by": "Eve", **known, **values, "action": action}
    fits(client.post("/api/reviews", json=body))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"action": "accept"',
        b"[" * 100_000,
        b'{"action": NaN}',
        b'{"text": 5}',
    ],
)
def test_a_body_that_is_no_object_is_refused(client: TestClient, body: bytes) -> None:
    for path in ("/api/reviews", "/api/add"):
        answer = client.post(
            path,
            content=body,
            headers={"content-type": "application/json"},
        )
        fits(answer)
        assert answer.status_code == 400


@EXAMPLES
@given(
    query=st.dictionaries(
        st.sampled_from(
            [
                "q",
                "speaker",
                "outlet",
                "since",
                "year",
                "sure",
                "page",
                "sort",
                "format",
                "id",
                "after",
                "at",
                "words",
            ]
        ),
        TEXT,
    )
)
@pytest.mark.slow
def test_pages_bear_strange_questions_too(client: TestClient, query: dict[str, str]) -> None:
    for page in ("/search", "/review", "/speakers", "/articles", "/reviews", "/check"):
        assert client.get(page, params=query).status_code < 500


def test_the_description_names_every_page_and_every_parameter(client: TestClient) -> None:
    described = description_of(client)
    for page in PAGES:
        operation = described["paths"][page.api]["get"]
        assert operation["summary"] == page.description
        assert {p["name"] for p in operation["parameters"]} == {
            p.name for p in page.params if p.name != "format"
        }
        assert all(
            "{" + p["name"] + "}" in page.api for p in operation["parameters"] if p["in"] == "path"
        )
    assert {"post"} <= set(described["paths"]["/api/reviews"]) & {"post"}


def fault(value: Any, schema: dict[str, Any], components: dict[str, Any], at: str = "") -> str:
    """Return where a value does not fit a schema, "" where it does: what of JSON Schema is used."""
    if "$ref" in schema:
        return fault(value, components[schema["$ref"].rpartition("/")[2]], components, at)
    if "anyOf" in schema:
        faults = [fault(value, each, components, at) for each in schema["anyOf"]]
        return "" if "" in faults else faults[0]
    if "allOf" in schema:
        return next(filter(None, (fault(value, s, components, at) for s in schema["allOf"])), "")
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    python = {
        "object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
        "boolean": bool, "null": type(None),
    }  # fmt: skip
    if not any(isinstance(value, python[kind]) for kind in kinds):  # type: ignore[arg-type]
        return f"{at}: {value!r} is not {kinds}"
    if isinstance(value, dict):
        missing = set(schema["required"]) - set(value)
        if missing:
            return f"{at}: has no {missing}"
        inner = [(value[n], s, f"{at}.{n}") for n, s in schema["properties"].items() if n in value]
    elif isinstance(value, list):
        inner = [(each, schema["items"], f"{at}[{n}]") for n, each in enumerate(value)]
    else:
        inner = []
    return next(filter(None, (fault(v, s, components, a) for v, s, a in inner)), "")


def test_every_answer_is_as_it_is_described(tmp_path: Path) -> None:
    """Also in a store with reviews, failures and articles of which little is known."""
    items: list[Item] = [*ARTICLES, Failure("bad.txt", "read", "bad.txt: is empty", "bad.txt")]
    client = newsroom(tmp_path, items)
    plain = client.post("/api/add", json={"text": "“The bridge is safe.”"})
    finished(client, plain.json()["job"])
    assert review(client, "accept", quote=ids(client)[0]).status_code == 303
    description = description_of(client)
    components = description["components"]["schemas"]
    for name, address in addresses(client).items():
        page = next(page for page in PAGES if page.name == name)
        schema = description["paths"][page.api]["get"]["responses"]["200"]["content"]
        values = client.get("/api" + address).json()
        assert fault(values, schema["application/json"]["schema"], components, name) == ""
        assert set(schema["application/json"]["schema"]["properties"]) == set(values), name
    job = description["paths"]["/api/job/{id}"]["get"]["responses"]["200"]["content"]
    values = client.get(f"/api/job/{plain.json()['job']}").json()
    assert fault(values, job["application/json"]["schema"], components) == ""


def test_refusals_have_one_shape(client: TestClient) -> None:
    for path in (
        "/api/nothing",
        "/api/search?since=x",
        "/api/quote/none",
        "/api/speaker/none",
        "/api/article",
        "/api/job/none",
        "/api/review?after=x",
    ):
        fits(client.get(path))
        assert client.get(path).status_code in (400, 404)
    fits(client.delete("/api/search"))
