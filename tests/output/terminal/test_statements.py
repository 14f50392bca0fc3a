"""The answer to "who said this?" for people: plain text and colours, with no control characters."""

from __future__ import annotations

import io
from functools import partial

import pytest
from rich.console import Console

from quotes import statements
from quotes.output.terminal.statements import (
    difference_parts,
    difference_text,
    plain_text,
    renderable,
)
from quotes.statements.index import build as build_index
from quotes.statements.weights import vocabulary
from tests.builders import ENGLISH
from tests.statements.sample_statements import COLLECTION, printed

answer = partial(statements.answer, language=ENGLISH)
build = partial(build_index, language=ENGLISH)
compare = partial(statements.compare, words=vocabulary(ENGLISH))


def test_plain_text_says_who_where_how_and_who_was_first() -> None:
    assert plain_text(
        answer("Nobody will drive over this bridge before each pier has been looked at", COLLECTION)
    ) == (
        "Altered, not word for word, in 3 articles of 3 outlets: Ilse Kranich (3)\n\n"
        "altered, 96% the same · Ilse Kranich · direct · 100%\n"
        "    “Nobody will drive over [this bridge] before [-each-]{+every+} pier has been looked "
        "at,”\n"
        "        Daily Orm · 4 March 2024 · d2\n"
        "    other wording: Nobody will drive over this bridge until every pier has been looked "
        "at\n"
        "        Velm Post · 4 March 2024 · d3\n"
        "    other wording: Nobody will drive over this bridge before every pier has been looked "
        "at\n"
        "        The Gazette · 5 March 2024 · d1\n"
        "    grouped because: nearly the same words\n"
        "    first printed: 4 March 2024 by Daily Orm, Velm Post\n"
    )


def test_a_gap_and_words_beyond_are_marked() -> None:
    pieces = compare(
        "bridge … every pier is safe, said the mayor of the town",
        "This bridge will close until every pier is safe",
    ).pieces
    assert list(difference_parts(pieces)) == [
        ("This", ""),
        (" ", ""),
        ("bridge", ""),
        (" ", ""),
        ("will close until", "left out"),
        (" ", ""),
        ("every pier is safe", ""),
        (" ", ""),
        ("said the mayor of the town", "old"),
    ]


@pytest.mark.parametrize("dots", ["...", "…", " …"])
def test_an_ellipsis_that_both_have_leaves_nothing_out(dots: str) -> None:
    words = f"We closed the pier{dots} and every boat is out"
    assert difference_text(compare(words, words).pieces) == words


def test_control_characters_of_an_article_do_not_reach_the_terminal() -> None:
    hits = [
        printed(
            1,
            "The \x1b[31mcouncil will build\u202e a tunnel under the harbour",
            outlet="Bad\x07",
            speaker="Eve\x1b[0m",
        )
    ]
    shown = plain_text(answer("The council will build a tunnel under the harbour", hits))
    assert not set(shown) & set("\x1b\x07\u202e")


def test_a_terminal_shows_the_same_words_in_colour() -> None:
    given = answer(
        "Nobody will drive over this bridge before each pier has been looked at", COLLECTION
    )
    console = Console(width=300, record=True, force_terminal=True, file=io.StringIO())
    console.print(renderable(given))
    text, styled = console.export_text(clear=False), console.export_text(styles=True)
    for word in (
        "Ilse Kranich",
        "Daily Orm",
        "each every",
        "Velm Post",
        "first printed: 4 March 2024 by Daily Orm, Velm Post",
    ):
        assert word in text
    assert "\x1b[9;31meach" in styled


@pytest.mark.parametrize(
    ("asked", "article", "shown"),
    [
        (
            "40% against the plan of the board",
            "30% against the plan of the board",
            "[-40-]{+30+}% against the plan of the board",
        ),
        (
            "the pier was demolished and we have nothing left",
            "the pier was demolished... and we've nothing left",
            "the pier was demolished... and [-we have-]{+we've+} nothing left",
        ),
    ],
)
def test_no_character_of_the_article_is_altered(asked: str, article: str, shown: str) -> None:
    assert difference_text(compare(asked, article).pieces) == shown


def test_articles_that_differ_about_the_speaker_are_named_first() -> None:
    words = "They never came and we have dined with the harbour master"
    prints = [
        printed(n, words, document=f"d{n}", outlet=f"o{n % 4}", speaker="Tom Reed", speaker_id="r")
        for n in range(4)
    ]
    other = printed(
        9,
        words,
        document="d9",
        outlet="o9",
        speaker="Ivo Marn",
        speaker_id="m",
        source="he",
        speaker_confidence=0.6,
    )
    first, second, *_ = plain_text(answer(words, [*prints, other])).splitlines()
    assert first == (
        "Word for word, in 5 articles of 5 outlets: Tom Reed (4); read as Ivo Marn in 1: check"
    )
    assert second == (
        "! 2 speakers: Tom Reed (4 articles: 100% sure) · "
        "Ivo Marn (1 article: text has “he”, 60% sure)"
    )


def test_what_was_denied_is_never_shown_as_said() -> None:
    words = "that anyone on the board had lied about the harbour"
    shown = plain_text(answer(words, [printed(1, words, factuality="denied", type="indirect")]))
    assert f"    DENIED: {words}" in shown.splitlines()


def test_a_part_of_a_longer_quotation_is_no_alteration() -> None:
    words = "“The ferry timetable is full of holes, and nobody mends it.”"
    shown = plain_text(answer("the ferry timetable is full of holes", [printed(1, words)]))
    assert shown.startswith("Word for word, as part of a longer quotation, in 1 article: Ilse")
    assert "    " + words in shown.splitlines()
