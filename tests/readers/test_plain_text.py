import codecs
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.readers import Metadata, read, read_text
from quotes.readers.encoding import decode
from quotes.records import Document, Failure

ENGLISH = (
    "“I can’t say,” said José Müller – the mayor’s aide. “It’s done…”\r\n"
    "The café stayed open, she said.\r\n"
)
RUSSIAN = "Министр заявил, что реформа вступит в силу в январе. «Мы готовы», — сказал он.\n" * 3


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac-roman"],
)
def test_a_text_reads_the_same_in_every_common_encoding_with_its_line_ends(encoding: Any) -> None:
    assert decode(ENGLISH.encode(encoding), "a.txt") == ENGLISH


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16-le", "utf-16-be"])
def test_other_alphabets_are_detected_from_their_letters(encoding: Any) -> None:
    assert decode(RUSSIAN.encode(encoding), "a.txt") == RUSSIAN


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Only one caf\xe9 here.", "Only one café here."),
        (b"He said \x93yes\x94 and left.", "He said “yes” and left."),
        (b"It costs \xa35 or \x805 \x97 he said so.", "It costs £5 or €5 — he said so."),
        (b"\xd2I can\xd5t,\xd3 he said.", "“I can’t,” he said."),
    ],
)
def test_a_few_bytes_are_enough_to_tell_windows_from_mac(data: Any, text: Any) -> None:
    assert decode(data, "a.txt") == text


def test_single_windows_bytes_inside_utf8_are_read_and_the_rest_stays() -> None:
    data = (
        "“Yes,” she said. ".encode() * 3
        + b"The mayor\x92s caf\xe9 \x97 closed. "
        + "“No,” he said.".encode()
    )
    assert (
        decode(data, "a.txt")
        == "“Yes,” she said. " * 3 + "The mayor’s café — closed. “No,” he said."
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04\x14\x00", "zip archive"),
        (b"\x89PNG\r\n\x1a\n\x00", "an image"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"text with\x00 a zero byte", "zero bytes"),
        (b"\x01\x02\x03\x04 abc \x05\x06\x07", "control characters"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "cannot be decoded"),
    ],
)
def test_what_is_no_text_is_named_with_its_file_and_what_to_do(data: Any, reason: Any) -> None:
    with pytest.raises(InputError, match=rf"^a\.txt: .*{reason}.*: \w+"):
        decode(data, "a.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: Any) -> None:
    try:
        text = decode(data, "x")
    except InputError as error:
        assert str(error).startswith("x: ")  # noqa: PT017
    else:
        text.encode("utf-8")  # no lone surrogates


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_comes_back_code_point_by_code_point(text: Any) -> None:
    if not text.startswith("\ufeff") and not text.encode().startswith(
        (b"PK\x03\x04", b"%PDF", b"BZh", b"GIF8", b"PAR1", b"{\\rtf")
    ):
        assert decode(text.encode(), "x") == text


def test_offsets_count_in_the_file_as_stored(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(
        codecs.BOM_UTF8 + b"  The mayor said no.\r\n\r\nShe left\tearly, aides said. \r\n"
    )
    (document,) = read(path)
    assert isinstance(document, Document)
    assert document.text == "  The mayor said no.\r\n\r\nShe left\tearly, aides said. \r\n"
    assert (document.id, document.source, document.language) == ("a", str(path), "en")


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "is empty"), (b" \r\n\t", "is empty"), (b"123 --- 456\n", "no letters")],
)
def test_a_file_with_nothing_to_read_is_a_failure(tmp_path: Path, data: Any, reason: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    (failure,) = read(path)
    assert isinstance(failure, Failure)
    assert failure.stage == "read"
    assert str(path) in failure.message
    assert reason in failure.message


def test_ten_megabytes_of_text_are_one_document() -> None:
    text = "The mayor said that the bridge would open in May. " * 200_000
    assert decode(text.encode(), "x") == text


def test_a_string_keeps_its_offsets_even_with_a_broken_character() -> None:
    document = read_text(
        "“Yes \ud83d,” the mayor told the council.",
        id="note",
        metadata=Metadata(outlet="The Coast"),
    )
    assert document.text == "“Yes \ufffd,” the mayor told the council."
    assert (document.id, document.outlet) == ("note", "The Coast")
    assert len(document.sha256) == 64


def test_a_little_utf8_in_a_windows_file_is_read_too() -> None:
    data = (
        b"Mayor Park said: \x93The bridge is safe.\x94 Caf\xe9 owner Jos\xc3\xa9 Ruiz was relieved."
    )
    assert (
        decode(data, "a.txt")
        == "Mayor Park said: “The bridge is safe.” Café owner José Ruiz was relieved."
    )
