import io
import json
import os
import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from quotes.errors import InputError
from quotes.readers import Metadata, read
from quotes.readers.columns import Record
from quotes.readers.json_lines import read_json_lines
from quotes.readers.parquet import read_parquet
from quotes.records import Document, Failure

SAID = "The mayor said that the bridge would open in May."
DAY = date(2016, 3, 3)


def documents(*args: Any, **options: Any) -> list[Document]:
    found = list(read(*args, **options))
    assert not [result for result in found if isinstance(result, Failure)]
    return [result for result in found if isinstance(result, Document)]


def write_lines(path: Any, *rows: Any) -> Any:
    path.write_text(
        "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows),
        encoding="utf-8",
    )
    return path


def test_json_lines_with_the_names_that_datasets_use(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "news.jsonl",
        {
            "id": 7,
            "text": SAID,
            "author": "Ana Lund",
            "outlet": "The Coast",
            "date": "2016-03-03",
            "title": "Bridge",
            "lang": "en",
        },
        "",
        {
            "url": "https://a.example/1",
            "maintext": SAID,
            "authors": ["Ana", "Bo"],
            "source": {"id": None, "name": "Post"},
            "date_publish": "",
        },
        {
            "articleBody": SAID,
            "author": [{"@type": "Person", "name": "Ana"}],
            "datePublished": "2016-03-03T10:00:00Z",
            "headline": "Bridge",
        },
        {"Content": SAID, "source": "https://a.example/2", "published": 1456999200000},
    )
    first, second, third, fourth = documents(path)
    assert (first.id, first.author, first.outlet, first.published, first.title) == (
        "7",
        "Ana Lund",
        "The Coast",
        DAY,
        "Bridge",
    )
    assert (second.id, second.source, second.author, second.outlet, second.published) == (
        "https://a.example/1",
    ) * 2 + (
        "Ana; Bo",
        "Post",
        None,
    )
    assert (third.id, third.author, third.published, third.title) == (
        "news:4",
        "Ana",
        DAY,
        "Bridge",
    )
    assert third.source == f"{path}:4"
    assert (fourth.id, fourth.outlet, fourth.published) == ("https://a.example/2", None, DAY)


def test_a_records_own_column_wins_over_what_is_given_for_all(tmp_path: Path) -> None:
    path = write_lines(
        tmp_path / "news.jsonl", {"text": SAID, "outlet": "Own"}, {"text": SAID, "outlet": ""}
    )
    first, second = documents(path, defaults=Metadata(outlet="Given", published=DAY))
    assert (first.outlet, second.outlet, first.published) == ("Own", "Given", DAY)


def test_bad_rows_are_failures_with_their_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    french = (
        "Le ministre a déclaré mardi que la réforme des retraites serait appliquée dès janvier."
    )
    rows = [
        {"text": SAID},
        "{not json",
        "[1, 2]",
        {"id": "x", "text": ""},
        {"title": "only"},
        {"id": "f", "text": french},
        {"id": "z", "text": SAID},
    ]
    path = write_lines(tmp_path / "news.jsonl", *rows)
    found = list(read(path))
    failures = [result for result in found if isinstance(result, Failure)]
    assert [result.id for result in found if isinstance(result, Document)] == ["news:1", "z"]
    assert [failure.id for failure in failures] == ["news:2", "news:3", "news:4", "news:5", "f"]
    assert all(
        failure.message.startswith(str(path)) and failure.stage == "read" for failure in failures
    )
    assert "line 2 is not JSON" in failures[0].message
    assert "line 4" in failures[2].message
    assert "French" in failures[4].message


def test_a_broken_character_in_json_never_reaches_the_text(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "news.jsonl", '{"text": "' + SAID + ' \\ud83d \\ud83d\\ude00"}')
    (found,) = documents(path)
    assert found.text == SAID + " \ufffd 😀"


def test_markup_in_a_text_column_is_left_alone(tmp_path: Path) -> None:
    (found,) = documents(write_lines(tmp_path / "n.jsonl", {"text": f"<p>{SAID}</p>\r\n"}))
    assert found.text == f"<p>{SAID}</p>\r\n"


def test_a_repeated_id_is_a_failure_for_the_later_document(tmp_path: Path) -> None:
    found = list(
        read(
            write_lines(
                tmp_path / "n.jsonl",
                {"id": "a", "text": SAID},
                {"id": "a", "text": SAID + " Again."},
                {"id": "b", "text": SAID},
            )
        )
    )
    assert [type(result) for result in found] == [Document, Failure, Document]
    assert isinstance(found[1], Failure)
    assert "already used" in found[1].message


