"""Who said this: the answer from the statements of a collection."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from quotes import statements
from quotes.output.terminal.statements import (
    difference_text,
    plain_text,
)
from quotes.statements import NOT_FOUND, Answer
from quotes.statements.answers import TOO_COMMON, readings
from quotes.statements.index import IndexRow
from quotes.statements.index import build as build_index
from quotes.statements.weights import vocabulary
from tests.builders import ENGLISH
from tests.statements.sample_statements import COLLECTION, printed

answer = partial(statements.answer, language=ENGLISH)
build = partial(build_index, language=ENGLISH)
compare = partial(statements.compare, words=vocabulary(ENGLISH))


def test_a_verbatim_statement_with_all_who_printed_it() -> None:
    found = answer(
        "nobody will drive over this bridge before every pier has been looked at", COLLECTION
    ).found
    assert [(f.kind, f.score) for f in found] == [("verbatim", 1.0)]
    assert found[0].statement.outlet == "Daily Orm"
    assert {s.document for s in found[0].group.statements} == {"d1", "d2", "d3"}
    assert [s.outlet for s in found[0].group.first] == ["Daily Orm", "Velm Post"]


def test_an_altered_statement_shows_the_printed_words() -> None:
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
    assert [f.verdict for f in found] == ["verbatim", "part", "altered"]


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


def test_a_reading_that_is_hardly_likely_is_no_disagreement() -> None:
    sure = COLLECTION[3]
    unsure = replace(sure, document="d9", speaker=None, speaker_id=None, probability=0.02)
    assert [reading.prints for reading in readings([unsure, sure])] == [(sure,)]
    assert [reading.speaker for reading in readings([unsure])] == [None]
    other = replace(unsure, probability=0.9, speaker="Ada Quist", speaker_id="ada-quist")
    assert {reading.speaker for reading in readings([other, sure])} == {"Ada Quist", sure.speaker}
