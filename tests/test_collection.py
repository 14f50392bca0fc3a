"""A store as frames."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import quotes
from quotes.collection import CONDITIONS
from quotes.conditions import Conditions
from quotes.store import COLUMNS
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
            == ["“Prices will rise again in March,”"] * 2 + ["“We will fight it,”"] * 2
        )
        assert anna["document"].tolist()[2:] == ["harbour", "b"]
        assert (
            store.timeline("lindqvist", since="2024-03-05")["words"].tolist()
            == ["“We will fight it,”"] * 2
        )
        assert len(store.quotes("lindqvist", limit=3)) == 3
        assert store.speakers(kind="person")["quotes"].tolist() == [4]
        roles = store.roles("Anna Lindqvist")
        assert roles["role"].tolist() == ["harbour director"]
        assert roles["first"].tolist() == [pd.Timestamp("2024-03-05")]
        assert store.sql("SELECT count(*) AS n FROM quotes")["n"].tolist() == [10]


def test_conditions_are_those_of_a_selection() -> None:
    assert set(Conditions.__annotations__) == set(CONDITIONS)


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
        with pytest.raises(quotes.InputError, match="is ambiguous or not a date"):
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
        (lambda store: store.remove(3), TypeError, "each of documents must be a str, not int"),
        (lambda store: store.add([], model=3), TypeError, "model must be a str, not int"),
        (lambda store: store.add([], outlet=3), TypeError, "outlet must be a str, not int"),
        (lambda store: store.add([], workers="a"), TypeError, "workers must be an int, not str"),
        (lambda store: store.add([], workers=0), ValueError, "workers must be at least 1, not 0"),
        (lambda store: store.add([], columns=3), TypeError, "columns must be a mapping, not int"),
        (lambda store: store.add([], on_progress=3), TypeError, "on_progress must be a function"),
        (lambda store: store.document(3), TypeError, "id must be a str, not int"),
        (lambda store: store.check(3), TypeError, "words must be a str, not int"),
        (lambda store: store.check("a", limit="a"), TypeError, "limit must be an int, not str"),
        (lambda store: store.timeline(3), TypeError, "name must be a str, not int"),
        (lambda store: store.roles(3), TypeError, "name must be a str, not int"),
        (lambda store: store.sql(3), TypeError, "query must be a str, not int"),
        (lambda store: store.quotes(speaker=3), TypeError, "speaker must be a str, not int"),
        (lambda store: store.quotes(limit=-1), ValueError, "limit must be at least 0, not -1"),
        (lambda store: store.quotes(min_confidence="a"), TypeError, "min_confidence must be a num"),
        (lambda store: store.quotes(min_confidence=7), ValueError, "must lie between 0 and 1"),
        (lambda store: store.quotes(type="foo"), ValueError, "one of direct, indirect, mixed, not"),
        (lambda store: store.quotes(kind="foo"), ValueError, "kind must be one of person, "),
        (lambda store: store.quotes(factuality="foo"), ValueError, "must be one of said, denied"),
        (lambda store: store.quotes(review="foo"), ValueError, "must be one of machine, accepted"),
        (lambda store: store.quotes(confidence_band="foo"), ValueError, "must be one of 90, 70"),
        (lambda store: store.quotes(year=2024), TypeError, "year must be a list, not int"),
        (lambda store: store.quotes(copies="no"), TypeError, "copies must be a bool, not str"),
        (lambda store: store.quotes(ids=[3]), TypeError, "each of ids must be a str, not int"),
        (lambda store: store.speakers(kind="foo"), ValueError, "one of person, organization, not"),
        (lambda store: store.review(3), TypeError, "quote must be a str, not int"),
        (lambda store: store.review_many("abc"), TypeError, "quotes must be a list of texts"),
        (lambda store: store.review_many(["a"], by=3), TypeError, "by must be a str, not int"),
        (lambda store: store.merge("a", 3), TypeError, "each of names must be a str, not int"),
        (lambda store: store.split("a", documents="b"), TypeError, "documents must be a list"),
        (lambda store: store.undo(3), TypeError, "review must be a Review or str, not int"),
        (lambda store: store.split("nobody here"), quotes.SpeakerError, "no speaker 'nobody here'"),
        (
            lambda store: store.split("Lindqvist"),
            quotes.SpeakerError,
            "is not a name of Anna",
        ),
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


def test_frames_of_quotes_have_the_further_columns_of_the_articles(tmp_path: Path) -> None:
    articles = [described(HARBOUR, extra=(("section", "World"), ("Speaker", "x"))), SCHOOL]
    stored(tmp_path / "own", articles).close()
    with quotes.open(tmp_path / "own") as collection:
        frame = collection.quotes(min_confidence=0)
        assert list(frame.columns) == [*COLUMNS, "article_Speaker", "section"]
        assert frame["section"].dtype == "str"
        sections = frame.groupby("document")["section"].first().to_dict()
        assert sections[HARBOUR[0].id] == "World"
        assert frame.loc[frame["document"] == SCHOOL[0].id, "section"].isna().all()
        assert "section" in collection.timeline("Anna Lindqvist").columns
        assert collection.quotes("Anna Lindqvist", limit=0).columns[-1] == "section"
