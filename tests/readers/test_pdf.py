import io
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import InputError
from quotes.readers import Metadata, pdf, read
from quotes.readers.pdf import read_pdf
from quotes.records import Document, Failure
from tests.sample_files import column, pdf_file

FIRST = [
    "Mayor Ruth Okafor told the council on Thursday that the",
    "bridge over the Nord would open in May, and that the gov-",
    "ernment had promised to pay for it.",
    "",
    "“We have waited for nine years,” she said. “It is time.”",
]
SECOND = [
    "The minister, Olav Berg, said that he had promised noth-",
    "ing of the kind.",
    "",
    "“I never said so,” he told reporters.",
]
ARTICLE = [
    "Mayor Ruth Okafor told the council on Thursday that the bridge over the Nord would open in "
    "May, and that the government had "
    "promised to pay for it.",
    "“We have waited for nine years,” she said. “It is time.”",
    "The minister, Olav Berg, said that he had promised nothing of the kind.",
    "“I never said so,” he told reporters.",
]


def results(data: bytes, **known: object) -> list[Any]:
    return list(read_pdf(data, id="a", metadata=Metadata(**known), source="a.pdf"))  # type: ignore[arg-type]


def document(data: bytes, **known: object) -> Document:
    (found,) = results(data, **known)
    assert isinstance(found, Document)
    return found


def message(folder: Path, data: bytes) -> str:
    """The message of the Failure that a file gives, beside which another one is read."""
    (folder / "a.pdf").write_bytes(data)
    (folder / "b.txt").write_text("The mayor said no.")
    failure, other = read(folder)
    assert isinstance(failure, Failure)
    assert isinstance(other, Document)
    start = f"{folder / 'a.pdf'}: "
    assert failure.message.startswith(start)
    return failure.message.removeprefix(start)


def test_a_page_gives_its_paragraphs_without_line_ends(tmp_path: Path) -> None:
    (tmp_path / "bridge.pdf").write_bytes(pdf_file([column([*FIRST, "", *SECOND])]))
    (found,) = read(tmp_path)
    assert isinstance(found, Document)
    assert found.text.split("\n\n") == ARTICLE
    assert (found.id, found.source, found.title, found.author, found.published) == (
        "bridge",
        str(tmp_path / "bridge.pdf"),
        None,
        None,
        None,
    )


def test_two_columns_are_read_one_after_the_other() -> None:
    assert (
        document(pdf_file([[*column(FIRST), *column(SECOND, left=330)]])).text.split("\n\n")
        == ARTICLE
    )


def test_pages_follow_each_other_without_their_heads_and_numbers() -> None:
    pages = []
    for number, lines in enumerate((FIRST, SECOND, ["That was all."]), 1):
        edges = [(72, 770, 8, f"The Harbour Post    {number}"), (300, 30, 8, f"{number} / 3")]
        pages.append([edges[0], *column(lines), edges[1]])
    assert document(pdf_file(pages)).text.split("\n\n") == [*ARTICLE, "That was all."]


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    pages = [
        column(
            [
                "The minister, Olav Berg, said on Thursday night that he",
                "had promised the town nothing of the kind, and that the",
            ]
        ),
        column(["bridge was none of his business."]),
    ]
    assert document(pdf_file(pages)).text.endswith(
        "nothing of the kind, and that the bridge was none of his business."
    )


def test_letters_drawn_in_other_ways_are_letters() -> None:
    kerned = b"BT /F1 10 Tf 72 700 Td [(The ma) 20 (yor) -300 (said) -300 (no.)] TJ ET\n"
    scaled = b"q 1 0 0 -1 0 792 cm BT /F1 1 Tf 10 0 0 -10 72 200 Tm (Nobody asked why.) Tj ET Q\n"
    rotated = b"BT /F1 10 Tf 0 1 -1 0 20 300 Tm (Photograph: A. Lund) Tj ET\n"
    assert (
        document(pdf_file([kerned + scaled + rotated])).text
        == "The mayor said no.\n\nNobody asked why."
    )


def drawn(*lines: str) -> bytes:
    """Drawing instructions that show arrays of text below each other."""
    shown = [
        f"BT /F1 11 Tf 1 0 0 1 72 {720 - 16 * number} Tm {line} TJ ET"
        for number, line in enumerate(lines)
    ]
    return "\n".join(shown).encode("cp1252")


