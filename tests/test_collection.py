"""A store as frames."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import quotes
from tests.stores import HARBOUR, SCHOOL, described, stored

PAIRS = [
    described(HARBOUR, published="2024-03-05", outlet="Daily Post"),
    described(HARBOUR, id="b", published="2024-03-06"),
    SCHOOL,
]


def test_every_answer_is_a_typed_frame(tmp_path: Path) -> None:
    stored(tmp_path / "s", PAIRS).close()
    with quotes.open(tmp_path / "s") as store:
        assert len(store.documents()) == 3
        anna = store.timeline("lindqvist", since="2024-03-04")  # "on Monday" is the fourth
        assert (
            anna["words"].tolist()
            == ["Prices will rise again in March,"] * 2 + ["We will fight it,"] * 2
        )
        assert anna["document"].tolist()[2:] == ["harbour", "b"]
        assert (
            store.timeline("lindqvist", since="2024-03-05")["words"].tolist()
            == ["We will fight it,"] * 2
        )
        assert len(store.quotes("lindqvist", limit=3)) == 3
        assert store.speakers(kind="person")["quotes"].tolist() == [4]
        roles = store.roles("Anna Lindqvist")
        assert roles["role"].tolist() == ["harbour director"]
        assert roles["first"].tolist() == [pd.Timestamp("2024-03-05")]
        assert store.sql("SELECT count(*) AS n FROM quotes")["n"].tolist() == [10]


def test_check_is_a_row_for_each_print(tmp_path: Path) -> None:
    stored(tmp_path / "s", PAIRS).close()
    with quotes.open(tmp_path / "s") as store:
        found = store.check("prices will rise again in March")
        assert found[["statement", "match", "speaker", "first"]].values.tolist() == [
            [1, "verbatim", "Anna Lindqvist", True],
            [1, "verbatim", "Anna Lindqvist", False],
        ]
        nothing = store.check("the bridge was painted green by volunteers")
        assert nothing.empty
        assert nothing.dtypes.astype(str).to_dict() == found.dtypes.astype(str).to_dict()


def test_errors_are_of_the_package(tmp_path: Path) -> None:
    with pytest.raises(quotes.StoreError, match="no such store"):
        quotes.open(tmp_path / "none")
    stored(tmp_path / "s", PAIRS).close()
    with quotes.open(tmp_path / "s") as store:
        with pytest.raises(quotes.SpeakerError, match="no speaker 'Zzyzx'"):
            store.timeline("Zzyzx")
        with pytest.raises(quotes.InputError, match="is not a day"):
            store.quotes(since="soon")


@pytest.mark.model
def test_a_collection_is_made_filled_reviewed_and_emptied_in_python(tmp_path: Path) -> None:
    articles = pd.DataFrame(
        {
            "body": ["“It leaks,” Ann Roe said.", "Anne Roe said that the roof leaks.", "12"],
            "id": ["a", "b", "c"],
        }
    )
    steps: list[str] = []
    with quotes.open(tmp_path / "s", create=True) as store:
        with pytest.warns(quotes.QuotesWarning, match="holds no letters"):
            done = store.add(
                articles,
                columns={"text": "body"},
                published="2024-03-05",
                on_progress=lambda step: steps.append(step.outcome),
            )
        assert (done.added, done.revised, done.unchanged, done.quotes) == (2, 0, 0, 2)
        assert [failure.id for failure in done.failures] == ["c"]
        assert sorted(steps) == ["added", "added", "failed"]
        assert store.failures()["id"].tolist() == ["c"]
        again = store.add(quotes.Document(id="a", text="“It leaks,” Ann Roe said."))
        assert (again.added, again.unchanged) == (0, 1)

        first = store.quotes()
        assert set(first["document"]) == {"a", "b"}
        if len(store.speakers(kind="person")) == 2:
            store.merge("Ann Roe", "Anne Roe", by="ann")
        assert len(store.speakers(kind="person")) == 1
        quote = first.loc[first["document"] == "a", "id"].item()
        review = store.review(quote, "speaker", "Tom Lind", by="ann", why="misprint")
        assert store.timeline("Tom Lind")["id"].tolist() == [quote]
        assert store.reviews()["why"].tolist()[-1] == "misprint"
        store.undo(review, by="ann")
        assert quote in store.timeline("Ann Roe")["id"].tolist()
        store.remove("a")
        assert store.documents()["id"].tolist() == ["b"]


def test_paths_and_documents_are_added(tmp_path: Path, root: Path) -> None:
    with quotes.open(tmp_path / "s", create=True) as store:
        with pytest.warns(quotes.QuotesWarning, match=r"missing\.txt"):
            done = store.add([tmp_path / "missing.txt"])
        assert [failure.stage for failure in done.failures] == ["read"]


@pytest.mark.parametrize(
    ("call", "error", "reason"),
    [
        (lambda store: store.add(7), TypeError, "not int"),
        (lambda store: store.quotes(since=7), TypeError, "since must be a date"),
        (lambda store: store.quotes(outlets="Post"), TypeError, "no condition 'outlets'"),
        (lambda store: store.merge("Anna Lindqvist"), ValueError, "two names"),
        (lambda store: store.split(), ValueError, "a name"),
        (lambda store: store.remove(), ValueError, "the id of a document"),
        (lambda store: store.undo("none"), quotes.StoreError, "none"),
        (lambda store: store.review("none"), quotes.StoreError, "none"),
        (lambda store: store.remove("none"), quotes.StoreError, "no document 'none'"),
    ],
)
def test_wrong_requests_are_refused_with_the_reason(
    call: Any, error: type[Exception], reason: str, tmp_path: Path
) -> None:
    stored(tmp_path / "s", PAIRS).close()
    with quotes.open(tmp_path / "s") as store, pytest.raises(error, match=reason):
        call(store)
