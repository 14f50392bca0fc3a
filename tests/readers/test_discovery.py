import gzip
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from quotes.readers import Metadata, read
from quotes.records import Document, Failure
from tests.paths import SEEDS

SAID = "The mayor said that the bridge would open in May."


def make(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(SAID)
    return folder


def ids(*args: Any, **options: Any) -> list[str]:
    return [found.id for found in read(*args, **options) if isinstance(found, Document)]


def failures(*args: Any, **options: Any) -> list[Failure]:
    return [found for found in read(*args, **options) if isinstance(found, Failure)]


def test_a_folder_and_a_single_file_give_the_stem() -> None:
    names = sorted(path.stem for path in SEEDS.iterdir())
    assert ids(SEEDS) == names
    assert ids([SEEDS / f"{name}.txt" for name in names]) == names


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
@pytest.mark.parametrize("name", [b"caf\xe9.txt", b"caf\xe9.csv"])
def test_a_name_in_another_encoding_is_written_as_escapes(tmp_path: Path, name: bytes) -> None:
    text = SAID if name.endswith(b"txt") else f"id,text\n1,{SAID}\n"
    Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text(text)
    (tmp_path / os.fsdecode(b"caf\xe9.pdf")).write_bytes(b"no PDF")
    (document,) = (d for d in read(tmp_path, ids_of_store=True) if isinstance(d, Document))
    (failure,) = failures(tmp_path)
    suffix = name.partition(b".")[2].decode()
    expected = f"caf\\udce9.{suffix}"
    assert document.id == (expected if suffix == "txt" else f"{expected}#1")
    assert str(document.source).startswith(f"{tmp_path}/{expected}")
    assert failure.message.startswith(f"{tmp_path}/caf\\udce9.pdf: ")


def test_a_folder_is_searched_in_order_and_ids_are_relative(tmp_path: Path) -> None:
    make(
        tmp_path,
        "b.txt",
        "a/z.md",
        "a/b/c.text",
        ".hidden.txt",
        ".git/d.txt",
        "photo.jpg",
        "script.py",
        "Makefile",
    )
    found = list(read(tmp_path))
    assert [result.id for result in found] == ["a/b/c", "a/z", "b"]
    assert all(isinstance(result, Document) for result in found)


def test_names_that_differ_only_in_their_suffix_keep_it(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "a.md", "b.txt")
    assert ids(tmp_path) == ["a.md", "a.txt", "b"]


def test_files_of_one_name_in_two_folders_have_two_ids(tmp_path: Path) -> None:
    make(tmp_path, "x/a.txt", "y/a.txt")
    paths = [tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt"]
    assert ids(paths) == [path.as_posix() for path in paths]
    assert ids([*paths, tmp_path]) == [*(path.as_posix() for path in paths), "x/a", "y/a"]


def test_a_copy_of_a_page_is_named_by_its_file(tmp_path: Path) -> None:
    page = f"<html><head><link rel='canonical' href='https://a.example/bridge'></head><body><p>{SAID}</p></body></html>"
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "b.html").write_text(page)
    assert ids(tmp_path) == ["https://a.example/bridge"]
    (failure,) = failures(tmp_path)
    assert failure.message.startswith(
        f"{tmp_path / 'b.html'}: the id 'https://a.example/bridge' was already used"
    )


def test_a_page_saved_under_the_name_of_a_text_is_read_as_a_page(tmp_path: Path) -> None:
    head = "<!DOCTYPE html>\n<html><head><title>Quay</title></head>"
    page = f"\n{head}<body><p>{SAID}</p></body></html>"
    (tmp_path / "a.txt").write_text(page)
    (tmp_path / "b.txt").write_text(f"How to write <html> tags. {SAID}")
    page_read, text_read = (found for found in read(tmp_path) if isinstance(found, Document))
    assert (page_read.title, page_read.text) == ("Quay", SAID)
    assert text_read.text.startswith("How to write <html>")


def test_tables_in_a_folder_carry_it_in_their_ids(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "n.jsonl").write_text(json.dumps({"text": SAID}))
    assert ids(tmp_path) == ["sub/n:1"]


def test_gzip(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(SAID.encode()))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": SAID}).encode()))
    (tmp_path / "c.html.gz").write_bytes(
        gzip.compress(f"<html><body><p>{SAID}</p></body></html>".encode())
    )
    (tmp_path / "d.txt.gz").write_bytes(gzip.compress(os.urandom(50).hex().encode())[:-12])
    (tmp_path / "e.txt.gz").write_text("not gzip")
    assert ids(tmp_path) == ["a", "b:1", "c"]
    assert ["damaged gzip" in failure.message for failure in failures(tmp_path)] == [True, True]


@pytest.mark.parametrize("name", ["a.doc", "a.odt", "a.xlsx", "a.mbox.gz", "a.DOC"])
def test_documents_of_later_versions_are_named_and_the_rest_is_read(
    tmp_path: Path, name: Any
) -> None:
    make(tmp_path, name, "b.txt")
    assert ids(tmp_path) == ["b"]
    (failure,) = failures(tmp_path)
    assert "not supported yet" in failure.message
    assert str(tmp_path / name) in failure.message


def test_what_cannot_be_opened_is_a_failure_in_its_place(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    paths = [
        tmp_path / name
        for name in ("missing.txt", "a.txt", "empty", "pipe.txt", "loop.txt", "b.txt", "nul\0.txt")
    ]
    found = list(read(paths))
    assert [type(result) for result in found] == [
        Failure,
        Document,
        Failure,
        Failure,
        Failure,
        Document,
        Failure,
    ]
    reasons = [
        "no such file",
        "no articles in this folder",
        "is a pipe",
        "cannot be opened",
        "not the name of a file",
    ]
    messages = [result.message for result in found if isinstance(result, Failure)]
    assert all(reason in message for reason, message in zip(reasons, messages, strict=True))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_that_may_not_be_read(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b/c.txt", "d.txt")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "b").chmod(0)
    try:
        assert ids(tmp_path) == ["d"]
        assert ["permission denied" in failure.message for failure in failures(tmp_path)] == [
            True,
            True,
        ]
    finally:
        (tmp_path / "b").chmod(0o700)


def test_links_to_folders_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt", "out/b.txt")
    (tmp_path / "in" / "other").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "self").symlink_to(tmp_path / "in")
    assert ids(tmp_path / "in") == ["a", "other/b"]
    (failure,) = failures(tmp_path / "in")
    assert "link to a folder that holds it" in failure.message


def test_a_folder_with_a_suffix_is_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.txt/b.txt")
    assert ids(tmp_path) == ["a.txt/b"]
    assert ids(tmp_path / "a.txt") == ["b"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (SAID.encode(), ["stdin"]),
        (b"\xef\xbb\xbf" + SAID.encode(), ["stdin"]),
        (f"<!DOCTYPE html><html><body><p>{SAID}</p></body></html>".encode(), ["stdin"]),
        (
            json.dumps({"text": SAID}).encode()
            + b"\n"
            + json.dumps({"id": "x", "text": SAID}).encode(),
            ["stdin:1", "x"],
        ),
        (json.dumps([{"text": SAID}]).encode(), ["stdin:1"]),
        (f"[Editor's note: updated] {SAID}".encode(), ["stdin"]),
    ],
)
@pytest.mark.parametrize("buffered", [True, False])
def test_the_format_of_standard_input_is_detected_from_its_content(
    data: Any, expected: Any, buffered: Any
) -> None:
    stream = io.BufferedReader(io.BytesIO(data)) if buffered else io.BytesIO(data)
    assert ids("-", stdin=stream) == expected


def test_standard_input_among_files_with_metadata(tmp_path: Path) -> None:
    make(tmp_path, "a.txt")
    found = list(
        read(
            [tmp_path / "a.txt", "-"],
            defaults=Metadata(outlet="The Coast"),
            stdin=io.BytesIO(SAID.encode()),
        )
    )
    assert [
        (result.id, result.outlet, result.source)
        for result in found
        if isinstance(result, Document)
    ] == [
        ("a", "The Coast", str(tmp_path / "a.txt")),
        ("stdin", "The Coast", "standard input"),
    ]


def test_empty_standard_input_is_a_failure() -> None:
    (failure,) = read("-", stdin=io.BytesIO(b""))
    assert isinstance(failure, Failure)
    assert failure.message.startswith("standard input: is empty")


def test_the_format_of_a_file_of_unknown_suffix_is_detected_from_its_content(
    tmp_path: Path,
) -> None:
    (tmp_path / "article").write_text(SAID)
    (tmp_path / "page.aspx").write_text(f"<html><body><p>{SAID}</p></body></html>")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    found = list(read([tmp_path / "article", tmp_path / "page.aspx", tmp_path / "photo.jpg"]))
    assert [result.text for result in found if isinstance(result, Document)] == [SAID, SAID]
    assert isinstance(found[2], Failure)
    assert "looks like an image" in found[2].message
