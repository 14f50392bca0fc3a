"""A file that is complete or not there at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from quotes.errors import InputError
from quotes.output import tables
from quotes.output.tables.atomic_file import atomic_file


def _broken() -> Iterator[pa.RecordBatch]:
    yield pa.record_batch([["half"]], names=["words"])
    raise RuntimeError


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "quotes.csv"
    target.write_text("before")
    rows = pa.RecordBatchReader.from_batches(pa.schema([("words", pa.string())]), _broken())
    with pytest.raises(RuntimeError), atomic_file(target) as stream:
        tables.write_rows(rows, stream, "csv")
    assert [path.name for path in tmp_path.iterdir()] == ["quotes.csv"]
    assert target.read_text() == "before"
    with (
        pytest.raises(InputError, match=r"no/quotes\.csv: cannot be written: No such file"),
        atomic_file(tmp_path / "no" / "quotes.csv"),
    ):
        pass
    with pytest.raises(InputError, match="is a folder"), atomic_file(tmp_path):
        pass
