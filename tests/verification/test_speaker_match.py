"""Speaker, role and day of a claim beside those of a source."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quotes.records import SaidOn
from quotes.verification.findings import Match, SourceSpeaker
from quotes.verification.speaker_match import match_day, match_role, match_speaker
from tests.verification.sources import DAY, ENGLISH, claim


@pytest.mark.parametrize(
    ("speaker", "name", "expected"),
    [
        ("Anna Park", "Ms. Park", "same"),
        ("Anna Park", "Park", "same"),
        ("Anna Park", "Tomas Park", "other"),
        ("Anna Park", "John Brandt", "other"),
        ("Joe Biden", "President Biden", "same"),
        ("Anna Park", "Q", "other"),
        ("Anna Park", None, "unknown"),
        (None, "Anna Park", "not given"),
        ("Anna Park", "The President", "unknown"),
        ("Rosselló", "Ricardo Rosselló Nevares", "same"),
        ("Ricardo Rosselló", "Ricardo Rosselló Nevares", "same"),
        ("Ricardo Nevares", "Pedro Rosselló Nevares", "other"),
        ("Donald Trump Jr.", "Donald Trump", "other"),
    ],
)
def test_a_name(speaker: str | None, name: str | None, expected: Match) -> None:
    said = SourceSpeaker(name=name, said_by="label")
    assert match_speaker(claim("x", speaker), said, ENGLISH) == expected


def test_an_office_in_place_of_a_name_fits_the_role() -> None:
    said = SourceSpeaker(name="THE PRESIDENT", said_by="label")
    assert match_speaker(claim("x", "Joe Biden", role="president"), said, ENGLISH) == "same"


@pytest.mark.parametrize(
    ("speaker", "name", "kind", "expected"),
    [
        ("Mapbiomas report", "report", "document", "same"),
        ("the Mapbiomas report", "the IMF report", "document", "other"),
        ("Nordea group", "the group", "organization", "same"),
        ("Ministry of Finance", "Ministry of Health", "organization", "other"),
        ("Reuters", "Reuters Foundation", "organization", "other"),
    ],
)
def test_a_body_or_document_called_by_its_noun(
    speaker: str, name: str, kind: Any, expected: Match
) -> None:
    said = SourceSpeaker(name=name, kind=kind, said_by="quotation")
    assert match_speaker(claim("x", speaker, kind=kind), said, ENGLISH) == expected


def test_a_body_fits_who_speaks_for_it() -> None:
    said = SourceSpeaker(name="Maria Zakharova", kind="person", role="Kremlin spokeswoman")
    ours = claim("x", "Kremlin", kind="organization")
    assert match_speaker(ours, said, ENGLISH) == "same"
    assert match_speaker(claim("x", "NATO", kind="organization"), said, ENGLISH) == "other"


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("Kremlin spokesperson", "spokesman for the Kremlin", "same"),
        ("mayor", "mayor of Velm", "same"),
        ("mayor", "governor", "other"),
        ("former mayor", "mayor", "other"),
        ("mayor", None, "unknown"),
        (None, "mayor", "not given"),
    ],
)
def test_a_role(ours: str | None, theirs: str | None, expected: Match) -> None:
    said = SourceSpeaker(name="Anna Park", role=theirs)
    assert match_role(claim("x", role=ours), said, ENGLISH) == expected


def on(day: int, precision: Any = "day") -> SaidOn:
    return SaidOn(date(2024, 3, day), precision)


@pytest.mark.parametrize(
    ("ours", "theirs", "said_by", "expected"),
    [
        (on(5), on(5), "quotation", "same"),
        (on(1, "month"), on(5), "quotation", "same"),
        (on(6), on(5), "quotation", "other"),
        (on(5), None, "label", "same"),
        (on(12), None, "label", "other"),
        (on(12), None, "quotation", "other"),
        (on(4), None, "quotation", "unknown"),
        (None, on(5), "quotation", "not given"),
    ],
)
def test_a_day(ours: SaidOn | None, theirs: SaidOn | None, said_by: str, expected: Match) -> None:
    said = SourceSpeaker(name="Anna Park", said_on=theirs, said_by=said_by)
    assert match_day(claim("x", said_on=ours), said, DAY) == expected
