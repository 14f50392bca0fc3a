import gzip
import io
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quotes.readers import Metadata, read, warc
from quotes.records import Document, Failure
from tests.sample_files import warc_gz, warc_record

ONE, TWO, THREE = (f"https://harbour.example/news/{name}" for name in ("bridge", "quay", "ferry"))


def page(words: str, head: str = "") -> bytes:
    return (
        f"<html lang=en><head><title>Town news</title>{head}</head>"
        f"<body><article><p>{words}</p></article></body></html>"
    ).encode()


SAID = "The mayor said on Thursday that the bridge over the Nord would open in May."
RECORDS = [
    warc_record(ONE, page(SAID, "<meta property='article:published_time' content='2024-03-05'>")),
    warc_record(
        TWO,
        gzip.compress(page("“We have waited for nine years,” she said."), mtime=0),
        encoding="gzip",
    ),
    warc_record(THREE, b"The minister said no.", kind="text/plain"),
]


def write(folder: Path, data: bytes, name: str = "crawl.warc.gz") -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def ids(found: list[Document | Failure]) -> list[str]:
    return [result.id for result in found if isinstance(result, Document)]


def messages(found: list[Document | Failure]) -> list[str]:
    return [result.message for result in found if isinstance(result, Failure)]


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_each_page_is_a_document_with_its_address(tmp_path: Path, name: Any) -> None:
    data = warc_gz(*RECORDS) if name.endswith(".gz") else b"".join(RECORDS)
    path = write(tmp_path, data, name)
    found: list[Any] = list(read(tmp_path, defaults=Metadata(outlet="Given")))
    assert ids(found) == [ONE, TWO, THREE]
    first, second, third = found
    assert (first.text, first.source, first.outlet, first.published) == (
        SAID,
        ONE,
        "Given",
        date(2024, 3, 5),
    )
    assert (second.text, second.published) == (
        "“We have waited for nine years,” she said.",
        None,
    )  # crawled is not published
    assert third.text == "The minister said no."
    assert ids(list(read("-", stdin=io.BytesIO(b"".join(RECORDS))))) == [ONE, TWO, THREE]
    assert path.exists()


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    others = [
        warc_record("https://harbour.example/", b"GET / HTTP/1.1", record="request"),
        warc_record("https://harbour.example/a.png", b"\x89PNG\r\n", kind="image/png"),
        warc_record(
            "https://harbour.example/robots.txt", b"User-agent: all of you", kind="text/plain"
        ),
        warc_record(
            "https://harbour.example/gone", page("This page is gone."), status="404 Not Found"
        ),
        warc_record("https://harbour.example/old", page("Moved."), status="301 Moved Permanently"),
        warc_record("http://[::1/a", b"", kind="image/png"),
        warc_record("dns:harbour.example", b"harbour.example", record="resource", kind="text/dns"),
    ]
    path = write(
        tmp_path,
        warc_gz(
            *others, RECORDS[0], warc_record(TWO, page(SAID), record="resource", kind="text/html")
        ),
    )
    found = list(read(path))
    assert ids(found) == [ONE, TWO]
    assert len(found) == 2


def test_pages_without_an_article_and_second_copies_are_named_and_the_rest_is_read(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, warc_gz(RECORDS[0], warc_record(TWO, page("")), RECORDS[0], RECORDS[2]))
    found = list(read(path))
    assert ids(found) == [ONE, THREE]
    empty, copy = messages(found)
    assert empty.startswith(f"{path}: {TWO}: no article text found")
    assert copy.startswith(f"{path}: the id {ONE!r} was already used")


def test_reading_goes_on_behind_a_damaged_record(tmp_path: Path) -> None:
    packed = [bytearray(gzip.compress(record, mtime=0)) for record in RECORDS]
    packed[1][40:80] = bytes(byte ^ 0x55 for byte in packed[1][40:80])
    path = write(tmp_path, b"".join(packed))
    found = list(read(path))
    assert ids(found) == [ONE, THREE]
    (message,) = messages(found)
    assert message.startswith(f"{path}: is damaged after byte 0 (")
    assert message.endswith("; reading goes on behind it")
    path = write(tmp_path, bytes(packed[1] + packed[2] + packed[0]))
    assert ids(list(read(path))) == [THREE, ONE]
    assert len(messages(list(read(path)))) == 1