def test_room_between_the_letters_of_a_word_is_no_space() -> None:
    page = drawn(
        "[(The harbour ma) -320 (ster of Nordby said th) -310 (at the quay had clo) -300 (sed.)]",
        "[(“Nobody was hur) -290 (t,” she ad) -300 (ded.)]",
    )
    assert document(pdf_file([page])).text == (
        "The harbour master of Nordby said that the quay had closed. “Nobody was hurt,” she added."
    )


def test_room_between_words_is_a_space_where_none_is_drawn() -> None:
    page = drawn("[(The) -320 (harbour) -310 (master) -330 (closed) -300 (the quay.)]")
    assert document(pdf_file([page])).text == "The harbour master closed the quay."


def scan(stamp: str) -> bytes:
    """A page that is a picture, with a line over it."""
    line = f"BT /F1 9 Tf 1 0 0 1 72 20 Tm ({stamp}) Tj ET"
    picture = "q 612 0 0 792 0 0 cm /Im1 Do Q"
    return (
        pdf_file([f"{picture}\n{line}".encode()])
        .replace(b"/Font << /F1 3 0 R >>", b"/Font << /F1 3 0 R >> /XObject << /Im1 3 0 R >>")
        .replace(b"/Type /Font /Subtype /Type1", b"/Type /Font /Subtype /Image")
    )


def test_a_photographed_page_with_a_stamp_is_not_read(tmp_path: Path) -> None:
    assert message(tmp_path, scan("RECEIVED 12 May 2020, Clerk of the Court, Nordby")) == (
        "no page can be read: page 1 is a picture with little text over it, such as a stamp: run "
        "text recognition (OCR) on it first"
    )


def test_a_photographed_page_with_a_layer_of_text_is_read() -> None:
    text = (
        "The mayor said that the harbour would close in June, and that no ferry would leave. " * 4
    )
    assert document(scan(text)).text.startswith("The mayor said")


def test_a_page_on_its_side_is_read() -> None:
    lines = b"".join(
        b"BT /F1 10 Tf 0 1 -1 0 %d 72 Tm (%b) Tj ET\n" % (100 + 12 * n, line.encode("cp1252"))
        for n, line in enumerate(FIRST[:3])
    )
    assert document(pdf_file([lines])).text == ARTICLE[0]


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        (
            "/Title (Bridge to open in May) /Author (Ana Lund) /CreationDate "
            "(D:20240305101500+01'00')",
            ("Bridge to open in May", "Ana Lund", date(2024, 3, 5)),
        ),
        (
            "/Title (Microsoft Word - bridge_v3.doc) /Author (admin) /CreationDate "
            "(D:20240306101500Z)",
            (None, None, None),
        ),
        (
            "/Title (PowerPoint Presentation) /Author (Per Holm) /CreationDate (yesterday)",
            (None, None, None),
        ),
        ("/Title 7 /Author [1 2]", (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_properties_are_believed_where_the_text_bears_them_out(info: Any, expected: Any) -> None:
    page = [
        (72, 760, 20, "Bridge to open in May"),
        *column(["By Ana Lund", "", "March 5, 2024", "", *FIRST]),
    ]
    found = document(pdf_file([page], info))
    assert (found.title, found.author, found.published) == expected
    assert found.text.startswith("By Ana Lund" if expected[0] else "Bridge to open in May")
    assert document(
        pdf_file([page], info), title="Given", published=date(2000, 1, 1)
    ).published == date(2000, 1, 1)


def test_a_broken_page_is_named_and_the_others_are_read() -> None:
    data = pdf_file([column(FIRST), column(SECOND), column(["That was all."])])
    found, failure = results(
        data.replace(b"/Contents 6 0 R", b"/Contents 2 0 R")
    )  # no drawing, but the list of pages
    assert isinstance(found, Document)
    assert found.text.split("\n\n") == [*ARTICLE[:2], "That was all."]
    assert isinstance(failure, Failure)
    assert failure.message.startswith("a.pdf: page 2 is damaged")
    assert failure.message.endswith("; the rest is read")


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[:90],
        lambda data: data[:140] + b"zzzzzzz" + data[147:],
        lambda data: b"junk" * 40,
    ],
)
def test_a_page_of_which_a_part_is_lost_is_named(harm: Any) -> None:
    names = ("Olav Berg", "Ana Lund", "Per Holm", "Karin Vik", "Bo Rask", "Mette Bay")
    data = pdf_file(
        [
            column(FIRST),
            column([f"{name} said at length what was wrong with the quay." for name in names]),
        ]
    )
    drawing = data[data.index(b"6 0 obj") : data.index(b"7 0 obj")]
    packed = harm(zlib.compress(drawing[drawing.index(b"BT") : drawing.rindex(b"ET") + 2]))
    filtered = (
        b"6 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream\nendobj\n"
        % (len(packed), packed)
    )
    found, failure = results(data.replace(drawing, filtered))
    assert isinstance(found, Document)
    assert found.text.startswith("\n\n".join(ARTICLE[:2]))
    assert isinstance(failure, Failure)
    assert "page 2 is damaged" in failure.message


