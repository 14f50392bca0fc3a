import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.readers import Metadata, docx, read
from quotes.readers.docx import read_docx
from quotes.records import Document, Failure

SAID = "Mayor Ruth Okafor told the council that the bridge would open in May."
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(write: Callable[[Any], None]) -> bytes:
    """A Word file, as `write` fills it."""
    import docx as library

    made, out = library.Document(), io.BytesIO()
    write(made)
    made.save(out)
    return out.getvalue()


def plain(*paragraphs: str) -> bytes:
    def write(made: Any) -> None:
        for text in paragraphs:
            made.add_paragraph(text)

    return word_file(write)


def with_body(xml: str, *, head: str = "") -> bytes:
    """A Word file whose body is this markup."""
    return replaced(
        plain(SAID),
        "word/document.xml",
        f'{head}<w:document xmlns:w="{NAMESPACE}"><w:body>{xml}</w:body></w:document>',
    )


def replaced(data: bytes, part: str, content: str | None) -> bytes:
    """The file with another part, or without it."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        if content is not None:
            new.writestr(part, content)
    return out.getvalue()


def lines_of(text: str) -> str:
    """A paragraph as it comes back: without the spaces that nobody sees."""
    return "\n".join(words for line in text.split("\n") if (words := " ".join(line.split())))


def document(data: bytes, **known: object) -> Document:
    return read_docx(data, id="a", metadata=Metadata(**known), source="a.docx")  # type: ignore[arg-type]


def message(folder: Path, data: bytes) -> str:
    """The message of the Failure that a file gives, beside which another one is read."""
    (folder / "a.docx").write_bytes(data)
    (folder / "b.txt").write_text(SAID)
    failure, other = read(folder)
    assert isinstance(failure, Failure)
    assert isinstance(other, Document)
    start = f"{folder / 'a.docx'}: "
    assert failure.message.startswith(start)
    return failure.message.removeprefix(start)


def test_paragraphs_lists_and_tables_come_in_order(tmp_path: Path) -> None:
    def write(made: Any) -> None:
        made.add_heading("What the council decided", 1)
        made.add_paragraph("The mayor named two things:")
        made.add_paragraph("a new bridge", style="List Bullet")
        made.add_paragraph("an old quay", style="List Number")
        table = made.add_table(2, 2)
        for number, words in enumerate(("Who", "What", "Olav Berg", "“No,” he said.")):
            table.cell(number // 2, number % 2).text = words
        table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "He did not say why."
        made.add_paragraph("That was all.")
        made.sections[0].header.paragraphs[0].text = "The Harbour Post"

    (tmp_path / "vote.docx").write_bytes(word_file(write))
    (found,) = read(tmp_path)
    assert isinstance(found, Document)
    assert found.text.split("\n\n") == [
        "What the council decided",
        "The mayor named two things:",
        "a new bridge",
        "an old quay",
        "Who",
        "What",
        "Olav Berg",
        "“No,” he said.",
        "He did not say why.",
        "That was all.",
    ]
    assert (found.id, found.title, found.author, found.published) == ("vote", None, None, None)


def test_a_cell_over_several_columns_comes_once() -> None:
    def write(made: Any) -> None:
        table = made.add_table(1, 3)
        table.cell(0, 0).merge(table.cell(0, 2)).text = SAID

    assert document(word_file(write)).text == SAID


def test_tracked_changes_are_made_and_hidden_text_is_not_seen() -> None:
    xml = (
        "<w:p><w:r><w:t xml:space='preserve'>The mayor said </w:t></w:r>"
        "<w:del><w:r><w:delText>yes</w:delText></w:r></w:del><w:ins><w:r><w:t>no</w:t></w:r>"
        "</w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t> (check this)</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>.</w:t>"
        "<w:br/><w:t>Twice,</w:t><w:tab/><w:t>well</w:t><w:noBreakHyphen/><w:t>timed.</w:t></w:r>"
        "<w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    )
    assert document(with_body(xml)).text == "The mayor said no.\nTwice, well-timed."


def test_links_and_controls_keep_their_words_and_text_boxes_are_left_out() -> None:
    xml = (
        "<w:p><w:hyperlink><w:r><w:t>The mayor</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r>"
        "<w:t> said no.</w:t></w:r></w:sdtContent>"
        "</w:sdt><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>A pull quote</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r></w:p>"
    )
    assert document(with_body(xml)).text == "The mayor said no."


def test_the_paragraph_in_the_style_of_titles_is_the_title() -> None:
    def write(made: Any) -> None:
        made.add_heading("Bridge to open", 0)
        made.add_paragraph(SAID)

    found = document(word_file(write))
    assert (found.title, found.text) == ("Bridge to open", SAID)
    assert document(word_file(write), title="Given").title == "Given"
    assert document(
        word_file(lambda made: made.add_heading("The mayor said that the bridge would open", 0))
    ).text


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (
            ("Bridge to open in May", "Ana Lund", datetime(2024, 3, 5, 10)),
            ("Bridge to open in May", "Ana Lund", datetime(2024, 3, 5).date()),
        ),
        (("template.dotx", "newsroom", datetime(2024, 3, 4)), (None, None, None)),
    ],
)
def test_properties_are_believed_where_the_text_bears_them_out(
    properties: Any, expected: Any
) -> None:
    def write(made: Any) -> None:
        core = made.core_properties
        core.title, core.author, core.created = properties
        for text in ("Bridge to open in May", "By Ana Lund, 5 March 2024", SAID):
            made.add_paragraph(text)

    found = document(word_file(write))
    assert (found.title, found.author, found.published) == expected
    assert found.text.startswith("By Ana" if expected[0] else "Bridge to")


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


def test_entities_are_not_expanded() -> None:
    found = document(
        with_body(
            f"<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p><w:p><w:r><w:t>x &b; &c;</w:t></w:r></w:p>",
            head=BOMB,
        )
    )
    assert "aaaa" not in found.text
    assert found.text.startswith(SAID)


def test_a_file_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docx, "MAX_UNPACKED_BYTES", 1 << 20)
    data = replaced(plain(SAID), "word/media/image1.bmp", " " * (2 << 20))
    assert len(data) < 1 << 20
    assert message(tmp_path, data).startswith("would unpack to more than 1 MB")


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"The mayor said no.", "is not a Word file"),
        (b"%PDF-1.4\n", "is not a Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is encrypted, or an old Word file"),
        (plain(SAID)[:-600], "is not a Word file, or is damaged"),
        (zipped(a="b"), "is not a Word file"),
        (replaced(plain(SAID), "word/document.xml", None), "is not a Word file, or is damaged"),
        (replaced(plain(SAID), "word/document.xml", "<w:document"), "is a damaged Word file"),
        (replaced(plain(SAID), "word/document.xml", "<x/>"), "is not a Word file, or is damaged"),
        (with_body(""), "holds no text"),
        (plain("", "  "), "holds no text"),
        (plain("1 2 3"), "holds no letters"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, data: Any, reason: Any) -> None:
    assert message(tmp_path, data).startswith(reason)


TEXT = st.text("abcdefgABC“”‘’«»<>&;.,-—0123 \u00a0\u2028é😀\n\t", max_size=60)


@settings(max_examples=30)
@given(st.lists(TEXT, min_size=1, max_size=6))
def test_any_words_come_back(paragraphs: Any) -> None:
    kept = [words for text in [SAID, *paragraphs] if (words := lines_of(text))]
    assert document(plain(SAID, *paragraphs), language="en").text.split("\n\n") == kept


@settings(max_examples=60)
@given(st.floats(0, 1), st.binary(min_size=1, max_size=200))
def test_any_damage_gives_a_document_or_a_reason(place: Any, junk: Any) -> None:
    data = plain(SAID)
    at = int(place * len(data))
    try:
        assert SAID in document(data[:at] + junk + data[at + len(junk) :]).text
    except InputError as error:
        assert str(error).startswith("a.docx: ")  # noqa: PT017