@pytest.mark.parametrize("place", range(10, 230, 20))
def test_damage_anywhere_in_a_record_costs_that_record_only(tmp_path: Path, place: Any) -> None:
    words = " ".join(
        random.Random(1).choices(["mayor", "bridge", "nobody", "quay", "said", "no"], k=400)
    )
    packed = [
        gzip.compress(record, mtime=0)
        for record in (RECORDS[0], warc_record(TWO, page(words)), RECORDS[2])
    ]
    harmed = (
        packed[1][:place]
        + bytes(byte ^ 0x55 for byte in packed[1][place : place + 9])
        + packed[1][place + 9 :]
    )
    found = list(read(write(tmp_path, packed[0] + harmed + packed[2])))
    assert {ONE, THREE} <= set(ids(found))
    assert messages(found)


def test_reading_goes_on_behind_damage_in_an_archive_that_is_not_compressed(tmp_path: Path) -> None:
    broken = RECORDS[1].replace(b"WARC/1.1\r\n", b"WURC/1.1\r\n")
    path = write(tmp_path, RECORDS[0] + broken + RECORDS[2], "crawl.warc")
    found = list(read(path))
    assert ids(found) == [ONE, THREE]
    assert len(messages(found)) == 1


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
@pytest.mark.parametrize("lost", [6, 30, 120])
def test_an_archive_that_was_cut_off_says_so(tmp_path: Path, name: Any, lost: Any) -> None:
    data = warc_gz(*RECORDS) if name.endswith(".gz") else b"".join(RECORDS)
    found = list(read(write(tmp_path, data[:-lost], name)))
    assert ids(found)[:2] == [ONE, TWO]
    assert messages(found)


def test_pages_that_would_fill_the_memory_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MAX_PAGE_BYTES", 1 << 20)
    bomb = warc_record(TWO, gzip.compress(b"<p>" + b" no" * (1 << 20), mtime=0), encoding="gzip")
    film = warc_record("https://harbour.example/film", b"0123" * (1 << 20), kind="video/mp4")
    large = warc_record("https://harbour.example/large", b"<p>" + b"no " * (1 << 20))
    found = list(read(write(tmp_path, warc_gz(bomb, film, large, RECORDS[0]))))
    assert ids(found) == [ONE]
    assert ["is larger than 1 MB" in message for message in messages(found)] == [True, True]


def test_a_page_whose_compression_is_broken_is_named(tmp_path: Path) -> None:
    broken = warc_record(
        TWO, gzip.compress(page(SAID), mtime=0)[:20] + b"junk" * 10, encoding="gzip"
    )
    found = list(read(write(tmp_path, warc_gz(broken, RECORDS[0]))))
    assert ids(found) == [ONE]
    (message,) = messages(found)
    assert f"{TWO}: cannot be unpacked" in message


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.warc", b"", "holds no page of HTML or text"),
        ("a.warc.gz", b"", "holds no page of HTML or text"),
        (
            "a.warc",
            b"The mayor said no.\n" * 50,
            "holds no page of HTML or text that can be read (Invalid WARC header)",
        ),
        (
            "a.warc.gz",
            b"The mayor said no.\n" * 50,
            "holds no page of HTML or text that can be read",
        ),
        (
            "a.warc.gz",
            gzip.compress(b"The mayor said no.\n" * 50, mtime=0),
            "holds no page of HTML or text that can be read",
        ),
        (
            "a.warc",
            warc_record("https://a.example/b.png", b"\x89PNG", kind="image/png"),
            "holds no page of HTML or text",
        ),
    ],
)
def test_what_is_no_archive_is_said(tmp_path: Path, name: Any, data: Any, reason: Any) -> None:
    (tmp_path / "b.txt").write_text(SAID)
    write(tmp_path, data, name)
    failure, other = read(tmp_path)
    assert isinstance(failure, Failure)
    assert isinstance(other, Document)
    assert failure.message.startswith(f"{tmp_path / name}: {reason}")
