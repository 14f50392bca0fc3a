"""Speakers by a typed name, and pairs that may be merged."""

from __future__ import annotations

from functools import partial

import pytest

from quotes import identity
from quotes.identity import nearest
from tests.builders import ENGLISH
from tests.identity.sample_usages import PEOPLE, identify, use

candidates = partial(identity.candidates, language=ENGLISH)
find = partial(identity.find, language=ENGLISH)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("dmitry peskov", ["dmitry-peskov"]),
        ("dmitry-peskov", ["dmitry-peskov"]),
        ("Дмитрий Песков", ["dmitry-peskov"]),
        ("Dmitri Peskov", ["dmitry-peskov"]),
        ("PESKOV", ["dmitry-peskov"]),
        ("Abbas", ["mahmoud-abbas"]),
        ("Clinton", ["bill-clinton", "hillary-clinton"]),
        ("H. Clinton", ["hillary-clinton"]),
        ("the Foreign Ministry of Russia", ["russian-foreign-ministry"]),
        ("Nobody", []),
        ("  ", []),
    ],
)
def test_a_speaker_is_found_by_a_typed_name(typed: str, ids: list[str]) -> None:
    uses = [
        use("Bill Clinton"),
        use("Hillary Clinton"),
        use("Russian foreign ministry", "organization"),
        use("Dmitry Peskov"),
    ]
    speakers = identify([*uses, use("Peskov"), use("Mahmoud Abbas")])
    assert [speaker.id for speaker in find(typed, speakers)] == ids


def test_the_nearest_names_are_suggested() -> None:
    assert nearest("Dmitry Peskow", PEOPLE)[0].id == "dmitry-peskov"
    assert len(nearest("a", PEOPLE, limit=2)) <= 2


def test_candidates_come_with_score_and_reason_the_likeliest_first() -> None:
    uses = [
        use("John Smith"),
        use("J. Smith", documents=["d2"]),
        use("Jon Smith", documents=["d3"]),
        use("Jane Smith"),
        use("Joan Smith"),
    ]
    speakers = identify([*uses, use("Smith", "organization")])
    john = next(speaker for speaker in speakers if speaker.id == "john-smith")
    found = candidates(john, speakers)
    assert {"j-smith", "jon-smith"} <= {candidate.other.id for candidate in found[:3]}
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert all(c.reason and c.speaker == john and c.other.kind == "person" for c in found)
    helped = candidates(
        john,
        speakers,
        usages=[
            use("John Smith", roles=["mayor"]),
            use("J. Smith", roles=["mayor"], documents=["d2"]),
        ],
    )
    assert "the same role (mayor)" in helped[0].reason
