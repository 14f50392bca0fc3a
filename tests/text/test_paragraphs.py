"""Paragraphs: wrapped or not, indented, bulleted; lines of the page and not of the article."""

from __future__ import annotations

import textwrap
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.language import Language
from quotes.text.boilerplate import boilerplate
from quotes.text.paragraphs import paragraphs
from tests.builders import ENGLISH

STORY = (
    "The minister of transport, Anna Berg, said on Tuesday that the tunnel under the bay would "
    "open in spring, two years late.",
    "“We owe the people of the city an apology,” Berg told reporters at the port. “We thought "
    "that the rock would be softer than it was.”",
    "The opposition called the delay a scandal and asked for the accounts of the company that "
    "dug the tunnel.",
    "Its spokesman, Carl Dahl, declined to comment. He said that Jan. 15 was still the day on "
    "which the last report is due.",
    "Shares in the company fell by 3 percent.",
)


def shown(text: str) -> list[str]:
    """The words of each paragraph on one line; boilerplate in brackets."""
    words = [(p.kind, " ".join(p.span.of(text).split())) for p in paragraphs(text, ENGLISH)]
    return [line if kind == "text" else f"[{line}]" for kind, line in words]


def wrapped(width: int, *, initial_indent: str = "") -> list[str]:
    return [
        textwrap.fill(line, width, break_on_hyphens=False, initial_indent=initial_indent)
        for line in STORY
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\f"])
def test_one_paragraph_a_line(newline: str) -> None:
    assert shown(newline.join(STORY)) == list(STORY)


@pytest.mark.parametrize("width", [60, 72, 80, 95])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r\r\n", "\u2028"])
def test_wrapped_with_blank_lines(width: int, newline: str) -> None:
    assert shown("\n\n".join(wrapped(width)).replace("\n", newline)) == list(STORY)


@pytest.mark.parametrize("width", [60, 72, 95])
@pytest.mark.parametrize("indent", [" ", "   ", "\t", "\u3000"])
def test_wrapped_with_indented_first_lines(width: int, indent: str) -> None:
    assert shown("\n".join(wrapped(width, initial_indent=indent))) == list(STORY)


@pytest.mark.parametrize("width", [72, 95])
def test_wrapped_where_only_a_short_line_ends_a_paragraph(width: int) -> None:
    assert shown("\n".join(wrapped(width))) == list(STORY)


def test_a_block_that_is_indented_as_a_whole_is_no_row_of_first_lines() -> None:
    quoted = textwrap.fill(STORY[0], 68, initial_indent="    ", subsequent_indent="    ")
    assert shown("\n\n".join([*wrapped(72), quoted])) == [*STORY, STORY[0]]


def test_long_lines_and_wrapped_ones_in_one_text() -> None:
    assert shown("\n\n".join([*wrapped(72), *STORY])) == [*STORY, *STORY]
    assert shown("\n".join(STORY) + "\n\n" + "\n\n".join(wrapped(72))) == [*STORY, *STORY]


def test_a_heading_is_a_paragraph_of_its_own() -> None:
    assert shown("Tunnel delayed again\n" + "\n\n".join(wrapped(72))) == [
        "Tunnel delayed again",
        *STORY,
    ]
    assert shown("Tunnel delayed again\n" + "\n".join(STORY)) == ["Tunnel delayed again", *STORY]


def test_bullets_begin_paragraphs_and_a_dash_within_a_sentence_does_not() -> None:
    items = "\n".join(
        [
            "• The tunnel opens in spring",
            "• It costs a third more than planned",
            "1. The company pays",
        ]
    )
    assert len(shown(items + "\n\n" + "\n\n".join(wrapped(72)))) == 3 + len(STORY)
    dashed = (
        "The tunnel under the bay will open in spring of next year at the latest\n"
        "- so the minister says - and will cost a third more than had been planned\n"
        "when it was begun."
    )
    assert len(shown(dashed)) == 1


def test_boilerplate_between_wrapped_lines_is_apart() -> None:
    first, second, third, *_ = wrapped(72)
    text = "\n".join(
        [
            first,
            "https://news.example/tunnel",
            second,
            "Related article: Bridge To Close For Repairs",
            third,
        ]
    )
    assert shown(text) == [
        STORY[0],
        "[https://news.example/tunnel]",
        STORY[1],
        "[Related article: Bridge To Close For Repairs]",
        STORY[2],
    ]


def test_a_wrapped_piece_of_a_sentence_is_no_boilerplate() -> None:
    text = (
        "The minister wrote about the tunnel and about all that had gone wrong at\n"
        "https://news.example/a-page-of-the-ministry-about-the-tunnel-under-the-bay\n"
        "and asked the readers for their patience, which they had shown before, as\n"
        "the tunnel was not the first of the works that had been late in the city.\n"
    )
    assert len(shown(text)) == 1
    assert paragraphs(text, ENGLISH)[0].kind == "text"


def test_a_wrapped_caption_is_boilerplate_as_a_whole() -> None:
    caption = (
        "FILE - In this March 3, 2016 file photo, the minister of transport, Anna Berg, walks "
        "through the tunnel at its eastern end. "
        "(AP Photo/Eva Falk)"
    )
    text = "\n\n".join([wrapped(72)[0], textwrap.fill(caption, 72), *wrapped(72)[1:]])
    assert shown(text) == [STORY[0], f"[{caption}]", *STORY[1:]]


def test_a_wrapped_contact_line_is_boilerplate_as_a_whole() -> None:
    contact = (
        "Follow Jane Doe and the other reporters of the daily on Twitter @janedoe for\n"
        "more of this discussion."
    )
    assert shown("\n\n".join([*wrapped(76), contact]))[-1] == f"[{' '.join(contact.split())}]"


BOILERPLATE = [
    "https://www.example.com/watch?v=abc",
    "www.example.com/a | www.example.com/b",
    "Related article: Council Refuses To Call The Dam Safe – Daily Example",
    "Read more: Why the tunnel is late",
    "READ MORE: ‘We were wrong,’ says minister",
    "ALSO READ Minister quits over tunnel",
    "Advertisement",
    "ADVERTISEMENT - CONTINUE READING BELOW",
    "Share this:",
    "Share on Facebook",
    "By Jane Doe",
    "By JANE DOE and JOHN Q. ROE, Associated Press | March 3, 2016",
    "By Maria de la Cruz and Peter O’Neill",
    "(Reporting by Jane Doe in Paris; Editing by John Roe)",
    "March 3, 2016",
    "Published 10:34 a.m. ET March 3, 2016",
    "WASHINGTON, March 3 —",
    "Anna Berg walks through the tunnel. (Photo: AP)",
    "Anna Berg walks through the tunnel (Eva Falk/Reuters)",
    "The tunnel under the bay. | Getty Images",
    "Photo by Eva Falk / Getty Images",
    "FILE - In this March 3, 2016 file photo, Anna Berg walks through the tunnel.",
    "© 2016 The Daily Example. All rights reserved.",
    "Copyright 2016 The Daily Example",
    "Follow Jane Doe on Twitter @janedoe.",
    "Contact the writer at jane.doe@news.example",
    "jane.doe@news.example | +1 202 555 0100",
    "Jane Doe contributed to this report.",
]
TEXT = [
    "“We owe the city an apology,” she wrote at https://www.example.com/berg.",
    "By Monday the tunnel had filled with water, officials said.",
    "By all accounts, Anna Berg was angry.",
    "Related companies: the ministry said “none of them will be paid a second time” and left.",
    "Share prices fell.",
    "Share this with the people you love, she said.",
    "More than 200 people were hurt.",
    "Read more slowly, he told the children.",
    "Watch: the police said that nobody was hurt. The mayor disagreed and called for calm.",
    "In March 2016, the tunnel opened.",
    "Tuesday",
    "2016",
    "WASHINGTON (AP) — The tunnel opened.",
    "“We will open it in spring and not a day later,” Berg said. (Photo: AP)",
    "File the papers by Friday, the judge said.",
    "Photo editors at the paper said so.",
    "Contact with the crew was lost at 10.15.",
    "Call 202-555-0100, she said. “They will help you with the forms.” He did.",
    "The mayor: We have no plans — the image of the city is what counts.",
    "The poll put Berg ahead. [Example/Daily]",
    "Copyright law is a mess, he said.",
    "Jane Doe: What do you think of the tunnel?",
    "Anna Berg | I never said so",
]


@pytest.mark.parametrize("line", BOILERPLATE)
def test_boilerplate(line: str) -> None:
    assert boilerplate(line, ENGLISH) is not None


@pytest.mark.parametrize("line", TEXT)
def test_text(line: str) -> None:
    assert boilerplate(line, ENGLISH) is None


def test_a_language_without_lists_still_has_paragraphs(tmp_path: Path) -> None:
    irish = Language("ga", tmp_path)
    text = "https://www.example.com/a\n\nDia duit, a dúirt sí."
    assert [p.kind for p in paragraphs(text, irish)] == ["boilerplate", "text"]


@settings(max_examples=400)
@given(
    st.text(
        alphabet=st.one_of(
            st.sampled_from("\n\r\f\t  aB.•-1)\u2028\u2029\x85“"),
            st.characters(exclude_categories=["Cs"]),
        )
    )
)
def test_any_text(text: str) -> None:
    found = paragraphs(text, ENGLISH)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    assert all(p.span.of(text) == p.span.of(text).strip() != "" for p in found)
    covered = {at for p in found for at in range(p.span.start, p.span.end)}
    assert all(char.isspace() or at in covered for at, char in enumerate(text))


@pytest.mark.parametrize(
    "piece",
    [
        "a\n",
        "word ",
        "\n",
        "By Jane Doe\n",
        "https://a.example/ ",
        "The tunnel is late.\n",
        "A A A A\n",
        "“a b c d ",
    ],
)
def test_linear_time(piece: str) -> None:
    """Eight times the text takes about eight times as long; the rest is for a busy machine."""

    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        began = time.process_time()
        paragraphs(text, ENGLISH)
        return time.process_time() - began

    assert seconds(80_000) < 32 * max(seconds(10_000), 0.02)
