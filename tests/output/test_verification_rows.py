"""Findings as rows: JSON lines, CSV, a frame, and the page that describes them."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

from quotes.output.time_code import time_code
from quotes.output.verification_rows import COLUMNS, to_csv, to_frame, to_json_lines
from quotes.verification.findings import LABELS, VERDICTS, SourceCount
from quotes.verification.verification import Verification
from tests.paths import ROOT
from tests.verification.sources import check

PAGE = Path(ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
FOUND = Verification(
    (),
    (
        check("There will be at least 25 buses by June", "John Brandt"),
        check("=We sold the harbour to a company", None),
    ),
    SourceCount(documents=1, words=100),
)


def test_json_lines_hold_evidence_and_changes() -> None:
    first, second = map(json.loads, to_json_lines(FOUND).splitlines())
    assert (first["verdict"], first["matches"]["speaker"]) == ("trimmed", "same")
    (evidence,) = first["evidence"]
    assert (evidence["speaker"], evidence["line"], evidence["time"]) == (
        "John Brandt",
        9,
        "00:01:14",
    )
    assert {"kind": "cut off", "draft": "", "source": "if the state pays.",
            "senses": ["condition"]} in first["changes"]  # fmt: skip
    assert (second["verdict"], second["speaker"]) == ("not found", None)


def test_csv_has_a_row_a_finding_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(FOUND))))
    assert list(rows[0]) == [name for name, _, _ in COLUMNS]
    assert rows[1]["words"] == "'=We sold the harbour to a company"
    assert rows[0]["senses"] == "condition"


def test_a_frame_has_the_same_columns() -> None:
    frame = to_frame(FOUND)
    assert list(frame.columns) == [name for name, _, _ in COLUMNS]
    assert frame["source_line"].iloc[0] == 9


def test_the_page_describes_every_column_and_verdict() -> None:
    columns = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert columns == [tuple(column) for column in COLUMNS]
    for verdict in VERDICTS:
        assert f"**{verdict}**" in PAGE, verdict
        assert LABELS[verdict]


def test_a_time_is_hours_minutes_and_seconds() -> None:
    assert (time_code(3723.9), time_code(0)) == ("01:02:03", "00:00:00")
