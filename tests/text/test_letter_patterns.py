"""Patterns of words in any case and with any accents: they find what folded texts would."""

from __future__ import annotations

import pytest

from quotes.statements.verbatim import some_words_pattern, text_pattern
from quotes.store.selection import fold_letters, has_word
from quotes.store.views import Session
from quotes.text.letter_patterns import letter_pattern, without_accents, words_pattern

TEXTS = (
    "Café au lait", "CAFE", "cafe\u0301s", "caféteria", "decafé", "Zoë's bridge", "pre-bridge",
    "prebridge", "e\u0301bridge", "Über 40.000 Brücken", "\u0133ssel", "İstanbul", "istanbul",
    "STRASSE straße", "Ærø", "naïve_thing", "naive-thing", "Йога йога", "иога", "\ufb01re fire",
    "2,5 percent", "U.S. troops", "O’Brien", "o'brien", "한국 이야기", "ελληνική Ελληνικη",
    "\u212bngström Ångström", "\u212a 5", "see\nthe  bridge",
)  # fmt: skip
ASKED = (
    "cafe", "Café", "bridge", "the bridge", "uber 40", "brucken", "Istanbul", "strasse", "straße",
    "aero", "naive thing", "йога", "иога", "fire", "2,5", "u.s.", "o'brien", "한국", "ελληνικη",
    "angstrom", "k", "zoe's",
)  # fmt: skip


@pytest.fixture(scope="module")
def session() -> Session:
    return Session()


@pytest.mark.parametrize("asked", ASKED)
def test_words_are_found_as_in_folded_texts(session: Session, asked: str) -> None:
    pattern = words_pattern(asked)
    assert pattern is not None
    query = f"SELECT {has_word('text')} AS folded, regexp_matches(text, ?) AS raw"
    found = {
        text: session.rows(f"{query} FROM (SELECT ? AS text)", [asked, pattern, text])[0]
        for text in TEXTS
    }
    assert {text for text, row in found.items() if row["folded"] != row["raw"]} == set()


def test_what_has_no_word_has_no_pattern() -> None:
    assert [words_pattern(text) for text in ("", "…", "_", "“?”")] == [None] * 4


def test_a_letter_has_all_its_accents() -> None:
    assert {"é", "È", "ệ"} <= set(letter_pattern("e"))
    assert letter_pattern("7") == "7"
    assert without_accents("Ærø CAFÉ Йога 한국") == "ærø cafe иога 한국"


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("nobody in the U.S. knows", "And NOBODY in the US knows it."),
        ("nobody in the US knows", "Nobody in the U.S. knows it."),
        ("President Kovac of Sao Tome", "Präsident? Président? President KOVÁČ of São\nTomé"),
        ("we’re 1,400 at José's", "“We're 1400 at JOSE\u0301’S,” he said"),
        ("incomprehensibilities everywhere else", "Incomprehensibilities everywhere, else"),
    ],
)
def test_texts_with_all_words_have_some_of_them(session: Session, asked: str, text: str) -> None:
    query = f"SELECT regexp_matches({fold_letters('text')}, ?) AS every, regexp_matches(text, ?)"
    values = [text_pattern(asked), some_words_pattern(asked), text]
    (row,) = session.rows(f"{query} AS some FROM (SELECT ? AS text)", values)
    assert row == {"every": True, "some": True}
    values[2] = "Something else entirely is said here."
    (row,) = session.rows(f"{query} AS some FROM (SELECT ? AS text)", values)
    assert row == {"every": False, "some": False}
