"""Quotes as schema.org Quotation and Claim."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from quotes.output.tables import json_ld
from quotes.store import COLUMNS, Store
from tests.output.tables.reading import written


def test_a_quotation_says_who_said_what_where(store: Store) -> None:
    made = json.loads(written(store, "jsonld"))
    assert made["@context"][0] == "https://schema.org"
    fight = next(each for each in made["@graph"] if each["text"] == "“We will fight it,”")
    anna = store.speaker("Anna Lindqvist")
    assert fight["@type"] == "Quotation"
    assert fight["spokenByCharacter"] == {
        "@type": "Person",
        "@id": f"urn:x-quotes:speaker:{anna.id}",
        "name": "Anna Lindqvist",
        "jobTitle": "harbour director",
    }
    assert fight["creator"] == {"@id": fight["spokenByCharacter"]["@id"]}
    assert fight["isPartOf"] == {
        "@type": "NewsArticle",
        "identifier": "harbour",
        "url": "https://post.example/prices?a=1&b=2",
        "headline": "Prices",
        "publisher": {"@type": "Organization", "name": "Harbour Post"},
        "datePublished": "2024-03-04",
    }
    assert fight["quotes:before"] == "According to a city report, 40 ships left last year."
    assert "dateCreated" not in fight  # the day of publication is not when it was said
    articles = [each.get("isPartOf") or each["appearance"] for each in made["@graph"]]
    assert {each.get("url") for each in articles} == {
        "https://post.example/prices?a=1&b=2",
        None,
    }


def test_a_denial_is_no_quotation_and_a_report_no_person(store: Store) -> None:
    frame, graph = store.quotes(), json.loads(written(store, "jsonld"))["@graph"]
    assert "denied" in frame["factuality"].tolist()
    assert sorted(each["identifier"] for each in graph) == sorted(
        frame["id"][frame["factuality"] == "said"]
    )
    report = next(each for each in graph if each["text"].startswith("40 ships"))
    assert "spokenByCharacter" not in report
    assert report["citation"] == {"@type": "CreativeWork", "name": "city report"}
    council = next(each for each in graph if each["text"] == "that it would not pay")
    assert council["creator"]["@type"] == "Organization"


def test_only_direct_speech_is_a_quotation(store: Store) -> None:
    frame, graph = store.quotes(), json.loads(written(store, "jsonld"))["@graph"]
    types = dict(zip(frame["id"], frame["type"], strict=True))
    for each in graph:
        direct = types[each["identifier"]] == "direct"
        assert each["@type"] == ("Quotation" if direct else "Claim")
        assert ("spokenByCharacter" in each) <= direct  # a Claim has no such property
        assert ("isPartOf" in each, "appearance" in each) == (direct, not direct)
    council = next(each for each in graph if each["text"] == "that it would not pay")
    assert council["@type"] == "Claim"
    assert council["appearance"]["@type"] == "NewsArticle"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, True),
        ({"type": "direct", "factuality": "question"}, True),
        ({"factuality": "question"}, False),
        ({"factuality": "denied"}, False),
        ({"factuality": "hypothetical", "type": "direct"}, False),
        ({"act": "intention"}, False),
        ({"act": "thought", "type": "direct"}, False),
    ],
)
def test_only_what_was_said_is_written(changes: dict[str, str], said: bool) -> None:
    names = ("id", "words", "type", "factuality", "act")
    row: dict[str, Any] = dict.fromkeys(COLUMNS) | dict(
        zip(names, ("q", "that it rained", "indirect", "said", "speech"), strict=True)
    )
    table = pa.Table.from_pylist([row | changes])
    stream = io.BytesIO()
    assert json_ld.write_jsonld(table.to_reader(), stream) == said
    assert len(json.loads(stream.getvalue())["@graph"]) == said


@pytest.mark.parametrize(
    ("precision", "day", "wanted"),
    [
        ("day", date(2023, 10, 27), "2023-10-27"),
        ("week", date(2023, 10, 23), "2023-W43"),
        ("week", date(2024, 12, 30), "2025-W01"),
        ("month", date(2023, 10, 1), "2023-10"),
        ("year", date(2023, 1, 1), "2023"),
        (None, None, None),
    ],
)
def test_a_date_is_as_exact_as_it_is_known(
    precision: str | None, day: date | None, wanted: str | None
) -> None:
    row: dict[str, Any] = dict.fromkeys(COLUMNS) | {
        "said_on": day,
        "said_precision": precision,
        "published": date(2025, 1, 1),
        "id": "q",
    }
    assert json_ld.quotation_or_claim(row).get("dateCreated") == wanted
