"""Turns of interviews and transcripts, and lists that look like them."""

from __future__ import annotations

import pytest

from quotes.attribution.candidates import Trait
from quotes.attribution.generators.layout_candidates import HEADLINE_RULE, INTERVIEW_RULE
from quotes.attribution.generators.transcripts import headline_label, transcript_turns
from tests.builders import analysis_of, build_document, plain_table, printed


def turns(text: str, *people: str) -> list[tuple[str, list[str]]]:
    """Return the source of each turn and its content."""
    document, parse = build_document(
        plain_table(text), text=text, entities=dict.fromkeys(people, "PER")
    )
    analysis = analysis_of(document, parse)
    found = transcript_turns(analysis)
    assert all(c.rule == INTERVIEW_RULE and Trait.VERBATIM in c.traits for c in found)
    return [(printed(analysis, c.source)[0], printed(analysis, c.content)) for c in found]


def test_two_turns_are_a_talk() -> None:
    text = "Ruiz: Why did you go?\n\nOkoro: It was late."
    assert turns(text, "Ruiz", "Okoro") == [
        ("Ruiz", ["Why did you go?"]),
        ("Okoro", ["It was late."]),
    ]


def test_an_answer_goes_on_over_lines_and_paragraphs() -> None:
    text = (
        "Ruiz: Why did you go?\n\nOkoro: It was late.\n\nThe boat had left.\n\n"
        "Ruiz: And then?\n\nOkoro: I walked."
    )
    assert turns(text, "Ruiz", "Okoro")[1] == ("Okoro", ["It was late.", "The boat had left."])


def test_a_heading_between_turns_is_not_said() -> None:
    text = "Ruiz: Why did you go?\n\nOkoro: It was late.\n\nThe boat\n\nRuiz: And then?"
    assert turns(text, "Ruiz", "Okoro")[1] == ("Okoro", ["It was late."])


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("Q    Did it rain?\n\nA    It did.", ["Q", "A"]),
        ("Q. Did it rain?\n\nA. It did.", ["Q", "A"]),
        ("Q: Did it rain?\n\nA: It did.", ["Q", "A"]),
        ("[14:03] Ada: It rains.\n\n[14:04] Bo: It stops.", ["Ada", "Bo"]),
        ("Ada Okoro (16:05):\nIt rains.\n\nBo Lund (16:07):\nIt stops.", ["Ada Okoro", "Bo Lund"]),
        ("((Ada)) It rains.\n\n((Bo)) It stops.", ["Ada", "Bo"]),
        ("Mr. LUND. It rains.\n\nThe SPEAKER. It stops.", ["Mr. LUND", "The SPEAKER"]),
    ],
)
def test_forms_of_labels(text: str, sources: list[str]) -> None:
    found = turns(text, "Ada", "Bo") if "Ada" in text else turns(text)
    assert [source for source, _ in found] == sources
    assert all(len(content) == 1 for _, content in found)


@pytest.mark.parametrize(
    "text",
    [
        "Ohio: The mill closed.\n\nOhio: The bank opened.\n\nIowa: The dam broke.",
        "Foxes: Play the Hares.\n\nHares: Visit the Foxes.\n\nFoxes: Rest a day.",
        "WHEREAS: The mill closed; and\n\nWHEREAS: The bank opened; and",
        "A    man walked.\n\nA    dog barked.",
        "Okoro: It was late.",
        "The MILL. It closed.",
    ],
)
def test_lists_are_no_talk(text: str) -> None:
    assert turns(text, "Okoro") == [] if "Okoro" in text else turns(text) == []


def test_a_headline_may_have_a_label_but_no_place() -> None:
    text = "Okoro: The bank will open"
    table = plain_table(text, verbs=("open",))
    named = analysis_of(*build_document(table, text=text, entities={"Okoro": "PER"}))
    (found,) = headline_label(named, ())
    assert (found.rule, printed(named, found.source)) == (HEADLINE_RULE, ["Okoro"])
    place = analysis_of(*build_document(table, text=text, entities={"Okoro": "LOC"}))
    assert headline_label(place, ()) == ()


def test_a_headline_with_a_name_is_no_turn() -> None:
    text = (
        "Okoro: We Stay\n\nThe council met on Monday.\n\nRuiz: Why did you go?\n\n"
        "OKORO: It was late.\n\n(Applause.)\n\nThe boat had left.\n\nRuiz: And then?"
    )
    assert turns(text, "Okoro", "Ruiz") == [
        ("Ruiz", ["Why did you go?"]),
        ("OKORO", ["It was late.", "The boat had left."]),
        ("Ruiz", ["And then?"]),
    ]


def test_headings_that_name_whom_the_text_below_is_about_are_no_turns() -> None:
    text = "Okoro: Why did Okoro want the bank?\n\nRuiz: You may like what Ruiz planned."
    assert turns(text, "Okoro", "Ruiz") == []
