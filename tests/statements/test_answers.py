"""Who said this: the answer from the statements of a collection, and how a person sees it."""

from __future__ import annotations

import io
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from quotes import statements
from quotes.output.terminal.statements import (
    difference_parts,
    difference_text,
    plain_text,
    renderable,
)
from quotes.statements import NOT_FOUND, Answer, Statement
from quotes.statements.answers import TOO_COMMON
from quotes.statements.index import IndexRow
from quotes.statements.index import build as build_index
from quotes.statements.weights import vocabulary
from tests.builders import ENGLISH

answer = partial(statements.answer, language=ENGLISH)
build = partial(build_index, language=ENGLISH)
compare = partial(statements.compare, words=vocabulary(ENGLISH))
FIRST, THEN = date(2024, 3, 4), date(2024, 3, 5)


def printed(number: int, words: str, **known: Any) -> Statement:
    made: dict[str, Any] = {
        "id": f"{number:016x}",
        "document": f"d{number}",
        "words": words,
        "speaker_id": "kranich",
        "speaker": "Ilse Kranich",
    }
    return Statement(**made | known)


COLLECTION = [
    printed(
        1,
        "Nobody will drive over this bridge before every pier has been looked at",
        outlet="The Gazette",
        published=THEN,
        role="mayor",
    ),
    printed(
        2,
        "“Nobody will drive over [this bridge] before every pier has been looked at,”",
        outlet="Daily Orm",
        published=FIRST,
    ),
    printed(
        3,
        "Nobody will drive over this bridge until every pier has been looked at",
        outlet="Velm Post",
        published=FIRST,
    ),
    printed(
        4,
        "The council will not build a tunnel under the harbour",
        published=FIRST,
        outlet="Daily Orm",
    ),
    printed(
        5,
        "You cannot ask a fishmonger to wait two years for his customers",
        speaker="Tomas Brandt",
        speaker_id="brandt",
    ),
]


def test_a_verbatim_statement_with_all_who_printed_it() -> None:
    found = answer(
        "nobody will drive over this bridge before every pier has been looked at", COLLECTION
    ).found
    assert [(f.kind, f.score) for f in found] == [("verbatim", 1.0)]
    assert found[0].statement.outlet == "Daily Orm"
    assert {s.document for s in found[0].group.statements} == {"d1", "d2", "d3"}
    assert [s.outlet for s in found[0].group.first] == ["Daily Orm", "Velm Post"]


def test_an_altered_statement_shows_the_text_of_spans() -> None:
    (found,) = answer("The council will build a tunnel under the harbour", COLLECTION).found
    assert found.kind == "altered"
    assert (
        difference_text(found.comparison.pieces)
        == "The council will {+not+} build a tunnel under the harbour"
    )
    assert found.statement.document == "d4"


def test_verbatim_comes_before_what_is_more_alike_than_others() -> None:
    asked = COLLECTION[3].words
    longer, other = (
        printed(8, asked + " of Velm and Karsk", speaker_id="x"),
        printed(9, asked.replace("not", "never"), speaker_id="y"),
    )
    found = answer(asked, [longer, other, COLLECTION[3]]).found
    assert [f.kind for f in found] == ["verbatim", "altered", "partial"]


@pytest.mark.parametrize("asked", ["The moon over Velm is made of eel", "I am very proud", ""])
def test_what_is_not_there_is_not_found_and_never_called_fake(asked: str) -> None:
    given = answer(asked, COLLECTION)
    assert (given.found, given.total) == ((), 0)
    text = plain_text(given)
    assert text.startswith(NOT_FOUND)
    assert "fake" not in text
    assert (TOO_COMMON in text) is (asked != "The moon over Velm is made of eel")


def test_no_statements_give_no_answer() -> None:
    assert answer("The council will build a tunnel", []) == Answer(
        "The council will build a tunnel", (), 0
    )


def test_the_best_are_shown_and_the_others_counted() -> None:
    hits = [
        printed(n, COLLECTION[4].words, speaker_id=f"s{n}", published=date(2000 + n, 1, 1))
        for n in range(14)
    ]
    given = answer(COLLECTION[4].words, hits, limit=10)
    assert (len(given.found), given.total) == (10, 14)
    assert "4 more statements not shown" in plain_text(given)


def test_from_the_index_to_the_answer(tmp_path: Path) -> None:
    index = build(tmp_path, [IndexRow(s.id, s.document, s.words) for s in COLLECTION], state="")
    known = {s.id: s for s in COLLECTION}
    asked = "you can ask a fishmonger to wait ten years for his customers"
    (found,) = answer(
        asked, [known[hit.id] for hit in index.search(asked)], words=index.vocabulary()
    ).found
    assert (found.kind, found.statement.speaker) == ("altered", "Tomas Brandt")


def test_plain_text_says_who_where_how_and_who_was_first() -> None:
    assert plain_text(
        answer("Nobody will drive over this bridge before each pier has been looked at", COLLECTION)
    ) == (
        "altered 96% · Ilse Kranich\n"
        "    Daily Orm · 4 March 2024 · d2\n"
        "    “Nobody will drive over [this bridge] before [-each-] {+every+} pier has been looked at,”\n"
        "    other wording: Nobody will drive over this bridge until every pier has been looked at\n"
        "        Velm Post · 4 March 2024 · d3\n"
        "    other wording: Nobody will drive over this bridge before every pier has been looked at\n"
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
