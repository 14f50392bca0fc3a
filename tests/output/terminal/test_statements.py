"""The answer to "who said this?" for people: plain text and colours, with no control characters."""

from __future__ import annotations

import io
from functools import partial

from rich.console import Console

from quotes import statements
from quotes.output.terminal.statements import (
    difference_parts,
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
        "altered 96% · Ilse Kranich\n"
        "    Daily Orm · 4 March 2024 · d2\n"
        "    “Nobody will drive over [this bridge] before [-each-] {+every+} pier has been looked "
        "at,”\n"
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
        ("bridge", ""),
        ("will close until", "left out"),
        ("every pier is safe", ""),
        ("said the mayor of the town", "old"),
    ]


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