def test_lines_are_read_one_by_one() -> Any:
    class Endless(io.RawIOBase):
        def readable(self) -> Any:
            return True

        def readinto(self, buffer: Any) -> Any:
            line = (json.dumps({"text": SAID}) + "\n").encode()
            data = (line * (len(buffer) // len(line) + 1))[: len(buffer)]
            buffer[: len(data)] = data
            self.taken = getattr(self, "taken", 0) + len(data)
            return len(data)

    stream = Endless()
    rows = read_json_lines(io.BufferedReader(stream), "endless", {})
    assert [next(rows).row for _ in range(3)] == [1, 2, 3]
    assert stream.taken < 1_000_000


def test_a_file_without_a_usable_row_is_one_failure(tmp_path: Path) -> None:
    (failure,) = read(write_lines(tmp_path / "n.jsonl", *({"words": SAID} for _ in range(1000))))
    assert isinstance(failure, Failure)
    assert "none of the first 20 rows" in failure.message


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ([{"text": SAID}, {"id": "b", "text": SAID}], ["n:1", "b"]),
        ({"articles": [{"content": SAID}]}, ["n:1"]),
        ({"docs": [{"content": SAID}]}, ["n:1"]),
        ({"title": "Bridge", "maintext": SAID}, ["n"]),
        (
            {"title": "Bridge", "maintext": SAID, "url": "https://a.example/1"},
            ["https://a.example/1"],
        ),
    ],
)
def test_json_as_array_as_object_with_a_list_or_as_one_article(
    tmp_path: Path, value: Any, ids: Any
) -> None:
    (tmp_path / "n.json").write_text(json.dumps(value, indent=1))
    assert [found.id for found in documents(tmp_path / "n.json")] == ids


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "not JSON"),
        ("3", "holds a int"),
        ('{"a": 1}', "neither a text"),
        ("[]", "empty"),
        ("[" * 100_000, "nested|not JSON"),
    ],
)
def test_json_without_articles_is_a_failure(tmp_path: Path, text: Any, reason: Any) -> None:
    (tmp_path / "n.json").write_text(text)
    (failure,) = read(tmp_path / "n.json")
    assert isinstance(failure, Failure)
    assert any(word in failure.message for word in reason.split("|"))


