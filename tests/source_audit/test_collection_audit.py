"""The audit from Python: of articles, of a store, with the facts of an earlier one."""

from __future__ import annotations

from pathlib import Path

import pytest

import quotes
from quotes.errors import InputError
from quotes.output.audit_rows import COLUMNS
from quotes.pipeline import Processed
from quotes.source_audit.collection_audit import count
from quotes.source_audit.collection_voices import voices_of_documents
from tests.builders import ENGLISH
from tests.stores import HARBOUR, SCHOOL, described, stored, work

PAIRS = [
    described(HARBOUR, outlet="Post", published="2024-03-04"),
    described(SCHOOL, outlet="Times", published="2024-04-05"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    stored(tmp_path / "store", PAIRS).close()
    return tmp_path / "store"


def test_a_store_is_counted_by_outlet_or_month(folder: Path) -> None:
    found = quotes.audit(store=folder)
    assert (found.by, [group.name for group in found.groups]) == ("outlet", ["Post", "Times"])
    assert [group.name for group in quotes.audit(store=folder, by="month").groups] == [
        "2024-03",
        "2024-04",
    ]
    with quotes.open(folder) as collection:
        assert quotes.audit(store=collection).groups == found.groups


def test_a_frame_has_a_row_a_voice_with_typed_columns(folder: Path) -> None:
    frame = quotes.audit(store=folder).to_frame()
    assert list(frame.columns) == [name for name, _ in COLUMNS]
    assert frame.dtypes[["quotes", "share"]].astype(str).tolist() == ["int64", "float64"]
    spoken = frame[frame["status"] == "quoted"]
    assert spoken.groupby("group")["share"].sum().round(3).tolist() == [1.0, 1.0]
    assert spoken["voice"].iloc[0] == "Anna Lindqvist"


def test_frame_csv_and_json_have_the_same_voices(folder: Path) -> None:
    found = quotes.audit(store=folder)
    voices = found.to_frame()["voice"].tolist()
    assert len(found.to_json().splitlines()) == len(found.to_csv().splitlines()) - 1 == len(voices)
    assert all(f'"voice": "{voice}"' in found.to_json() for voice in voices)


def test_facts_of_an_earlier_audit_are_taken_over(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "audit.csv"
    path.write_text("voice,facts\nAnna Lindqvist,independent\n", encoding="utf-8")
    frame = quotes.audit(store=folder, facts=path).to_frame()
    assert frame.set_index("voice")["facts"]["Anna Lindqvist"] == "independent"


def test_articles_and_their_store_have_the_same_voices(folder: Path) -> None:
    done = [result for result in work(PAIRS) if isinstance(result, Processed)]
    frames = [
        count(voices_of_documents(done, ENGLISH), "outlet").to_frame(),
        quotes.audit(store=folder).to_frame(),
    ]
    columns = ["group", "voice", "quotes", "words"]
    spoken, other = (frame.loc[frame["status"] == "quoted", columns] for frame in frames)
    assert spoken.to_numpy().tolist() == other.to_numpy().tolist()


def test_what_cannot_be_audited_is_said(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give articles, or a store"):
        quotes.audit()
    with pytest.raises(ValueError, match="not both"):
        quotes.audit("articles/", store=folder)
    with pytest.raises(ValueError, match="by must be one of article, author, outlet, month"):
        quotes.audit(store=folder, by="year")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="store must be"):
        quotes.audit(store=5)  # type: ignore[arg-type]
    with (
        pytest.warns(quotes.QuotesWarning),
        pytest.raises(InputError, match="no article could be read"),
    ):
        quotes.audit(tmp_path / "nowhere.txt")
