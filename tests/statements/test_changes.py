"""What changed between the quotes of two versions of an article."""

from __future__ import annotations

from typing import Any

from quotes.output.terminal.changes import NO_CHANGE, change_lines
from quotes.records import Quote, Span
from quotes.statements.changes import changes
from quotes.statements.weights import vocabulary
from tests.builders import ENGLISH

PIER = "“The old pier must close before the winter storms arrive.”"


def quote(number: int, words: str, speaker: str | None = "Ida Falk", **known: Any) -> Quote:
    made: dict[str, Any] = {
        "id": f"{number:016x}",
        "document": "d",
        "content": (Span(number, number + 1),),
        "cue": (),
        "source": (),
        "type": "direct",
        "rule": "r",
        "confidence": 0.9,
        "speaker": speaker,
        "speaker_confidence": 0.9,
        "words": words,
    }
    return Quote(**made | known)


def found(before: list[Quote], after: list[Quote]) -> list[tuple[str, Any, Any]]:
    return [
        (c.kind, c.before and c.before.id[-1], c.after and c.after.id[-1])
        for c in changes(before, after, words=vocabulary(ENGLISH))
    ]


def test_quotes_that_only_moved_did_not_change() -> None:
    other = "that the board had met twice"
    assert found([quote(1, PIER), quote(2, other)], [quote(3, other), quote(4, PIER)]) == []


def test_quotes_are_added_dropped_altered_and_given_to_others() -> None:
    before = [
        quote(1, PIER),
        quote(2, "“We sold every lighthouse on this coast.”"),
        quote(3, "Yes, the ferry timetable is full of holes"),
    ]
    after = [
        quote(4, "“The old pier may close before the winter storms arrive.”"),
        quote(5, "“We sold every lighthouse on this coast.”", "Per Lund"),
        quote(6, "“Nobody asked the fishermen about any of it.”", None),
    ]
    assert found(before, after) == [
        ("altered", "1", "4"),
        ("reattributed", "2", "5"),
        ("added", None, "6"),
        ("dropped", "3", None),
    ]


def test_the_same_words_are_paired_with_the_same_speaker_first() -> None:
    before = [quote(1, PIER, "Per Lund"), quote(2, PIER, "Ida Falk")]
    assert found(before, [quote(3, PIER, "Ida Falk"), quote(4, PIER, "Per Lund")]) == []


def test_common_words_of_one_speaker_are_altered_and_not_dropped() -> None:
    before = [quote(1, "“No matter how painful it is, it is part of their responsibilities,”")]
    now = "“No matter how hard it is, it is part of their duties,”"
    assert found(before, [quote(2, now)]) == [("altered", "1", "2")]
    assert {kind for kind, *_ in found(before, [quote(2, now, "Per Lund")])} == {"added", "dropped"}
    other = "“It is what it is, and they have to do what they have to do”"
    assert {kind for kind, *_ in found(before, [quote(2, other)])} == {"added", "dropped"}


def test_words_in_brackets_put_in_or_taken_out_are_altered() -> None:
    said = "“We will [not] sell the lighthouses on this coast.”"
    without = said.replace("[not] ", "")
    assert found([quote(1, said)], [quote(2, said)]) == []
    for old, new in ((said, without), (without, said)):
        (change,) = changes([quote(1, old)], [quote(2, new)], words=vocabulary(ENGLISH))
        assert change.kind == "altered"
        assert change.comparison
        assert any(
            "not" in piece.asked + piece.printed
            for piece in change.comparison.pieces
            if piece.op != "equal"
        )


def test_what_is_denied_now_is_altered() -> None:
    words = "that anyone on the board had lied"
    assert found([quote(1, words)], [quote(2, words, factuality="denied")]) == [
        ("altered", "1", "2")
    ]


def test_changes_are_shown_with_the_words_that_differ() -> None:
    after = [
        quote(4, "“The old pier may close before the winter storms arrive.”"),
        quote(5, "“We sold it.”", "Per Lund\x1b[31m", factuality="denied"),
    ]
    lines = list(change_lines(changes([quote(1, PIER)], after, words=vocabulary(ENGLISH))))
    assert lines[0] == "1 quote added, 1 quote altered"
    assert "~ Ida Falk · direct · altered" in lines
    assert "    “The old pier [-must-]{+may+} close before the winter storms arrive.”" in lines
    assert "    DENIED: “We sold it.”" in lines
    assert not any("\x1b" in line for line in lines)
    assert list(change_lines(())) == [NO_CHANGE]


def test_few_words_in_another_writing_are_altered() -> None:
    before, after = [quote(1, "“We couldn’t win,”")], [quote(2, "“We could not win,”")]
    assert found(before, after) == [("altered", "1", "2")]
    assert found(before, [quote(2, "“We could not win,”", "Per Lund")]) == [
        ("added", None, "2"),
        ("dropped", "1", None),
    ]


def test_a_name_that_is_shorter_now_is_no_other_speaker() -> None:
    assert found([quote(1, PIER, kind="person")], [quote(2, PIER, "Falk", kind="person")]) == []
    other = quote(2, PIER, "Falk Group", kind="organization")
    assert found([quote(1, PIER, "Falk", kind="person")], [other]) == [("reattributed", "1", "2")]
