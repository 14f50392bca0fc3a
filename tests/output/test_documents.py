"""Quotes of a document as cells of a table."""

from __future__ import annotations

import pytest

from quotes.output import documents


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_cell_like_a_formula_gets_an_apostrophe(cell: str) -> None:
    row = dict.fromkeys([name for name, _, _ in documents.COLUMNS]) | {
        "speaker": cell,
        "reported_by": [cell],
        "content_spans": [[0, 4]],
    }
    row |= {"cue_spans": [], "source_spans": []}
    cells = dict(
        zip([name for name, _, _ in documents.COLUMNS], documents.to_cells(row), strict=True)
    )
    assert cells["speaker"] == cells["reported_by"] == "'" + cell
    assert cells["content_spans"] == "0-4"
