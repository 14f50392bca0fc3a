"""The JSON Schema of quotes, and that what is printed follows it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from docs import dictionary
from quotes.output import documents
from quotes.output.json_schema import json_schema
from quotes.quote_columns import QUOTE_COLUMNS, SCHEMA_VERSION
from quotes.records import ReviewRequest, SaidOn, Span
from quotes.store import EVERYTHING, Store
from tests.output.tables.reading import nested, written
from tests.stores import HARBOUR, stocked, work

jsonschema = pytest.importorskip("jsonschema", reason="comes with the extra ray")


@pytest.fixture
def store(tmp_path: Path, frozen: Path) -> Store:
    return stocked(tmp_path / "store", frozen)


def follows(kind: str, value: dict[str, Any]) -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(value, schema)
    jsonschema.validate(value, schema | {"anyOf": [{"$ref": f"#/$defs/{kind}"}]})


def test_the_published_file_is_the_schema() -> None:
    assert dictionary.SCHEMA.read_text(encoding="utf-8") == dictionary.schema()
    assert json.loads(dictionary.schema())["version"] == SCHEMA_VERSION
    page = dictionary.FORMATS_PAGE.read_text(encoding="utf-8")
    assert dictionary.rewritten(page, dictionary.columns()) == page
    assert all(f"| `{column.name}` | {column.kind} |" in page for column in QUOTE_COLUMNS)


def test_documents_follow_it() -> None:
    document, parse = HARBOUR
    (done,) = work([(replace(document, published=date(2024, 3, 4), title="Prices"), parse)])
    first, *others = done.quotes
    dated = replace(first, said_on=SaidOn(date(2023, 1, 1), "year"))
    made = documents.to_object(done.document, [dated, *others], with_text=True)
    follows("document", made)
    for quote in made["quotes"]:
        follows("quote", quote)
        assert quote["published"] == "2024-03-04"
        assert quote["title"] == made["title"] == "Prices"
    assert made["quotes"][0]["said_on"] == "2023"
    assert made["quotes"][0]["said_precision"] == "year"


def test_quotes_of_a_store_follow_it(store: Store) -> None:
    last = store.quotes()["id"].iloc[-1]
    store.review(ReviewRequest(action="accept", by="R. Reader", quote=last))
    added = ReviewRequest(
        action="add", by="R. Reader", document="harbour", content=(Span(1, 20),), value="Ann"
    )
    store.review(added)
    lines = [json.loads(line) for line in written(store, "jsonl").splitlines()]
    assert {line["review"] for line in lines} == {None, "accepted", "added"}
    for line in lines:
        follows("quote", line)
    for made in nested(store, EVERYTHING, with_text=True):
        follows("document", made)


@pytest.mark.parametrize(
    "wrong", [{"type": "spoken"}, {"said_on": "4 March"}, {"content_spans": [[1]]}, {"words": None}]
)
def test_what_is_no_quote_does_not(wrong: dict[str, Any]) -> None:
    (done,) = work([HARBOUR])
    row = documents.to_json_rows(done.document, done.quotes)[0]
    follows("quote", row)
    with pytest.raises(jsonschema.ValidationError):
        follows("quote", row | wrong)
