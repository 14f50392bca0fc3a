"""Datelines: the place, the day and the agency before the first sentence of a report."""

import pytest

from quotes.text.datelines import dateline
from quotes.text.paragraphs import paragraphs
from tests.builders import ENGLISH

REPORT = "Police said on Monday that two women were found near the harbour."


def found(text: str) -> str | None:
    span = dateline(text, [own.span for own in paragraphs(text, ENGLISH)], ENGLISH)
    return None if span is None else span.of(text)


@pytest.mark.parametrize(
    "opening",
    [
        "OSLO — ",
        "OSLO--",
        "KUALA LUMPUR: ",
        "SRINAGAR, Mar 03: ",
        "YANGON, July 25 (Reuters): ",
        "BULAWAYO, Zimbabwe , Jun 21 2022 (IPS) - ",
        "SYDNEY and KUALA LUMPUR, Jul 26 2022 (IPS) - ",
        "WASHINGTON (AP) — ",
        "SINGAPORE (Feb. 25, 2021) — ",
        "TODAY NICARAGUA (EFE) ",
        "Cape Town - ",
        "Srinagar- ",
        "Mumbai, India – ",
        "CAIRO - 24 July 2022: ",
        "Salalah: ",
    ],
)
def test_what_stands_before_a_report(opening: str) -> None:
    assert found(opening + REPORT) == opening


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "Ann Roe: We stay in the harbour",  # a headline
        "The Syrian Army — whose commander is the president — entered the town of Tell Tamer.",
        "Ann Roe - on a panel about the bill in 1986 - said that it was the first step for us.",
        "Ann Roe – The mayor of Oslo – said that it was the first step that the city had taken.",
        "At 2:49 a.m. local time on Saturday morning the police found two women near the harbour.",
        "The Amir of Kuwait Sheikh Nawaf Al- Jaber Al-Sabah on Monday received a letter of thanks.",
        "The National Police Agency (NPA) Director Huang Ming-chao said that he resigned.",
    ],
)
def test_other_openings_are_none(text: str) -> None:
    assert found(text) is None


def test_a_headline_may_stand_before_it() -> None:
    assert found(f"Two women found\n\nBy Ann Roe\n\nOSLO: {REPORT}") == "OSLO: "


def test_who_speaks_is_no_place() -> None:
    """A speaker has further turns, or is named again without the preposition of a place."""
    words = "We are sure that the harbour will be open again by the end of the year."
    assert found(f"Roe: {words}\n\nRoe said so to the council.") is None
    assert found(f"Oslo: {words}\n\nPolice in Oslo were informed.") == "Oslo: "
    assert found(f"ROE: {words}\n\nCOLE: Who told you?") is None


@pytest.mark.parametrize("unit", ["A/", "A.", "A-", "A, ", "A (", "A:", "A "])
def test_an_opening_of_many_short_parts_takes_no_longer(unit: str) -> None:
    """Patterns with two ways to read a character would take years."""
    assert found(unit * 20_000 + REPORT) is None
