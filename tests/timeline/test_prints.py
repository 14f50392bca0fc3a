"""One statement in several articles is one entry, in whatever words each of them has it."""

from __future__ import annotations

from datetime import date
from typing import Any

from quotes.timeline import Said
from quotes.timeline.prints import prints_of
from tests.builders import ENGLISH

FULL = "“We will dredge the harbour before winter because the ferries cannot dock any more”"
CLIPPED = "that they will dredge the harbour before winter because the ferries cannot dock"
RESPELT = "“We will dredge the harbor before winter, because the ferries cannot dock any more”"
OTHER = "“We will not dredge the harbour before winter because the ferries cannot dock any more”"


def printed(document: str, words: str, day: int = 4, **more: Any) -> Said:
    on = date(2024, 3, day)
    more = {"type": "direct", "outlet": f"The {document.title()}"} | more
    return Said(id=f"q-{document}", document=document, words=words, day=on, published=on, **more)


def shown(*said: Said) -> dict[str, list[str]]:
    return {
        name: [each.document for each in others]
        for name, others in prints_of(said, ENGLISH).items()
    }


def test_near_prints_in_several_articles_are_one() -> None:
    found = shown(printed("post", FULL), printed("echo", RESPELT), printed("star", CLIPPED, 5))
    assert found == {"q-post": ["echo", "star"]}


def test_equal_words_are_one_whenever_they_were_printed() -> None:
    later = printed("star", "“Yes”", 30)
    assert shown(printed("post", "“Yes”", 1), later) == {"q-post": ["star"]}


def test_a_not_makes_another_statement() -> None:
    assert shown(printed("post", FULL), printed("echo", OTHER)) == {"q-post": [], "q-echo": []}
    denied = printed("echo", FULL, factuality="denied")
    assert shown(printed("post", FULL), denied) == {"q-post": [], "q-echo": []}


def test_two_parts_of_one_article_stay_two() -> None:
    part = printed("post", CLIPPED)
    twice = Said(id="q-again", document="post", words=FULL, day=part.day, type="direct")
    assert shown(part, twice) == {"q-post": [], "q-again": []}


def test_the_same_words_twice_in_one_article_are_shown_once() -> None:
    again = Said(id="q-again", document="post", words=FULL, day=date(2024, 3, 4), type="direct")
    assert shown(printed("post", FULL), again) == {"q-post": []}
