"""Lines to paragraphs: on lines as they stand on pages, without any PDF."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.readers.pdf_layout import Line
from quotes.readers.pdf_reflow import FOLIO, NUMBER, join, paragraphs

# 58 characters: the width of these columns.
FULL = "The council of Nordby met on Thursday night to decide what"


def lines(
    *texts: str,
    page: int = 1,
    left: float = 72,
    top: float = 720,
    size: float = 10,
    step: float = 12,
) -> list[Line]:
    """Lines below each other; "" leaves a gap, two spaces at the beginning are an indent."""
    return [
        Line(
            text.strip(),
            page,
            left + (15 if text.startswith("  ") else 0),
            top - number * step,
            size,
        )
        for number, text in enumerate(texts)
        if text
    ]


def test_lines_of_one_paragraph_become_one() -> None:
    found = paragraphs(
        lines(
            FULL,
            "becomes of the old quay and of those who work on it every",
            "day.",
            "",
            FULL,
            "becomes of it.",
        )
    )
    assert found == [
        f"{FULL} becomes of the old quay and of those who work on it every day.",
        f"{FULL} becomes of it.",
    ]


def test_an_indent_begins_a_paragraph() -> None:
    found = paragraphs(
        lines(
            "  " + FULL,
            "becomes of the old quay, and all who had come were heard.",
            "  Nobody left before the vote was taken, he said then,",
            "and few slept.",
        )
    )
    assert found == [
        f"{FULL} becomes of the old quay, and all who had come were heard.",
        "Nobody left before the vote was taken, he said then, and few slept.",
    ]


def test_a_line_that_ends_long_before_the_margin_ends_its_paragraph() -> None:
    found = paragraphs(
        lines(
            FULL,
            "becomes of it.",
            "Nobody left before the vote was taken, as the clerk said.",
            "It was late.",
        )
    )
    assert found == [
        f"{FULL} becomes of it.",
        "Nobody left before the vote was taken, as the clerk said. It was late.",
    ]


def test_a_heading_in_large_letters_stands_alone() -> None:
    found = paragraphs(
        [
            *lines("Council votes on", "the old quay", size=20, step=24),
            *lines(FULL, "becomes of it.", top=660),
        ]
    )
    assert found == ["Council votes on the old quay", f"{FULL} becomes of it."]


def test_a_large_initial_belongs_to_its_word() -> None:
    found = paragraphs(
        [
            *lines("T", size=30, top=700),
            *lines("he council of Nordby met on Thursday night to decide what", "comes.", top=720),
        ]
    )
    assert found == ["The council of Nordby met on Thursday night to decide what comes."]


def test_items_of_a_list_stay_apart() -> None:
    found = paragraphs(
        lines(
            FULL,
            "it will do next:",
            "• build a quay of stone for the boats that come in",
            "  winter",
            "• sell the old one",
        )
    )
    assert found[1:] == [
        "• build a quay of stone for the boats that come in winter",
        "• sell the old one",
    ]


@pytest.mark.parametrize(
    ("end", "beginning", "joined"),
    [
        (
            "The mayor of Nordby, who had waited for this since March,",
            "said that the quay would stay.",
            True,
        ),
        (
            "All that was left to do that night was to thank Olav van",
            "Berg for his work on the quay.",
            True,
        ),
        ("“We have waited for this day since the spring of 2019.", "It has come,” she said.", True),
        (
            "“We have waited for this day since the spring of 2019.",
            "“It has come,” she said.",
            False,
        ),
        (
            "The mayor of Nordby had waited for this since last March.",
            "The quay would stay.",
            False,
        ),
        ("Not so.", "The quay would stay.", False),
    ],
)
@pytest.mark.parametrize("place", [{"page": 2}, {"left": 320}])
def test_a_paragraph_goes_on_over_the_end_of_a_column_or_page_where_its_sentence_does(
    end: Any, beginning: Any, joined: Any, place: Any
) -> None:
    found = paragraphs([*lines(FULL, end, top=100), *lines(beginning, **place)])
    assert (f"{end} {beginning}" in found[0]) is joined
    assert len(found) == 2 - joined


SPEAKERS = ("Olav Berg", "Ana Lund", "Per Holm", "Karin Vik", "Bo Rask", "Mette Bay")


def test_running_heads_feet_and_page_numbers_go_and_the_text_runs_on() -> None:
    pages = []
    for page, speaker in enumerate(SPEAKERS[:3], 1):
        pages += [Line("The Harbour Post, 6 May 2021", page, 72, 770 + page % 2, 8)]
        pages += lines(
            f"{speaker}, who sits in the council for the north, said that",
            f"nobody had asked {speaker[:3]} whether they wanted it, and",
            page=page,
        )
        pages += [Line(f"Page {page} of 3", page, 300, 30, 8)]
    (found,) = paragraphs(pages)
    assert found.count("who sits in the council") == 3
    assert "Harbour Post" not in found
    assert "Page" not in found


def test_heads_of_left_and_right_pages_go() -> None:
    heads = {0: "The Harbour Post", 1: "Thursday, May 6"}
    pages = []
    for page, speaker in enumerate(SPEAKERS, 1):
        pages += [Line(heads[page % 2], page, 72, 770, 8), *lines(f"{speaker} said no.", page=page)]
    assert paragraphs(pages) == [f"{speaker} said no." for speaker in SPEAKERS]


def test_heads_that_change_with_the_chapter_go_by_their_page_numbers() -> None:
    pages = []
    for page, speaker in enumerate(SPEAKERS, 1):
        head = f"{page + 11} The Harbour Post" if page % 2 else f"What {speaker} said {page + 11}"
        pages += [
            Line(head, page, 72, 770, 8),
            *lines(f"{speaker} said no.", "", f"Nobody asked {speaker} why.", page=page),
        ]
    said = [
        text
        for page, speaker in enumerate(SPEAKERS, 1)
        for text in (f"{speaker} said no.", f"Nobody asked {speaker} why.")
    ]
    assert paragraphs(pages) == said


def test_a_page_number_of_a_single_page_goes_but_a_figure_in_the_text_stays() -> None:
    found = paragraphs(
        [
            *lines("The council counted the votes:", "", "1200", "", "That was enough."),
            Line("– 7 –", 1, 300, 30, 9),
        ]
    )
    assert found == ["The council counted the votes:", "1200", "That was enough."]


def test_the_same_words_twice_in_a_text_are_no_running_head() -> None:
    found = paragraphs(
        [
            *lines("Not again.", "", FULL, "is done.", page=1),
            *lines("All the rest was silence.", "", "Not again.", page=2),
        ]
    )
    assert found == ["Not again.", f"{FULL} is done.", "All the rest was silence.", "Not again."]


@pytest.mark.parametrize(
    ("before", "after", "words", "expected"),
    [
        ("the govern-", "ment said", set(), "the government said"),
        ("a long-", "term plan", {"long-term"}, "a long-term plan"),
        ("a long-", "term plan", {"long-term", "longterm"}, "a longterm plan"),
        ("the Anglo-", "American fleet", set(), "the Anglo-American fleet"),
        ("state-of-the-", "art boats", set(), "state-of-the-art boats"),
        ("in 2015-", "16 it fell", set(), "in 2015-16 it fell"),
        ("the govern\u00ad", "ment said", {"govern-ment"}, "the government said"),
        ("it was -", "or so he said", set(), "it was - or so he said"),
        ("the end—", "or so he said", set(), "the end—or so he said"),
        ("He said", "no.", set(), "He said no."),
    ],
)
def test_words_broken_at_a_line_end(before: Any, after: Any, words: Any, expected: Any) -> None:
    assert join(before, after, frozenset(words)) == expected


def test_the_file_itself_says_which_hyphens_are_its_own() -> None:
    text = [
        "A long-term plan and a well-known quay were all that this",
        "council had left when the well-",
        "known mayor spoke of the pro-",
        "posal and of a long-",
        "term plan.",
    ]
    (found,) = paragraphs(lines(*text))
    assert found.endswith(
        "when the well-known mayor spoke of the proposal and of a long-term plan."
    )


WORDS = st.lists(
    st.text("abcdefgABC“”.,-—0 é", min_size=1, max_size=40).filter(str.strip), max_size=30
)
NUMBERS = st.tuples(st.integers(1, 4), st.floats(0, 600), st.floats(0, 800), st.floats(1, 40))


@settings(max_examples=200)
@given(st.lists(st.tuples(WORDS.filter(bool).map(" ".join), NUMBERS), max_size=30))
def test_no_letter_is_lost_or_made_whatever_the_places(made: Any) -> None:
    placed = [
        Line(" ".join(text.split()), *numbers)
        for text, numbers in sorted(made, key=lambda found: found[1][0])
    ]
    letters = "".join(
        character for line in placed for character in line.text if character.isalpha()
    )
    # Running heads are lines of the same words, and page numbers begin or end with a figure or are
    # Roman: a text without keeps its letters.
    plain = not any(NUMBER.fullmatch(line.text) or FOLIO.search(line.text) for line in placed)
    if plain and len({line.text for line in placed}) == len(placed):
        found = "".join(paragraphs(placed))
        assert [c for c in found if c.isalpha()] == list(letters)
