"""The words of others in an email: whose they are, and where."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.readers.email_replies import email_replies


def replies(text: str) -> list[tuple[str, str | None]]:
    return [(each.content.of(text), each.author) for each in email_replies(text)]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("On Tue, Jun 4, 2019 at 8:02 PM Olga Strand <olga@fjord.example> wrote:", "Olga Strand"),
        ("On 4 June 2019, at 20:02, Olga Strand wrote:", "Olga Strand"),
        ("On Tuesday, Jan van den Berg\n<jan@berg.example> writes:", "Jan van den Berg"),
        ("Le 4 juin 2019 à 20:02, Olga Strand <olga@fjord.example> a écrit :", "Olga Strand"),
        ('"Strand, Olga" <olga@fjord.example> wrote:', "Olga Strand"),
        ("Olga <olga@fjord.example> wrote:", "Olga"),
        ("Olga Strand said:", "Olga Strand"),
        ("olga@fjord.example wrote:", None),
        ("Dear all:", None),
        ("The mayor said in a statement:", None),
        ("On Tuesday the council of Nordby voted.", None),
    ],
)  # fmt: skip
def test_the_line_before_quoted_lines_names_their_author(line: str, author: str | None) -> None:
    found = replies(f"{line}\n\n> We should have closed the quay.\n\nNo.")
    assert found == ([("We should have closed the quay.", author)] if author else [])


def test_replies_inside_replies_have_authors_of_their_own() -> None:
    text = (
        "Thanks.\n\nOn Monday, Olga Strand wrote:\n\n> On Sunday, Per Lund wrote:\n>> Close it.\n"
        ">> Now.\n> I will not.\n\nWhy?\n\n> Because of the ferry.\n"
    )
    assert replies(text) == [
        ("Close it.\n>> Now.", "Per Lund"),
        ("I will not.", "Olga Strand"),
        ("Because of the ferry.", "Olga Strand"),
    ]


def test_a_line_without_words_ends_a_paragraph() -> None:
    text = "Olga Strand wrote:\n> One\n> two.\n>\n> Three.\n"
    assert replies(text) == [("One\n> two.", "Olga Strand"), ("Three.", "Olga Strand")]


@pytest.mark.parametrize("text", ["", "> Alone.\n", "a > b\nc > d\n", "He wrote: x > y\n"])
def test_other_texts_hold_no_words_of_others(text: str) -> None:
    assert replies(text) == []


@settings(max_examples=100)
@given(st.text("> \n:aB@.<", max_size=80))
def test_spans_lie_in_any_text(text: str) -> None:
    for each in email_replies("Olga Strand wrote:\n" + text):
        assert each.content.of("Olga Strand wrote:\n" + text).strip()


def test_long_texts_of_marks_are_read_in_time() -> None:
    begin = time.monotonic()
    for text in (">" * 200_000, "a@" * 100_000 + ":\n> x", "> A B:\n>> x\n" * 30_000):
        email_replies(text)
    assert time.monotonic() - begin < 20


def test_messages_passed_on_whole_stand_below_their_headers() -> None:
    text = (
        "See below.\n\n-----Original Message-----\nFrom: Strand, Olga [mailto:olga@fjord.example]\n"
        "Sent: Tuesday, June 4, 2019 8:02 PM\nTo: Per Lund\nSubject: Quay\n\nClose the quay.\n\n"
        "Today.\n\n________________\nFrom: Jan van den Berg <jan@berg.example>\nDate: 3 June 2019\n"
        "Subject: RE: The quay\n\n> Is it safe?\n\nIt is not.\n"
    )
    assert replies(text) == [
        ("Close the quay.", "Olga Strand"),
        ("Today.", "Olga Strand"),
        ("It is not.", "Jan van den Berg"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "From: Press Office <press@fjord.example>\nDate: 4 June 2019\n",  # no further field
        "From: press@fjord.example\nDate: 4 June 2019\nSubject: The quay\n",
        "From: 4 June\nTo: 9 June\nSubject: art\n",
    ],
)
def test_a_header_without_a_name_or_its_fields_gives_nothing_to_anybody(header: str) -> None:
    assert replies(f"Hello.\n\n{header}\nThe quay is closed.\n") == []


def test_the_header_of_the_text_itself_is_no_header_of_another() -> None:
    assert replies("From: Olga Strand\nDate: 4 June\nSubject: Quay\n\nThe quay is closed.\n") == []