def test_a_page_that_is_too_large_or_takes_too_long_is_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = pdf_file([column(FIRST), column(SECOND * 20)])
    monkeypatch.setattr(pdf, "MAX_PAGE_BYTES", 1500)
    found, failure = results(data)
    assert found.text.split("\n\n") == ARTICLE[:2]
    assert "page 2 is too large" in failure.message
    monkeypatch.undo()
    monkeypatch.setattr(pdf, "PAGE_SECONDS", -1.0)
    with pytest.raises(
        InputError, match="no page can be read: page 1 takes too long; page 2 takes too long"
    ):
        results(data)
    monkeypatch.setattr(pdf, "MAX_SECONDS", -1.0)
    with pytest.raises(InputError, match="takes longer than"):
        results(data)


def encrypted(user: str, owner: str) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer, out = (
        PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_file([column(FIRST)])))),
        io.BytesIO(),
    )
    writer.encrypt(user, owner_password=owner, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def test_a_file_that_anybody_may_open_is_read_though_it_is_encrypted() -> None:
    assert document(encrypted("", "secret")).text.split("\n\n") == ARTICLE[:2]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"%PDF-1.4\n", "is a damaged PDF"),
        (pdf_file([column(FIRST)])[:400], "is a damaged PDF"),
        (b"The mayor said no.", "is not a PDF"),
        (b"<html><p>The mayor said no.</p></html>", "is not a PDF"),
        (
            pdf_file([b"q 200 0 0 300 72 400 cm /Im1 Do Q"]),
            "holds no text: its pages are images, or empty",
        ),
        (pdf_file([]), "holds no text"),
        (pdf_file([column(["12", "34", "56"])]), "holds no letters"),
        (encrypted("secret", "secret"), "is encrypted and opens with a password only"),
        (
            pdf_file([b"BT /F9 10 Tf 72 700 Td (Letters of no font at all) Tj ET"]),
            "its fonts do not say which letters they show",
        ),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, data: Any, reason: Any) -> None:
    assert message(tmp_path, data).startswith(reason)


def test_a_book_is_no_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    assert message(tmp_path, pdf_file([column(FIRST)] * 3)).startswith("has 3 pages, more than 2")


def test_odd_files_print_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    message(tmp_path, pdf_file([column(FIRST)])[:400])
    assert capfd.readouterr().err == ""


@settings(max_examples=60)
@given(st.integers(0, 1200), st.binary(min_size=1, max_size=30))
def test_any_damage_gives_a_document_or_a_reason(place: Any, junk: Any) -> None:
    data = pdf_file([column(FIRST), column(SECOND)], "/Title (Bridge) /CreationDate (D:20240305)")
    damaged = data[:place] + junk + data[place + len(junk) :]
    try:
        assert all(isinstance(found, Document | Failure) for found in results(damaged))
    except InputError as error:
        assert str(error).startswith("a.pdf: ")  # noqa: PT017


def test_the_text_knows_its_pages() -> None:
    pages = [
        [(72.0, 700.0, 12.0, "The first page has words that go on to the end of its own line")],
        [(72.0, 700.0, 12.0, "The second page has other words that nobody reads here.")],
    ]
    (document,) = read_pdf(pdf_file(pages), id="p", metadata=Metadata(), source="p.pdf")
    assert isinstance(document, Document)
    at = document.text.index("The second")
    assert [(place.page, place.start) for place in document.locations] == [(1, 0), (2, at)]
