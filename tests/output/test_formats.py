"""The formats of tables, and which one a file asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes.errors import InputError
from quotes.output.formats import ENDINGS, FORMATS, format_of


def test_the_ending_names_the_format() -> None:
    assert format_of(Path("a.XLSX")) == "xlsx"
    assert format_of(Path("a.db")) == "sqlite"
    assert {format_of(Path(f"a{ENDINGS[name][0]}")) for name in FORMATS} == set(FORMATS)
    assert format_of(Path("a.txt"), formats=("table", "csv")) == "table"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("q.csv", "csv"), ("q", "xlsx"), ("q.dat", "csv"), ("q.txt", "tsv"), ("q.ndjson", "jsonl")],
)
def test_a_format_that_is_asked_for_is_taken_where_the_ending_allows_it(
    name: str, wanted: str
) -> None:
    assert format_of(Path(name), wanted) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("q.xlsx", "csv"), ("q.csv", "tsv"), ("q.txt", "xlsx"), ("q.parquet", "sqlite")],
)
def test_an_ending_of_another_format_is_refused(name: str, wanted: str) -> None:
    with pytest.raises(InputError, match=rf"{name}: ends like a file of .* asks for {wanted}"):
        format_of(Path(name), wanted)


@pytest.mark.parametrize("name", ["quotes.doc", "quotes.xls", "quotes.txt", "quotes"])
def test_an_unknown_ending_is_refused_with_those_that_are_known(name: str) -> None:
    with pytest.raises(InputError, match=rf"{name}: unknown format: end the name in \.csv, \.tsv"):
        format_of(Path(name))
