"""A store as frames."""

from __future__ import annotations

from pathlib import Path

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
