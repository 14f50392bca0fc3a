"""Voices of an audit as rows, and the facts that people add."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from quotes.errors import InputError
from quotes.output.audit_rows import COLUMNS, read_facts, to_csv, to_json_lines
from quotes.source_audit.voices import audit
from tests.paths import ROOT
from tests.source_audit.test_voices import MENTIONS, UTTERANCES

GROUPS = audit(UTTERANCES, MENTIONS, by="outlet")


def test_csv_has_a_row_a_voice_and_an_empty_column_for_facts() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(GROUPS))))
    assert list(rows[0]) == [name for name, _ in COLUMNS]
    assert (rows[0]["group"], rows[0]["voice"], rows[0]["share"]) == ("Post", "Anna Park", "0.6667")
    assert {row["facts"] for row in rows} == {""}
    assert [row["status"] for row in rows][3] == "only named"


def test_facts_are_kept_from_audit_to_audit(tmp_path: Path) -> None:
    path = tmp_path / "audit.csv"
    path.write_text("voice,facts\nanna park,independent\n", encoding="utf-8")
    rows = [json.loads(line) for line in to_json_lines(GROUPS, read_facts(path)).splitlines()]
    assert {row["voice"]: row["facts"] for row in rows}["Anna Park"] == "independent"
    assert {row["voice"]: row["facts"] for row in rows}["Pablo Ruiz"] is None


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("name,age\nx,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="needs the columns voice and facts"):
        read_facts(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_facts(tmp_path / "none.csv")


def test_the_page_describes_every_column() -> None:
    page = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    for name, meaning in COLUMNS:
        assert f"| `{name}` | {meaning} |" in page
