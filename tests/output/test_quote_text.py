"""A quote in words for people: speaker, words of the source, and what was not said."""

from __future__ import annotations

import pytest

from quotes.output.quote_text import (
    NO_SPEAKER,
    label_of,
    labelled_words,
    source_text,
    speaker_text,
    with_role,
)


@pytest.mark.parametrize(
    ("factuality", "act", "label"),
    [
        ("said", "speech", None),
        (None, None, None),
        ("denied", "speech", "DENIED"),
        ("not_said", "speech", "NOT SAID"),
        ("question", "speech", "QUESTION"),
        ("hypothetical", "speech", "HYPOTHETICAL"),
        ("said", "thought", "THOUGHT"),
        ("said", "intention", "INTENTION"),
        ("said", "attitude", "ATTITUDE"),
        ("denied", "thought", "DENIED"),
    ],
)
def test_what_was_not_said_has_a_label(
    factuality: str | None, act: str | None, label: str | None
) -> None:
    assert label_of(factuality, act) == label
    words = "that anyone had lied"
    assert labelled_words(words, factuality, act) == (f"{label}: {words}" if label else words)


def test_a_doubtful_speaker_has_a_question_mark() -> None:
    assert speaker_text("Ida Falk", 0.8) == "Ida Falk"
    assert speaker_text("Ida Falk", 0.79) == "Ida Falk?"
    assert speaker_text(None, 0.0) == NO_SPEAKER


@pytest.mark.parametrize(
    ("who", "role", "shown"),
    [
        ("Ida Falk?", "mayor", "Ida Falk? (mayor)"),
        ("Ida Falk", None, "Ida Falk"),
        ("fighter", "fighter", "fighter"),
        ("“The leader of the council”?", "leader of the council", "“The leader of the council”?"),
        ("the council", "leader of the council", "the council (leader of the council)"),
    ],
)
def test_a_role_that_the_name_says_stands_once(who: str, role: str | None, shown: str) -> None:
    assert with_role(who, role) == shown


@pytest.mark.parametrize(
    ("name", "source", "shown"),
    [
        ("Ida Falk", "she", "she"),
        ("Pat Moher", "he", "he"),
        ("Ida Falk", "the island's\n governor", "the island's governor"),
        ("attacker", "The attacker", None),
        ("Ida Falk", "Falk", None),
        ("Ida Falk", "FALK", None),
        ("Ida Falk", "Mayor Ida Falk, who has two dogs", None),
        ("Ministry of Health", "of course", "of course"),
        ("Ida Falk", None, None),
        (None, "he", None),
    ],
)
def test_the_words_of_the_source_stand_beside_a_name_that_they_do_not_have(
    name: str | None, source: str | None, shown: str | None
) -> None:
    assert source_text(name, source) == shown
