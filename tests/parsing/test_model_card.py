"""What `quotes model` says of a folder, whole or lacking."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotes.errors import ModelError
from quotes.parsing.model_card import describe


def test_the_embedded_model_says_what_it_is() -> None:
    said = describe("embedded")
    assert "encoder/model.safetensors" in said
    assert "ewt-dev: " in said
    assert "LAS" in said
    assert "Creative Commons Attribution-ShareAlike 4.0" in said
    assert "not said" not in said


def test_a_folder_that_says_nothing_is_described_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "tokenize.pt").write_bytes(b"0" * 250_000)
    lines = describe(str(tmp_path)).splitlines()
    assert "  tokenize.pt                          0.25 MB" in lines
    assert lines.count("  not said in this folder") == 2


def test_scores_stand_in_a_line_a_set_of_data(tmp_path: Path) -> None:
    rows = [
        {"data": "a", "metric": "LAS", "value": 85.1},
        {"data": "b", "metric": "F1", "value": 80},
        {"data": "a", "metric": "UPOS", "value": 94},
    ]
    (tmp_path / "scores.json").write_text(json.dumps({"scores": rows}))
    assert "  a: LAS 85.1, UPOS 94\n  b: F1 80" in describe(str(tmp_path))


@pytest.mark.parametrize("content", ["not JSON", "[]", '{"scores": [1]}', '{"other": []}'])
def test_broken_scores_are_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "scores.json").write_text(content)
    with pytest.raises(ModelError, match=r"scores\.json"):
        describe(str(tmp_path))


def test_a_folder_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match="no/such"):
        describe("no/such")