def test_json_lines_called_json_are_read(tmp_path: Path) -> None:
    assert len(documents(write_lines(tmp_path / "n.json", {"text": SAID}, {"text": SAID}))) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_with_any_delimiter_encoding_and_line_ends_in_values(
    tmp_path: Path, delimiter: Any, encoding: Any
) -> None:
    rows = [
        ["Title", "Text", "published_at"],
        [
            "Bridge",
            '"“Yes,” said José.\r\n\r\nThe mayor said ""no""; she, too | left."',
            "3 March 2016",
        ],
    ]
    (tmp_path / "n.csv").write_bytes(
        "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    )
    (found,) = documents(tmp_path / "n.csv")
    assert found.text == '“Yes,” said José.\r\n\r\nThe mayor said "no"; she, too | left.'
    assert (found.id, found.title, found.published) == ("n:1", "Bridge", DAY)


def test_csv_fields_of_a_megabyte(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text('id,text\na,"' + (SAID + "\n") * 30_000 + '"\n')
    (found,) = documents(tmp_path / "n.csv")
    assert len(found.text) == len(SAID + "\n") * 30_000


def test_bad_rows_of_a_csv_file(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text(f"id,text\na,{SAID}\nb\nc,x,y,z\nd,{SAID}\n")
    found = list(read(tmp_path / "n.csv"))
    assert [(type(result), result.id) for result in found] == [
        (Document, "a"),
        (Failure, "n:2"),
        (Failure, "n:3"),
        (Document, "d"),
    ]
    assert isinstance(found[2], Failure)
    assert "row 3 has 4 values for 2 columns" in found[2].message


@pytest.mark.parametrize(
    ("rows", "ids", "reasons"),
    [
        # the last cell is never closed: what follows is told by its number
        (
            '1,"He said no.\n2,second row of words\n3,"third, row"\n',
            ["2", "3"],
            ["line 2: row 1 has a quoted cell that is never closed", "read from line 3 on"],
        ),
        # the cell is closed by the marks of a later one, and goes on there
        (
            '1,"He said no.\n\nAnd yes."\na-2,"Open\n\na-3,"closed, later"\na-4,fine words\n',
            ["1", "a-3", "a-4"],
            ["line 5: row 2 has", "read from line 7 on"],
        ),
        ('1,"He said no.\nshe said yes\n', [], ["nor are the rows behind it"]),
        ('1,"He said ""no"".\n\n12, he said, are enough"\n2,other words\n', ["1", "2"], []),
    ],
)
def test_a_quoted_cell_that_is_never_closed_is_named_and_swallows_no_rows(
    tmp_path: Path, rows: str, ids: Any, reasons: Any
) -> None:
    (tmp_path / "n.csv").write_text("id,text\n" + rows)
    found = list(read(tmp_path / "n.csv"))
    assert [result.id for result in found if isinstance(result, Document)] == ids
    failures = [result.message for result in found if isinstance(result, Failure)]
    assert len(failures) == bool(reasons)
    assert all(reason in failures[0] for reason in reasons)


def test_other_columns_are_carried_along_and_days_that_cannot_be_read_are_named(
    tmp_path: Path,
) -> None:
    (tmp_path / "n.csv").write_text(
        f"id,text,date,Section,empty\na,{SAID},03/05/2024,Politics,\nb,{SAID},2024-05-03,,\n"
        f"c,{SAID},,{'x' * 2000},\n"
    )
    first, second, third, day, column = read(tmp_path / "n.csv")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert (first.extra, first.published) == ((("Section", "Politics"),), None)
    assert (second.extra, second.published) == ((), date(2024, 5, 3))
    assert third.extra == ()
    assert isinstance(day, Failure)
    assert isinstance(column, Failure)
    assert "row 1: published '03/05/2024' can be two days" in day.message
    assert "column 'Section' holds more than can be carried through in 1 row" in column.message
    (first, *_) = read(tmp_path / "n.csv", day_first=True)
    assert isinstance(first, Document)
    assert first.published == date(2024, 5, 3)


def test_ids_of_rows_count_within_their_file_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("gazette.csv", "sub/echo.csv"):
        (tmp_path / name).write_text(
            f"id,text,url\n1,{SAID},\n2,{SAID},https://a.example/{name[0]}\n,{SAID},\n"
        )
    found = [result.id for result in read(tmp_path, ids_of_store=True)]
    assert found == [
        "gazette.csv#1", "https://a.example/g", "gazette:3",
        "sub/echo.csv#1", "https://a.example/s", "sub/echo:3",
    ]  # fmt: skip


def test_rows_of_one_table_keep_their_ids_and_those_of_several_name_the_file(
    tmp_path: Path,
) -> None:
    table = f"id,text,url\n1,{SAID},\n2,{SAID} Again.,https://a.example/2\n,{SAID} Once.,\n"
    for name in ("gazette.csv", "echo.csv"):
        (tmp_path / name).write_text(table)
    paths = [tmp_path / "gazette.csv", tmp_path / "echo.csv"]
    assert [d.id for d in read(paths[0])] == ["1", "2", "gazette:3"]
    named = ["gazette.csv#1", "gazette.csv#2", "gazette:3"]
    assert [d.id for d in read(paths)][:3] == named
    assert [d.id for d in read(tmp_path)][3:] == named
    assert [d.id for d in read(paths, ids_within_files=False)][:3] == ["1", "2", "gazette:3"]


def test_equal_ids_of_two_files_do_not_hide_articles(tmp_path: Path) -> None:
    for name in ("gazette.csv", "echo.csv"):
        (tmp_path / name).write_text(f"id,text\n1,{SAID}\n2,{SAID} Again.\n2,{SAID} Once.\n")
    found = list(read([tmp_path / "gazette.csv", tmp_path / "echo.csv"]))
    documents = [result.id for result in found if isinstance(result, Document)]
    assert documents == ["gazette.csv#1", "gazette.csv#2", "echo.csv#1", "echo.csv#2"]
    assert ["already used" in f.message for f in found if isinstance(f, Failure)] == [True, True]


@pytest.mark.parametrize(
    ("content", "format", "count"),
    [
        (f"id,text\n1,{SAID}\n2,{SAID}\n", "", 2),
        (f'"Headline"\t"Body"\nOne\t{SAID}\n', "", 1),
        (f"nr;words\n1;{SAID}\n2;{SAID}\n", "csv", 2),
        (f"The text, he said, was long.\n\n{SAID}", "", 1),
        (f'{{"text": "{SAID}"}}\n{{"text": "{SAID}"}}\n', "", 2),
        (f'[{{"text": "{SAID}"}}, {{"text": "{SAID}"}}]', "", 2),
        (f"<html><body><article><p>{SAID}</p></article></body></html>", "", 1),
        (f"id,text\n1,{SAID}\n", "text", 1),
    ],
)
def test_tables_and_pages_on_standard_input_are_recognised_or_named(
    content: str, format: str, count: int
) -> None:
    columns = {"text": "words"} if "words" in content else {}
    found = list(read("-", stdin=io.BytesIO(content.encode()), columns=columns, format=format))
    assert len(found) == count
    assert all(isinstance(result, Document) for result in found)
    assert all((SAID in d.text) for d in found if isinstance(d, Document))


def test_an_unknown_format_is_an_error_at_once() -> None:
    with pytest.raises(InputError, match="no format 'xls': there are csv, docx"):
        read("-", format="xls")


def test_a_table_without_a_text_column_names_its_columns(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text("id,words\na,b\n")
    (failure,) = read(tmp_path / "n.csv")
    assert isinstance(failure, Failure)
    assert "no column holds the text (columns: id, words)" in failure.message


def test_columns_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text(f"words,text,paper\n{SAID},nothing,The Coast\n")
    (found,) = documents(tmp_path / "n.csv", columns={"text": "words", "outlet": "paper"})
    assert (found.text, found.outlet) == (SAID, "The Coast")
    with pytest.raises(InputError, match="no such field: words"):
        read(tmp_path / "n.csv", columns={"words": "text"})


def test_parquet_with_times_missing_values_and_other_columns(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([1, 2, 3]),
            "text": pa.array([SAID, None, SAID + " Again."], pa.large_string()),
            "published": pa.array(
                [datetime(2016, 3, 3, 23, 30, tzinfo=UTC), None, None], pa.timestamp("ns", tz="UTC")
            ),
            "outlet": pa.array(["The Coast", "The Coast", None]).dictionary_encode(),
            "vector": pa.array([[1.0], [2.0], None]),
        }
    )
    parquet.write_table(table, tmp_path / "n.parquet", row_group_size=2)
    first, failure, last = read(tmp_path / "n.parquet")
    assert isinstance(first, Document)
    assert isinstance(failure, Failure)
    assert isinstance(last, Document)
    assert (first.id, first.published, first.outlet, first.source) == (
        "1",
        DAY,
        "The Coast",
        f"{tmp_path / 'n.parquet'}:1",
    )
    assert "row 2" in failure.message
    assert (last.id, last.published, last.outlet) == ("3", None, None)


class Counted(io.FileIO):
    """A file that counts the bytes that are read of it."""

    taken = 0

    def read(self, size: Any = -1, /) -> Any:
        data = super().read(size)
        self.taken += len(data or b"")
        return data


def test_a_large_group_of_rows_is_read_piece_by_piece(tmp_path: Path) -> None:
    texts = [
        f"{SAID} {random.Random(n).randbytes(4_000).hex()}" for n in range(3_000)
    ]  # compressed, still 12 MB
    parquet.write_table(pa.table({"text": texts}), tmp_path / "n.parquet")
    assert parquet.ParquetFile(tmp_path / "n.parquet").num_row_groups == 1
    with Counted(tmp_path / "n.parquet") as file:
        rows = read_parquet(file, "n.parquet", {})
        assert isinstance(first := next(rows), Record)
        assert first.text == texts[0]
        assert file.taken < os.path.getsize(tmp_path / "n.parquet") / 2
        assert sum(1 for _ in rows) == len(texts) - 1


def test_json_lines_are_read_line_by_line(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "n.jsonl", *({"text": f"{SAID} {n}"} for n in range(50_000)))
    with Counted(path) as file:
        assert isinstance(first := next(read_json_lines(file, "n.jsonl", {})), Record)
        assert first.text == f"{SAID} 0"
        assert file.taken < os.path.getsize(path) / 3


def test_a_damaged_parquet_file_is_a_failure(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"text": [SAID] * 100}), tmp_path / "n.parquet")
    (tmp_path / "n.parquet").write_bytes((tmp_path / "n.parquet").read_bytes()[:-20])
    (failure,) = read(tmp_path / "n.parquet")
    assert isinstance(failure, Failure)
    assert "cannot be read as Parquet" in failure.message
