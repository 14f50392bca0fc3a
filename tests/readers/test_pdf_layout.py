"""Numbers of lines in the margin, and boxes in the midst of a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.readers.pdf_layout import Line, behind_boxes, without_line_numbers
from quotes.readers.pdf_reflow import paragraphs

TEXTS = (
    "Q. When did you first see the boat, Mr Holm, and who else",
    "was on the quay with you that night?",
    "A. My brother and I had gone down at nine. “It is leaking,”",
    "he said to me, and we went to look for the harbour master,",
    "whose office was closed.",
    "Q. And then?",
)


def page(
    *texts: str, left: float = 72, top: float = 720, size: float = 11, step: float = 16
) -> list[Line]:
    return [Line(text, 1, left, top - n * step, size) for n, text in enumerate(texts)]


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


@pytest.mark.parametrize("first", [1, 14, 998])
def test_numbers_before_each_line_go(first: int) -> None:
    numbered = page(*(f"{first + n} {text}" for n, text in enumerate(TEXTS)), left=40)
    assert texts(without_line_numbers(numbered)) == list(TEXTS)


def test_numbers_behind_each_line_go() -> None:
    numbered = page(*(f"{text} {n + 1}" for n, text in enumerate(TEXTS)))
    assert texts(without_line_numbers(numbered)) == list(TEXTS)


@pytest.mark.parametrize("last_drawn", [True, False])
def test_numbers_on_lines_of_their_own_go(last_drawn: bool) -> None:
    body, numbers = page(*TEXTS), page(*map(str, range(1, 7)), left=40)
    drawn = body + numbers if last_drawn else numbers + body
    assert without_line_numbers(drawn) == body


def test_numbers_of_each_fifth_line_go_and_the_text_begins_where_it_does() -> None:
    many = TEXTS * 3
    numbered = [
        Line(f"{n} {line.text}", 1, 40, line.height, line.size) if n % 5 == 0 else line
        for n, line in enumerate(page(*many), start=1)
    ]
    assert without_line_numbers(numbered) == page(*many)


@pytest.mark.parametrize(
    "kept",
    [
        ("3 people were hurt", "when the ferry left", "the quay on Monday", "at noon"),
        ("12 boats are missing", "40 are damaged", "9 were found", "and 3 sank"),
        ("Votes for the quay 12", "Votes against 40", "Absent 9"),
        ("In 2019 it closed", "In 2020 it opened", "In 2021 it burned"),
        ("1", "The harbour", "2", "The quay"),
    ],
)
def test_numbers_that_count_no_lines_stay(kept: tuple[str, ...]) -> None:
    assert texts(without_line_numbers(page(*kept))) == list(kept)


def test_a_box_between_two_lines_of_a_paragraph_stands_behind_it() -> None:
    body = page(
        "The mayor, Ruth Okafor, told the council: “The bridge over the Nord",
        "will open in May, and nobody will have to take the ferry, which is",
        "old and slow, when winter comes.” The vote is in April.",
    )
    box = page("BRIDGE TO OPEN", "Council to vote in April", left=330, top=600, size=15)
    assert paragraphs([*body[:1], *box, *body[1:]]) == [
        " ".join(texts(body)),
        "BRIDGE TO OPEN Council to vote in April",
    ]


def test_a_box_beside_the_column_stands_behind_the_paragraph() -> None:
    body = page(*TEXTS[2:5])
    box = page("Photo: Per Lund", left=400, top=712, size=11)
    drawn = [*body[:1], *box, *body[1:]]
    assert behind_boxes(drawn, {11: 16.0}) == [*body, *box]


def test_columns_come_as_they_are_drawn() -> None:
    drawn = [
        *page(*TEXTS),
        *page(*TEXTS, left=330),
        *page("One line between", top=710, left=80, size=8),
    ]
    assert behind_boxes(drawn, {11: 16.0, 8: 10.0}) == drawn


LINES = st.lists(
    st.builds(
        Line,
        st.sampled_from(["1 one", "2", "3 three 3", "Text", "“Open", "4 and so on"]),
        st.integers(1, 2),
        st.sampled_from([40.0, 72.0, 330.0]),
        st.sampled_from([700.0, 690.0, 684.0, 668.0, 10.0]),
        st.sampled_from([8.0, 11.0, 16.0]),
    ),
    max_size=30,
).map(lambda found: sorted(found, key=lambda line: line.page))


@settings(max_examples=100)
@given(LINES)
def test_no_line_is_lost_or_doubled(drawn: list[Line]) -> None:
    assert sorted(map(id, behind_boxes(drawn, {11: 16.0}))) == sorted(map(id, drawn))
    assert len(without_line_numbers(drawn)) <= len(drawn)
