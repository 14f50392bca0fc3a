"""Emails: text, sender, subject and day; what cannot be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.readers import Metadata, read
from quotes.readers.email_message import read_email
from quotes.records import Document

HEAD = (
    "From: =?utf-8?q?Bj=C3=B8rn_Strand?= <b@fjord.example>\nSubject: The quay\n"
    "Date: Tue, 4 Jun 2019 23:30:00 +0200\nMIME-Version: 1.0\n"
)
PLAIN = (
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    "The caf=C3=A9 at the quay wi=\nll close.\n\nOn Monday, Per Lund wrote:\n> Why now?\n"
)
HTML = "Content-Type: text/html; charset=utf-8\n\n<p>The quay will close.</p><p>In June.</p>\n"
FILE = 'Content-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"\n\n%PDF\n'


def message(*parts: str) -> bytes:
    joined = "--b\n" + "\n--b\n".join(parts) + "\n--b--\n"
    return f'{HEAD}Content-Type: multipart/mixed; boundary="b"\n\n{joined}'.encode()


def document(data: bytes) -> Document:
    return read_email(data, id="a", metadata=Metadata(), source="a.eml")


def test_an_email_gives_its_text_and_who_sent_it_when(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(message(PLAIN, HTML, FILE))
    (found,) = read(tmp_path)
    assert isinstance(found, Document)
    assert found.text.startswith("The café at the quay will close.\n\nOn Monday,")
    assert (found.author, found.title) == ("Bjørn Strand", "The quay")
    assert found.published == date(2019, 6, 4)
    assert [(e.content.of(found.text), e.author) for e in found.embeds] == [
        ("Why now?", "Per Lund")
    ]


def test_an_email_without_plain_text_is_read_as_a_page() -> None:
    assert document(message(HTML)).text == "The quay will close.\n\nIn June."
    assert document((HEAD + HTML).encode()).text == "The quay will close.\n\nIn June."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" ", "is empty"),
        (message(FILE), "holds no text"),
        (HEAD.encode(), "holds no text"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=f"^a.eml: {reason}"):
        document(data)


def test_parts_inside_parts_without_end_do_no_harm() -> None:
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000)
    )
    with pytest.raises(InputError, match=r"^a\.eml: "):
        document((HEAD + nested).encode())


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_are_an_email_or_refused(data: bytes) -> None:
    for head in (b"", HEAD.encode(), b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"):
        try:
            document(head + data)
        except InputError as error:
            assert str(error).startswith("a.eml: ")  # noqa: PT017
