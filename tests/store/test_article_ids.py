"""Ids that count within their source: nothing overwrites an article of another source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quotes.errors import StoreError
from quotes.pipeline import Item
from quotes.records import Document
from quotes.store import Store
from quotes.store.article_ids import look_up
from tests.stores import HARBOUR, SCHOOL, described, put, shifted, stored, whole

FIRST = described(HARBOUR, id="a", source="y1/a.txt")
SECOND = described(SCHOOL, id="a", source="y2/a.txt")


def outcomes(store: Store, *items: Item, **options: Any) -> list[tuple[str, str]]:
    return [(step.id, step.outcome) for step in put(store, items, **options)]


@pytest.mark.parametrize(("first", "second"), [(FIRST, SECOND), (SECOND, FIRST)])
def test_files_of_one_name_in_two_folders_are_two_articles(
    tmp_path: Path, first: Any, second: Any
) -> None:
    with stored(tmp_path / "s", [first]) as store:
        folder = second[0].source.partition("/")[0]
        assert outcomes(store, second) == [(f"{folder}/a", "added")]
        assert outcomes(store, first, second) == [("a", "unchanged"), (f"{folder}/a", "unchanged")]
        assert whole(store) == {"a", f"{folder}/a"}
        store.remove(["a"])
        assert outcomes(store, second) == [(f"{folder}/a", "unchanged")]


def test_a_path_from_another_folder_is_the_same_file(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [FIRST]) as store:
        for source in ("/data/y1/a.txt", "../y1/a.txt", "a.txt"):
            assert outcomes(store, described(FIRST, source=source)) == [("a", "unchanged")]


def test_a_text_that_shares_almost_nothing_is_no_revision(tmp_path: Path) -> None:
    other = described(SCHOOL, id="a", source="y1/a.txt")
    with stored(tmp_path / "s", [FIRST]) as store:
        (step,) = put(store, [other])
        assert step.outcome == "failed"
        assert step.failure is not None
        assert step.failure.message.startswith("y1/a.txt: the id 'a' is that of another text")
        assert "stored from y1/a.txt" in step.failure.message
        assert "--replace" in step.failure.message
        assert store.document("a").text == HARBOUR[0].text
        assert store.sql("SELECT id, stage FROM failures").values.tolist() == [["a", "store"]]
        assert outcomes(store, other, replace=True) == [("a", "revised")]
        assert store.document("a").text == SCHOOL[0].text
        assert store.document("a", revision=1).text == HARBOUR[0].text


def test_a_text_with_another_beginning_is_a_revision(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [FIRST]) as store:
        longer = shifted(FIRST, "Updated on Monday with more voices.\n\n")
        assert outcomes(store, longer) == [("a", "revised")]


def test_articles_without_a_source_are_distinguished_by_their_texts_alone(tmp_path: Path) -> None:
    with stored(tmp_path / "s", [described(HARBOUR, id="a", source=None)]) as store:
        (step,) = put(store, [described(SCHOOL, id="a", source=None)])
        assert step.failure is not None
        assert "the article given" in step.failure.message
        assert "an article without a source" in step.failure.message


def test_rows_of_stores_of_older_versions_keep_their_ids(tmp_path: Path) -> None:
    old = [
        described(HARBOUR, id="1", source="gazette.csv:1"),
        described(SCHOOL, id="2", source="https://a.example/2"),
    ]
    with stored(tmp_path / "s", old) as store:
        assert outcomes(
            store,
            described(HARBOUR, id="gazette.csv#1", source="gazette.csv:7"),
            described(SCHOOL, id="https://a.example/2", source="https://a.example/2"),
            described(SCHOOL, id="echo.csv#1", source="echo.csv:1"),
        ) == [("1", "unchanged"), ("2", "unchanged"), ("echo.csv#1", "added")]
        assert whole(store) == {"1", "2", "echo.csv#1"}


def test_an_address_is_one_article(tmp_path: Path) -> None:
    page = described(HARBOUR, id="https://a.example/a", source="https://a.example/a")
    with stored(tmp_path / "s", [page]) as store:
        assert outcomes(store, page) == [("https://a.example/a", "unchanged")]
        (failed,) = put(store, [described(SCHOOL, id=page[0].id, source=page[0].source)])
        assert failed.outcome == "failed"


def test_without_a_store_all_is_new() -> None:
    known = look_up(None, [HARBOUR[0]], replacing=False)
    assert [(each.document, each.row, each.problem) for each in known] == [(HARBOUR[0], None, "")]


def test_further_columns_of_a_table_come_out_as_they_went_in(tmp_path: Path) -> None:
    extra = (("Section", "Politics"), ("desk", "1"))
    with stored(tmp_path / "s", [(replace(HARBOUR[0], extra=extra), HARBOUR[1])]) as store:
        assert store.document("harbour").extra == extra
        (found,) = store.documents()["extra"]
        assert found == [{"name": name, "value": value} for name, value in extra]


def test_a_removal_names_what_may_have_been_meant(tmp_path: Path) -> None:
    page = Document(id="https://a.example/harbour-23", text=HARBOUR[0].text)
    store = stored(tmp_path / "s", [(page, HARBOUR[1])])
    with pytest.raises(StoreError, match=r"did you mean https://a\.example/harbour-23"):
        store.remove(["harbour-23"])
    assert whole(store) == {page.id}
