"""Documents with their quotes, in every format of `quotes extract`."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas
import pytest

from quotes.cli.document_writer import DocumentWriter, Form
from quotes.errors import InputError
from quotes.output import documents
from tests.cli.conftest import Run
from tests.output.tables.reading import workbook
from tests.stores import FROZEN, HARBOUR, SCHOOL, described, work

DONE = list(work([HARBOUR, SCHOOL]))
NUMBER = sum(len(done.quotes) for done in DONE)


def written(path: Path, **form: object) -> Path:
    with DocumentWriter(str(path), Form(**form)) as write:  # type: ignore[arg-type]
        for done in DONE:
            write(done.document, done.quotes)
    return path


def test_every_format_holds_the_same_rows(tmp_path: Path) -> None:
    rows = [row for done in DONE for row in documents.to_json_rows(done.document, done.quotes)]
    ids = [row["id"] for row in rows]
    flat = written(tmp_path / "q.jsonl", file_format="jsonl", nested=False).read_text("utf-8")
    assert [json.loads(line) for line in flat.splitlines()] == rows
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        path = written(tmp_path / f"q.{name}", file_format=name)
        with path.open(encoding="utf-8", newline="") as file:
            assert [row["id"] for row in csv.DictReader(file, delimiter=delimiter)] == ids
    frame = pandas.read_parquet(written(tmp_path / "q.parquet", file_format="parquet"))
    assert frame["id"].tolist() == ids
    assert list(frame.columns) == list(documents.NAMES)
    cells, _ = workbook(written(tmp_path / "q.xlsx", file_format="xlsx").read_bytes())
    assert [value for _, value in cells[0]] == list(documents.NAMES)
    assert len(cells) == 1 + NUMBER
    written(tmp_path / "q.db", file_format="sqlite")
    with closing(sqlite3.connect(tmp_path / "q.db")) as opened:
        assert {id for (id,) in opened.execute("SELECT id FROM quotes")} == set(ids)


def write_two(path: str | None, **form: object) -> None:
    """Write two articles, each with a column of its own."""
    (first,) = work([described(HARBOUR, extra=(("section", "World"),))])
    (second,) = work([described(SCHOOL, extra=(("desk", "=Local"),))])
    with DocumentWriter(path, Form(file_format="csv", **form)) as write:  # type: ignore[arg-type]
        write(first.document, first.quotes)
        write(second.document, second.quotes)


@pytest.mark.parametrize("bom", [False, True])
def test_further_columns_of_all_articles_are_in_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bom: bool
) -> None:
    path = tmp_path / "q.csv"
    write_two(str(path), bom=bom)
    assert path.read_bytes().startswith("\ufeff".encode()) == bom
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [*documents.NAMES, "section", "desk"]
    found = {(row["section"], row["desk"]) for row in rows}
    assert found == {("World", ""), ("", "'=Local")}
    assert capsys.readouterr().err == ""
    assert [file.name for file in tmp_path.iterdir()] == ["q.csv"]


def test_a_stream_has_the_columns_of_the_first_articles_and_names_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_two(None)
    out, err = capsys.readouterr()
    assert out.splitlines()[0].endswith(",section")
    assert "desk: not in the header, so left out" in err
    path = tmp_path / "q.csv"
    with DocumentWriter(str(path), Form(file_format="csv")):
        pass
    assert path.read_text("utf-8") == ",".join(documents.NAMES) + "\n"


def test_columns_and_a_byte_order_mark(tmp_path: Path) -> None:
    columns = ("words", "speaker")
    path = written(tmp_path / "q.csv", file_format="csv", columns=columns, bom=True)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfwords,speaker\n")
    path = written(tmp_path / "q.xlsx", file_format="xlsx", columns=columns)
    assert [value for _, value in workbook(path.read_bytes())[0][0]] == list(columns)


def test_a_sheet_is_there_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "q.xlsx"
    with pytest.raises(RuntimeError), DocumentWriter(str(target), Form(file_format="xlsx")):
        raise RuntimeError
    assert not target.exists()
    with pytest.raises(KeyboardInterrupt):
        _stopped_after_one(target)
    assert len(workbook(target.read_bytes())[0]) == 1 + len(DONE[0].quotes)
    with (
        pytest.raises(InputError, match="cannot be written"),
        DocumentWriter(str(tmp_path / "no" / "q.csv"), Form(file_format="csv")),
    ):
        pass


def _stopped_after_one(target: Path) -> None:
    with DocumentWriter(str(target), Form(file_format="xlsx")) as write:
        write(DONE[0].document, DONE[0].quotes)
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--output", "q.doc"], "q.doc: unknown format: end the name in .txt, .jsonl, .csv"),
        (["--output", "q.xlsx", "--format", "csv"], "ends like a file of xlsx"),
        (["--format", "csv", "--with-text"], "--with-text needs --format jsonl"),
        (["--format", "jsonl", "--flat", "--with-text"], "--with-text needs --format jsonl"),
        (["--format", "jsonl", "--explain"], "--explain is for the table"),
        (["--flat"], "--nested and --flat need --format jsonl"),
        (["--format", "jsonl", "--bom"], "--bom needs --format csv or tsv"),
        (["--format", "jsonl", "--columns", "words"], "--columns needs a format with rows"),
        (["--format", "csv", "--columns", "words,speakr"], "--columns speakr: there are speaker, "),
    ],
)
def test_options_that_a_format_does_not_have_are_refused(
    run: Run, arguments: list[str], message: str
) -> None:
    done = run("extract", "--parsed", FROZEN, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
