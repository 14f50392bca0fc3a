from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.readers import Metadata, parse_date, read, require_date
from quotes.records import Document, Failure

DAY = date(2016, 3, 3)


@pytest.mark.parametrize(
    "text",
    [
        "2016-03-03",
        "2016-3-3",
        "20160303",
        "2016-03-03T23:30:00Z",
        "2016-03-03T23:30:00-05:00",
        "2016-03-03 10:15",
        "Thu, 03 Mar 2016 10:00:00 +0000",
        "3 March 2016",
        "March 3, 2016",
        "Mar. 3rd, 2016 10:15 p.m. EST",
        "Thursday, 3 March 2016",
        "03/03/2016",
        "1456999200",
        "1456999200000",
    ],
)
def test_a_day_is_read_in_any_common_form(text: Any) -> None:
    assert parse_date(text) == DAY


@pytest.mark.parametrize("text", ["13/04/2016", "04/13/2016", "13.4.2016"])
def test_a_number_above_twelve_is_the_day(text: Any) -> None:
    assert parse_date(text) == date(2016, 4, 13)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "03/04/2016",
        "March 2016",
        "2016",
        "Thursday",
        "10:15",
        "yesterday",
        "12",
        "2016-13-40",
        "n/a",
        "May",
        "10 March",
    ],
)
def test_an_incomplete_or_ambiguous_date_is_unknown(text: Any) -> None:
    assert parse_date(text) is None


@given(st.text(max_size=60))
def test_any_words_are_a_day_or_none(text: Any) -> None:
    assert parse_date(text) is None or isinstance(parse_date(text), date)


def test_an_ambiguous_date_on_the_command_line_is_refused() -> None:
    assert require_date("3 March 2016") == DAY
    with pytest.raises(InputError, match=r"03/04/2016.*YYYY-MM-DD"):
        require_date("03/04/2016")


def test_first_values_win() -> None:
    first, second = (
        Metadata(outlet="A", author=None),
        Metadata(outlet="B", author="Ana", published=DAY),
    )
    assert first.or_else(second) == Metadata(outlet="A", author="Ana", published=DAY)


def test_a_table_beside_the_files_says_what_they_cannot(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no to the plan.")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_text("The mayor said yes to the plan.")
    (tmp_path / "metadata.csv").write_text(
        "file,outlet,Author,title,date,url,Section\n"
        "a.txt,The Coast,Bo Rask,Mayor says no,2016-03-03,https://coast.example/a,Politics\n"
        "sub/b,The Post,,,,,\n"
        "missing.txt,Nobody,,,,,\n"
    )
    first, second, missing = read(tmp_path, defaults=Metadata(outlet="Given", author="Given"))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.outlet, first.author, first.title, first.published) == (
        "The Coast",
        "Bo Rask",
        "Mayor says no",
        DAY,
    )
    assert (first.id, first.source) == ("https://coast.example/a", "https://coast.example/a")
    assert (second.id, second.outlet, second.author) == ("sub/b", "The Post", "Given")
    assert (first.extra, second.extra) == ((("Section", "Politics"), ("file", "a.txt")), ())
    assert isinstance(missing, Failure)
    assert missing.message.startswith(f"{tmp_path / 'metadata.csv'}: 1 row names no file here:")
    assert "missing.txt" in missing.message


def test_rows_for_files_that_are_there_but_not_read_are_no_complaint(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no to the plan.")
    (tmp_path / "photo.jpg").write_bytes(b"")
    (tmp_path / "metadata.csv").write_text("file,outlet\na,The Coast\nphoto.jpg,The Post\n")
    assert [result.id for result in read(tmp_path)] == ["a"]
    (tmp_path / "metadata.csv").write_text("file,outlet\na,The Coast\nmissing,The Post\n")
    assert [result.id for result in read(tmp_path / "a.txt")] == ["a"]  # nobody looked for others


@pytest.mark.parametrize(
    ("day_first", "published", "complaints"),
    [(None, None, 2), (True, date(2024, 5, 3), 1), (False, date(2024, 3, 5), 1)],
)
def test_days_of_a_table_that_cannot_be_read_are_named(
    tmp_path: Path, day_first: bool | None, published: date | None, complaints: int
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("The mayor said no to the plan.")
    (tmp_path / "metadata.csv").write_text("file,date\na.txt,03/05/2024\nb.txt,2024-13-45\n")
    found = list(read(tmp_path, day_first=day_first))
    documents = [result for result in found if isinstance(result, Document)]
    failures = [result.message for result in found if isinstance(result, Failure)]
    assert [document.published for document in documents] == [published, None]
    assert len(failures) == complaints
    assert "row 2: published '2024-13-45' is no day that can be read" in failures[-1]
    if day_first is None:
        assert "row 1: published '03/05/2024' can be two days" in failures[0]
        assert "--day-first" in failures[0]


def test_what_a_page_says_of_its_day_is_not_overruled_by_what_is_given_for_all(
    tmp_path: Path,
) -> None:
    head = '<meta property="article:published_time" content="2016-03-03T10:00:00Z">'
    body = "<article><p>The mayor said that the bridge would open in May.</p></article>"
    (tmp_path / "a.html").write_text(f"<html><head>{head}</head><body>{body}</body></html>")
    (tmp_path / "b.html").write_text(f"<html><body>{body}</body></html>")
    given = Metadata(published=date(2024, 1, 2), outlet="The Coast")
    first, second = read(tmp_path, defaults=given)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.published, second.published) == (DAY, date(2024, 1, 2))
    assert (first.outlet, second.outlet) == ("The Coast", "The Coast")
    (tmp_path / "metadata.csv").write_text("file,date\na.html,2020-02-02\n")
    first, _ = read(tmp_path, defaults=given)
    assert isinstance(first, Document)
    assert first.published == date(2020, 2, 2)


def test_a_table_beside_a_single_file_counts_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no to the plan.")
    (tmp_path / "metadata.csv").write_text("id;outlet\na;The Coast\n")
    (document,) = read(tmp_path / "a.txt")
    assert isinstance(document, Document)
    assert (document.id, document.outlet) == ("a", "The Coast")


@pytest.mark.parametrize(
    "table",
    [
        "outlet,author\nThe Coast,Bo\n",
        "file,outlet\na.txt,The Coast,more\n",
        "\x00\x01\x02\x03\x04",
    ],
)
def test_a_malformed_table_is_a_failure_and_the_files_are_read(tmp_path: Path, table: Any) -> None:
    (tmp_path / "a.txt").write_text("The mayor said no to the plan.")
    (tmp_path / "b.txt").write_text("The mayor said no to the plan.")
    (tmp_path / "metadata.csv").write_text(table)
    failure, *documents = read(tmp_path)
    assert isinstance(failure, Failure)
    assert failure.message.startswith(str(tmp_path / "metadata.csv"))
    assert [document.id for document in documents] == ["a", "b"]
